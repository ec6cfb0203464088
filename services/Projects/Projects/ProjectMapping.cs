using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.Projects;

internal sealed class ProjectMapping : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> project)
    {
        project.IsAggregate();
        project.Property(p => p.ContractNumber).HasMaxLength(60);
        // A withdrawn project, entered by mistake, does not keep the number from the one that has it.
        project.HasIndex(p => p.ContractKey).IsUnique().HasFilter("state <> 'Withdrawn'");
        // Lists are walked by identity; each filter has it, and what else is asked for with it, in its index.
        project.HasIndex(p => new { p.OwnerId, p.Id });
        project.HasIndex(p => new { p.City, p.Id });
        project.HasIndex(p => new { p.State, p.Id });
        project.HasIndex(p => new { p.AcceptedOn, p.Id }).IncludeProperties(p => p.State);
        project.HasIndex(p => new { p.HandedOverOn, p.Id }).IncludeProperties(p => p.State);
        project
            .HasIndex(p => p.Id)
            .IncludeProperties(p => p.ClearanceDueOn)
            .HasFilter("clearance is null and clearance_due_on is not null")
            .HasDatabaseName("ix_projects_not_cleared");
        project
            .HasIndex(p => p.Id, "ix_projects_without_revisit")
            .IncludeProperties(p => p.HorizonEndsOn)
            .HasFilter("held_revisits = 0 and horizon_ends_on is not null")
            .HasDatabaseName("ix_projects_without_revisit");
        project.HasIndex(p => new { p.State, p.Latitude });
        project.HasIndex(p => p.SearchGrams).HasMethod("gin");
        project.HasIndex(p => p.TeamIds).HasMethod("gin");
        // What the sweeps look for is rare, so these stay small.
        project
            .HasIndex(p => p.ClearanceDueOn)
            .HasFilter("clearance is null and clearance_marked_overdue_on is null and clearance_due_on is not null")
            .HasDatabaseName("ix_projects_clearance_open");
        project
            .HasIndex(p => p.HorizonEndsOn)
            .HasFilter("held_revisits = 0 and breach_marked_on is null and horizon_ends_on is not null")
            .HasDatabaseName("ix_projects_unvisited");
        project.HasIndex(p => p.WarrantyEndsOn);
        project.Ignore(p => p.Site);
        project.Ignore(p => p.Basis);
        project.Ignore(p => p.LatestGoodwill);
        project.Ignore(p => p.Warnings);
        project.OwnsMany(
            p => p.Terms,
            term =>
            {
                term.ToTable("project_terms");
                term.WithOwner().HasForeignKey("ProjectId");
                term.HasKey("ProjectId", nameof(PartTerm.Part), nameof(PartTerm.Season));
                term.Property(t => t.Part).HasMaxLength(60);
                term.Property(t => t.Season).HasMaxLength(20);
                term.HasIndex(t => t.Through);
            }
        );
    }
}
