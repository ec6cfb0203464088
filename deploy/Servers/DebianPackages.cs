namespace CustomerService.Servers;

/// <summary>Installs a server from the distribution's packages, without starting the service that comes with
/// it.</summary>
internal static class DebianPackages
{
    private const string Policy = "/usr/sbin/policy-rc.d";

    /// <summary>The line that a user types who is not root.</summary>
    public static string Line(string package) => $"sudo apt-get update && sudo apt-get install -y {package}";

    /// <summary>Installs the package unless <paramref name="isThere"/> becomes true while another process holds
    /// the lock.</summary>
    /// <exception cref="ServerUnavailableException">No root, no apt, or apt failed: the message is the line to
    /// run.</exception>
    public static async Task InstallAsync(
        string package,
        string setting,
        Func<bool> isThere,
        Action<string> say,
        CancellationToken cancellation
    )
    {
        if (!Machine.IsRoot || Machine.Find("apt-get") is null)
        {
            throw new ServerUnavailableException(
                $"{package} is not installed. Run: {Line(package)} (or set {setting} to a server that runs already)."
            );
        }

        using var held = await FileLock.TakeAsync(
            Path.Combine(Path.GetTempPath(), "customer-service-install.lock"),
            cancellation
        );
        if (isThere())
        {
            return;
        }

        say(
            $"{package} is not installed: installing the Debian package with apt-get, as root (once; its own service is not started)."
        );
        // The packages start their service at once, on the standard port and with the standard password, unless
        // a policy forbids it.
        var ours = !File.Exists(Policy);
        if (ours)
        {
            await File.WriteAllTextAsync(Policy, "#!/bin/sh\nexit 101\n", cancellation);
            await Machine.RunAsync(null, ["chmod", "0755", Policy], cancellation: cancellation);
        }

        try
        {
            var quiet = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
            string[] install = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "-qq", package];
            var (code, output) = await Machine.TryRunAsync(null, install, quiet, cancellation);
            if (code != 0)
            {
                // Most often the lists are missing or old.
                await Machine.TryRunAsync(
                    null,
                    ["apt-get", "-o", "DPkg::Lock::Timeout=300", "update", "-qq"],
                    quiet,
                    cancellation
                );
                (code, output) = await Machine.TryRunAsync(null, install, quiet, cancellation);
            }

            if (code != 0 || !isThere())
            {
                throw new ServerUnavailableException(
                    $"apt-get could not install {package}: {output.Trim().Split('\n').LastOrDefault()} Run: {Line(package)} (or set {setting} to a server that runs already)."
                );
            }

            say($"{package} is installed.");
        }
        finally
        {
            if (ours)
            {
                File.Delete(Policy);
            }
        }
    }
}
