using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.Revisits;

internal sealed class RevisitMapping : IEntityTypeConfiguration<Revisit>
{
    public void Configure(EntityTypeBuilder<Revisit> revisit)
    {
        revisit.IsAggregate();
        revisit.HasIndex(r => new { r.ProjectId, r.Ordinal }).IsUnique();
        // Lists are walked by date; each filter has the date and the identity in its index.
        revisit.HasIndex(r => new
        {
            r.OwnerId,
            r.DueOn,
            r.Id,
        });
        revisit
            .HasIndex(r => new
            {
                r.ProjectId,
                r.DueOn,
                r.Id,
            })
            .IncludeProperties(r => r.State);
        revisit.HasIndex(r => new { r.DueOn, r.Id });
        revisit.HasIndex(r => new
        {
            r.State,
            r.DueOn,
            r.Id,
        });
        revisit
            .HasIndex(r => new { r.DueOn, r.Id }, "ix_revisits_open")
            .HasFilter("state in ('Planned', 'Opened')")
            .HasDatabaseName("ix_revisits_open");
        revisit.HasOne<Project>().WithMany().HasForeignKey(r => r.ProjectId).OnDelete(DeleteBehavior.Restrict);
        revisit.Ignore(r => r.IsOpen);
        revisit.Property(r => r.ProjectNumber).HasMaxLength(60);
        revisit.Ignore(r => r.AreFaultsAnswered);
        revisit.Ignore(r => r.IsConfirmed);
        revisit.Ignore(r => r.IsReleased);
        revisit.Ignore(r => r.WithoutTexts);
        revisit.Ignore(r => r.WithoutCapa);
        revisit.Ignore(r => r.ConstructionFaults);
    }
}
