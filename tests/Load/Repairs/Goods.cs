using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Load.Projects;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Load.Repairs;

/// <summary>Lists, scans and searches among 5 000 000 units in 1 000 000 RMAs, against the same among 10 000; and the
/// intake of 1 000 serial numbers in one command (C3.1.1, C5.1.1). <c>GOODS_UNITS</c> sets another number.</summary>
internal static class Goods
{
    private const string Program = "CustomerService.Repairs";
    private const int Few = 10_000;
    private const int UnitsOfRma = 5;
    private const int Rounds = 200;
    private const double Limit = 2;
    private const int Intake = 1_000;
    private const double IntakeMilliseconds = 3_000;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        var many = int.Parse(
            Environment.GetEnvironmentVariable("GOODS_UNITS") ?? "5000000",
            CultureInfo.InvariantCulture
        );
        await using var issuer = await TestIssuer.StartAsync();
        var small = await FilledAsync(place, "goods_small", Few);
        var began = Stopwatch.GetTimestamp();
        var large = await FilledAsync(place, "goods_large", many);
        Console.WriteLine(
            FormattableString.Invariant($"goods     {many} units in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s")
        );
        await using var one = await ServiceProcess.StartAsync(
            small,
            await place.NewVirtualHostAsync("goods_small"),
            issuer,
            program: Program
        );
        await using var other = await ServiceProcess.StartAsync(
            large,
            await place.NewVirtualHostAsync("goods_large"),
            issuer,
            program: Program
        );
        using var first = one.Client(issuer, Roles.CustomerService);
        using var second = other.Client(issuer, Roles.CustomerService);
        var rows = new List<Row>();
        foreach (var (name, a, b) in Questions(Few).Zip(Questions(many), (a, b) => (a.Name, a.Paths, b.Paths)))
        {
            var took = await TwoSizes.AskAsync(
                a.Count,
                Rounds,
                round => AskAsync(first, name, a[round % a.Count]),
                round => AskAsync(second, name, b[round % b.Count])
            );
            rows.Add(took.Compare(name, Limit, FormattableString.Invariant($"the same with {Few:#,0} units")));
        }

        rows.Add(await IntakeAsync(second, large));
        return rows;
    }

    // One command is one transaction: what it wrote has one number of a transaction.
    private static async Task<Row> IntakeAsync(HttpClient client, string database)
    {
        var times = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var prefix = FormattableString.Invariant($"NEW{round}");
            var serials = Enumerable
                .Range(0, Intake)
                .Select(i => FormattableString.Invariant($"{prefix}-{i:0000}"))
                .ToList();
            var rma = await PostAsync(
                client,
                "/v1/rmas",
                new
                {
                    customerId = Customer(0),
                    lines = new[]
                    {
                        new
                        {
                            modelId = Model,
                            serials,
                            words = "開機無反應",
                        },
                    },
                },
                null
            );
            var began = Stopwatch.GetTimestamp();
            var received = await PostAsync(
                client,
                $"/v1/rmas/{rma["id"]}/receive",
                new { items = serials.Select(serial => new { serial }) },
                rma["version"]!.ToString()
            );
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (received["received"]!.GetValue<int>() != Intake)
            {
                throw new InvalidOperationException($"{received["received"]} of {Intake} were received.");
            }

            var transactions = await Projects.Registry.ReadAsync(
                database,
                $"select count(distinct xmin::text)::text from rma_units where rma_id = '{rma["id"]}'"
            );
            if (transactions[0] != "1")
            {
                throw new InvalidOperationException($"The intake took {transactions[0]} transactions.");
            }
        }

        return Row.Of(
            FormattableString.Invariant($"intake of {Intake:#,0} serials in one command"),
            "ms",
            [.. times.Select(time => (IntakeMilliseconds, time))],
            1,
            true,
            "3 s"
        );
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, object body, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        if (version is not null)
        {
            request.Headers.Add("If-Match", $"\"{version}\"");
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    private static async Task<double> AskAsync(HttpClient client, string name, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var found = answer.IsSuccessStatusCode ? JsonNode.Parse(body)! : null;
        return found is null || found["items"]?.AsArray().Count == 0
            ? throw new InvalidOperationException(
                $"{name}: {(int)answer.StatusCode} from {path}: {body[..Math.Min(300, body.Length)]}"
            )
            : took;
    }

    // Each kind with several values, so that no answer is the one just given.
    private static IReadOnlyList<(string Name, IReadOnlyList<string> Paths)> Questions(int units)
    {
        var picked = Enumerable.Range(1, 12).Select(i => (long)units * i / 13).ToList();
        IReadOnlyList<string> Each(Func<long, string> path) => [.. picked.Select(path)];
        return
        [
            ("units, first page", ["/v1/rma-units"]),
            ("units, a page in the middle", Each(i => $"/v1/rma-units?after={UnitId(i):N}")),
            ("units of an RMA", Each(i => $"/v1/rma-units?rmaId={RmaId(i / UnitsOfRma)}")),
            ("units of a customer", Each(i => $"/v1/rma-units?customerId={Customer(i / UnitsOfRma)}")),
            ("units by serial number", Each(i => $"/v1/rma-units?serial=ｓｎ-{i:00000000}")),
            ("units in repair", ["/v1/rma-units?state=in-repair"]),
            ("idle units", ["/v1/rma-units?idle=true"]),
            ("a scan by number", Each(i => $"/v1/scan/RMA-2020-{i / UnitsOfRma:0000000}-{i % UnitsOfRma:000}")),
            ("a scan by serial number", Each(i => $"/v1/scan/SN-{i:00000000}")),
            ("RMAs, first page", ["/v1/rmas"]),
            ("RMAs of a customer", Each(i => $"/v1/rmas?customerId={Customer(i / UnitsOfRma)}")),
        ];
    }

    private const string Model = "00000000-0000-7000-8000-00000000a0de";

    // As fill-goods.sql makes them.
    private static Guid UnitId(long i) => Guid.Parse($"01800000-0000-7000-8000-{i:x12}");

    private static Guid RmaId(long i) => Guid.Parse($"01800000-0000-7000-9000-{i:x12}");

    private static Guid Customer(long rma) => Guid.Parse($"01800000-0000-7000-a000-{rma / 20:x12}");

    private static async Task<string> FilledAsync(Place place, string name, int units)
    {
        var database = await place.NewEmptyDatabaseAsync(name);
        await ServiceProcess.MigrateAsync(database, Program);
        using var reader = new StreamReader(typeof(Goods).Assembly.GetManifestResourceStream("fill-goods.sql")!);
        var sql = (await reader.ReadToEndAsync())
            .Replace(":units", units.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(":of", UnitsOfRma.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var commands = sql.Split("\n-- next\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var command in commands)
        {
            await Place.ExecuteAsync(database + ";Command Timeout=3600;Pooling=false", command);
        }

        return database;
    }
}
