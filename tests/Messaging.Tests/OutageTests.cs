using System.Globalization;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Messaging.Tests;

/// <summary>The broker is away. <c>CS_TEST_OUTAGE_SECONDS</c> sets for how long, 30 unless
/// said.</summary>
public sealed class OutageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_broker_that_is_killed_under_load_and_stays_away_loses_nothing_and_stops_no_writer()
    {
        // Its own broker: the other tests of this assembly need theirs.
        await using var own = new RabbitMqFixture();
        Assert.SkipUnless(
            await own.CanBeStopped(),
            "The broker was given by a setting or runs in a container; only a private one can be killed."
        );
        var place = await Place.NewAsync(postgres, own, "outage");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CountNoteConsumer>()
        );

        var writing = new CancellationTokenSource();
        var written = 0;
        var load = Task.Run(async () =>
        {
            while (!writing.IsCancellationRequested)
            {
                await service.WriteAsync(written.ToString(CultureInfo.InvariantCulture));
                written++;
                await Task.Delay(5);
            }
        });

        await Eventually.IsTrue(async () => await place.EffectsAsync() > 50, "events flow");
        await own.KillAsync();
        var before = written;
        var seconds = int.TryParse(
            Environment.GetEnvironmentVariable("CS_TEST_OUTAGE_SECONDS"),
            CultureInfo.InvariantCulture,
            out var set
        )
            ? set
            : 30;
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        (written - before).ShouldBeGreaterThan(100, "writers go on without the broker");
        (await place.OutboxAsync()).ShouldBeGreaterThan(100);
        await own.StartAsync();
        await Task.Delay(500);
        await writing.CancelAsync();
        await load;

        await Eventually.Holds(
            async () =>
            {
                (await place.OutboxAsync()).ShouldBe(0);
                (await place.EffectsAsync()).ShouldBe(written, await WhereaboutsAsync(place));
            },
            TimeSpan.FromMinutes(2)
        );
        (await place.AskAsync(c => c.Effects.Select(e => e.Subject).Distinct().CountAsync())).ShouldBe(written);
    }

    private static async Task<string> WhereaboutsAsync(Place place)
    {
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var queues = new[] { "sample.count-note", "sample.count-note_delay_1s", "sample.count-note_error" };
        var counts = new List<string>();
        foreach (var queue in queues)
        {
            counts.Add($"{queue}: {await channel.MessageCountAsync(queue)}");
        }

        return string.Join(", ", counts);
    }
}
