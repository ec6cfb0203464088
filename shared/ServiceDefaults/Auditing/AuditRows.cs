using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.ServiceDefaults;

/// <summary>A row of the audit trail. Rows are only ever added.</summary>
public sealed class AuditRow
{
    public required string AggregateType { get; init; }

    public required Guid AggregateId { get; init; }

    public required long Sequence { get; init; }

    public required string Action { get; init; }

    public string? FromState { get; init; }

    public required string ToState { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Why { get; init; }

    public required int PolicyVersion { get; init; }

    public required string PreviousHash { get; init; }

    public required string Hash { get; init; }

    public static AuditRow From(AuditEntry entry) =>
        new()
        {
            AggregateType = entry.AggregateType,
            AggregateId = entry.AggregateId,
            Sequence = entry.Sequence,
            Action = entry.Action,
            FromState = entry.From,
            ToState = entry.To,
            ActorId = entry.ActorId,
            ActorName = entry.ActorName,
            At = entry.At,
            Why = entry.Why,
            PolicyVersion = entry.PolicyVersion,
            PreviousHash = entry.PreviousHash,
            Hash = entry.Hash,
        };

    public AuditEntry ToEntry() =>
        new(
            AggregateType,
            AggregateId,
            Sequence,
            Action,
            FromState,
            ToState,
            ActorId,
            ActorName,
            At.ToUniversalTime(),
            Why,
            PolicyVersion,
            PreviousHash,
            Hash
        );
}

/// <summary>The remembered outcome of a command, see <see cref="CommandOutcome"/>.</summary>
public sealed class CommandOutcomeRow
{
    public required string ActorId { get; init; }

    public required string Key { get; init; }

    public required string RequestHash { get; init; }

    public required int Status { get; init; }

    public required string Body { get; init; }

    public string? ETag { get; init; }

    public string? Location { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Mappings that every service with an EF Core store has.</summary>
public static class StoreMappings
{
    internal const string OutcomeKey = "pk_command_outcomes";

    /// <summary>Tables of the audit trail and of remembered outcomes.</summary>
    public static ModelBuilder AddServiceDefaults(this ModelBuilder model)
    {
        model.Entity<AuditRow>(row =>
        {
            row.ToTable("audit_trail");
            row.HasKey(r => new { r.AggregateId, r.Sequence });
            row.HasIndex(r => r.At);
        });
        model.Entity<CommandOutcomeRow>(row =>
        {
            row.ToTable("command_outcomes");
            row.HasKey(r => new { r.ActorId, r.Key }).HasName(OutcomeKey);
            row.Property(r => r.Key).HasMaxLength(200);
            row.HasIndex(r => r.At);
        });
        return model;
    }

    /// <summary>Maps what every aggregate has: identity, version as concurrency token, head of the audit
    /// chain.</summary>
    public static EntityTypeBuilder<T> IsAggregate<T>(this EntityTypeBuilder<T> entity)
        where T : Aggregate
    {
        entity.HasKey(a => a.Id);
        entity.Property(a => a.Id).ValueGeneratedNever();
        entity.Property(a => a.Version).IsConcurrencyToken();
        entity.Property(a => a.AuditSequence);
        entity.Property(a => a.AuditHead).HasMaxLength(64);
        entity.Ignore(a => a.PendingEntries);
        entity.Ignore(a => a.PendingEvents);
        entity.Ignore(a => a.Kind);
        return entity;
    }
}

/// <summary>Writes the pending audit entries of every aggregate in the same save.</summary>
internal sealed class AuditInterceptor : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Write(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Write(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private static void Write(DbContext? context)
    {
        if (context is null)
        {
            return;
        }

        // A save that failed and is tried again must not write its entries twice. Looked up once: each look at
        // what is tracked goes through all of it for changes.
        var written = context
            .ChangeTracker.Entries<AuditRow>()
            .Select(e => (e.Entity.AggregateId, e.Entity.Sequence))
            .ToHashSet();
        foreach (var aggregate in context.ChangeTracker.Entries<Aggregate>().Select(e => e.Entity).ToList())
        {
            foreach (var entry in aggregate.PendingEntries.Where(e => !written.Contains((e.AggregateId, e.Sequence))))
            {
                context.Add(AuditRow.From(entry));
            }
        }
    }
}
