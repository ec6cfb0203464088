using System.Globalization;
using System.Text;

namespace CustomerService.Load.Commands;

/// <summary>Processor time and memory of the machine's processes, from <c>/proc</c> (Linux).</summary>
internal static class Processes
{
    // The kernel counts in hundredths of a second for every program, whatever its own clock is.
    private const double TicksPerSecond = 100;

    /// <summary>All processes below one, by the number of their parent, with what they were started as.</summary>
    public static IReadOnlyList<(int Id, string Command)> Below(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Stat(id) is { } stat
            )
            {
                parents[id] = int.Parse(stat[1], CultureInfo.InvariantCulture);
            }
        }

        return
        [
            .. parents
                .Keys.Where(id => IsBelow(id, 0))
                .Select(id => (id, Command(id)))
                .Where(process => process.Item2.Length > 0),
        ];

        // A process that ends while this is read may leave a hole, never a circle of many.
        bool IsBelow(int id, int depth) =>
            depth < 50 && parents.TryGetValue(id, out var parent) && (parent == root || IsBelow(parent, depth + 1));
    }

    /// <summary>Processor time used so far, s: the process itself and those of its children that have
    /// ended.</summary>
    public static double ProcessorSeconds(int id) =>
        Stat(id) is { } stat
            ? stat[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond
            : 0;

    /// <summary>Its share of the memory in use, MB: its own pages, and its part of those that it shares.</summary>
    public static double ProportionalMegabytes(int id) =>
        double.Parse(
            File.ReadLines($"/proc/{id}/smaps_rollup")
                .First(line => line.StartsWith("Pss:", StringComparison.Ordinal))["Pss:".Length..]
                .Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        ) / 1024;

    private static string Command(int id)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/cmdline")).Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    // The fields after the name, which may hold spaces: state, parent, …, utime, stime, cutime, cstime at 11 to 14.
    private static string[]? Stat(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
