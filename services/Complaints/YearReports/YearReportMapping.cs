using CustomerService.Complaints.YearReports.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.YearReports;

internal sealed class YearReportMapping : IEntityTypeConfiguration<YearReport>
{
    public void Configure(EntityTypeBuilder<YearReport> report)
    {
        report.IsAggregate();
        report.Property(r => r.Number).HasMaxLength(30);
        report.HasIndex(r => r.Number).IsUnique();
        report.HasIndex(r => new { r.Year, r.Id });
    }
}

internal sealed class YearCaseMapping : IEntityTypeConfiguration<YearCase>
{
    public void Configure(EntityTypeBuilder<YearCase> row)
    {
        row.ToTable("year_report_cases");
        row.HasKey(c => new { c.ReportId, c.ComplaintId });
        // Cases are written all at once and asked for at once, when the planner knows nothing of them yet: in this order a
        // page of what many have is found at its beginning. What few may have has an index of its own.
        row.HasIndex(c => new
        {
            c.ReportId,
            c.Year,
            c.ComplaintId,
        });
        row.HasIndex(c => new
        {
            c.ReportId,
            c.Year,
            c.Product,
            c.ComplaintId,
        });
        row.HasIndex(c => new
        {
            c.ReportId,
            c.Year,
            c.Fault,
            c.ComplaintId,
        });
        row.HasIndex(c => new
        {
            c.ReportId,
            c.Year,
            c.Cause,
            c.ComplaintId,
        });
        row.HasOne<YearReport>().WithMany().HasForeignKey(c => c.ReportId).OnDelete(DeleteBehavior.Restrict);
    }
}
