using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CustomerService.Messaging.Tests;

/// <summary>What is saved is announced, what is not saved is not.</summary>
public sealed class OutboxTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    [Fact]
    public async Task An_event_travels_as_plain_json_with_cloudevents_headers()
    {
        var place = await Place.NewAsync(postgres, rabbit, "wire");
        await using var outsider = await Outsider.ListenAsync(place, "sample.#");
        await using var service = await SampleService.StartAsync(place);

        var id = await service.WriteAsync("屋頂漏水");

        await Eventually.Holds(() =>
        {
            outsider.Heard.Count.ShouldBe(1);
            return Task.CompletedTask;
        });
        var heard = outsider.Heard[0];
        heard.Exchange.ShouldBe("customer-service.events");
        heard.RoutingKey.ShouldBe("sample.note.written.v1");
        var text = Encoding.UTF8.GetString(heard.Body.Span);
        text.ShouldContain("屋頂漏水");
        using var body = JsonDocument.Parse(text);
        body.RootElement.GetProperty("noteId").GetGuid().ShouldBe(id);
        body.RootElement.GetProperty("version").GetInt64().ShouldBe(1);
        body.RootElement.GetProperty("mood").GetString().ShouldBe("very-angry");
        body.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["noteId", "version", "text", "mood"]);

        var properties = heard.BasicProperties;
        properties.Persistent.ShouldBeTrue();
        properties.ContentType.ShouldBe("application/json");
        Guid.Parse(properties.MessageId!).ShouldNotBe(Guid.Empty);
        var headers = properties.Headers!.ToDictionary(h => h.Key, h => Encoding.UTF8.GetString((byte[])h.Value!));
        headers["cloudEvents:specversion"].ShouldBe("1.0");
        headers["cloudEvents:id"].ShouldBe(properties.MessageId);
        headers["cloudEvents:source"].ShouldBe("/customer-service/sample");
        headers["cloudEvents:type"].ShouldBe("sample.note.written.v1");
        headers["cloudEvents:subject"].ShouldBe(id.ToString("D"));
        DateTimeOffset
            .Parse(headers["cloudEvents:time"], System.Globalization.CultureInfo.InvariantCulture)
            .Offset.ShouldBe(TimeSpan.Zero);
        (await place.OutboxAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(";Max Auto Prepare=0", false)]
    public async Task Behind_a_pooler_of_transactions_nothing_is_prepared(string more, bool prepared)
    {
        var place = await Place.NewAsync(postgres, rabbit, "pooler");
        // One connection, so that the relay's is the one that is asked.
        var one = place with
        {
            Database = place.Database + ";Maximum Pool Size=1;No Reset On Close=true" + more,
        };
        await using var outsider = await Outsider.ListenAsync(one, "sample.#");
        await using var service = await SampleService.StartAsync(
            one,
            more: builder => builder.Configuration["Messaging:RelayWorkers"] = "1"
        );

        await service.WriteAsync("text");
        await Eventually.IsTrue(() => Task.FromResult(outsider.Heard.Count == 1), "the event went out");
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "and is done");

        var statements = -1;
        await service.InScopeAsync(async context =>
            statements = await context
                .Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_prepared_statements")
                .SingleAsync()
        );
        (statements > 0).ShouldBe(prepared, $"{statements} statements");
    }

    [Fact]
    public async Task Events_of_one_save_keep_their_order_and_the_aggregate_is_marked_saved_once()
    {
        var place = await Place.NewAsync(postgres, rabbit, "onesave");
        await using var service = SampleService.Create(place);
        var note = new Note(Guid.CreateVersion7());
        var texts = Enumerable.Range(0, 50).Select(i => $"text {i}").ToArray();
        note.Write(texts);

        await service.InScopeAsync(async context =>
        {
            context.Add(note);
            context.Enqueue(new BellRung(note.Id, 7));
            await context.SaveChangesAsync();
            note.PendingEvents.ShouldBeEmpty();
            // The next change is the next version: the unit of work is over.
            note.Write("again");
            note.Version.ShouldBe(2);
            await context.SaveChangesAsync();
            await context.SaveChangesAsync();
        });

        var rows = await place.AskAsync(c => c.Set<OutboxMessage>().OrderBy(m => m.Position).ToListAsync());
        rows.Select(r => r.Partition).Distinct().Count().ShouldBe(1, "all are about one subject");
        rows.Where(r => r.EventName == "sample.note.written.v1")
            .Select(r => JsonSerializer.Deserialize<NoteWritten>(r.Body, EventJson.Options)!.Text)
            .ShouldBe([.. texts, "again"]);
        rows.Count(r => r.EventName == "sample.bell.rung.v1").ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_save_announces_nothing_and_its_second_try_announces_once()
    {
        var place = await Place.NewAsync(postgres, rabbit, "failed");
        await using var service = SampleService.Create(place);
        var taken = await service.WriteAsync("first");

        await service.InScopeAsync(async context =>
        {
            var other = new Note(Guid.CreateVersion7());
            other.Write("second");
            context.Add(other);
            var clash = new Note(taken);
            context.Add(clash);
            await Should.ThrowAsync<DbUpdateException>(() => context.SaveChangesAsync());
            (await place.OutboxAsync()).ShouldBe(1);

            context.Entry(clash).State = EntityState.Detached;
            await context.SaveChangesAsync();
        });

        (await place.OutboxAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task In_an_explicit_transaction_the_event_goes_out_after_the_commit_and_never_after_a_rollback()
    {
        var place = await Place.NewAsync(postgres, rabbit, "explicit");
        await using var outsider = await Outsider.ListenAsync(place);
        // Without the poll only the wake-up at commit can bring it.
        await using var service = await SampleService.StartAsync(
            place,
            more: builder => builder.Configuration["Messaging:PollInterval"] = "00:05:00"
        );

        await service.InScopeAsync(async context =>
        {
            await using (var transaction = await context.Database.BeginTransactionAsync())
            {
                var note = new Note(Guid.CreateVersion7());
                note.Write("rolled back");
                context.Add(note);
                await context.SaveChangesAsync();
                await transaction.RollbackAsync();
            }

            context.ChangeTracker.Clear();
            await using (var transaction = await context.Database.BeginTransactionAsync())
            {
                var note = new Note(Guid.CreateVersion7());
                note.Write("one");
                context.Add(note);
                await context.SaveChangesAsync();
                note.Write("two");
                await context.SaveChangesAsync();
                outsider.Heard.ShouldBeEmpty();
                await transaction.CommitAsync();
            }
        });

        await Eventually.Holds(() =>
        {
            outsider
                .Heard.Select(h => JsonSerializer.Deserialize<NoteWritten>(h.Body.Span, EventJson.Options)!.Text)
                .ShouldBe(["one", "two"]);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_pooled_context_does_not_carry_events_to_its_next_user()
    {
        var place = await Place.NewAsync(postgres, rabbit, "pooled");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContextPool<SampleContext>(
            options => options.UseNpgsql(place.Database).UseSnakeCaseNamingConvention(),
            poolSize: 1
        );
        services.AddMessaging<SampleContext>(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build(),
            "sample"
        );
        await using var provider = services.BuildServiceProvider();

        await using (var scope = provider.CreateAsyncScope())
        {
            // Left without a save.
            scope.ServiceProvider.GetRequiredService<SampleContext>().Enqueue(new BellRung(Guid.CreateVersion7(), 1));
        }

        await using (var scope = provider.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<SampleContext>();
            context.Effects.Add(new Effect { Consumer = "x", Text = "" });
            await context.SaveChangesAsync();
        }

        (await place.OutboxAsync()).ShouldBe(0);
    }

    [Fact]
    public void An_event_without_a_public_name_is_refused()
    {
        Should
            .Throw<InvalidOperationException>(() => EventNames.Of(typeof(string)))
            .Message.ShouldContain("[EventName]");
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", 12)]
    [InlineData("0190c1a4-6f6e-7cc3-8d2f-0242ac120002", 8)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", 2)]
    public void The_partition_of_a_subject_never_changes(string subject, int partition)
    {
        // Two versions of a service run side by side during an update; they must agree.
        ((int)OutboxPartition.Of(Guid.Parse(subject))).ShouldBe(partition);
    }

    [Fact]
    public async Task A_commit_while_another_replica_holds_the_partition_does_not_wait_for_the_poll()
    {
        var place = await Place.NewAsync(postgres, rabbit, "held");
        await using var outsider = await Outsider.ListenAsync(place);
        await using var service = await SampleService.StartAsync(
            place,
            more: builder => builder.Configuration["Messaging:PollInterval"] = "00:05:00"
        );

        await using var other = new NpgsqlConnection(place.Database);
        await other.OpenAsync();
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand(
                "SELECT partition FROM outbox_partitions FOR UPDATE",
                other,
                transaction
            );
            await hold.ExecuteNonQueryAsync();
            await service.WriteAsync("meanwhile");
            await Task.Delay(100);
            outsider.Heard.ShouldBeEmpty();
            await transaction.RollbackAsync();
        }

        await Eventually.IsTrue(
            () => Task.FromResult(outsider.Heard.Count == 1),
            "the event goes out once the partition is free"
        );
    }

    [Fact]
    public async Task Given_a_partition_that_stays_with_another_replica_When_it_is_asked_for_again_Then_more_and_more_seldom_until_it_is_had()
    {
        var place = await Place.NewAsync(postgres, rabbit, "kept");
        var store = new KeptElsewhere();
        await using var service = await SampleService.StartAsync(
            place,
            more: builder =>
            {
                builder.Configuration["Messaging:PollInterval"] = "00:05:00";
                builder.Services.AddSingleton<IOutboxStore>(store);
            }
        );
        await Eventually.IsTrue(
            () => Task.FromResult(store.Had >= OutboxPartition.Count),
            "the relay has begun with every partition"
        );

        store.Keeps = true;
        await service.WriteAsync("meanwhile");
        // After 3, 6, 12 … 384, 500, 500 … ms.
        await Eventually.IsTrue(() => Task.FromResult(store.Refused >= 12), "it is asked for again and again");
        var grown = store.Pauses().Max();

        var had = store.Had;
        store.Keeps = false;
        await Eventually.IsTrue(() => Task.FromResult(store.Had > had), "the partition is had once it is free");
        store.Keeps = true;
        var before = store.Refused;
        await service.WriteAsync("once more");
        await Eventually.IsTrue(() => Task.FromResult(store.Refused >= before + 5), "it is asked for again and again");
        // A busy machine makes pauses longer, never shorter.
        store.Pauses().Skip(before).Min().ShouldBeLessThan(grown / 2, "it begins with short pauses again");
    }

    [Fact]
    public async Task What_a_dead_replica_left_behind_is_found_by_the_poll()
    {
        var place = await Place.NewAsync(postgres, rabbit, "poll");
        await using var outsider = await Outsider.ListenAsync(place);
        await using var service = await SampleService.StartAsync(
            place,
            more: builder => builder.Configuration["Messaging:PollInterval"] = "00:00:00.2"
        );
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "the relay is idle");

        // Another replica: it commits, and its relay never runs.
        await using var dead = SampleService.Create(place);
        await dead.WriteAsync("left behind");

        await Eventually.IsTrue(() => Task.FromResult(outsider.Heard.Count == 1), "the event goes out");
    }

    /// <summary>An outbox in which nothing waits, and whose partitions another replica may
    /// have.</summary>
    private sealed class KeptElsewhere : IOutboxStore
    {
        private readonly ConcurrentQueue<long> _refused = [];
        private int _had;

        public volatile bool Keeps;

        public int Refused => _refused.Count;

        /// <summary>Between one refusal and the next.</summary>
        public IReadOnlyList<TimeSpan> Pauses() =>
            [.. _refused.Zip(_refused.Skip(1), (earlier, later) => Stopwatch.GetElapsedTime(earlier, later))];

        public int Had => _had;

        public Task<IOutboxClaim> ClaimAsync(
            IReadOnlyList<short> partitions,
            int perPartition,
            CancellationToken cancellationToken
        )
        {
            if (Keeps)
            {
                _refused.Enqueue(Stopwatch.GetTimestamp());
                return Task.FromResult<IOutboxClaim>(new Claim([]));
            }

            Interlocked.Add(ref _had, partitions.Count);
            return Task.FromResult<IOutboxClaim>(new Claim(partitions));
        }

        public Task<IReadOnlyList<short>> WaitingPartitionsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<short>>([]);

        public Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new OutboxBacklog(0, null));

        private sealed class Claim(IReadOnlyList<short> partitions) : IOutboxClaim
        {
            public IReadOnlyList<short> Partitions => partitions;

            public IReadOnlyList<OutboxRecord> Messages => [];

            public Task CompleteAsync(IReadOnlyDictionary<short, long> through, CancellationToken cancellationToken) =>
                Task.CompletedTask;

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
