using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CustomerService.Mutation;

/// <summary>
/// Stryker over one project, and a second look at what survived. Stryker keeps one test process for all changes, so a
/// change in what is read once (a flow table, a data file) is never in effect there: each survivor that may be such is tried
/// once more in a process of its own, on the copy that Stryker compiled.
/// </summary>
internal sealed class Run(string root, Target target)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // A test program keeps a core busy for seconds only; more of them at a time wait for each other.
    private static readonly int AtOnce = Math.Min(2, Environment.ProcessorCount);

    // The tests of a service that need no server, see tests/Shared/Program.cs; a few walks of each flow, always the same,
    // see tests/Testing/InMemory/FlowWalk.cs.
    private static readonly KeyValuePair<string, string>[] InMemory = [new("CS_TESTS", "memory"), new("CS_WALKS", "5")];

    private readonly string _out = Path.Combine(root, "artifacts", "mutation", target.Name);

    private string Tests => Path.Combine(root, "tests", target.Tests);

    private string Bin => Path.Combine(Tests, "bin", "Debug", "net10.0");

    private string Copy => Path.Combine(_out, "bin");

    /// <exception cref="MutationException">There is no score; the message says why.</exception>
    public async Task<Score> ExecuteAsync()
    {
        if (Directory.Exists(_out))
        {
            Directory.Delete(_out, recursive: true);
        }

        Directory.CreateDirectory(_out);
        await StrykerAsync();
        var report = Path.Combine(_out, "reports", "mutation-report.json");
        if (!File.Exists(report))
        {
            throw new MutationException($"no score, see {Shown("stryker.log")}");
        }

        var mutants = Report.Read(report, root).Where(mutant => mutant.Counts).ToList();
        var survived = mutants.Where(mutant => !mutant.Noticed).ToList();
        var still = await LookAgainAsync(survived);
        WriteList(still);
        return new Score(
            mutants.Count - still.Count,
            mutants.Count,
            survived.Count - still.Count,
            still,
            Shown("survivors.md")
        );
    }

    private async Task StrykerAsync()
    {
        await using var log = new StreamWriter(Path.Combine(_out, "stryker.log"));
        var arguments = new List<string> { "stryker", "-f", Path.Combine(root, "tests", "stryker.json") };
        arguments.AddRange(["-p", target.Project, "-O", _out, "--skip-version-check"]);
        foreach (var glob in target.Mutate)
        {
            arguments.AddRange(["-m", glob]);
        }

        // Stryker's own build reads no response file; nothing that is broken runs often enough to be compiled ahead.
        using var stryker = Start("dotnet", arguments, Tests, [.. InMemory, new("CompileAhead", "false")]);
        while (await stryker.StandardOutput.ReadLineAsync() is { } line)
        {
            await log.WriteLineAsync(line);
            await log.FlushAsync();
            if (line.Contains("mutants will be tested", StringComparison.Ordinal))
            {
                // Now the broken assembly lies beside the tests; at the end Stryker puts the sound one back.
                CopyFolder(Bin, Copy);
            }
        }

        await stryker.WaitForExitAsync();
    }

    private async Task<List<Mutant>> LookAgainAsync(List<Mutant> survived)
    {
        if (!Directory.Exists(Copy))
        {
            return survived;
        }

        if (await FailsAsync("-1"))
        {
            throw new MutationException($"the tests fail before anything is broken, see {Shown("tests.log")}");
        }

        var noticed = new ConcurrentBag<Mutant>();
        await Parallel.ForEachAsync(
            survived.Where(mutant => mutant.MayBeReadOnce),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (mutant, _) =>
            {
                if (await FailsAsync(mutant.Id))
                {
                    noticed.Add(mutant);
                }
            }
        );
        return [.. survived.Except(noticed)];
    }

    private async Task<bool> FailsAsync(string mutant)
    {
        // Stryker's own way to say which change is in effect: a number of four bytes in a file.
        var control = Path.Combine(_out, $"mutant{mutant}");
        await File.WriteAllBytesAsync(control, BitConverter.GetBytes(int.Parse(mutant, CultureInfo.InvariantCulture)));
        using var tests = Start(
            Path.Combine(Copy, $"CustomerService.{target.Tests}"),
            ["--stop-on-fail", "on", "--no-ansi"],
            Copy,
            [.. InMemory, new("STRYKER_MUTANT_FILE", control)]
        );
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = tests.StandardOutput.ReadToEndAsync(patience.Token);
            await tests.WaitForExitAsync(patience.Token);
            if (mutant == "-1")
            {
                await File.WriteAllTextAsync(Path.Combine(_out, "tests.log"), await output);
            }
        }
        catch (OperationCanceledException)
        {
            tests.Kill(entireProcessTree: true);
            return true;
        }
        finally
        {
            File.Delete(control);
        }

        return tests.ExitCode != 0;
    }

    private void WriteList(List<Mutant> still)
    {
        var text = new StringBuilder($"# What no test in memory noticed: {target.Name}\n\n");
        text.Append("| Where | Code | Changed to | Kind |\n|---|---|---|---|\n");
        foreach (var mutant in still)
        {
            var reached = mutant.Status == "NoCoverage" ? ", no test comes here" : "";
            var (code, change) = (Cell(mutant.Code), Cell(mutant.Change));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {mutant.File}:{mutant.Line} | `{code}` | `{change}` | {mutant.Kind}{reached} |\n"
            );
        }

        File.WriteAllText(Path.Combine(_out, "survivors.md"), text.ToString());
    }

    private string Shown(string file) =>
        Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(_out, file));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static Process Start(
        string file,
        IEnumerable<string> arguments,
        string folder,
        params IEnumerable<KeyValuePair<string, string>> environment
    )
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new MutationException($"{file} cannot be started");
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
