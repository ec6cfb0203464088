using CustomerService.Repairs.Returns.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Returns;

internal sealed class ReturnCaseMapping : IEntityTypeConfiguration<ReturnCase>
{
    public void Configure(EntityTypeBuilder<ReturnCase> one)
    {
        one.IsAggregate();
        one.Property(r => r.Number).HasMaxLength(30);
        one.HasIndex(r => r.Number).IsUnique();
        // No machine is asked back twice at once, whatever the race.
        one.HasIndex(r => r.OpenSerialKey).IsUnique();
        one.HasIndex(r => r.SerialId);
        one.HasIndex(r => new { r.CustomerId, r.Id });
        one.HasIndex(r => new { r.State, r.Id });
        one.HasIndex(r => r.AdvanceDeadline).HasFilter("advance_deadline IS NOT NULL AND closed_on IS NULL");
        one.Ignore(r => r.Held);
        one.HasIndex(r => r.HeldSince).HasFilter("held_since IS NOT NULL AND closed_on IS NULL");
        one.HasIndex(r => r.SlipHeldSince).HasFilter("slip_held_since IS NOT NULL");
    }
}

internal sealed class TermsEditionMapping : IEntityTypeConfiguration<TermsEdition>
{
    public void Configure(EntityTypeBuilder<TermsEdition> edition)
    {
        edition.IsAggregate();
        edition.HasIndex(e => e.Number).IsUnique();
        edition.HasIndex(e => e.EffectiveFrom);
    }
}
