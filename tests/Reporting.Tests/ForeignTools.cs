using System.ComponentModel;
using System.Diagnostics;
using CustomerService.Testing;

namespace CustomerService.Reporting.Tests;

/// <summary>Runs programs that nobody here wrote. Those of npm are installed by <c>npm ci</c> on first use.</summary>
internal static class ForeignTools
{
    private static readonly string Folder = Path.Combine(Snapshot.Root(), "tests", "Reporting.Tests", "ForeignTools");
    private static readonly SemaphoreSlim Installing = new(1);

    /// <summary>Leaves the test out, with a clear line, where the program is not there; in CI it has to be.</summary>
    public static async Task NeedAsync(string program, params string[] version)
    {
        try
        {
            await RunAsync(program, null, version);
        }
        catch (Win32Exception)
        {
            Assert.SkipUnless(
                Environment.GetEnvironmentVariable("CI") is "true" or "1",
                $"{program} is not installed: what it reads is not proved here."
            );
            throw;
        }
    }

    /// <summary>The output of a script in this folder.</summary>
    public static async Task<string> NodeAsync(
        IReadOnlyDictionary<string, string>? environment,
        params string[] arguments
    )
    {
        await Installing.WaitAsync();
        try
        {
            var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
            if (
                !installed.Exists
                || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))
            )
            {
                await RunAsync("npm", null, "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            }
        }
        finally
        {
            Installing.Release();
        }

        return await RunAsync("node", environment, arguments);
    }

    public static async Task<string> RunAsync(
        string program,
        IReadOnlyDictionary<string, string>? environment,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        if (environment?.GetValueOrDefault("INPUT") is { } input)
        {
            await process.StandardInput.WriteLineAsync(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{program} ended with {process.ExitCode}: {await output}{await errors}"
            );
    }
}
