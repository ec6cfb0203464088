using System.Diagnostics;
using System.Globalization;
using CustomerService.Load;
using CustomerService.Load.Commands;
using CustomerService.Load.Complaints;
using CustomerService.Load.Projects;
using CustomerService.Load.Repairs;
using CustomerService.Load.Reporting;
using CustomerService.Load.Surveys;
using CustomerService.Servers;

// dotnet run -c Release --project tests/Load [writers] [relay] [consumers] [lag] [commands] [work] [projects] [warranty] [plans] [orders] [goods] [complaints] [surveys] [reporting]
// Measures against the bare libraries below, on private servers of this machine, and compares with the limits.
if (args is [Echo.Command, ..])
{
    await Echo.RunAsync(args[1..]);
    return 0;
}

if (args is [BareServer.Api, ..])
{
    await BareServer.RunApiAsync(args[1..]);
    return 0;
}

if (args is [BareServer.Proxy, ..])
{
    await BareServer.RunProxyAsync(args[1..]);
    return 0;
}

var sections = new (string Name, Func<Place, Task<IReadOnlyList<Row>>> MeasureAsync)[]
{
    ("writers", Writers.MeasureAsync),
    ("relay", Relay.MeasureAsync),
    ("consumers", Consumers.MeasureAsync),
    ("lag", Lag.MeasureAsync),
    ("commands", CommandCost.MeasureAsync),
    ("work", WorkLists.MeasureAsync),
    ("projects", Lists.MeasureAsync),
    ("warranty", WarrantyAsked.MeasureAsync),
    ("plans", PlansGenerated.MeasureAsync),
    ("orders", OrderLists.MeasureAsync),
    ("goods", Goods.MeasureAsync),
    ("complaints", ComplaintLists.MeasureAsync),
    ("surveys", Forms.MeasureAsync),
    ("reporting", Facts.MeasureAsync),
};
var known = sections.Select(section => section.Name).ToArray();
var asked = args.Length == 0 ? known : args;
if (asked.Except(known).Any())
{
    Console.Error.WriteLine($"Usage: Load [{string.Join("] [", known)}]");
    return 2;
}

var began = Stopwatch.GetTimestamp();
await using var postgres = await PostgresServer.StartAsync(
    new ServerOptions(Machine.NewTemporaryFolder("load-postgres")) { Temporary = true }
);
await using var rabbit = await RabbitMqServer.StartAsync(
    new ServerOptions(Machine.NewTemporaryFolder("load-rabbitmq")) { Temporary = true }
);
var place = new Place(postgres, rabbit);

var rows = new List<Row>();
foreach (var (name, measureAsync) in sections)
{
    if (asked.Contains(name))
    {
        rows.AddRange(await measureAsync(place));
    }
}

Console.WriteLine();
Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} processors, PostgreSQL with fsync, quorum queues; medians of interleaved rounds; {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s in all"
    )
);
Console.WriteLine();
Row.Print(rows);
return rows.All(row => row.Met) ? 0 : 1;
