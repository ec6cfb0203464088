using System.Globalization;

namespace CustomerService.Load.Commands;

/// <summary>How much of the processors each program of this run has used: the map of what a command
/// costs.</summary>
internal sealed class ProcessorTime
{
    private readonly Dictionary<string, double> _seconds = [];

    /// <summary>All of it, s.</summary>
    public double Total => _seconds.Values.Sum();

    /// <summary>Now, of every program below this one.</summary>
    public static ProcessorTime Now()
    {
        var now = new ProcessorTime();
        now.Add("load client", Processes.ProcessorSeconds(Environment.ProcessId));
        foreach (var (id, command) in Processes.Below(Environment.ProcessId))
        {
            now.Add(Name(command), Processes.ProcessorSeconds(id));
        }

        return now;
    }

    /// <summary>What was used since an earlier moment.</summary>
    public ProcessorTime Since(ProcessorTime before)
    {
        var used = new ProcessorTime();
        foreach (var (name, seconds) in _seconds)
        {
            used.Add(name, Math.Max(0, seconds - before._seconds.GetValueOrDefault(name)));
        }

        return used;
    }

    public void Add(ProcessorTime more)
    {
        foreach (var (name, seconds) in more._seconds)
        {
            Add(name, seconds);
        }
    }

    /// <summary>Milliseconds a command, and the share of each program; those that matter.</summary>
    public IEnumerable<string> Lines(int commands) =>
        _seconds
            .Where(entry => entry.Value > Total / 200)
            .OrderByDescending(entry => entry.Value)
            .Select(entry =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {entry.Key, -26} {entry.Value / commands * 1000, 7:0.000} ms  {entry.Value / Total, 5:0%}"
                )
            )
            .Append(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {"all", -26} {Total / commands * 1000, 7:0.000} ms of a processor a command"
                )
            );

    /// <summary>The name of a program in the tables; empty for what only holds others together.</summary>
    public static string Name(string command)
    {
        if (command.StartsWith("postgres: ", StringComparison.Ordinal))
        {
            var words = command.Split(' ');
            return words.Length > 3 && words[3].StartsWith("127.", StringComparison.Ordinal)
                ? "postgres, " + words[2]
                : "postgres, server";
        }

        if (command.Contains("beam.smp", StringComparison.Ordinal))
        {
            return "rabbitmq";
        }

        const string Prefix = "CustomerService.";
        var at = command.IndexOf(Prefix, StringComparison.Ordinal);
        if (!command.StartsWith("dotnet ", StringComparison.Ordinal) || at < 0)
        {
            return "";
        }

        var program = command[(at + Prefix.Length)..].Split(".dll", 2);
        return program[0] switch
        {
            "Load" => program[1].TrimStart().Split(' ')[0],
            "Local" => "starter (copies the logs)",
            var service => service.ToLowerInvariant(),
        };
    }

    private void Add(string name, double seconds)
    {
        if (name.Length > 0)
        {
            _seconds[name] = _seconds.GetValueOrDefault(name) + seconds;
        }
    }
}
