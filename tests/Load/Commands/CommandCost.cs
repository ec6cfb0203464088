using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Load.Projects;
using CustomerService.Servers;

namespace CustomerService.Load.Commands;

/// <summary>
/// What three everyday commands cost through the gateway, with everything running and consuming, against a bare
/// API that inserts two rows behind a bare proxy: rate, answer time, processor time and memory.
/// </summary>
internal static class CommandCost
{
    private const int WarmUps = 6;
    private const int Rounds = 5;
    private const int LinksARound = 2_000;
    private const int OneByOne = 25;
    private const int Turns = 12;
    private const double Share = 0.3;
    private const double Times = 4;
    private const double Megabytes = 150;

    // One of them alone, where something is being looked for.
    private static readonly string[] Measured = (
        Environment.GetEnvironmentVariable("LOAD_COMMANDS") ?? "complaint,order,form"
    ).Split(',');

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    // The starter tells the programs to compile better when nothing new has been compiled for three seconds.
    private static readonly TimeSpan Compiling = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        await using var system = await RunningSystem.StartAsync(place);
        try
        {
            return await MeasureAsync(place, system);
        }
        catch
        {
            Console.WriteLine("What the system logged: " + system.KeepLog());
            throw;
        }
    }

    private static async Task<IReadOnlyList<Row>> MeasureAsync(Place place, RunningSystem system)
    {
        var database = await place.NewEmptyDatabaseAsync("load_bare");
        await Place.ExecuteAsync(database, BareServer.Tables);
        await using var api = await BareProcess.StartAsync(BareServer.Api, database);
        await using var proxy = await BareProcess.StartAsync(BareServer.Proxy, api.Address.AbsoluteUri);
        using var ours = new Side(system.Gateway);
        using var bare = new Side(proxy.Address);

        var rows = new List<Row>();
        await Task.Delay(Rest);
        await QuietAsync();
        rows.AddRange(Memory("at rest", Megabytes));
        Row.Print(rows);

        var tokens = new List<string>();
        for (var caller = 0; caller < Side.Callers; caller++)
        {
            tokens.Add("Bearer " + await SignIn.AsAsync(system.Public, "lin.yating", system.Password));
        }

        if (Measured.Contains("complaint"))
        {
            rows.AddRange(await CompareAsync("register a complaint", ours, bare, () => ComplaintsAsync(ours, tokens)));
        }

        if (Measured.Contains("order"))
        {
            var orders = await RepairOrdersAsync(ours, tokens);
            rows.AddRange(await CompareAsync("open a repair order", ours, bare, () => Task.FromResult(orders)));
        }

        if (Measured.Contains("form"))
        {
            rows.AddRange(
                await CompareAsync(
                    "answer a survey form",
                    ours,
                    bare,
                    () => SurveyFormsAsync(ours, tokens, LinksARound)
                )
            );
        }

        await Task.Delay(Rest);
        await QuietAsync();
        rows.AddRange(Memory("at rest after the load", null));
        return rows;
    }

    private static async Task<IReadOnlyList<Row>> CompareAsync(
        string what,
        Side ours,
        Side bare,
        Func<Task<Func<int, ToSend?>>> prepareAsync
    )
    {
        var rates = new List<(double, double)>();
        var (oursUsed, bareUsed) = (new ProcessorTime(), new ProcessorTime());
        var (oursDone, bareDone) = (0, 0);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var next = await prepareAsync();
            await QuietAsync();
            var (a, usedByBare, _) = await TimedAsync(bare, Bare(next));
            var (b, usedByOurs, quiet) = await TimedAsync(ours, next);
            var (baseline, rate) = (a.Count / a.Seconds, b.Count / b.Seconds);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}  round {round}: bare {baseline:#,0}/s, ours {rate:#,0}/s, ratio {rate / baseline:0.00};"
                        + $" all consumed {quiet:0.0} s later{(round < 0 ? " (warm-up)" : "")}"
                )
            );
            if (round < 0)
            {
                await Task.Delay(Compiling);
                continue;
            }

            rates.Add((baseline, rate));
            oursUsed.Add(usedByOurs);
            bareUsed.Add(usedByBare);
            (oursDone, bareDone) = (oursDone + b.Count, bareDone + a.Count);
        }

        Console.WriteLine($"{what}: processor time of a command, until everything is consumed");
        foreach (
            var line in oursUsed
                .Lines(oursDone)
                .Append($"{what}: the same of the bare one")
                .Concat(bareUsed.Lines(bareDone))
        )
        {
            Console.WriteLine(line);
        }

        var times = await AnswerTimesAsync(ours, bare, await prepareAsync());
        return
        [
            Row.Of(
                $"{what}, {Side.Callers} callers",
                "commands/s",
                rates,
                Share,
                false,
                "minimal API, BEGIN, two prepared INSERTs, COMMIT by Npgsql, behind YARP"
            ),
            Row.Of(
                $"{what}, processor time",
                "ms",
                [(bareUsed.Total / bareDone * 1000, oursUsed.Total / oursDone * 1000)],
                null,
                true,
                "the same, with all that follows from it"
            ),
            Row.Of($"{what}, one caller, p50", "ms", [times], Times, true, "the same, one caller"),
        ];
    }

    private static async Task<((int Count, double Seconds) Done, ProcessorTime Used, double Quiet)> TimedAsync(
        Side side,
        Func<int, ToSend?> next
    )
    {
        var before = ProcessorTime.Now();
        var done = await side.RunAsync(next, Round);
        var ended = Stopwatch.GetTimestamp();
        await QuietAsync();
        return (done, ProcessorTime.Now().Since(before), Stopwatch.GetElapsedTime(ended).TotalSeconds);
    }

    // By turns, so that noise of the machine meets both.
    private static async Task<(double Bare, double Ours)> AnswerTimesAsync(
        Side ours,
        Side bare,
        Func<int, ToSend?> next
    )
    {
        await QuietAsync();
        var (oursTook, bareTook) = (new List<double>(), new List<double>());
        var plain = Bare(next);
        for (var turn = 0; turn < Turns; turn++)
        {
            await OneByOneAsync(bare, plain, bareTook);
            await OneByOneAsync(ours, next, oursTook);
        }

        return (Row.Median(bareTook), Row.Median(oursTook));

        static async Task OneByOneAsync(Side side, Func<int, ToSend?> next, List<double> took)
        {
            for (var i = 0; i < OneByOne && next(0) is { } command; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await side.SendAsync(command);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
    }

    /// <summary>Until no program of this run does more than its everyday looks: what a round left behind is
    /// consumed, and costs the next one nothing.</summary>
    private static async Task QuietAsync()
    {
        var quiet = 0;
        for (var turn = 0; turn < 240 && quiet < 2; turn++)
        {
            var before = ProcessorTime.Now();
            await Task.Delay(TimeSpan.FromMilliseconds(250));
            quiet = ProcessorTime.Now().Since(before).Total < 0.05 ? quiet + 1 : 0;
        }
    }

    private static IEnumerable<Row> Memory(string when, double? limit)
    {
        var all = Processes
            .Below(Environment.ProcessId)
            .Where(process => process.Command.StartsWith("dotnet ", StringComparison.Ordinal))
            .Select(process => (Name: ProcessorTime.Name(process.Command), process.Id))
            .Where(process => process.Name.Length > 0 && !process.Name.StartsWith("starter", StringComparison.Ordinal))
            .Select(process => (process.Name, Megabytes: Processes.ProportionalMegabytes(process.Id)))
            .OrderBy(process => process.Name, StringComparer.Ordinal)
            .ToList();
        var bare = all.Single(process => process.Name == BareServer.Api).Megabytes;
        return all.Where(process => process.Name is not (BareServer.Api or BareServer.Proxy))
            .Select(process =>
                Row.Of(
                    $"memory {when}, {process.Name}",
                    "MB PSS",
                    [(bare, process.Megabytes)],
                    limit / bare,
                    true,
                    "the bare API; at most 150 MB"
                )
            );
    }

    private static Func<int, ToSend?> Bare(Func<int, ToSend?> next)
    {
        // The same body and headers; the links are kept for the other side.
        var command = next(0)!;
        return _ => command with { Path = BareServer.Path };
    }

    private static async Task<Func<int, ToSend?>> ComplaintsAsync(Side ours, IReadOnlyList<string> tokens)
    {
        var owners = JsonNode.Parse(
            await ours.ReadAsync("/api/projects/v1/organisations?kind=owner&limit=1", tokens[0])
        )!["items"]!.AsArray();
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                customerId = (string)owners[0]!["id"]!,
                contact = "吳家輝",
                phone = "022-2431-5566",
                channel = "phone",
                subject = "地下車庫頂板滲水",
                description = "連續降雨後地下車庫 B 區頂板兩處滲水，地面積水約十平方米，影響車輛停放。",
                severity = "minor",
            },
            JsonSerializerOptions.Web
        );
        return caller => new ToSend("/api/complaints/v1/complaints", body, tokens[caller]);
    }

    private static async Task<Func<int, ToSend?>> RepairOrdersAsync(Side ours, IReadOnlyList<string> tokens)
    {
        var projects = JsonNode.Parse(
            await ours.ReadAsync("/api/projects/v1/projects?state=handed-over&limit=50", tokens[0])
        )!["items"]!.AsArray();
        var bodies = projects
            .Select(project =>
                JsonSerializer.SerializeToUtf8Bytes(
                    new
                    {
                        projectId = (string)project!["id"]!,
                        partCode = "roof",
                        location = "三號樓頂層東側樓梯間",
                        description = "屋面防水層開裂，雨後樓梯間頂部滲水，牆面塗料脫落約兩平方米。",
                        severity = "minor",
                        notifiedOn = TimeProvider
                            .System.GetUtcNow()
                            .AddDays(-1)
                            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        siteContact = new { name = "劉淑貞", phone = "138-0000-2101" },
                    },
                    JsonSerializerOptions.Web
                )
            )
            .ToArray();
        return caller => new ToSend("/api/repairs/v1/repair-orders", bodies[caller % bodies.Length], tokens[caller]);
    }

    private static async Task<Func<int, ToSend?>> SurveyFormsAsync(Side ours, IReadOnlyList<string> tokens, int count)
    {
        var links = new string[count];
        var asked = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async caller =>
                {
                    for (int i; (i = Interlocked.Increment(ref asked)) < count; )
                    {
                        var sent = JsonNode.Parse(
                            await ours.SendAsync(
                                new ToSend("/api/surveys/v1/invitations", Invitation(), tokens[caller])
                            )
                        )!;
                        links[i] = new Uri((string)sent["link"]!).AbsolutePath;
                    }
                })
        );
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                overall = "satisfied",
                items = new object[]
                {
                    new { item = "A.performance", grade = "satisfied" },
                    new { item = "D.quality", grade = "very-satisfied" },
                    new
                    {
                        item = "B.packaging",
                        grade = "very-satisfied",
                        comment = "服務人員耐心細緻。",
                    },
                },
                competitor = "津門電氣",
                suggestions = "希望說明書補充維護保養的內容。",
                respondent = "吳家輝",
            },
            JsonSerializerOptions.Web
        );
        var taken = -1;
        return _ =>
            Interlocked.Increment(ref taken) is var index && index < count
                ? new ToSend(links[index], body, null)
                : null;
    }

    // Each time another person: the same one is not asked twice in a month (C5.8.2).
    private static byte[] Invitation()
    {
        var person = Guid.CreateVersion7();
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                kind = "A",
                customerId = person,
                customerName = "海河精密製造股份有限公司",
                contact = $"吳家輝 {person:N}",
                phone = string.Create(
                    CultureInfo.InvariantCulture,
                    $"1{Random.Shared.NextInt64(10_000_000_000):0000000000}"
                ),
            },
            JsonSerializerOptions.Web
        );
    }

    /// <summary>One of the bare programs.</summary>
    private sealed class BareProcess : IAsyncDisposable
    {
        private readonly ChildProcess _process;

        private BareProcess(ChildProcess process, Uri address) => (_process, Address) = (process, address);

        public Uri Address { get; }

        public static async Task<BareProcess> StartAsync(string what, string behind)
        {
            var port = Machine.FreePort();
            var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
            var process = ChildProcess.Start(
                new ChildCommand(
                    what,
                    "dotnet",
                    Path.Combine(AppContext.BaseDirectory, "CustomerService.Load.dll"),
                    what,
                    port.ToString(CultureInfo.InvariantCulture),
                    behind
                )
                {
                    OnLine = Console.WriteLine,
                    // As the starter runs the services.
                    Environment = new Dictionary<string, string?>
                    {
                        ["ASPNETCORE_ENVIRONMENT"] = "Production",
                        ["Logging__LogLevel__Default"] = "Warning",
                        ["DOTNET_gcServer"] = "0",
                        ["DOTNET_TC_CallCountingDelayMs"] = "BB8",
                        ["DOTNET_EnableWriteXorExecute"] = "0",
                    },
                }
            );
            using var client = new HttpClient();
            await Patience.UntilAsync(async () =>
            {
                try
                {
                    return (await client.GetAsync(address)).IsSuccessStatusCode;
                }
                catch (HttpRequestException) when (!process.HasExited)
                {
                    return false;
                }
            });
            return new BareProcess(process, address);
        }

        public ValueTask DisposeAsync() => _process.DisposeAsync();
    }
}
