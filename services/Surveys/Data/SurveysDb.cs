using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Surveys.Data;

/// <summary>
/// A document in PostgreSQL: the aggregate as <c>jsonb</c>. The other columns are computed by the database from
/// it, so they cannot
/// say anything else; they carry the indexes.
/// </summary>
internal abstract class DocumentRow
{
    public required Guid Id { get; init; }

    public required long Version { get; set; }

    public required string Body { get; set; }

    public string AuditHead { get; private set; } = "";

    public Guid CustomerId { get; private set; }

    public string Survey { get; private set; } = "";

    public string? Department { get; private set; }
}

internal sealed class InvitationRow : DocumentRow
{
    public string State { get; private set; } = "";

    public string TokenHash { get; private set; } = "";

    public string? Occasion { get; private set; }

    public string? SourceId { get; private set; }

    public string SentOn { get; private set; } = "";

    public string ExpiresAt { get; private set; } = "";
}

internal sealed class FormRow : DocumentRow
{
    public Guid InvitationId { get; private set; }

    public string Overall { get; private set; } = "";

    public string Verdict { get; private set; } = "";

    public string RecoveredOn { get; private set; } = "";
}

/// <summary>The PostgreSQL database of this service.</summary>
internal sealed class SurveysDb(DbContextOptions<SurveysDb> options) : DbContext(options)
{
    private readonly Dictionary<Guid, (Aggregate Aggregate, DocumentRow Row)> _documents = [];
    private DbContextId _lease;

    /// <summary>A context from the pool is another one with every lease: what the last user read and did not
    /// save is not the next one's.</summary>
    private Dictionary<Guid, (Aggregate Aggregate, DocumentRow Row)> Watched
    {
        get
        {
            if (_lease != ContextId)
            {
                _documents.Clear();
                _lease = ContextId;
            }

            return _documents;
        }
    }

    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();

    public DbSet<FormRow> Forms => Set<FormRow>();

    /// <summary>From now on a change of the aggregate goes with the next save. The same document is the same
    /// object.</summary>
    public T Watch<T>(DocumentRow row, Func<string, T> read)
        where T : Aggregate
    {
        if (Watched.TryGetValue(row.Id, out var known))
        {
            return (T)known.Aggregate;
        }

        var aggregate = read(row.Body);
        Watched[row.Id] = (aggregate, row);
        return aggregate;
    }

    public void Watch(Aggregate aggregate, DocumentRow row)
    {
        Add(row);
        Watched[row.Id] = (aggregate, row);
    }

    /// <summary>Nothing is watched any more: what was changed and not saved is gone, and what is read next is
    /// read anew.</summary>
    public void Forget()
    {
        Watched.Clear();
        ChangeTracker.Clear();
        this.ForgetEnqueued();
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        TakeOver();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        TakeOver();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.AddServiceDefaults();
        model.AddMessaging();
        model.Entity<InvitationRow>(row =>
        {
            IsDocument(row, "invitations");
            row.Property(r => r.State).HasComputedColumnSql("body->>'state'", stored: true);
            row.Property(r => r.TokenHash).HasComputedColumnSql("body->>'tokenHash'", stored: true);
            row.Property(r => r.Occasion).HasComputedColumnSql("body->>'occasion'", stored: true);
            row.Property(r => r.SourceId).HasComputedColumnSql("body->>'sourceId'", stored: true);
            row.Property(r => r.SentOn).HasComputedColumnSql("body->>'sentOn'", stored: true).UseCollation("C");
            row.Property(r => r.ExpiresAt).HasComputedColumnSql("body->>'expiresAt'", stored: true).UseCollation("C");
            row.HasIndex(r => r.TokenHash).IsUnique();
            row.HasIndex(r => r.Occasion).IsUnique();
            row.HasIndex(r => new { r.State, r.ExpiresAt });
            row.HasIndex(r => r.SentOn);
        });
        model.Entity<FormRow>(row =>
        {
            IsDocument(row, "forms");
            row.Property(r => r.InvitationId).HasComputedColumnSql("(body->>'invitationId')::uuid", stored: true);
            row.Property(r => r.Overall).HasComputedColumnSql("body->>'overall'", stored: true);
            row.Property(r => r.Verdict).HasComputedColumnSql("body->>'verdict'", stored: true);
            row.Property(r => r.RecoveredOn)
                .HasComputedColumnSql("body->>'recoveredOn'", stored: true)
                .UseCollation("C");
            // One form an invitation, whatever else goes wrong.
            row.HasIndex(r => r.InvitationId).IsUnique();
            row.HasIndex(r => r.RecoveredOn);
        });
    }

    private static void IsDocument<T>(EntityTypeBuilder<T> row, string table)
        where T : DocumentRow
    {
        row.ToTable(table);
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Version).IsConcurrencyToken();
        row.Property(r => r.Body).HasColumnType("jsonb");
        row.Property(r => r.AuditHead).HasComputedColumnSql("body->>'auditHead'", stored: true);
        row.Property(r => r.CustomerId).HasComputedColumnSql("(body->>'customerId')::uuid", stored: true);
        row.Property(r => r.Survey).HasComputedColumnSql("body->>'survey'", stored: true);
        row.Property(r => r.Department).HasComputedColumnSql("body->>'department'", stored: true);
        row.HasIndex(r => new { r.CustomerId, r.Id });
    }

    private void TakeOver()
    {
        foreach (var (aggregate, row) in Watched.Values)
        {
            if (aggregate.PendingEntries.Count == 0)
            {
                continue;
            }

            row.Version = aggregate.Version;
            row.Body = aggregate switch
            {
                Invitation invitation => Documents.Write(invitation),
                SurveyForm form => Documents.Write(form),
                _ => throw new InvalidOperationException($"{aggregate.GetType().Name} is no document of this service."),
            };
            foreach (var entry in aggregate.PendingEntries)
            {
                Add(AuditRow.From(entry));
            }

            foreach (var pending in aggregate.PendingEvents)
            {
                this.Enqueue(pending);
            }

            aggregate.MarkSaved();
        }
    }
}

/// <summary>For <c>dotnet ef</c>, which needs a model and no server.</summary>
internal sealed class SurveysDbDesign : IDesignTimeDbContextFactory<SurveysDb>
{
    public SurveysDb CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<SurveysDb>()
                .UseNpgsql("Host=localhost;Database=surveys", npgsql => npgsql.MigrationsHistoryTable("migrations"))
                .UseSnakeCaseNamingConvention()
                .Options
        );
}
