using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CustomerService.Servers;

/// <summary>What this machine offers: accounts, ports, folders, short commands.</summary>
public static class Machine
{
    // Held until this process ends, so that other programs of this project do not choose the same ports before
    // somebody listens there.
    private static readonly Dictionary<int, FileLock> Given = [];
    private static readonly string Claims = Path.Combine(
        Path.GetTempPath(),
        $"customer-service-ports-{Environment.UserName}"
    );

    /// <summary>True when this process runs as root.</summary>
    public static bool IsRoot { get; } =
        !OperatingSystem.IsWindows() && string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    /// <summary>
    /// A free loopback port, this process's own until it ends. It lies below the range from which the kernel
    /// takes ports for outgoing
    /// connections, so that none of those takes it before the server does.
    /// </summary>
    public static int FreePort()
    {
        lock (Given)
        {
            Directory.CreateDirectory(Claims);
            for (var attempt = 0; attempt < 1000; attempt++)
            {
                var port = RandomNumberGenerator.GetInt32(20000, 32000);
                if (
                    Given.ContainsKey(port)
                    || FileLock.TryTake(Path.Combine(Claims, port.ToString(CultureInfo.InvariantCulture)))
                        is not { } claim
                )
                {
                    continue;
                }

                if (IsFree(port))
                {
                    Given.Add(port, claim);
                    return port;
                }

                claim.Dispose();
            }
        }

        throw new InvalidOperationException("No free loopback port between 20000 and 32000.");
    }

    /// <summary>True when nothing listens on the loopback port.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A random secret of 32 letters and digits.</summary>
    public static string NewSecret() =>
        RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32);

    /// <summary>A new private folder for the servers of one test run, under the machine's temporary folder.</summary>
    public static string NewTemporaryFolder(string name)
    {
        var folder = Path.Combine(
            Path.GetTempPath(),
            $"customer-service-{name}-{RandomNumberGenerator.GetHexString(10, lowercase: true)}"
        );
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>The command as it must be started to run under the account; unchanged when there is none or
    /// this process is not root.</summary>
    internal static string[] As(string? user, string[] command) =>
        user is null || !IsRoot
            ? command
            : ["setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups", "--", .. command];

    /// <summary>The first of the accounts that exists, when this process is root; else null.</summary>
    internal static string? FirstUser(params string[] names) =>
        !IsRoot
            ? null
            : names.FirstOrDefault(name =>
                File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            );

    /// <summary>Full path of a program on PATH or in one of the folders; null when there is none.</summary>
    internal static string? Find(string program, params string[] folders) =>
        folders
            .Concat(
                (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            )
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs a short command to its end.</summary>
    internal static async Task<(int Code, string Output)> TryRunAsync(
        string? user,
        string[] command,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellation = default
    )
    {
        var full = As(user, command);
        var start = new ProcessStartInfo(full[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in full.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs a short command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    internal static async Task<string> RunAsync(
        string? user,
        string[] command,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellation = default
    )
    {
        var (code, output) = await TryRunAsync(user, command, environment, cancellation);
        return code == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', command)} failed with {code}: {output.Trim()}");
    }

    /// <summary>Makes the folder, gives it to the account and closes it to others.</summary>
    internal static async Task OwnFolderAsync(string folder, string? user, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        if (user is not null)
        {
            await RunAsync(null, ["chown", "-R", $"{user}:", folder], cancellation: cancellation);
        }

        await RunAsync(null, ["chmod", "0700", folder], cancellation: cancellation);
    }

    /// <summary>
    /// Refuses a folder that the account cannot reach because a folder above it is closed, as /root is: the
    /// server would only say
    /// "permission denied" in a log.
    /// </summary>
    internal static async Task MustReachAsync(
        string folder,
        string? user,
        string setting,
        CancellationToken cancellation
    )
    {
        if (user is not null && (await TryRunAsync(user, ["test", "-x", folder], cancellation: cancellation)).Code != 0)
        {
            throw new ServerUnavailableException(
                $"The account '{user}' cannot reach {folder}, because a folder above it is closed to others. Set {setting} to a folder that it can reach, such as /var/tmp/customer-service."
            );
        }
    }

    /// <summary>Last lines of a log, for the message of an exception.</summary>
    internal static string Tail(string file, int lines = 15)
    {
        try
        {
            return string.Join(Environment.NewLine, File.ReadLines(file).TakeLast(lines));
        }
        catch (IOException)
        {
            return "(no log)";
        }
    }
}

/// <summary>A server is not there and cannot be had; the message is one line that says what the user can
/// do.</summary>
public sealed class ServerUnavailableException(string message) : Exception(message);
