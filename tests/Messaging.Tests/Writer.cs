using System.Diagnostics;
using System.Globalization;

namespace CustomerService.Messaging.Tests;

/// <summary>The sample service as a process of its own.</summary>
internal static class Writer
{
    /// <summary>Writes notes and says each that is committed, until it is killed.</summary>
    public static async Task<int> RunAsync(string database, string broker, int count)
    {
        await using var service = await SampleService.StartAsync(new Place(database, new Uri(broker)));
        for (var i = 0; i < count; i++)
        {
            var id = await service.WriteAsync(i.ToString(CultureInfo.InvariantCulture));
            Console.WriteLine(id.ToString("D"));
            // The tests need it busy, not the machine.
            await Task.Delay(1);
        }

        Console.WriteLine("done");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    public static Process Start(Place place, int count)
    {
        var path = Environment.ProcessPath!;
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(path) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Writer).Assembly.Location);
        }

        foreach (
            var argument in new[]
            {
                "writer",
                place.Database,
                place.Broker.ToString(),
                count.ToString(CultureInfo.InvariantCulture),
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Reads what the process says has been committed, until it has said so much; then
    /// kills it.</summary>
    public static async Task<List<Guid>> KillAfterAsync(Process process, int lines)
    {
        var committed = new List<Guid>();
        while (committed.Count < lines && await process.StandardOutput.ReadLineAsync() is { } line && line != "done")
        {
            committed.Add(Guid.Parse(line));
        }

        // Whole: the program may run behind dotnet.
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line && Guid.TryParse(line, out var id))
        {
            committed.Add(id);
        }

        committed.Count.ShouldBeGreaterThanOrEqualTo(
            lines,
            $"exit code {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}"
        );
        return committed;
    }
}
