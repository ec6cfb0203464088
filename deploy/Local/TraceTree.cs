using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerService.Local;

/// <summary>Draws one trace out of the programs' files of spans.</summary>
internal static class TraceTree
{
    public static string Draw(string folder, string traceId)
    {
        var spans = Directory
            .EnumerateFiles(folder, "*.jsonl")
            .SelectMany(file => Lines(file, traceId))
            .Select(line => JsonNode.Parse(line)!)
            .ToList();
        var known = spans.Select(s => (string)s["span"]!).ToHashSet();
        var children = spans.ToLookup(s => (string?)s["parent"] is { } parent && known.Contains(parent) ? parent : "");
        var text = new StringBuilder().AppendLine(
            CultureInfo.InvariantCulture,
            $"Trace {traceId}: {spans.Count} spans in {spans.Select(s => (string)s["service"]!).Distinct().Count()} programs"
        );
        Branch("", 0);
        return text.ToString();

        void Branch(string parent, int depth)
        {
            foreach (var span in children[parent].OrderBy(s => (DateTimeOffset)s["start"]!))
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{new string(' ', depth * 2)}{(string)span["service"]!}: {(string)span["name"]!} [{(string)span["kind"]!}] {(double)span["milliseconds"]!:0.0} ms{((bool)span["error"]! ? " ERROR" : "")}"
                );
                Branch((string)span["span"]!, depth + 1);
            }
        }
    }

    private static IEnumerable<string> Lines(string file, string traceId)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            // A line that is just being written is not whole yet.
            if (line.Contains(traceId, StringComparison.Ordinal) && line.EndsWith('}'))
            {
                yield return line;
            }
        }
    }
}
