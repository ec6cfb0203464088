using CustomerService.Messaging;
using CustomerService.Registry;
using CustomerService.Reporting.Archive.Domain;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.FigureSnapshots.Domain;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CustomerService.Reporting.Data;

/// <summary>The facts, kept from events alone.</summary>
internal sealed class ReportingDb(DbContextOptions<ReportingDb> options) : ServiceDbContext(options)
{
    /// <inheritdoc/>
    protected override bool KeepsWork => false;

    public DbSet<OrganisationFact> Organisations => Set<OrganisationFact>();
    public DbSet<ProjectFact> Projects => Set<ProjectFact>();
    public DbSet<RevisitFact> Revisits => Set<RevisitFact>();
    public DbSet<RepairOrderFact> RepairOrders => Set<RepairOrderFact>();
    public DbSet<ComplaintFact> Complaints => Set<ComplaintFact>();
    public DbSet<CapaFact> Capas => Set<CapaFact>();
    public DbSet<InvitationFact> Invitations => Set<InvitationFact>();
    public DbSet<ArchivedEvent> Archive => Set<ArchivedEvent>();
    public DbSet<ErasedSubject> ErasedSubjects => Set<ErasedSubject>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<ResponseFact> Responses => Set<ResponseFact>();
    public DbSet<FigureSnapshot> FigureSnapshots => Set<FigureSnapshot>();
    public DbSet<FigureCase> FigureCases => Set<FigureCase>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfiguration(new PersonalDataExportMapping());
        // Papers name departments.
        modelBuilder.AddDepartments();
        modelBuilder.AddErasedSubjects();
    }

    /// <inheritdoc/>
    protected override void OnSaving(IReadOnlyList<Aggregate> aggregates)
    {
        base.OnSaving(aggregates);
        var now = (Time ??= this.GetService<TimeProvider>()).GetUtcNow();
        foreach (var entry in ChangeTracker.Entries<Fact>())
        {
            if (entry.State is EntityState.Added or EntityState.Modified)
            {
                entry.Property(fact => fact.ChangedAt).CurrentValue = now;
            }
        }
    }

    /// <summary>
    /// The fact, tracked and locked until the commit; made when this is the first event of its subject. Two events of
    /// one subject often arrive at the same moment: the second waits here instead of failing and being retried.
    /// </summary>
    public async Task<T> FactAsync<T>(Guid id, CancellationToken cancellation)
        where T : Fact, new()
    {
        await this.LockAsync(id.ToString(), cancellation);
        var fact = await Set<T>().FindAsync([id], cancellation);
        if (fact is null)
        {
            fact = new T { Id = id };
            Add(fact);
        }

        return fact;
    }

    private TimeProvider? Time { get; set; }
}

/// <summary>For <c>dotnet ef</c>; needs no server.</summary>
internal sealed class DesignTime : DesignTimeFactory<ReportingDb>;
