using CustomerService.Mutation;

// How many plausible mistakes in the rules the tests in memory notice:
//   tests/mutate.sh                        all: shared/Rules and the Domain of every service
//   tests/mutate.sh Rules Repairs          these
//   tests/mutate.sh Rules --mutate '**/Time/*.cs'     only these files
// One line a project; below 85 % the exit code is 1.

const double Goal = 85;

if (Target.Root() is not { } root)
{
    Console.Error.WriteLine("CustomerService.sln is in no folder above this one; run it inside the repository.");
    return 2;
}

var globs = new List<string>();
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--mutate" && i + 1 < args.Length)
    {
        globs.Add(args[++i]);
    }
    else
    {
        names.Add(args[i]);
    }
}

var all = Target.All(root);
if (names.Find(name => all.All(target => target.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no '{unknown}'; there are {string.Join(", ", all.Select(t => t.Name))}.");
    return 2;
}

var low = false;
foreach (var target in all.Where(target => names.Count == 0 || names.Contains(target.Name)))
{
    try
    {
        var score = await new Run(root, globs.Count > 0 ? target with { Mutate = globs } : target).ExecuteAsync();
        low |= score.Percent < Goal;
        Console.WriteLine(
            FormattableString.Invariant(
                $"{target.Name, -11} {score.Percent, 5:0.0} %  {score.Killed} of {score.Total} noticed, {score.Text}"
            )
        );
    }
    catch (MutationException failed)
    {
        low = true;
        Console.WriteLine($"{target.Name, -11}    –     {failed.Message}");
    }
}

return low ? 1 : 0;
