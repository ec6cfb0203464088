using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.PlanSheets;

internal sealed class PlanSheetMapping : IEntityTypeConfiguration<PlanSheet>
{
    public void Configure(EntityTypeBuilder<PlanSheet> sheet)
    {
        sheet.IsAggregate();
        sheet.Ignore(s => s.Current);
        sheet.Property(s => s.Number).HasMaxLength(60);
        sheet.HasIndex(s => new { s.ProjectId, s.Number }).IsUnique();
    }
}
