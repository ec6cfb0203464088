using System.Globalization;

namespace CustomerService.Local;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        Starts the whole system on this machine: PostgreSQL, RabbitMQ, the issuer, the five services and the gateway.

          dotnet run --project deploy/Local [-- options]

          --fresh         start over: deletes the databases, the broker's data and the secrets of the local accounts
          --no-seed       do not load the demonstration data on the first start
          --only a,b      start only these (identity, projects, repairs, complaints, surveys, reporting, gateway); nothing is seeded
          --port N        port of the gateway (5080)
          --story         play one customer's story through the gateway, print each step, then stop; fails at the first step that goes wrong
          --outsiders FOLDER  after the story ask every read as a customer and as a repair unit, and write down what they see
          --at ADDRESS    start nothing: load the demonstration data into, or play the story on, the system that runs there, such as that of
                          docker compose (--no-seed when its data are there). CS_ADMINISTRATOR_PASSWORD is the password of its first account (and of those made), CS_RABBITMQ
                          the broker with its virtual host, for the story
          --trace FOLDER  every program writes each of its spans as a line of JSON to a file of its own in this folder
          --dashboard     traces, logs and metrics of all programs in the browser (the Aspire dashboard, fetched from the package registry)
          --help          this text

        Servers that run already are used when CS_POSTGRES (a connection string whose account may create roles and databases) and
        CS_RABBITMQ (amqp://user:password@host:5672/) name them. With CS_MONGO (mongodb://host:27017/?replicaSet=rs0) Surveys keeps its
        documents there. Everything else is kept in .local/ (or in CS_LOCAL_FOLDER).
        OTEL_EXPORTER_OTLP_ENDPOINT, when set, is passed on to every service. Ctrl-C stops everything.
        """;

    public bool Fresh { get; private init; }

    public bool Seed { get; private init; } = true;

    public bool Help { get; private init; }

    public bool Story { get; private init; }

    /// <summary>Where it is written down what outsiders see; null asks nothing.</summary>
    public string? OutsidersFolder { get; private init; }

    public bool Dashboard { get; private init; }

    public int Port { get; private init; } = 5080;

    public string? TraceFolder { get; private init; }

    /// <summary>Address of a system that somebody else started; null means to start one.</summary>
    public Uri? At { get; private init; }

    /// <summary>Names of the services to start; null means all.</summary>
    public IReadOnlyList<string>? Only { get; private init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">An option is unknown or lacks its value.</exception>
    public static Options Read(string[] args)
    {
        var options = new Options();
        for (var index = 0; index < args.Length; index++)
        {
            var (name, value) = args[index].Split('=', 2) is [var left, var right]
                ? (left, right)
                : (args[index], null);
            string Value() =>
                value ?? (++index < args.Length ? args[index] : throw new UsageException($"{name} needs a value."));
            options = name switch
            {
                "--fresh" => options with { Fresh = true },
                "--no-seed" => options with { Seed = false },
                "--story" => options with { Story = true },
                "--outsiders" => options with { OutsidersFolder = Path.GetFullPath(Value()) },
                "--dashboard" => options with { Dashboard = true },
                "--help" or "-h" or "-?" => options with { Help = true },
                "--only" => options with { Only = Names(Value()) },
                "--port" => options with { Port = PortOf(Value()) },
                "--at" => options with { At = AddressOf(Value()) },
                "--trace" => options with { TraceFolder = Path.GetFullPath(Value()) },
                _ => throw new UsageException($"There is no option '{args[index]}'."),
            };
        }

        if (options is { OutsidersFolder: not null, Story: false })
        {
            throw new UsageException("--outsiders needs --story.");
        }

        return options is { Story: true, Only: not null } or { Story: true, Seed: false, At: null }
            ? throw new UsageException("--story needs all services and the demonstration data.")
            : options;
    }

    private static string[] Names(string list)
    {
        var names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var known = Service.All.Select(service => service.Name).ToList();
        return names.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new UsageException($"There is no service '{unknown}'. Services: {string.Join(", ", known)}.")
            : names;
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"--at is '{text}', expected an address such as http://localhost:5080.");

    private static int PortOf(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new UsageException($"--port is '{text}', expected a number from 1 to 65535.");
}

/// <summary>The command line is wrong; the message is the line that the user reads.</summary>
internal sealed class UsageException(string message) : Exception(message);
