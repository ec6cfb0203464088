using System.Globalization;
using System.Text.Json;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Messaging.Tests;

/// <summary>Processes and brokers that die.</summary>
public sealed class CrashTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    [Fact]
    public async Task Saved_then_killed_before_publishing_publishes_once_after_the_restart()
    {
        var place = await Place.NewAsync(postgres, rabbit, "crash");
        await using var outsider = await Outsider.ListenAsync(place);

        // Its broker does not answer, so it can only save.
        var nowhere = place with
        {
            Broker = new UriBuilder(place.Broker) { Port = 1 }.Uri,
        };
        using var process = Writer.Start(nowhere, 1_000);
        var committed = await Writer.KillAfterAsync(process, 30);
        outsider.Heard.ShouldBeEmpty();

        await using var restarted = await SampleService.StartAsync(place);
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "the outbox is empty");

        // A kill can fall between a commit and the line about it: what counts is what the database
        // has.
        var saved = await place.AskAsync(c => c.Notes.Select(n => n.Id).ToListAsync());
        committed.ShouldBeSubsetOf(saved);
        await Eventually.Holds(() =>
        {
            outsider.Heard.Count.ShouldBe(saved.Count);
            return Task.CompletedTask;
        });
        Subjects(outsider).Order().ShouldBe(saved.Order());
    }

    [Fact]
    public async Task Killed_while_it_publishes_loses_nothing_and_has_each_effect_once()
    {
        var place = await Place.NewAsync(postgres, rabbit, "killed");
        await using var consumer = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CountNoteConsumer>()
        );
        // Only the consumer's queue counts here; its relay must not help out, so the killed ones
        // leave rows behind.
        for (var round = 0; round < 2; round++)
        {
            using var process = Writer.Start(place, 5_000);
            await Writer.KillAfterAsync(process, 150);
        }

        var saved = await place.AskAsync(c => c.Notes.CountAsync());
        saved.ShouldBeGreaterThanOrEqualTo(300);
        await Eventually.Holds(async () =>
        {
            (await place.OutboxAsync()).ShouldBe(0);
            (await place.EffectsAsync()).ShouldBe(saved);
        });
        (await place.AskAsync(c => c.Effects.Select(e => e.Subject).Distinct().CountAsync())).ShouldBe(saved);
    }

    [Fact]
    public async Task Three_replicas_one_of_them_killed_keep_the_order_of_each_aggregate()
    {
        var place = await Place.NewAsync(postgres, rabbit, "order");
        await using var outsider = await Outsider.ListenAsync(place);
        await using var first = await SampleService.StartAsync(place);
        await using var second = await SampleService.StartAsync(place);
        using var third = Writer.Start(place, 100_000);

        const int versions = 30;
        var replicas = new[] { first, second };
        var subjects = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async s =>
                {
                    var id = await first.WriteAsync("1");
                    for (var version = 2; version <= versions; version++)
                    {
                        // Whichever replica takes the request: consecutive versions of one
                        // aggregate are committed by different ones.
                        await replicas[(s + version) % 2]
                            .RewriteAsync(id, version.ToString(CultureInfo.InvariantCulture));
                    }

                    return id;
                })
        );
        await Writer.KillAfterAsync(third, 50);

        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "the outbox is empty");
        var heard = outsider
            .Heard.Select(h => JsonSerializer.Deserialize<NoteWritten>(h.Body.Span, EventJson.Options)!)
            .GroupBy(e => e.NoteId)
            .ToDictionary(g => g.Key, g => g.Select(e => e.Version).ToList());
        foreach (var subject in subjects)
        {
            // What the killed replica had under way may come twice; its first coming keeps the
            // order.
            heard[subject].Distinct().ShouldBe(Enumerable.Range(1, versions).Select(v => (long)v));
        }
    }

    private static IEnumerable<Guid> Subjects(Outsider outsider) =>
        outsider.Heard.Select(h => JsonSerializer.Deserialize<NoteWritten>(h.Body.Span, EventJson.Options)!.NoteId);
}
