using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
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

/// <summary>The outcome of a command that carried an Idempotency-Key; a duplicate gets it
/// again.</summary>
public sealed class IdempotencyRow
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

/// <summary>Tables and mappings that stores have in common.</summary>
public static class StoreModel
{
    /// <summary>Primary key of the idempotency records: its violation tells a duplicate.</summary>
    internal const string IdempotencyKey = "pk_idempotency_records";

    /// <summary>Primary key of the audit trail: its violation tells two changes of one
    /// version.</summary>
    internal const string AuditKey = "pk_audit_trail";

    /// <summary>The tables in which numbers are counted: <c>form_numbers</c> without gaps,
    /// <c>record_numbers</c> with.</summary>
    public static ModelBuilder AddNumbers(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<FormNumber>(number =>
        {
            number.ToTable("form_numbers");
            number.HasKey(n => new { n.Form, n.Year });
            number.Property(n => n.Form).HasColumnName("form").HasMaxLength(20);
            number.Property(n => n.Year).HasColumnName("year").ValueGeneratedNever();
            number.Property(n => n.Last).HasColumnName("last");
        });
        model.Entity<RecordNumber>(number =>
        {
            number.ToTable("record_numbers");
            number.HasKey(n => new { n.Kind, n.Year });
            number.Property(n => n.Kind).HasColumnName("kind").HasMaxLength(20);
            number.Property(n => n.Year).HasColumnName("year").ValueGeneratedNever();
            number.Property(n => n.Next).HasColumnName("next");
        });
        return model;
    }

    /// <summary>Maps what every aggregate has: identity, version as concurrency token, head of the
    /// audit chain.</summary>
    public static EntityTypeBuilder<T> IsAggregate<T>(this EntityTypeBuilder<T> entity)
        where T : Aggregate
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.HasKey(a => a.Id);
        entity.Property(a => a.Id).ValueGeneratedNever();
        entity.Property(a => a.Version).IsConcurrencyToken();
        entity.Property(a => a.AuditSequence);
        entity.Property(a => a.AuditHead).HasMaxLength(64);
        entity.Ignore(a => a.PendingEntries);
        entity.Ignore(a => a.PendingEvents);
        entity.Ignore(a => a.Kind);
        entity.Ignore(a => a.StateName);
        entity.Ignore(a => a.WorkSubject);
        entity.Ignore(a => a.FinalStates);
        return entity;
    }

    internal static ModelBuilder AddAudit(this ModelBuilder model)
    {
        model.Entity<AuditRow>(row =>
        {
            row.ToTable("audit_trail");
            row.HasKey(r => new { r.AggregateId, r.Sequence }).HasName(AuditKey);
            row.HasIndex(r => r.At);
            row.HasIndex(r => new { r.ActorId, r.AggregateId });
        });
        model.Entity<IdempotencyRow>(row =>
        {
            row.ToTable("idempotency_records");
            row.HasKey(r => new { r.ActorId, r.Key }).HasName(IdempotencyKey);
            row.Property(r => r.Key).HasMaxLength(200);
            row.HasIndex(r => r.At);
        });
        return model;
    }
}
