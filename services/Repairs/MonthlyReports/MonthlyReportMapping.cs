using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.MonthlyReports;

internal sealed class MonthlyReportMapping : IEntityTypeConfiguration<MonthlyReport>
{
    public void Configure(EntityTypeBuilder<MonthlyReport> report)
    {
        report.IsAggregate();
        report.Property(r => r.Number).HasMaxLength(30);
        report.HasIndex(r => r.Number).IsUnique();
        report.Property(r => r.Month).HasMaxLength(7);
        report.HasIndex(r => new { r.Month, r.Correction });
        // No month is counted by two people at once, whatever the race.
        report.Property(r => r.OpenMonth).HasMaxLength(7);
        report.HasIndex(r => r.OpenMonth).IsUnique();
    }
}
