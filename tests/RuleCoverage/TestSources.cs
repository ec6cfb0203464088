using System.Text.RegularExpressions;

namespace CustomerService.RuleCoverage;

/// <summary>A test that names a rule.</summary>
/// <param name="Rule">Rule id as written.</param>
/// <param name="Project">Test project.</param>
/// <param name="Test">Class and method.</param>
/// <param name="Place">File and line, relative to the root.</param>
internal sealed record RuleTest(string Rule, string Project, string Test, string Place);

/// <summary>
/// Reads the traits from the tests' sources, so that the list is there without building every test project. A
/// trait on
/// a class belongs to each of its tests; a trait that is not a literal is an error, since nobody could list it.
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
