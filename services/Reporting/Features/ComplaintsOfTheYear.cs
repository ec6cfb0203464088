using CustomerService.Reporting.Data;
using CustomerService.Reporting.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Features;

/// <summary>The yearly complaint statistics, rule C5.7.</summary>
internal static class ComplaintsOfTheYear
{
    /// <param name="Year">Calendar year of registration.</param>
    /// <param name="Registered">Complaints registered.</param>
    /// <param name="Closed">Of these, closed now.</param>
    /// <param name="Open">Of these, open now.</param>
    /// <param name="Reopened">Of these, opened again at least once.</param>
    /// <param name="RespondedInTimePercent">Of those responded to: share within the target (C1); null when
    /// none.</param>
    /// <param name="BySeverity">By severity.</param>
    /// <param name="ByChannel">By channel.</param>
    /// <param name="ByLiability">By liability; <c>unknown</c> where QC has not decided.</param>
    /// <param name="ByDepartment">Ours, by responsible department.</param>
    /// <param name="ByCause">By cause code.</param>
    /// <param name="ByMonth">By month of registration, <c>YYYY-MM</c>.</param>
    /// <param name="CorrectiveActions">The corrective actions opened in the year.</param>
    internal sealed record Report(
        int Year,
        int Registered,
        int Closed,
        int Open,
        int Reopened,
        decimal? RespondedInTimePercent,
        IReadOnlyList<Slice> BySeverity,
        IReadOnlyList<Slice> ByChannel,
        IReadOnlyList<Slice> ByLiability,
        IReadOnlyList<Slice> ByDepartment,
        IReadOnlyList<Slice> ByCause,
        IReadOnlyList<Slice> ByMonth,
        Actions CorrectiveActions
    );

    /// <param name="Opened">Opened in the year.</param>
    /// <param name="VerifiedEffective">Of these, verified as effective.</param>
    /// <param name="Open">Of these, not yet verified as effective.</param>
    /// <param name="ExecutedInTimePercent">Of those executed: share within the deadline (C5.6.2); null when
    /// none.</param>
    /// <param name="IneffectiveRounds">How often a verification found no effect.</param>
    /// <param name="Recurrences">How often the fault came back after the effect had been found.</param>
    internal sealed record Actions(
        int Opened,
        int VerifiedEffective,
        int Open,
        decimal? ExecutedInTimePercent,
        int IneffectiveRounds,
        int Recurrences
    );

    internal sealed record Row(
        Guid ComplaintId,
        string? Number,
        string? CustomerName,
        string? Subject,
        string? Severity,
        string? Channel,
        string? Liability,
        string? Department,
        string State,
        DateOnly? RegisteredOn,
        DateOnly? ClosedOn
    );

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/complaints/yearly", Handle)
            .WithSummary("Complaints of a year")
            .WithDescription("Rule C5.7. ?year=YYYY. Drill down with /v1/complaints. Errors: 400 bad-period.")
            .Produces<Report>();
        routes
            .MapGet("/complaints", Cases)
            .WithSummary("The complaints behind the yearly figures")
            .WithDescription(
                "Rule C5.7. ?year=YYYY and any of severity, channel, liability, department; keyset paging with after and limit."
            )
            .Produces<Page<Row>>();
    }

    private static async Task<IResult> Handle(
        int? year,
        ReportingDb store,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var (period, refusal) = Period.Year(year);
        if (refusal is not null)
        {
            return Problems.Result(http, refusal);
        }

        var complaints = await store
            .Complaints.AsNoTracking()
            .Where(c => c.RegisteredOn >= period.From && c.RegisteredOn <= period.To)
            .ToListAsync(cancellationToken);
        var actions = await store
            .CorrectiveActions.AsNoTracking()
            .Where(a => a.OpenedOn >= period.From && a.OpenedOn <= period.To)
            .ToListAsync(cancellationToken);
        var responded = complaints.Where(c => c.RespondedInTime is not null).ToList();
        var executed = actions.Where(a => a.ExecutedInTime is not null).ToList();
        var closed = complaints.Count(c => c.ClosedOn is not null);
        var effective = actions.Count(a => a.Effective == true);
        return Results.Json(
            new Report(
                year!.Value,
                complaints.Count,
                closed,
                complaints.Count - closed,
                complaints.Count(c => c.Reopened > 0),
                Share.Percent(responded.Count(c => c.RespondedInTime == true), responded.Count),
                Slice.By(complaints, c => c.Severity),
                Slice.By(complaints, c => c.Channel),
                Slice.By(complaints, c => c.Liability),
                Slice.By(complaints.Where(c => c.Department is not null), c => c.Department),
                Slice.By(complaints.Where(c => c.CauseCode is not null), c => c.CauseCode),
                [
                    .. Slice
                        .By(
                            complaints,
                            c => c.RegisteredOn?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)
                        )
                        .OrderBy(s => s.Key, StringComparer.Ordinal),
                ],
                new Actions(
                    actions.Count,
                    effective,
                    actions.Count - effective,
                    Share.Percent(executed.Count(a => a.ExecutedInTime == true), executed.Count),
                    actions.Sum(a => a.IneffectiveRounds),
                    actions.Sum(a => a.Recurrences)
                )
            ),
            Json.Options
        );
    }

    private static async Task<IResult> Cases(
        int? year,
        string? severity,
        string? channel,
        string? liability,
        string? department,
        string? after,
        int? limit,
        ReportingDb store,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var (period, wrongPeriod) = Period.Year(year);
        var (page, wrongPage) = PageRequest.Read(after, limit);
        if ((wrongPeriod ?? wrongPage) is { } refusal)
        {
            return Problems.Result(http, refusal);
        }

        var query = store
            .Complaints.AsNoTracking()
            .Where(c => c.RegisteredOn >= period.From && c.RegisteredOn <= period.To);
        query = severity is null ? query : query.Where(c => c.Severity == severity);
        query = channel is null ? query : query.Where(c => c.Channel == channel);
        query =
            liability is null ? query
            : liability == "unknown" ? query.Where(c => c.Liability == null)
            : query.Where(c => c.Liability == liability);
        query = department is null ? query : query.Where(c => c.Department == department);
        query = page!.After is { } last ? query.Where(c => c.Id > last) : query;
        var read = await query.OrderBy(c => c.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return Results.Json(page.Cut(read, c => c.Id, RowOf), Json.Options);
    }

    private static Row RowOf(ComplaintFact c) =>
        new(
            c.Id,
            c.Number,
            c.CustomerName,
            c.Subject,
            c.Severity,
            c.Channel,
            c.Liability,
            c.Department,
            c.State,
            c.RegisteredOn,
            c.ClosedOn
        );
}
