using CustomerService.RuleCoverage;
using CustomerService.Rules;

// Which rule is proved by which tests, in memory and with servers. Run from anywhere inside the repository:
//   dotnet run --project tests/RuleCoverage                the list
//   dotnet run --project tests/RuleCoverage -- --check     fails (1) on a trait that names no rule, and on a rule that
//                                                          the code refuses by and no test in memory proves
//   dotnet run --project tests/RuleCoverage -- --markdown  also writes docs/rules.md

string[] known = ["--check", "--markdown"];
if (args.FirstOrDefault(arg => !known.Contains(arg)) is { } unknownArgument)
{
    Console.Error.WriteLine($"Unknown argument {unknownArgument}; there are {string.Join(" and ", known)}.");
    return 2;
}

if (Root() is not { } root)
{
    Console.Error.WriteLine("CustomerService.sln is in no folder above this one; run it inside the repository.");
    return 2;
}

var (tests, errors) = TestSources.Read(root);
var coverage = new Coverage(tests, RuleUses.Read(root));
foreach (var rule in coverage.Rules)
{
    Console.WriteLine($"{rule.Id, -10} {rule.InMemory.Count, 4} {rule.WithServers.Count, 4}  {rule.Title}");
}

Console.WriteLine();
Console.WriteLine(coverage.Summary);
Console.WriteLine(coverage.Names);
if (coverage.Unproved.Count > 0)
{
    Console.WriteLine($"Without a test: {string.Join(", ", coverage.Unproved)}");
}

if (args.Contains("--markdown"))
{
    File.WriteAllText(Path.Combine(root, "docs", "rules.md"), coverage.Markdown());
    Console.WriteLine("Written: docs/rules.md");
}

var problems = errors.Concat(coverage.Problems).ToList();
foreach (var problem in problems)
{
    Console.Error.WriteLine($"error: {problem}");
}

return args.Contains("--check") && problems.Count > 0 ? 1 : 0;

static string? Root()
{
    for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "CustomerService.sln")))
        {
            return folder.FullName;
        }
    }

    return null;
}
