using System.Text.RegularExpressions;
using CustomerService.Rules;

namespace CustomerService.RuleCoverage;

/// <summary>
/// Rules that the code itself names, in flow tables, guards and refusals, read from the sources as
/// <see cref="TestSources"/> reads the tests.
/// </summary>
internal static partial class RuleUses
{
    /// <summary>Rule and the first place that names it.</summary>
    public static IReadOnlyDictionary<string, string> Read(string root)
    {
        var uses = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in (string[])["shared/Rules", "services", "gateway"])
        {
            foreach (
                var file in Directory
                    .EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
            )
            {
                var path = Path.GetRelativePath(root, file).Replace('\\', '/');
                if (!path.Split('/').Any(part => part is "bin" or "obj" or "Migrations"))
                {
                    Read(File.ReadAllLines(file), path, uses);
                }
            }
        }

        return uses;
    }

    internal static void Read(IReadOnlyList<string> lines, string path, IDictionary<string, string> uses)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].TrimStart().StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (Match literal in Literal().Matches(lines[i]))
            {
                var id = literal.Groups[1].Value;
                if (RuleCatalogue.MayBeTested(id) && RuleCatalogue.MayRefuse(id))
                {
                    uses.TryAdd(id, $"{path}:{i + 1}");
                }
            }
        }
    }

    [GeneratedRegex("\"((?:Form|[A-Z])[0-9][0-9.]*)\"")]
    private static partial Regex Literal();
}
