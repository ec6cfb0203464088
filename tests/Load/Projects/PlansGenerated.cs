using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Testing;

namespace CustomerService.Load.Projects;

/// <summary>The streamed generation of the plans of 10 000 projects that have none, against that of 1 000:
/// throughput, memory, and whether it tells how far it is.</summary>
internal static class PlansGenerated
{
    private const int Small = 1_000;
    private const int Large = 10_000;
    private const double Memory = 1.5;

    // What the manifests let the heap have: half of the container's 768 MB. Without a limit the heap takes what
    // the machine has, and the most
    // that it took hangs on the moments at which it was collected.
    private const int HeapMegabytes = 384;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        await using var issuer = await TestIssuer.StartAsync();
        var small = await RunAsync(place, issuer, "plans_small", Small);
        var large = await RunAsync(place, issuer, "plans_large", Large);
        return
        [
            Row.Of(
                "plans generated",
                "projects/s",
                [(small.PerSecond, large.PerSecond)],
                null,
                false,
                "the same with 1 000 projects"
            ),
            Row.Of(
                "plans, most memory of the process",
                "MB",
                [(small.Megabytes, large.Megabytes)],
                Memory,
                true,
                "the same with 1 000 projects"
            ),
            Row.Of(
                "plans, time to the first line",
                "s",
                [(large.Seconds, large.FirstSeconds)],
                0.1,
                true,
                "the time of the whole stream"
            ),
            Row.Of(
                "plans, longest silence between lines",
                "s",
                [(large.Seconds, large.SilenceSeconds)],
                0.1,
                true,
                "the time of the whole stream"
            ),
        ];
    }

    private static async Task<(
        double PerSecond,
        double Megabytes,
        double Seconds,
        double FirstSeconds,
        double SilenceSeconds
    )> RunAsync(Place place, TestIssuer issuer, string name, int handedOver)
    {
        // Nine of ten were handed over; none of them has a revisit.
        var database = await Registry.NewAsync(place, name, handedOver * 12 / 10, 0);
        await Place.ExecuteAsync(
            database,
            $"delete from projects where state <> 'HandedOver' or id > (select id from projects where state = 'HandedOver' order by id offset {handedOver - 1} limit 1)"
        );
        await using var service = await ServiceProcess.StartAsync(
            database,
            await place.NewVirtualHostAsync(name),
            issuer,
            heapMegabytes: HeapMegabytes
        );
        using var client = service.Client(issuer);
        var began = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/projects/regenerate-plans")
        {
            Content = JsonContent.Create(new { reason = "匯入後生成計劃", dryRun = false }),
        };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        var (first, silence, last) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        JsonNode? line = null;
        while (await reader.ReadLineAsync() is { } text)
        {
            line = JsonNode.Parse(text)!;
            var now = Stopwatch.GetElapsedTime(began);
            first = first == TimeSpan.Zero ? now : first;
            silence = now - last > silence ? now - last : silence;
            last = now;
        }

        if (line?["line"]!.ToString() != "summary" || line["changed"]!.GetValue<int>() != handedOver)
        {
            throw new InvalidOperationException("The plans were not all generated: " + line?.ToJsonString());
        }

        var megabytes = service.PeakMegabytes;
        Console.WriteLine(
            FormattableString.Invariant(
                $"plans     {handedOver} projects, {line["added"]} revisits in {last.TotalSeconds:0.0} s, {megabytes:0} MB"
            )
        );
        return (handedOver / last.TotalSeconds, megabytes, last.TotalSeconds, first.TotalSeconds, silence.TotalSeconds);
    }
}
