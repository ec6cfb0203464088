using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerService.Messaging;

/// <summary>Puts the tables of outbox and inbox into a service's model, and so into its
/// migrations.</summary>
public static class MessagingModel
{
    internal const string OutboxTable = "outbox_messages";
    internal const string PartitionTable = "outbox_partitions";
    internal const string InboxTable = "inbox_entries";
    internal const string AccountTable = "accounts";

    /// <summary>
    /// Maps <see cref="OutboxMessage"/>, <see cref="OutboxPartition"/> and
    /// <see cref="InboxEntry"/>. Names are given here and not left to a naming convention, because
    /// the relay reads the tables with its own SQL.
    /// </summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);

        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable(OutboxTable);
            // The only index: insert, drain and delete all go by it.
            outbox.HasKey(m => new { m.Partition, m.Position }).HasName("pk_outbox_messages");
            outbox.Property(m => m.Partition).HasColumnName("partition").ValueGeneratedNever();
            outbox.Property(m => m.Position).HasColumnName("position").UseIdentityByDefaultColumn();
            outbox.Property(m => m.Id).HasColumnName("id").ValueGeneratedNever();
            outbox.Property(m => m.EventName).HasColumnName("event_name").HasMaxLength(200);
            outbox.Property(m => m.SubjectId).HasColumnName("subject_id");
            outbox.Property(m => m.Body).HasColumnName("body");
            outbox.Property(m => m.TraceParent).HasColumnName("trace_parent").HasMaxLength(60);
            outbox.Property(m => m.OccurredAt).HasColumnName("occurred_at");
        });

        model.Entity<OutboxPartition>(partitions =>
        {
            partitions.ToTable(PartitionTable);
            partitions.HasKey(l => l.Partition).HasName("pk_outbox_partitions");
            partitions.Property(l => l.Partition).HasColumnName("partition").ValueGeneratedNever();
            partitions.HasData(
                Enumerable
                    .Range(0, OutboxPartition.Count)
                    .Select(partition => new OutboxPartition { Partition = (short)partition })
            );
        });

        model.Entity<InboxEntry>(inbox =>
        {
            inbox.ToTable(InboxTable);
            inbox.HasKey(e => new { e.MessageId, e.Consumer }).HasName("pk_inbox_entries");
            inbox.Property(e => e.MessageId).HasColumnName("message_id").ValueGeneratedNever();
            inbox.Property(e => e.Consumer).HasColumnName("consumer").HasMaxLength(200);
            inbox.Property(e => e.ConsumedAt).HasColumnName("consumed_at");
            // Rows come in order of time, so a block-range index finds the old ones at next to no
            // cost for each insert.
            inbox.HasIndex(e => e.ConsumedAt).HasDatabaseName("ix_inbox_entries_consumed_at").HasMethod("brin");
        });

        return model;
    }

    /// <summary>Maps <see cref="Account"/>: the accounts that this service knows.</summary>
    public static ModelBuilder AddAccounts(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Entity<Account>(account =>
        {
            account.ToTable(AccountTable);
            account.HasKey(a => a.UserId).HasName("pk_accounts");
            account.Property(a => a.UserId).HasColumnName("user_id").ValueGeneratedNever();
            account.Property(a => a.Version).HasColumnName("version").IsConcurrencyToken();
            account.Property(a => a.DisplayName).HasColumnName("display_name");
            account.PrimitiveCollection(a => a.Roles).HasColumnName("roles").HasColumnType("text[]");
            account.PrimitiveCollection(a => a.Regions).HasColumnName("regions").HasColumnType("text[]");
            account.Property(a => a.Department).HasColumnName("department");
            account.Property(a => a.OrganisationId).HasColumnName("organisation_id");
            account.Property(a => a.Active).HasColumnName("active");
            account.Property(a => a.TokensValidFrom).HasColumnName("tokens_valid_from");
            account.Property(a => a.Email).HasColumnName("email");
            account.HasIndex(a => a.TokensValidFrom).HasDatabaseName("ix_accounts_tokens_valid_from");
        });
    }

    internal static string Table(this IReadOnlyModel model, string table)
    {
        var entity =
            model.GetEntityTypes().FirstOrDefault(e => e.GetTableName() == table)
            ?? throw new InvalidOperationException(
                $"The model has no table {table}. Call modelBuilder.AddMessaging() in OnModelCreating."
            );
        return entity.GetSchema() is { } schema ? $"\"{schema}\".\"{table}\"" : $"\"{table}\"";
    }
}
