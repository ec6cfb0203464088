using CustomerService.Messaging;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Data;

/// <summary>The store of this service.</summary>
internal sealed class RepairsDb(DbContextOptions<RepairsDb> options) : DbContext(options)
{
    public DbSet<RepairOrder> RepairOrders => Set<RepairOrder>();

    public DbSet<KnownProject> KnownProjects => Set<KnownProject>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddServiceDefaults();
        modelBuilder.AddMessaging();
        modelBuilder.Entity<RepairOrder>(Map);
        modelBuilder.AddFormNumbers();
        modelBuilder.Entity<KnownProject>(entity =>
        {
            entity.ToTable("known_projects");
            entity.HasKey(p => p.Id);
            entity.Property(p => p.Id).ValueGeneratedNever();
            // Two announcements consumed at once: the second one tries again on what the first one kept, so the
            // older never wins.
            entity.Property(p => p.Version).IsConcurrencyToken();
        });
    }

    private static void Map(EntityTypeBuilder<RepairOrder> entity)
    {
        entity.ToTable("repair_orders");
        entity.IsAggregate();
        entity.Property(o => o.State).HasConversion<string>().HasMaxLength(30);
        entity.Property(o => o.Number).HasMaxLength(30);
        entity.Property(o => o.Source).HasConversion<string>().HasMaxLength(20);
        entity.Property(o => o.Severity).HasConversion<string>().HasMaxLength(20);
        entity.Property(o => o.EmergencyKind).HasConversion<string>().HasMaxLength(30);

        entity.Property(o => o.OpenedBy).IsJson();
        entity.Property(o => o.Warranty).IsJson();
        entity.Property(o => o.Confirmation).IsJson();
        entity.Property(o => o.Analyses).IsJson();
        entity.Property(o => o.Review).IsJson();
        entity.Property(o => o.Approval).IsJson();
        entity.Property(o => o.SentBacks).IsJson();
        entity.Property(o => o.Issue).IsJson();
        entity.Property(o => o.Briefing).IsJson();
        entity.Property(o => o.StartedBy).IsJson();
        entity.Property(o => o.WorkReports).IsJson();
        entity.Property(o => o.Inspections).IsJson();
        entity.Property(o => o.OwnerResponses).IsJson();
        entity.Property(o => o.Returned).IsJson();
        entity.Ignore(o => o.Analysis);

        // One order a finding or complaint, whatever the deliveries; and no number twice.
        entity.HasIndex(o => new { o.Source, o.SourceId }).IsUnique();
        entity.HasIndex(o => o.Number).IsUnique();
        entity.HasIndex(o => o.OwnerId);
        entity.HasIndex(o => o.RepairUnitId);
        entity.HasIndex(o => o.ProjectId);
        entity.HasIndex(o => new { o.State, o.ConfirmDueOn });
    }
}
