using System.Data.Common;
using System.Text.Json;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CustomerService.Messaging.Tests;

/// <summary>How aggregates are stored: by convention, in one save with their audit entries.</summary>
public sealed class PersistenceTests(PostgresFixture postgres)
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_parts_of_an_aggregate_When_saved_Then_they_are_readable_jsonb_and_null_is_NULL()
    {
        var store = await NewAsync();
        var sheet = NewSheet();
        await store.SaveAsync(sheet);

        (await store.AskAsync($"SELECT pg_typeof(place)::text FROM sheets")).ShouldBe("jsonb");
        (await store.AskAsync($"SELECT place->>'city' FROM sheets")).ShouldBe("上海");
        (await store.AskAsync($"SELECT place::text FROM sheets")).ShouldNotContain("\\u");
        (await store.AskAsync($"SELECT place->>'mood' FROM sheets")).ShouldBe("very-angry");
        (await store.AskAsync($"SELECT remarks->0->>'city' FROM sheets")).ShouldBe("北京");
        (await store.AskAsync($"SELECT moods::text FROM sheets")).ShouldBe("[\"calm\", \"very-angry\"]");
        (await store.AskAsync($"SELECT (elsewhere IS NULL)::text FROM sheets")).ShouldBe("true");
        (await store.AskAsync($"SELECT pg_typeof(words)::text || pg_typeof(numbers)::text FROM sheets")).ShouldBe(
            "text[]integer[]"
        );
        (await store.AskAsync($"SELECT text FROM sheet_lines")).ShouldBe("a line with a table of its own");

        var read = await store.ReadAsync(sheet.Id);
        read.Place.ShouldBe(sheet.Place);
        read.Elsewhere.ShouldBeNull();
        read.Remarks.ShouldBe(sheet.Remarks);
        read.Moods.ShouldBe(sheet.Moods);
        read.Lines.ShouldBe(sheet.Lines);
        read.Words.ShouldBe(sheet.Words);
    }

    [Fact]
    public async Task Given_enums_When_saved_Then_they_are_text_of_at_most_forty_also_where_they_may_be_missing()
    {
        var store = await NewAsync();
        await store.SaveAsync(NewSheet());

        (await store.AskAsync($"SELECT mood || coalesce(mood_before, '-') FROM sheets")).ShouldBe("VeryAngry-");
        (
            await store.AskAsync(
                $"""
                SELECT string_agg(character_maximum_length::text, ' ') FROM information_schema.columns
                WHERE table_name = 'sheets' AND column_name LIKE 'mood%' AND data_type = 'character varying'
                """
            )
        ).ShouldBe("40 40");
    }

    [Fact]
    public async Task Given_a_part_that_is_replaced_When_it_says_the_same_Then_nothing_is_written()
    {
        var store = await NewAsync();
        var sheet = NewSheet();
        await store.SaveAsync(sheet);

        await using var db = store.Open();
        var same = await db.Sheets.SingleAsync(Ends);
        same.Place = same.Place with { };
        same.Remarks = [.. same.Remarks];
        db.ChangeTracker.HasChanges().ShouldBeFalse();

        same.Remarks = [.. same.Remarks, new Site("廣州", Mood.Calm)];
        await db.SaveChangesAsync(Ends);
        (await store.ReadAsync(sheet.Id)).Remarks.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_changed_part_When_saved_Then_it_is_written_out_once()
    {
        var store = await NewAsync();
        await store.SaveAsync(NewSheet());

        await using var db = store.Open();
        var sheet = await db.Sheets.SingleAsync(Ends);
        var counted = new Counted(7);
        sheet.Count = counted;
        sheet.Note(A.Context(Roles.Sales));
        await db.SaveChangesAsync(Ends);

        counted.Reads.ShouldBe(1);
        (await store.AskAsync($"SELECT count->>'value' FROM sheets")).ShouldBe("7");
    }

    [Fact]
    public async Task Given_a_save_that_fails_When_it_is_tried_again_Then_each_audit_entry_is_there_once_and_the_chain_holds()
    {
        var store = await NewAsync();
        var taken = NewSheet();
        await store.SaveAsync(taken);

        var sheet = NewSheet();
        sheet.Note(A.Context(Roles.Sales));
        await using (var db = store.Open())
        {
            db.Add(sheet);
            var clash = new Sheet(taken.Id);
            db.Add(clash);
            await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Ends));
            sheet.PendingEntries.Count.ShouldBe(2, "they are kept for the next try");

            db.Entry(clash).State = EntityState.Detached;
            await db.SaveChangesAsync(Ends);
            sheet.PendingEntries.ShouldBeEmpty();
            db.ChangeTracker.Entries<AuditRow>().ShouldBeEmpty("a long-lived context does not collect them");

            sheet.Note(A.Context(Roles.Sales));
            sheet.Version.ShouldBe(2);
            await db.SaveChangesAsync(Ends);
        }

        await using var look = store.Open();
        var (chains, entries, breaks) = await AuditVerification.CheckStoreAsync(look, Ends);
        (chains, entries, breaks.Count).ShouldBe((2, 4, 0));
    }

    [Fact]
    public async Task Given_new_rows_only_When_saved_Then_one_batch_without_a_transaction_takes_all_or_none()
    {
        var store = await NewAsync();
        var taken = NewSheet();
        var seen = new Trips();
        await using (var db = store.Open(seen))
        {
            db.Add(taken);
            db.Enqueue(new BellRung(taken.Id, 1));
            await db.SaveChangesAsync(Ends);
        }

        seen.ShouldBe((1, 0));
        (await store.AskAsync($"SELECT count(*)::text FROM outbox_messages")).ShouldBe("1");

        await using (var db = store.Open(seen))
        {
            // The audit entries come first in the batch, the row that clashes after them.
            db.Add(NewSheet());
            db.Add(new Sheet(taken.Id));
            await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Ends));
        }

        seen.ShouldBe((2, 0));
        (await store.AskAsync($"SELECT count(*)::text FROM audit_trail")).ShouldBe("1");
        (await store.AskAsync($"SELECT count(*)::text FROM sheets")).ShouldBe("1");
    }

    [Fact]
    public async Task Given_a_row_that_another_writer_changed_When_saved_with_new_rows_Then_none_of_them_is_kept()
    {
        var store = await NewAsync();
        var sheet = NewSheet();
        await store.SaveAsync(sheet);
        var seen = new Trips();

        await using var db = store.Open(seen);
        var mine = await db.Sheets.SingleAsync(Ends);
        await using (var other = store.Open())
        {
            (await other.Sheets.SingleAsync(Ends)).Note(A.Context(Roles.Sales));
            await other.SaveChangesAsync(Ends);
        }

        mine.Mood = Mood.Calm;
        mine.Remarks = [];
        db.Add(NewSheet());
        await Should.ThrowAsync<DbUpdateConcurrencyException>(async () =>
        {
            mine.Bump();
            await db.SaveChangesAsync(Ends);
        });

        seen.Transactions.ShouldBe(1);
        (await store.AskAsync($"SELECT count(*)::text FROM sheets")).ShouldBe("1");
        (await store.AskAsync($"SELECT count(*)::text FROM audit_trail")).ShouldBe("2");
    }

    [Fact]
    public async Task Given_changes_events_and_numbers_When_reset_Then_none_of_them_is_saved()
    {
        var store = await NewAsync();
        var sheet = NewSheet();
        await store.SaveAsync(sheet);

        await using var db = store.Open();
        var read = await db.Sheets.SingleAsync(Ends);
        read.Note(A.Context(Roles.Sales));
        db.Enqueue(new BellRung(sheet.Id, 1));
        db.NumberOnCommit("FM004", 2026, _ => throw new InvalidOperationException("It is forgotten."));
        await db.LockAsync("sheet", Ends);
        db.Reset();

        db.Database.CurrentTransaction.ShouldBeNull();
        await db.SaveChangesAsync(Ends);
        (await store.AskAsync($"SELECT count(*)::text FROM outbox_messages")).ShouldBe("0");
        (await store.AskAsync($"SELECT count(*)::text FROM audit_trail")).ShouldBe("1");
        (await store.ReadAsync(sheet.Id)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Given_documents_that_are_not_tracked_When_saved_Then_their_rows_entries_and_events_go_along()
    {
        var store = await NewAsync();
        var note = new Sheet(Guid.CreateVersion7());
        note.Note(A.Context(Roles.Sales));
        await using (var db = store.Open())
        {
            var row = new SheetDocument { Id = note.Id, Body = "{}" };
            db.Documents.Add(row);
            await db.SaveChangesAsync(Ends);
            db.Watched = (note, row);
            await db.SaveChangesAsync(Ends);
            note.PendingEntries.ShouldBeEmpty();
        }

        (await store.AskAsync($"SELECT body FROM sheet_documents")).ShouldBe("{\"version\":1}");
        (await store.AskAsync($"SELECT count(*)::text FROM audit_trail")).ShouldBe("1");
    }

    [Fact]
    public void The_design_time_context_needs_no_server()
    {
        using var db = new SheetDesign().CreateDbContext([]);
        db.Database.GenerateCreateScript().ShouldContain("CREATE TABLE sheets");
    }

    private static Sheet NewSheet()
    {
        var sheet = new Sheet(Guid.CreateVersion7())
        {
            Place = new Site("上海", Mood.VeryAngry),
            Remarks = [new Site("北京", Mood.Calm)],
            Moods = [Mood.Calm, Mood.VeryAngry],
            Mood = Mood.VeryAngry,
            Words = ["甲", "乙"],
            Numbers = [1, 2],
            Lines = [new SheetLine(1, "a line with a table of its own")],
        };
        sheet.Note(A.Context(Roles.Sales));
        return sheet;
    }

    private async Task<TestStore> NewAsync()
    {
        var store = new TestStore((await postgres.NewDatabaseAsync("persistence")).ConnectionString + ";Pooling=false");
        await using var db = store.Open();
        await db.Database.EnsureCreatedAsync(Ends);
        return store;
    }

    private sealed class TestStore(string connection)
    {
        public SheetDb Open(params IInterceptor[] more) =>
            new(
                new DbContextOptionsBuilder<SheetDb>()
                    .UseNpgsql(connection)
                    .UseSnakeCaseNamingConvention()
                    .AddInterceptors([CommitInterceptor.Instance, .. more])
                    .Options
            );

        public async Task SaveAsync(Sheet sheet)
        {
            await using var db = Open();
            db.Add(sheet);
            await db.SaveChangesAsync(Ends);
        }

        public async Task<Sheet> ReadAsync(Guid id)
        {
            await using var db = Open();
            return await db.Sheets.SingleAsync(sheet => sheet.Id == id, Ends);
        }

        public async Task<string> AskAsync(FormattableString sql)
        {
            await using var db = Open();
            return (await db.Database.SqlQuery<string>(sql).ToListAsync(Ends)).Single();
        }
    }
}

/// <summary>Counts the commands that write, and the transactions.</summary>
internal sealed class Trips : DbCommandInterceptor, IDbTransactionInterceptor
{
    public int Writes { get; private set; }

    public int Transactions { get; private set; }

    public void ShouldBe((int Writes, int Transactions) expected) => (Writes, Transactions).ShouldBe(expected);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Writes += eventData.CommandSource == CommandSource.SaveChanges ? 1 : 0;
        return ValueTask.FromResult(result);
    }

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection,
        TransactionEndEventData eventData,
        DbTransaction result,
        CancellationToken cancellationToken = default
    )
    {
        Transactions++;
        return ValueTask.FromResult(result);
    }
}

