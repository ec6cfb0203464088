namespace CustomerService.Local;

/// <summary>When <c>dotnet run</c> is killed outright it cannot tell this program, which would go on without a
/// terminal.</summary>
internal static class Parent
{
    public static async Task WatchAsync(CancellationTokenSource stop)
    {
        if (!OperatingSystem.IsLinux() || Id() is not { } parent || !IsDotnetRun(parent))
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync())
        {
            if (Id() != parent)
            {
                await stop.CancelAsync();
                return;
            }
        }
    }

    // The fourth field of stat; the second, the name, stands in brackets and may hold anything.
    private static string? Id() =>
        File.ReadAllText("/proc/self/stat")
            .Split(')')[^1]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ElementAtOrDefault(1);

    private static bool IsDotnetRun(string id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return Path.GetFileName(line[0]) is "dotnet" && line.Contains("run");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
