using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Messaging.Tests;

/// <summary>Numbers of records (with gaps, no lock) and of forms (without gaps), on a real
/// database.</summary>
public sealed class NumberTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_two_replicas_When_many_take_record_numbers_at_once_Then_none_is_given_twice()
    {
        var place = await Place.NewAsync(postgres, rabbit, "record-numbers");
        await using var one = Create(place);
        await using var other = Create(place);
        RecordNumbers[] replicas =
        [
            one.Services.GetRequiredService<RecordNumbers>(),
            other.Services.GetRequiredService<RecordNumbers>(),
        ];

        var numbers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i => Task.Run(async () => await replicas[i % 2].NextAsync("TS", 2026, Ends)))
        );

        numbers.Distinct().Count().ShouldBe(200);
        numbers.ShouldAllBe(number => number.StartsWith("TS-2026-", StringComparison.Ordinal));
        // In a rush each block is twice the last one: no more than that is reserved ahead.
        string.CompareOrdinal(numbers.Max(), "TS-2026-000420").ShouldBeLessThan(0);
        (await replicas[0].NextAsync("TS", 2027, Ends)).ShouldBe("TS-2027-000001");
        (await replicas[0].NextAsync("WX", 2026, Ends)).ShouldBe("WX-2026-000001");
    }

    [Fact]
    public async Task Given_a_block_is_reserved_When_the_database_is_locked_Then_record_numbers_still_come()
    {
        var place = await Place.NewAsync(postgres, rabbit, "record-block");
        await using var service = Create(place);
        var numbers = service.Services.GetRequiredService<RecordNumbers>();
        (await numbers.NextAsync("TS", 2026, Ends)).ShouldBe("TS-2026-000001");

        await service.InScopeAsync(async db =>
        {
            await db.InTransactionAsync(Ends);
            await db.Database.ExecuteSqlAsync($"LOCK TABLE record_numbers IN ACCESS EXCLUSIVE MODE", Ends);
            for (var i = 2; i <= RecordNumbers.BlockSize; i++)
            {
                (await numbers.NextAsync("TS", 2026, Ends)).ShouldBe($"TS-2026-{i:000000}");
            }
        });

        // A number that its command did not use is not given again.
        (await numbers.NextAsync("TS", 2026, Ends)).ShouldBe("TS-2026-000011");
    }

    [Fact]
    public async Task Given_eight_commands_at_once_When_one_is_rolled_back_Then_form_numbers_have_no_gap_and_none_twice()
    {
        var place = await Place.NewAsync(postgres, rabbit, "form-numbers");
        await using var service = Create(place);

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    service.InScopeAsync(async db =>
                    {
                        Register(db, "FM004");
                        Register(db, "FM005");
                        if (i != 3)
                        {
                            await db.SaveChangesAsync(Ends);
                            return;
                        }

                        await db.AssignNumbersAsync(Ends);
                        db.Effects.Local.ShouldAllBe(effect => effect.Text.Length > 0);
                        await db.Database.RollbackTransactionAsync(Ends);
                    })
                )
        );

        (await TextsAsync(place)).ShouldBe([
            .. Enumerable.Range(1, 7).Select(i => $"FM004-2026-000{i}"),
            .. Enumerable.Range(1, 7).Select(i => $"FM005-2026-000{i}"),
        ]);
    }

    [Fact]
    public async Task Given_two_commands_that_wait_for_two_forms_in_either_order_When_they_are_free_Then_both_get_theirs()
    {
        var place = await Place.NewAsync(postgres, rabbit, "form-order");
        await using var service = Create(place);
        await TakeAsync("FM004", "FM005");
        Task[] waiting = [];

        await service.InScopeAsync(second =>
            service.InScopeAsync(async first =>
            {
                Register(first, "FM004");
                await first.AssignNumbersAsync(Ends);
                Register(second, "FM005");
                await second.AssignNumbersAsync(Ends);
                waiting = [TakeAsync("FM004", "FM005"), TakeAsync("FM005", "FM004")];
                await Eventually.IsTrue(async () => (await BlockersAsync(place)).Count == 2, "both wait");

                var own = await first.Database.SqlQuery<int>($"SELECT pg_backend_pid() AS \"Value\"").SingleAsync(Ends);
                await first.SaveChangesAsync(Ends);
                await Eventually.IsTrue(
                    async () => await BlockersAsync(place) is [var a, var b] && !a.Concat(b).Contains(own),
                    "one has the first counter"
                );
                // Had the other one begun with the second counter, neither could go on now.
                await second.SaveChangesAsync(Ends);
            })
        );
        await Task.WhenAll(waiting);

        (await TextsAsync(place)).ShouldBe([
            .. Enumerable.Range(1, 4).Select(i => $"FM004-2026-000{i}"),
            .. Enumerable.Range(1, 4).Select(i => $"FM005-2026-000{i}"),
        ]);

        Task TakeAsync(string one, string other) =>
            service.InScopeAsync(async db =>
            {
                Register(db, one);
                Register(db, other);
                await db.SaveChangesAsync(Ends);
            });
    }

    [Fact]
    public async Task Given_several_numbers_of_one_form_When_saved_Then_they_are_handed_out_in_the_order_they_were_asked_for()
    {
        var place = await Place.NewAsync(postgres, rabbit, "form-several");
        await using var service = Create(place);
        var handedOut = new List<string>();

        await service.InScopeAsync(async db =>
        {
            for (var i = 0; i < 3; i++)
            {
                db.NumberOnCommit("FM004", 2026, number => handedOut.Add("a " + number));
                db.NumberOnCommit("FM004", 2027, number => handedOut.Add("b " + number));
            }

            await db.AssignNumbersAsync(Ends);
            handedOut.ShouldBe([
                "a FM004-2026-0001",
                "b FM004-2027-0001",
                "a FM004-2026-0002",
                "b FM004-2027-0002",
                "a FM004-2026-0003",
                "b FM004-2027-0003",
            ]);
            // Once: neither a second call nor the save takes more.
            await db.AssignNumbersAsync(Ends);
            await db.SaveChangesAsync(Ends);
            db.Database.CurrentTransaction.ShouldBeNull("the save commits what the context began");
        });

        handedOut.Count.ShouldBe(6);
        (
            await place.AskAsync(db => db.Set<FormNumber>().OrderBy(n => n.Year).Select(n => n.Last).ToListAsync())
        ).ShouldBe([3, 3]);
    }

    [Fact]
    public async Task Given_a_save_with_numbers_failed_When_it_is_saved_again_without_a_reset_Then_it_is_refused()
    {
        var place = await Place.NewAsync(postgres, rabbit, "form-failed");
        await using var service = Create(place);
        var taken = await service.WriteAsync("first");

        await service.InScopeAsync(async db =>
        {
            Register(db, "FM004");
            var clash = new Note(taken);
            db.Add(clash);
            await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Ends));
            db.Entry(clash).State = EntityState.Detached;
            // The record still carries a number that the next command gets, too.
            (
                await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync(Ends))
            ).Message.ShouldContain("Reset");

            db.Reset();
            Register(db, "FM004");
            await db.SaveChangesAsync(Ends);
        });

        (await TextsAsync(place)).ShouldBe(["FM004-2026-0001"]);
    }

    [Fact]
    public async Task Given_a_consumer_that_makes_out_a_form_When_its_event_comes_twice_Then_it_takes_one_number()
    {
        var place = await Place.NewAsync(postgres, rabbit, "form-consumer");
        await using var service = await SampleService.StartAsync(place, bus => bus.Consume<FormConsumer>());
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ends);
        for (var i = 0; i < 5; i++)
        {
            var id = Guid.CreateVersion7().ToString();
            var body = InboxTests.Body(Guid.CreateVersion7(), 1);
            await InboxTests.PublishAsync(channel, body, new RabbitMQ.Client.BasicProperties { MessageId = id });
            await InboxTests.PublishAsync(channel, body, new RabbitMQ.Client.BasicProperties { MessageId = id });
        }

        await Eventually.IsTrue(async () => await place.EffectsAsync("form") == 5, "each event has its form");
        await InboxTests.DrainedAsync(place, 5, "sample.form");
        (await TextsAsync(place)).ShouldBe([.. Enumerable.Range(1, 5).Select(i => $"FM006-2026-000{i}")]);
    }

    /// <summary>For each session that waits for a lock, the sessions that it waits for.</summary>
    private static Task<List<int[]>> BlockersAsync(Place place) =>
        place.AskAsync(db =>
            db.Database.SqlQuery<int[]>(
                    $"""
                    SELECT pg_blocking_pids(pid) AS "Value" FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                    """
                )
                .ToListAsync(Ends)
        );

    private static SampleService Create(Place place) =>
        SampleService.Create(place, more: builder => builder.Services.AddRecordNumbers<SampleContext>());

    private static void Register(SampleContext db, string form)
    {
        var effect = new Effect { Consumer = "form", Text = "" };
        db.Add(effect);
        db.NumberOnCommit(form, 2026, number => effect.Text = number);
    }

    private static Task<List<string>> TextsAsync(Place place) =>
        place.AskAsync(db => db.Effects.Where(e => e.Consumer == "form").Select(e => e.Text).Order().ToListAsync());

    private sealed class FormConsumer(SampleContext db) : MassTransit.IConsumer<NoteWritten>
    {
        public Task Consume(MassTransit.ConsumeContext<NoteWritten> context)
        {
            Register(db, "FM006");
            return Task.CompletedTask;
        }
    }
}