public enum Mood
{
    Calm,
    VeryAngry,
}

public sealed record Site(string City, Mood Mood);

public sealed record SheetLine(int Number, string Text);

/// <summary>Counts how often it is written out.</summary>
public sealed class Counted(int value)
{
    private int _reads;

    [System.Text.Json.Serialization.JsonIgnore]
    public int Reads => _reads;

    public int Value
    {
        get
        {
            _reads++;
            return value;
        }
    }
}

/// <summary>An aggregate with every kind of part.</summary>
public sealed class Sheet : Aggregate
{
    private Sheet() { }

    public Sheet(Guid id) => Id = id;

    public override string Kind => "sheet";

    public Site Place { get; set; } = new("", Mood.Calm);

    public Site? Elsewhere { get; set; }

    public Counted? Count { get; set; }

    public IReadOnlyList<Site> Remarks { get; set; } = [];

    public IReadOnlyList<Mood> Moods { get; set; } = [];

    public Mood Mood { get; set; }

    public Mood? MoodBefore { get; set; }

    public IReadOnlyList<string> Words { get; set; } = [];

    public IReadOnlyList<int> Numbers { get; set; } = [];

    public List<SheetLine> Lines { get; set; } = [];

    public Site First => Remarks[0];

    public void Bump() => NextVersion();

