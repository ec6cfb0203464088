using System.Collections.Concurrent;
using CustomerService.Contracts;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Messaging.Tests;

public enum NoteMood
{
    Calm,
    VeryAngry,
}

/// <summary>What the sample service announces.</summary>
[EventName("sample.note.written.v1")]
public sealed record NoteWritten(Guid NoteId, long Version, string Text, NoteMood Mood) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => NoteId;
}

/// <summary>Something that no aggregate raises.</summary>
[EventName("sample.bell.rung.v1")]
public sealed record BellRung(Guid BellId, long Version) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => BellId;
}

/// <summary>What a consumer announces in its turn.</summary>
[EventName("sample.note.copied.v1")]
public sealed record NoteCopied(Guid NoteId, long Version) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => NoteId;
}

/// <summary>An aggregate with no more than what the messaging needs of one.</summary>
public sealed class Note : Aggregate
{
    private Note() { }

    public Note(Guid id) => Id = id;

    public override string Kind => "note";

    public string Text { get; private set; } = "";

    public void Write(params string[] texts)
    {
        NextVersion();
        foreach (var text in texts)
        {
            Text = text;
            Raise(new NoteWritten(Id, Version, text, NoteMood.VeryAngry));
        }
    }
}

/// <summary>One row for each effect that an event has had.</summary>
public sealed class Effect
{
    public long Id { get; init; }

    public required string Consumer { get; init; }

    public Guid Subject { get; init; }

    public long Version { get; init; }

    public required string Text { get; set; }
}

/// <summary>A copy of a note, as a reading service keeps it.</summary>
public sealed class NoteCopy
{
    public Guid Id { get; init; }

    public long Version { get; set; }

    public string Text { get; set; } = "";

    public int Changes { get; set; }
}

public sealed class SampleContext(DbContextOptions<SampleContext> options) : ServiceDbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Effect> Effects => Set<Effect>();

    public DbSet<NoteCopy> Copies => Set<NoteCopy>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Note>().IsAggregate();
        modelBuilder.Entity<Effect>().HasKey(e => e.Id);
        modelBuilder.Entity<NoteCopy>(copy =>
        {
            copy.HasKey(c => c.Id);
            copy.Property(c => c.Id).ValueGeneratedNever();
            copy.Property(c => c.Version).IsConcurrencyToken();
        });
    }
}

/// <summary>Writes one row for each event. Does not save: the inbox does.</summary>
public sealed class CountNoteConsumer(SampleContext context) : IConsumer<NoteWritten>
{
    public Task Consume(ConsumeContext<NoteWritten> message)
    {
        var note = message.Message;
        context.Effects.Add(
            new Effect
            {
                Consumer = "count",
                Subject = note.NoteId,
                Version = note.Version,
                Text = note.Text,
            }
        );
        return Task.CompletedTask;
    }
}

/// <summary>Keeps a copy, ignores what is older than what it has, and announces each
/// change.</summary>
public sealed class CopyNoteConsumer(SampleContext context) : IConsumer<NoteWritten>, IConsumer<BellRung>
{
    public async Task Consume(ConsumeContext<NoteWritten> message)
    {
        var note = message.Message;
        var copy = await context.Copies.FindAsync([note.NoteId], message.CancellationToken);
        if (copy is null)
        {
            copy = new NoteCopy { Id = note.NoteId };
            context.Copies.Add(copy);
        }

        if (note.Version <= copy.Version)
        {
            return;
        }

        copy.Version = note.Version;
        copy.Text = note.Text;
        copy.Changes++;
        context.Enqueue(new NoteCopied(note.NoteId, note.Version));
    }

    public Task Consume(ConsumeContext<BellRung> message)
    {
        context.Effects.Add(
            new Effect
            {
                Consumer = "bell",
                Subject = message.Message.BellId,
                Version = message.Message.Version,
                Text = "",
            }
        );
        return Task.CompletedTask;
    }
}

/// <summary>Fails for texts that begin with "poison" until it is cured; saves in the middle, which
/// must not count when it fails afterwards.</summary>
public sealed class SensitiveConsumer(SampleContext context, SensitiveConsumer.Mind mind) : IConsumer<NoteWritten>
{
    public async Task Consume(ConsumeContext<NoteWritten> message)
    {
        var note = message.Message;
        mind.Tries.AddOrUpdate(note.NoteId, 1, (_, n) => n + 1);
        context.Effects.Add(
            new Effect
            {
                Consumer = "sensitive",
                Subject = note.NoteId,
                Version = note.Version,
                Text = note.Text,
            }
        );
        context.Enqueue(new NoteCopied(note.NoteId, note.Version));
        await context.SaveChangesAsync(message.CancellationToken);

        if (note.Text.StartsWith("conflict", StringComparison.Ordinal) && mind.Tries[note.NoteId] == 1)
        {
            throw new DbUpdateConcurrencyException("Somebody else was faster.");
        }

        if (note.Text.StartsWith("slow-call", StringComparison.Ordinal) && mind.Tries[note.NoteId] == 1)
        {
            throw new TaskCanceledException("The call ran out of time.");
        }

        if (note.Text.StartsWith("poison", StringComparison.Ordinal) && !mind.Cured)
        {
            throw new InvalidOperationException($"I cannot stand {note.Text}.");
        }

        if (note.Text.StartsWith("hopeless", StringComparison.Ordinal))
        {
            throw new UnprocessableEventException("It will never work.");
        }

        if (note.Text.StartsWith("wait", StringComparison.Ordinal))
        {
            mind.Waiting.TrySetResult();
            await mind.GoOn.Task;
        }
    }

    /// <summary>What outlives a message.</summary>
    public sealed class Mind
    {
        public bool Cured { get; set; }

        public ConcurrentDictionary<Guid, int> Tries { get; } = new();

        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
