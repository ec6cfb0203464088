using System.Diagnostics;
using System.Globalization;

namespace CustomerService.Local;

/// <summary>What the user sees: what this program does, and the logs of the services, one line at a time.</summary>
internal sealed class Screen
{
    private static readonly bool Colours =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    private readonly Lock _lock = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, Queue<string>> _last = [];

    /// <summary>False while a person is to read something else than the services' everyday lines.</summary>
    public bool FollowsLogs { get; set; } = true;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>Says what this program does.</summary>
    public void Say(string text) =>
        Write(
            "local",
            ConsoleColor.DarkGray,
            string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds, 5:0.0} s  {text}")
        );

    /// <summary>Says what went wrong.</summary>
    public void Fail(string text) => Write("local", ConsoleColor.Red, text);

    /// <summary>Text without a prefix.</summary>
    public void Plain(string text)
    {
        lock (_lock)
        {
            Console.Out.WriteLine(text);
        }
    }

    /// <summary>Takes a line of a service's log.</summary>
    public void Log(Service service, string line)
    {
        lock (_lock)
        {
            if (!_last.TryGetValue(service.Name, out var last))
            {
                _last[service.Name] = last = new Queue<string>();
            }

            last.Enqueue(line);
            if (last.Count > 30)
            {
                last.Dequeue();
            }
        }

        if (FollowsLogs)
        {
            Write(service.Name, service.Colour, line);
        }
    }

    /// <summary>The last lines of a service's log, when they were not shown as they came.</summary>
    public string LastOf(Service service)
    {
        lock (_lock)
        {
            return _last.TryGetValue(service.Name, out var last)
                ? string.Join(Environment.NewLine, last)
                : "(it said nothing)";
        }
    }

    private void Write(string prefix, ConsoleColor colour, string text)
    {
        lock (_lock)
        {
            if (Colours)
            {
                Console.ForegroundColor = colour;
            }

            Console.Out.Write($"{prefix, -10} | ");
            if (Colours)
            {
                Console.ResetColor();
            }

            Console.Out.WriteLine(text);
        }
    }
}
