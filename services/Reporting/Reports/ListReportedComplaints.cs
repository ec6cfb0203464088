using System.Linq.Expressions;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.OData;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Reports;

/// <summary>The complaints behind the annual figures, rule C5.7.</summary>
internal static class ListReportedComplaints
{
    internal sealed record Query : PageQuery
    {
        /// <summary>Calendar year of registration, 2000 to 2100.</summary>
        public int? Year { get; init; }

        /// <summary>Severity.</summary>
        public EnumFilter<Severity>? Severity { get; init; }

        /// <summary>Channel code.</summary>
        public TextFilter? Channel { get; init; }

        /// <summary>Liability code; <c>unknown</c> where QC has not decided.</summary>
        public TextFilter? Liability { get; init; }

        /// <summary>Responsible department.</summary>
        public TextFilter? Department { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/complaints", Handle)
            .AsQuery()
            .WithSummary("The complaints behind the annual figures, the newest first")
            .WithDescription(
                "Rule C5.7. 400 `bad-period`, `bad-filter`, `bad-cursor`. Names and texts are "
                    + PersonalData.Masked
                    + " for readers who are not granted them."
            )
            .Produces<Page<ReportedComplaint>>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ReportingDb db,
        RowScope scope,
        PersonalData personal,
        CancellationToken cancellation
    )
    {
        if (Period.OfYear(query.Year).Failed(out var refusal, out var period))
        {
            return refusal;
        }

        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        var (limited, theirs) = (scope.IsLimited, scope.IdsOf(db.Set<ComplaintRow>(), row => row.ComplaintId));
        var read = await db
            .Complaints.AsNoTracking()
            .Where(c => c.RegisteredOn >= period.From && c.RegisteredOn <= period.To)
            .Where(
                query.Severity,
                severities =>
                {
                    var words = severities.Select(s => s.ToKebab()).ToList();
                    return c => words.Contains(c.Severity!);
                }
            )
            .Where(query.Channel, channel => c => c.Channel == channel)
            .Where(query.Liability, LiabilityIs)
            .Where(query.Department, department => c => c.Department == department)
            .Where(c => !limited || theirs.Contains(c.Id))
            .Where(after, last => c => c.Id < last)
            .OrderByDescending(c => c.Id)
            .Take(query.Size + 1)
            .ToListAsync(cancellation);
        return QueryResult.Of(Lists.Cut(read, query, c => c.Id.ToString("N"), c => ItemOf(c, personal)));
    }

    private static Expression<Func<ComplaintFact, bool>> LiabilityIs(string liability) =>
        liability == "unknown" ? c => c.Liability == null : c => c.Liability == liability;

    private static ReportedComplaint ItemOf(ComplaintFact c, PersonalData personal) =>
        new(
            c.Id,
            c.Number,
            c.State,
            personal.Of(c.CustomerName),
            personal.Of(c.Subject),
            c.Severity,
            c.Channel,
            c.Liability,
            c.Department,
            c.RegisteredOn,
            c.ClosedOn
        );
}
