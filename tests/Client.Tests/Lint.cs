using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace CustomerService.Client.Tests;

/// <summary>Runs <c>redocly lint</c> with the recommended rules; it is installed by <c>npm ci</c> on first
/// use.</summary>
internal static class Lint
{
    private static readonly string Folder = typeof(Lint)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Redocly")
        .Value!;

    /// <summary>The errors and warnings of the document, each as <c>severity rule where: message</c>.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(JsonObject document)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("description").FullName, "v1.json");
        try
        {
            await File.WriteAllTextAsync(file, document.ToJsonString());
            await InstallAsync();
            var output = await RunAsync("node", "node_modules/@redocly/cli/bin/cli.js", "lint", file, "--format=json");
            var found = JsonNode.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..])!;
            return found["problems"]!
                .AsArray()
                .Select(p => $"{p!["severity"]} {p["ruleId"]} {p["location"]?[0]?["pointer"]}: {p["message"]}")
                .ToList();
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    /// <summary>False where Node.js is not there, except in CI, where it has to be.</summary>
    public static async Task<bool> IsPossibleAsync()
    {
        if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
        {
            return true;
        }

        try
        {
            await RunAsync("node", "--version");
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (
            !installed.Exists
            || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))
        )
        {
            await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" },
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode is 0 or 1
            ? await output
            : throw new InvalidOperationException(
                $"{program} ended with {process.ExitCode}: {await output}{await errors}"
            );
    }
}