    public void Note(CommandContext context) => Record(context, "note", null, "noted", null);
}

/// <summary>A document whose aggregate EF Core does not know.</summary>
public sealed class SheetDocument
{
    public Guid Id { get; init; }

    public required string Body { get; set; }
}

public sealed class SheetDb(DbContextOptions<SheetDb> options) : ServiceDbContext(options)
{
    public DbSet<Sheet> Sheets => Set<Sheet>();

    public DbSet<SheetDocument> Documents => Set<SheetDocument>();

    public (Sheet Sheet, SheetDocument Row)? Watched { get; set; }

    protected override IReadOnlyCollection<Type> PartsInTables => [typeof(SheetLine)];

    protected override void CollectUntracked(ICollection<Aggregate> aggregates)
    {
        if (Watched is { } watched && watched.Sheet.PendingEntries.Count > 0)
        {
            watched.Row.Body = JsonSerializer.Serialize(new { version = watched.Sheet.Version });
            aggregates.Add(watched.Sheet);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Sheet>(sheet =>
        {
            sheet.IsAggregate();
            sheet.OwnsMany(
                s => s.Lines,
                line =>
                {
                    line.ToTable("sheet_lines");
                    line.WithOwner().HasForeignKey("SheetId");
                    line.HasKey("SheetId", nameof(SheetLine.Number));
                    line.Property(l => l.Number).ValueGeneratedNever();
                }
            );
        });
        modelBuilder.Entity<SheetDocument>(document =>
        {
            document.ToTable("sheet_documents");
            document.Property(d => d.Id).ValueGeneratedNever();
        });
    }
}

internal sealed class SheetDesign : DesignTimeFactory<SheetDb>;
