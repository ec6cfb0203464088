using System.Text.RegularExpressions;

namespace CustomerService.RuleCoverage;

/// <summary>A test that names a rule.</summary>
/// <param name="Rule">Rule id as written.</param>
/// <param name="Project">Test project.</param>
/// <param name="Test">Class and method.</param>
/// <param name="Place">File and line, relative to the root.</param>
internal sealed record RuleTest(string Rule, string Project, string Test, string Place)
{
    /// <summary>True when it needs no server: those of the rules, and the folder Domain of a service's tests.</summary>
    public bool InMemory =>
        Project == "Rules.Tests" || Place.StartsWith($"tests/{Project}/Domain/", StringComparison.Ordinal);

    /// <summary><c>Given_an_author_When_they_review_Then_refused</c> as a sentence; null when it is not named
    /// so.</summary>
    public string? Sentence =>
        Names.GivenWhenThen().Match(Test[(Test.IndexOf('.', StringComparison.Ordinal) + 1)..])
            is { Success: true } parts
            ? $"Given {Words(parts, 1)}, when {Words(parts, 2)}, then {Words(parts, 3)}."
            : null;

    private static string Words(Match parts, int group) => parts.Groups[group].Value.Replace('_', ' ');
}

internal static partial class Names
{
    [GeneratedRegex("^Given_(.+?)_When_(.+?)_Then_(.+)$")]
    public static partial Regex GivenWhenThen();
}

/// <summary>
/// Reads the traits from the tests' sources, so that the list is there without building every test project. A trait on
/// a class belongs to each of its tests; a trait that is not a literal is an error, because it could not be listed.
/// </summary>
internal static partial class TestSources
{
    public static (IReadOnlyList<RuleTest> Tests, IReadOnlyList<string> Errors) Read(string root)
    {
        var (tests, errors) = (new List<RuleTest>(), new List<string>());
        foreach (
            var project in Directory
                .EnumerateDirectories(Path.Combine(root, "tests"), "*.Tests")
                .Order(StringComparer.Ordinal)
        )
        {
            foreach (
                var file in Directory
                    .EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
            )
            {
                var path = Path.GetRelativePath(root, file).Replace('\\', '/');
                if (!path.Split('/').Any(part => part is "bin" or "obj"))
                {
                    Read(File.ReadAllLines(file), Path.GetFileName(project), path, tests, errors);
                }
            }
        }

        return (tests, errors);
    }

    internal static void Read(
        IReadOnlyList<string> lines,
        string project,
        string path,
        List<RuleTest> tests,
        List<string> errors
    )
    {
        var pending = new List<string>();
        var isTest = false;
        var classes = new Stack<(int Indent, string Name, IReadOnlyList<string> Rules)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].TrimStart();
            var indent = lines[i].Length - line.Length;
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith('#'))
            {
                continue;
            }

            if (line.StartsWith('['))
            {
                // The formatter breaks a long list: it ends where a bracket stands as far in as the first one.
                for (
                    var open = line == "[" || line.EndsWith('(');
                    open && i + 1 < lines.Count;
                    open = !Closes(lines[i], indent)
                )
                {
                    line += " " + lines[++i].Trim();
                }

                var literals = Trait().Matches(line);
                pending.AddRange(literals.Select(match => match.Groups[1].Value));
                if (AnyTrait().Count(line) != literals.Count)
                {
                    errors.Add($"{path}:{i + 1}: the rule of a trait must be a literal");
                }

                isTest |= Test().IsMatch(line);
                continue;
            }

            // A file that is indented as .editorconfig says closes a class when something stands no further in
            // than it.
            while (classes.Count > 0 && indent <= classes.Peek().Indent)
            {
                if (
                    line.StartsWith('{')
                    || line.StartsWith('(')
                    || line.StartsWith(':')
                    || line.StartsWith("where ", StringComparison.Ordinal)
                )
                {
                    break;
                }

                classes.Pop();
            }

            if (Class().Match(line) is { Success: true } type)
            {
                classes.Push((indent, type.Groups[1].Value, [.. pending]));
            }
            else if (isTest && Method().Match(line) is { Success: true } method)
            {
                foreach (var rule in pending.Concat(classes.SelectMany(c => c.Rules)).Distinct())
                {
                    tests.Add(
                        new(
                            rule,
                            project,
                            $"{(classes.Count > 0 ? classes.Peek().Name : "?")}.{method.Groups[1].Value}",
                            $"{path}:{i + 1}"
                        )
                    );
                }
            }
            else if (pending.Count > 0 && !isTest)
            {
                errors.Add($"{path}:{i + 1}: a rule is named on something that is no test");
            }

            pending.Clear();
            isTest = false;
        }
    }

    private static bool Closes(string line, int indent) =>
        line.TrimStart() is [']' or ')', ..] trimmed && line.Length - trimmed.Length == indent;

    [GeneratedRegex("""\bTrait\(\s*"Rule"\s*,\s*"([^"]*)"\s*\)""")]
    private static partial Regex Trait();

    [GeneratedRegex("""\bTrait\(\s*"Rule"\s*,""")]
    private static partial Regex AnyTrait();

    [GeneratedRegex(@"\b(Fact|Theory)\b")]
    private static partial Regex Test();

    [GeneratedRegex(
        @"^(?:(?:public|internal|private|protected|sealed|abstract|static|partial|file)\s+)*(?:class|record(?:\s+class)?)\s+(\w+)"
    )]
    private static partial Regex Class();

    [GeneratedRegex(@"^public\s.*?\b(\w+)\s*\(")]
    private static partial Regex Method();
}
