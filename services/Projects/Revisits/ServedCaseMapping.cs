using CustomerService.Projects.Revisits.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.Revisits;

internal sealed class ServedCaseMapping : IEntityTypeConfiguration<ServedCase>
{
    public void Configure(EntityTypeBuilder<ServedCase> served)
    {
        served.ToTable("served_cases");
        served.HasKey(s => new { s.CaseId, s.CapaId });
    }
}
