using System.Text.Json.Nodes;

namespace CustomerService.Mutation;

/// <summary>One change of the code, and what the tests said to it.</summary>
internal sealed record Mutant(
    string Id,
    string File,
    int Line,
    string Kind,
    string Code,
    string Change,
    string Status,
    bool Static
)
{
    /// <summary>Whether the code may run once for all tests, perhaps before the first: Stryker then never sees its effect.
    /// A flow table is built at its first use.</summary>
    public bool MayBeReadOnce =>
        Static || Status is "NoCoverage" || File.StartsWith("shared/", StringComparison.Ordinal) || IsTable;

    private bool IsTable => File.EndsWith("Flow.cs", StringComparison.Ordinal);

    /// <summary>Whether a test failed or hung.</summary>
    public bool Noticed => Status is "Killed" or "Timeout";

    /// <summary>Whether it counts: what does not compile or is left out on purpose does not.</summary>
    public bool Counts => Status is "Killed" or "Timeout" or "Survived" or "NoCoverage";
}

/// <summary>How many of how many were noticed.</summary>
internal sealed record Score(int Killed, int Total, int Alone, IReadOnlyList<Mutant> Survived, string List)
{
    public double Percent => Total == 0 ? 100 : 100.0 * Killed / Total;

    public string Text => $"{Survived.Count} survived, {Alone} noticed only in a process of its own; {List}";
}

/// <summary>Reads Stryker's JSON report.</summary>
internal static class Report
{
    public static IReadOnlyList<Mutant> Read(string file, string root)
    {
        var report = JsonNode.Parse(File.ReadAllText(file))!;
        var mutants = new List<Mutant>();
        foreach (var (path, content) in report["files"]!.AsObject())
        {
            var lines = content!["source"]!.ToString().Split('\n');
            foreach (var mutant in content["mutants"]!.AsArray())
            {
                var (start, end) = (mutant!["location"]!["start"]!, mutant["location"]!["end"]!);
                var line = start["line"]!.GetValue<int>();
                mutants.Add(
                    new Mutant(
                        mutant["id"]!.ToString(),
                        Path.GetRelativePath(root, path).Replace('\\', '/'),
                        line,
                        mutant["mutatorName"]?.ToString() ?? "",
                        Cut(
                            lines,
                            line,
                            start["column"]!.GetValue<int>(),
                            end["line"]!.GetValue<int>(),
                            end["column"]!.GetValue<int>()
                        ),
                        OneLine(mutant["replacement"]?.ToString() ?? ""),
                        mutant["status"]!.ToString(),
                        mutant["static"]?.GetValue<bool>() ?? true
                    )
                );
            }
        }

        return mutants;
    }

    private static string Cut(string[] lines, int line, int column, int lastLine, int lastColumn) =>
        line == lastLine
            ? lines[line - 1][(column - 1)..(lastColumn - 1)]
            : OneLine(string.Join(' ', lines[(line - 1)..lastLine])[(column - 1)..]);

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 90 ? line : line[..89] + "…";
    }
}
