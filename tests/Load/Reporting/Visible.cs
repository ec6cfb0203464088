using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerService.Load.Projects;
using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CustomerService.Load.Reporting;

/// <summary>
/// The time from the commit of an event to the fact that a reader of Reporting's database sees, at a steady 200 events a
/// second, against plain MassTransit from publish to consumed. The reader asks all the time, and what it costs counts.
/// </summary>
internal static class Visible
{
    private const string Program = "CustomerService.Reporting";
    private const int WarmUps = 5;
    private const int Rounds = 10;
    private const double Ratio = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    public static async Task<Row> MeasureAsync(Place place, TestIssuer issuer)
    {
        var broker = await place.NewVirtualHostAsync("visible");
        var facts = await place.NewEmptyDatabaseAsync("visible_facts");
        await ServiceProcess.MigrateAsync(facts, Program);
        await using var reporting = await ServiceProcess.StartAsync(facts, broker, issuer, program: Program);
        var (plain, ours) = (new Lag.Times(), new Lag.Times());
        using var service = Place.Service(await place.NewDatabaseAsync("visible"), broker);
        using var bus = Place.Service(
            null,
            broker,
            more: services =>
            {
                services.AddSingleton(plain);
                Lag.AddPlainBus(services, broker, "plain.visible");
            }
        );
        await service.StartAsync();
        await bus.StartAsync();
        await Patience.UntilAsync(() =>
            Task.FromResult(
                bus.Services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy
            )
        );

        var waiting = new ConcurrentDictionary<Guid, bool>();
        using var ended = new CancellationTokenSource();
        await using var source = NpgsqlDataSource.Create(facts);
        var reading = ReadAsync(source, waiting, ours, ended.Token);
        var publish = bus.Services.GetRequiredService<IBus>();
        Lag.Side[] sides =
        [
            new(
                plain,
                async id =>
                {
                    var began = Stopwatch.GetTimestamp();
                    await publish.Publish(Ticket.Event(id));
                    plain.Began(id, began);
                }
            ),
            new(
                ours,
                async id =>
                {
                    await using var scope = service.Services.CreateAsyncScope();
                    var context = scope.ServiceProvider.GetRequiredService<LoadContext>();
                    var ticket = new Ticket(id);
                    ticket.Register();
                    context.Add(ticket);
                    await context.SaveChangesAsync();
                    ours.Began(id, Stopwatch.GetTimestamp());
                    waiting[id] = true;
                }
            ),
        ];
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            await Lag.SteadyAsync(sides, Lag.ShortTurn);
        }

        var rounds = new List<(double, double)>();
        for (var round = 0; round < Rounds; round++)
        {
            var lags = await Lag.SteadyAsync(sides, Lag.ShortTurn);
            rounds.Add((Row.Percentile(lags[0], 0.50), Row.Percentile(lags[1], 0.50)));
        }

        await ended.CancelAsync();
        await reading;
        await service.StopAsync();
        await bus.StopAsync();
        return Row.Of(
            "200 events/s, commit to visible in Reporting, p50, median round",
            "ms",
            [.. rounds],
            Ratio,
            true,
            "MassTransit publish to consumed, quorum queue"
        );
    }

    private static async Task ReadAsync(
        NpgsqlDataSource facts,
        ConcurrentDictionary<Guid, bool> waiting,
        Lag.Times seen,
        CancellationToken ended
    )
    {
        await using var command = facts.CreateCommand("SELECT id FROM fact_complaint WHERE id = ANY ($1)");
        var asked = new NpgsqlParameter<Guid[]>();
        command.Parameters.Add(asked);
        while (!ended.IsCancellationRequested)
        {
            asked.TypedValue = [.. waiting.Keys];
            if (asked.TypedValue.Length > 0)
            {
                await using var rows = await command.ExecuteReaderAsync(CancellationToken.None);
                while (await rows.ReadAsync(CancellationToken.None))
                {
                    var id = rows.GetGuid(0);
                    seen.Seen(id);
                    waiting.TryRemove(id, out _);
                }
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
