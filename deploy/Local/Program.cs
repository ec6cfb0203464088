using System.Runtime.InteropServices;
using CustomerService.Client;
using CustomerService.Local;
using CustomerService.Servers;

Options options;
try
{
    options = Options.Read(args);
}
catch (UsageException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message} --help lists the options.");
    return 2;
}

if (options.Help)
{
    Console.WriteLine(Options.Usage);
    return 0;
}

var screen = new Screen();
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
_ = Parent.WatchAsync(stop);

try
{
    return await RunAsync();
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (Exception error)
    when (error is ServerUnavailableException or StartException or FileNotFoundException or DirectoryNotFoundException)
{
    screen.Fail(error.Message);
    return 1;
}
catch (ApiException refused)
{
    screen.Fail($"The system refused a command: {refused.Message}");
    return 1;
}

async Task<int> RunAsync()
{
    if (options.At is { } elsewhere)
    {
        return await VisitAsync(elsewhere);
    }

    var checkout = Checkout.Find();
    var folder = Environment.GetEnvironmentVariable("CS_LOCAL_FOLDER") is { Length: > 0 } given
        ? Path.GetFullPath(given)
        : Path.Combine(checkout.Root, ".local");
    Directory.CreateDirectory(folder);
    using var only =
        FileLock.TryTake(Path.Combine(folder, "lock"))
        ?? throw new StartException(
            $"The system runs already on {folder}. Stop that one first, or set CS_LOCAL_FOLDER (and --port) for a second one."
        );
    if (options.Fresh)
    {
        // What is ours, and nothing else: the folder may be one that holds other things, too.
        foreach (
            var entry in new DirectoryInfo(folder)
                .EnumerateFileSystemInfos()
                .Where(entry => Starter.Kept.Contains(entry.Name))
        )
        {
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    var secrets = Secrets.Open(folder);
    await using var starter = new Starter(options, checkout, folder, secrets, screen);
    await starter.StartAsync(stop.Token);
    screen.Say("Everything is healthy.");

    var seeded = Path.Combine(folder, "seeded");
    if (options.Seed && options.Only is null && !File.Exists(seeded))
    {
        await Seed.LoadAsync(starter.Address, secrets, screen);
        await File.WriteAllTextAsync(seeded, "", stop.Token);
    }

    if (options.Story)
    {
        return await PlayAsync(starter, secrets);
    }

    screen.Plain(Banner.For(starter, secrets, folder, File.Exists(seeded)));
    try
    {
        await starter.KeepAsync(stop.Token);
    }
    catch (OperationCanceledException)
    {
        screen.Say("Stopping.");
    }

    return 0;
}

// Another system: nothing of it is started, watched or stopped here.
async Task<int> VisitAsync(Uri address)
{
    var secrets = Secrets.Given(Given("CS_ADMINISTRATOR_PASSWORD", "the password of its account 'admin'"));
    if (options.Seed)
    {
        await Seed.LoadAsync(address, secrets, screen);
    }

    if (options.Story)
    {
        await using var bus = await Bus.ListenAsync(
            new Uri(Given("CS_RABBITMQ", "its broker, amqp://user:password@host:5672/virtual-host")),
            stop.Token
        );
        await new Story(address, secrets, bus, screen).PlayAsync(stop.Token);
    }

    return 0;

    static string Given(string setting, string what) =>
        Environment.GetEnvironmentVariable(setting) is { Length: > 0 } value
            ? value
            : throw new StartException($"--at needs the environment variable {setting}: {what}.");
}

async Task<int> PlayAsync(Starter starter, Secrets secrets)
{
    // The services' everyday lines would drown the story; what they say is shown when they fail.
    screen.FollowsLogs = false;
    await using var bus = await Bus.ListenAsync(await starter.DepartmentAsync(stop.Token), stop.Token);
    var story = new Story(starter.Address, secrets, bus, screen);
    await story.PlayAsync(stop.Token);
    screen.Plain("The audit trails hold:");
    foreach (var line in await starter.VerifyAuditAsync(stop.Token))
    {
        screen.Plain("       " + line);
    }

    if (options.OutsidersFolder is { } outsiders)
    {
        await new Outsiders(starter.Address, secrets, screen).LookAsync(outsiders, stop.Token);
    }

    if (options.TraceFolder is { } traces && story.TraceId is { } trace)
    {
        screen.Plain("\n" + TraceTree.Draw(traces, trace));
    }

    return 0;
}

void Stop(PosixSignalContext signal)
{
    // The children are stopped in order before this process ends.
    signal.Cancel = true;
    stop.Cancel();
}
