using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CustomerService.Testing;

namespace CustomerService.Load.Projects;

/// <summary>Lists and searches of projects and revisits with 100 000 projects and 1 000 000 revisits, against
/// the same with 1 000 and 10 000.</summary>
internal static class Lists
{
    private const int Small = 1_000;
    private const int Large = 100_000;
    private const int Rounds = 200;
    private const double Limit = 2;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        await using var issuer = await TestIssuer.StartAsync();
        var small = await Registry.NewAsync(place, "projects_small", Small, 11);
        var began = Stopwatch.GetTimestamp();
        var large = await Registry.NewAsync(place, "projects_large", Large, 11);
        Console.WriteLine(
            FormattableString.Invariant(
                $"projects  {Large} projects and {(await Registry.ReadAsync(large, "select count(*) from revisits"))[0]} revisits in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"
            )
        );
        await using var one = await ServiceProcess.StartAsync(
            small,
            await place.NewVirtualHostAsync("projects_small"),
            issuer
        );
        await using var other = await ServiceProcess.StartAsync(
            large,
            await place.NewVirtualHostAsync("projects_large"),
            issuer
        );
        using var first = one.Client(issuer);
        using var second = other.Client(issuer);
        var asked = (await QuestionsAsync(small))
            .Zip(await QuestionsAsync(large), (a, b) => (a.Name, Small: a.Paths, Large: b.Paths))
            .ToList();

        var rows = new List<Row>();
        foreach (var (name, a, b) in asked)
        {
            var took = await TwoSizes.AskAsync(
                a.Count,
                Rounds,
                round => AskAsync(first, name, a[round % a.Count]),
                round => AskAsync(second, name, b[round % b.Count])
            );
            rows.Add(took.Compare(name, null, "the same with 1 000 projects", percentile: 50));
            rows.Add(took.Compare(name, Limit, "the same with 1 000 projects"));
        }

        return rows;
    }

    private static async Task<double> AskAsync(HttpClient client, string name, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (
            !answer.IsSuccessStatusCode
            || (JsonNode.Parse(body)!["items"]!.AsArray().Count == 0)
                != name.Contains("nowhere", StringComparison.Ordinal)
        )
        {
            throw new InvalidOperationException(
                $"{name}: {(int)answer.StatusCode} from {path}: {body[..Math.Min(300, body.Length)]}"
            );
        }

        return took;
    }

    // Each kind with several values of the registry's own, so that no answer is the one just given.
    private static async Task<IReadOnlyList<(string Name, IReadOnlyList<string> Paths)>> QuestionsAsync(string database)
    {
        async Task<IReadOnlyList<string>> Some(string sql) =>
            await Registry.ReadAsync(database, $"select * from ({sql}) as t (v) order by md5(v) limit 12");
        var today = TimeProvider.System.GetUtcNow();
        IReadOnlyList<string> Windows(string from, string to, int days, int years) =>
            [
                .. Enumerable
                    .Range(0, 12)
                    .Select(i => today.AddDays(-30 - (i * 365 * years / 12)))
                    .Select(d => $"{from}={Day(d.AddDays(-days))}&{to}={Day(d)}"),
            ];
        static IReadOnlyList<string> To(string path, IEnumerable<string> values) =>
            [.. values.Select(v => path + (v.Contains('=', StringComparison.Ordinal) ? v : Uri.EscapeDataString(v)))];

        var deep = await Some(
            "select replace(id::text, '-', '') from projects order by id offset (select count(*) / 2 from projects) limit 100"
        );
        var deepRevisits = await Some(
            "select to_char(due_on, 'YYYYMMDD') || '.' || replace(id::text, '-', '') from revisits order by due_on, id offset (select count(*) / 2 from revisits) limit 100"
        );
        var owners = await Some("select distinct owner_id::text from projects where state = 'HandedOver'");
        var places = await Some(
            "select distinct substr(site_address, position('市' in site_address) + 1, 2) from projects where state = 'HandedOver'"
        );
        var cities = await Some("select distinct city from projects where state = 'HandedOver'");
        var fragments = await Some("select substr(name, 1, length(name) - 8) from projects where state = 'HandedOver'");
        var contracts = await Some("select contract_number from projects where state = 'HandedOver'");
        var kinds = new[] { "花園", "廣場", "公寓", "新城", "家園", "酒店" };
        return
        [
            ("projects, first page", ["/v1/projects"]),
            ("projects, a page in the middle", To("/v1/projects?after=", deep)),
            ("projects by one character", To("/v1/projects?search=", ["館", "園", "廠", "站"])),
            ("projects by two characters of the name", To("/v1/projects?search=", kinds)),
            ("projects by a longer part of the name", To("/v1/projects?search=", fragments)),
            ("projects by contract number", To("/v1/projects?search=", contracts)),
            ("projects by the end of the contract number", To("/v1/projects?search=", contracts.Select(c => c[^4..]))),
            ("projects by text that is nowhere", To("/v1/projects?search=", ["不存", "無此工程", "ZQ-99"])),
            ("projects of an owner", To("/v1/projects?owner=", owners)),
            ("projects by street", To("/v1/projects?search=", places.Select(p => p + "路"))),
            ("projects of a city", To("/v1/projects?city=", cities)),
            (
                "projects by state and month of handover",
                To("/v1/projects?state=handed-over&", Windows("handedOverFrom", "handedOverTo", 60, 8))
            ),
            (
                "projects by state and year of acceptance",
                To("/v1/projects?state=handed-over&", Windows("acceptedFrom", "acceptedTo", 365, 8))
            ),
            ("projects not cleared in time", ["/v1/projects?clearance=overdue"]),
            ("revisits, first page", ["/v1/revisits"]),
            ("revisits, a page in the middle", To("/v1/revisits?after=", deepRevisits)),
            ("revisits by two characters of the project", To("/v1/revisits?search=", kinds)),
            ("revisits by a longer part of the project", To("/v1/revisits?search=", fragments)),
            ("revisits by contract number", To("/v1/revisits?search=", contracts)),
            ("revisits of an owner", To("/v1/revisits?owner=", owners)),
            ("revisits of a city", To("/v1/revisits?city=", cities)),
            ("revisits by state and month", To("/v1/revisits?state=closed&", Windows("dueFrom", "dueTo", 30, 5))),
            ("revisits overdue", ["/v1/revisits?overdue=true"]),
        ];
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
