using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CustomerService.Load.Projects;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Load.Surveys;

/// <summary>Satisfaction of a year by department among 1 000 000 answered forms, against the same among 10 000 (C5.10).
/// <c>SURVEY_FORMS</c> sets another number.</summary>
internal static class Forms
{
    private const string Program = "CustomerService.Surveys";
    private const int Few = 10_000;
    private const int Rounds = 200;
    private const double Ratio = 3;
    private const double Milliseconds = 200;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        var many = int.Parse(
            Environment.GetEnvironmentVariable("SURVEY_FORMS") ?? "1000000",
            CultureInfo.InvariantCulture
        );
        await using var issuer = await TestIssuer.StartAsync();
        var small = await FilledAsync(place, "forms_small", Few);
        var began = Stopwatch.GetTimestamp();
        var large = await FilledAsync(place, "forms_large", many);
        Console.WriteLine(
            FormattableString.Invariant($"surveys   {many} forms in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s")
        );
        await using var one = await StartAsync(place, issuer, "forms_small", small);
        await using var other = await StartAsync(place, issuer, "forms_large", large);
        using var first = one.Client(issuer, Roles.CustomerService);
        using var second = other.Client(issuer, Roles.CustomerService);
        var rows = new List<Row>();
        foreach (var (name, paths) in Questions())
        {
            if (name == Year)
            {
                var asked = await AskAsync(second, paths[0]);
                rows.Add(Row.Of($"{name}, asked first", "ms", [(1, asked)], null, true, "shown"));
            }

            var took = await TwoSizes.AskAsync(
                paths.Count,
                Rounds,
                round => AskAsync(first, paths[round % paths.Count]),
                round => AskAsync(second, paths[round % paths.Count])
            );
            rows.Add(took.Compare(name, Ratio, FormattableString.Invariant($"the same with {Few:#,0} forms")));
            rows.Add(took.Whole(name, Milliseconds));
        }

        return rows;
    }

    private const string Year = "satisfaction of a year by department";

    private static IReadOnlyList<(string Name, IReadOnlyList<string> Paths)> Questions()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(8).DateTime);
        var from = today.AddYears(-1);
        var period = FormattableString.Invariant($"from={from:yyyy-MM-dd}&to={today:yyyy-MM-dd}");
        return
        [
            (Year, [$"/v1/satisfaction?{period}"]),
            (
                "satisfaction of a department in a year",
                [
                    .. new[] { "engineering", "sales", "repair", "quality" }.Select(department =>
                        $"/v1/satisfaction?{period}&department={department}"
                    ),
                ]
            ),
        ];
    }

    private static async Task<double> AskAsync(HttpClient client, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return answer.IsSuccessStatusCode && JsonNode.Parse(body)!["figures"]!["recovered"]!.GetValue<int>() > 0
            ? took
            : throw new InvalidOperationException(
                $"{path}: {(int)answer.StatusCode} {body[..Math.Min(300, body.Length)]}"
            );
    }

    private static async Task<ServiceProcess> StartAsync(
        Place place,
        TestIssuer issuer,
        string name,
        string database
    ) => await ServiceProcess.StartAsync(database, await place.NewVirtualHostAsync(name), issuer, program: Program);

    private static async Task<string> FilledAsync(Place place, string name, int forms)
    {
        var database = await place.NewEmptyDatabaseAsync(name);
        await ServiceProcess.MigrateAsync(database, Program);
        using var reader = new StreamReader(typeof(Forms).Assembly.GetManifestResourceStream("fill-forms.sql")!);
        var sql = (await reader.ReadToEndAsync()).Replace(
            ":forms",
            forms.ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal
        );
        var commands = sql.Split("\n-- next\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var command in commands)
        {
            await Place.ExecuteAsync(database + ";Command Timeout=3600;Pooling=false", command);
        }

        return database;
    }
}
