using CustomerService.Messaging;
using CustomerService.Reporting.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CustomerService.Reporting.Data;

internal sealed class ReportingDb(DbContextOptions<ReportingDb> options) : DbContext(options)
{
    public DbSet<ProjectFact> Projects => Set<ProjectFact>();
    public DbSet<RevisitFact> Revisits => Set<RevisitFact>();
    public DbSet<RepairOrderFact> RepairOrders => Set<RepairOrderFact>();
    public DbSet<ComplaintFact> Complaints => Set<ComplaintFact>();
    public DbSet<CorrectiveActionFact> CorrectiveActions => Set<CorrectiveActionFact>();
    public DbSet<InvitationFact> Invitations => Set<InvitationFact>();
    public DbSet<FormFact> Forms => Set<FormFact>();

    /// <summary>
    /// The fact, tracked and locked until the commit; made when this is the first event that speaks of it. Two
    /// events of one subject
    /// often arrive at the same moment, and the second waits here instead of failing and being tried again.
    /// </summary>
    public async Task<T> FactAsync<T>(Guid id, CancellationToken cancellationToken)
        where T : Fact, new()
    {
        await this.LockAsync(id.ToString(), cancellationToken);
        var fact = await Set<T>().FindAsync([id], cancellationToken);
        if (fact is null)
        {
            fact = new T { Id = id };
            Add(fact);
        }

        return fact;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddServiceDefaults();
        modelBuilder.AddMessaging();
        Fact<ProjectFact>(modelBuilder, "dim_project");
        Fact<RevisitFact>(
            modelBuilder,
            "fact_revisit",
            e =>
            {
                e.HasIndex(f => f.DueOn);
                e.HasIndex(f => f.ProjectId);
            }
        );
        Fact<RepairOrderFact>(
            modelBuilder,
            "fact_repair_order",
            e =>
            {
                e.HasIndex(f => f.NotifiedOn);
                e.HasIndex(f => f.ReturnedOn);
            }
        );
        Fact<ComplaintFact>(modelBuilder, "fact_complaint", e => e.HasIndex(f => f.RegisteredOn));
        Fact<CorrectiveActionFact>(
            modelBuilder,
            "fact_corrective_action",
            e =>
            {
                e.HasIndex(f => f.SourceId);
                e.HasIndex(f => f.OpenedOn);
            }
        );
        Fact<InvitationFact>(modelBuilder, "fact_invitation", e => e.HasIndex(f => f.SentOn));
        Fact<FormFact>(
            modelBuilder,
            "fact_form",
            e =>
            {
                e.HasIndex(f => f.RecoveredOn);
                e.HasIndex(f => f.InvitationId);
                e.OwnsMany(
                    f => f.Items,
                    item =>
                    {
                        item.ToTable("fact_form_item");
                        item.WithOwner().HasForeignKey("FormId");
                        item.HasKey("FormId", nameof(FormItemFact.Item));
                        item.HasIndex(i => new { i.Item, i.Grade });
                    }
                );
            }
        );
    }

    private static void Fact<T>(
        ModelBuilder model,
        string table,
        Action<Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<T>>? more = null
    )
        where T : Fact
    {
        var entity = model.Entity<T>();
        entity.ToTable(table);
        entity.HasKey(f => f.Id);
        entity.Property(f => f.Id).ValueGeneratedNever();
        // Events of one subject can arrive at the same moment; the loser is tried again on the winner's row.
        entity.Property<uint>("xmin").IsRowVersion();
        more?.Invoke(entity);
    }
}

internal sealed class DesignTimeReportingDb : IDesignTimeDbContextFactory<ReportingDb>
{
    public ReportingDb CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<ReportingDb>()
                .UseNpgsql(npgsql => npgsql.MigrationsHistoryTable("migrations"))
                .UseSnakeCaseNamingConvention()
                .Options
        );
}
