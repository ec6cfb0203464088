using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Messaging.Tests;

/// <summary>Many events in one transaction.</summary>
public sealed class BatchTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Given_duplicates_among_new_events_When_they_come_together_Then_each_has_one_effect_and_none_is_sent_back(
        bool inTransaction
    )
    {
        var place = await Place.NewAsync(postgres, rabbit, "batch");
        await using var service = SampleService.Create(place);
        var batch = BatchOf(service, inTransaction);
        var (first, second, third) = (Received(), Received(), Received());
        (await batch.TryAsync(Key(first), first)).ShouldBe(InboxOutcome.Consumed);

        var outcomes = await Task.WhenAll(
            new[] { first, second, second, third }.Select(e => batch.TryAsync(Key(e), e))
        );

        outcomes.ShouldBe([
            InboxOutcome.Duplicate,
            InboxOutcome.Consumed,
            InboxOutcome.Duplicate,
            InboxOutcome.Consumed,
        ]);
        (await place.EffectsAsync("batch")).ShouldBe(3);
        (await place.AskAsync(c => c.Set<InboxEntry>().CountAsync())).ShouldBe(3);
    }

    [Fact]
    public async Task Given_an_event_that_the_consumer_cannot_take_When_it_comes_with_others_Then_all_are_sent_back_without_effect()
    {
        var place = await Place.NewAsync(postgres, rabbit, "batch");
        await using var service = SampleService.Create(place);
        var batch = BatchOf(service, inTransaction: true);
        var (good, bad) = (Received(), Received("bad"));

        var outcomes = await Task.WhenAll(new[] { good, bad }.Select(e => batch.TryAsync(Key(e), e)));

        // Which of them share a batch is chance; the bad one never has an outcome, and what has none had no effect.
        outcomes[1].ShouldBeNull();
        (await place.EffectsAsync("batch")).ShouldBe(outcomes[0] is null ? 0 : 1);
    }

    [Fact]
    public async Task Given_a_consumer_whose_commits_are_seen_first_When_its_events_are_dealt_with_Then_the_disk_has_them()
    {
        // The servers of tests wait for no disk, real ones do.
        var place = await Place.NewAsync(postgres, rabbit, "batch");
        place = place with { Database = place.Database + ";Options=-c synchronous_commit=on" };
        await using var service = SampleService.Create(place);
        var batch = service.Services.GetRequiredService<IInboxEventBatches>().Of(typeof(CountAndBeSeenFirst));
        var kept = new List<bool>();

        for (var i = 0; i < 20; i++)
        {
            var received = Received();
            (await batch.TryAsync(Key(received), received)).ShouldBe(InboxOutcome.Consumed);
            kept.Add(
                await place.AskAsync(c =>
                    c.Database.SqlQueryRaw<bool>(
                            "SELECT pg_current_wal_flush_lsn() >= (SELECT text::pg_lsn FROM effects ORDER BY text::pg_lsn DESC LIMIT 1) AS \"Value\""
                        )
                        .SingleAsync()
                )
            );
        }

        kept.ShouldAllBe(yes => yes);
    }

    private static IInboxEventBatch BatchOf(SampleService service, bool inTransaction) =>
        service
            .Services.GetRequiredService<IInboxEventBatches>()
            .Of(inTransaction ? typeof(CountInTransaction) : typeof(CountTogether));

    private static InboxKey Key(ReceivedEvent received) => new(received.Id, "sample.batch");

    private static ReceivedEvent Received(string text = "good") =>
        new(Guid.CreateVersion7(), null, new NoteWritten(Guid.CreateVersion7(), 1, text, NoteMood.Calm));

    private class CountTogether(SampleContext db) : IBatchConsumer
    {
        public virtual Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken)
        {
            foreach (var note in events.Select(e => (NoteWritten)e.Event))
            {
                if (note.Text == "bad")
                {
                    throw new InvalidOperationException("It cannot be taken.");
                }

                db.Effects.Add(
                    new Effect
                    {
                        Consumer = "batch",
                        Subject = note.NoteId,
                        Version = note.Version,
                        Text = note.Text,
                    }
                );
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Puts down how far the log of the server had come.</summary>
    private sealed class CountAndBeSeenFirst(SampleContext db) : IBatchConsumer
    {
        public bool IsSeenFirst => true;

        public async Task ConsumeAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken)
        {
            await db.InTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit TO off", cancellationToken);
            foreach (var note in events.Select(e => (NoteWritten)e.Event))
            {
                db.Effects.Add(
                    new Effect
                    {
                        Consumer = "batch",
                        Subject = note.NoteId,
                        Version = note.Version,
                        Text = "0/0",
                    }
                );
            }

            await db.SaveChangesAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync(
                "UPDATE effects SET text = pg_current_wal_insert_lsn()::text",
                cancellationToken
            );
        }
    }

    /// <summary>Holds a lock until the commit, as a consumer may.</summary>
    private sealed class CountInTransaction(SampleContext db) : CountTogether(db)
    {
        private readonly SampleContext _db = db;

        public override async Task ConsumeAsync(
            IReadOnlyList<ReceivedEvent> events,
            CancellationToken cancellationToken
        )
        {
            await _db.LockSharedAsync("notes", cancellationToken);
            await base.ConsumeAsync(events, cancellationToken);
        }
    }
}
