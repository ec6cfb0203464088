using CustomerService.Reporting.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Features;

/// <summary>The satisfaction rate and what follows from it, rule C5.10.</summary>
internal static class SatisfactionReport
{
    /// <param name="Sent">Forms sent in the period; where a department is asked for, those that judge it.</param>
    /// <param name="Recovered">Forms recovered in the period.</param>
    /// <param name="Satisfied">Of these, overall at least 基本滿意.</param>
    /// <param name="Percent">The rate with one decimal; null (not available, never 0) when none was
    /// recovered.</param>
    /// <param name="Goal">Quality goal in percent: the one given, else the policy's.</param>
    /// <param name="Outcome"><c>reward</c>, <c>corrective-order</c> or <c>not-available</c>.</param>
    /// <param name="ByGrade">Recovered, by overall grade.</param>
    /// <param name="Dissatisfied">Forms that entered the complaint procedure, rule C5.9.</param>
    /// <param name="Items">Worst items first: how often each was graded 不太滿意 or 不滿意.</param>
    internal sealed record Report(
        DateOnly From,
        DateOnly To,
        int Sent,
        int Recovered,
        int Satisfied,
        decimal? Percent,
        decimal Goal,
        GoalOutcome Outcome,
        IReadOnlyList<Slice> ByGrade,
        int Dissatisfied,
        IReadOnlyList<Slice> Items
    );

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/satisfaction", Handle)
            .WithSummary("Satisfaction rate of a period")
            .WithDescription(
                "Rules C5.9 and C5.10. ?from&to (dates), optional kind (A–D), department, goal (percent). Errors: 400 bad-period, bad-filter."
            )
            .Produces<Report>();

    private static async Task<IResult> Handle(
        DateOnly? from,
        DateOnly? to,
        string? kind,
        string? department,
        decimal? goal,
        ReportingDb store,
        PolicyCatalogue policies,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var (period, refusal) = Period.Days(from, to);
        // An empty one asks for all kinds, as in the lists of Surveys.
        kind = string.IsNullOrEmpty(kind) ? null : kind;
        refusal ??= kind is null or "A" or "B" or "C" or "D"
            ? null
            : Refusal.Invalid("bad-filter", "API", "kind").With("filter", "kind");
        refusal ??= goal is < 0 or > 100 ? Refusal.Invalid("bad-period", "C5.10", "goal").With("period", goal) : null;
        if (refusal is not null)
        {
            return Problems.Result(http, refusal);
        }

        var policy = policies.At(period.To).Surveys;
        var forms = await store
            .Forms.AsNoTracking()
            .Where(f =>
                f.RecoveredOn >= period.From
                && f.RecoveredOn <= period.To
                && (kind == null || f.SurveyKind == kind)
                && (department == null || f.Department == department)
            )
            .ToListAsync(cancellationToken);
        var sent = await store.Invitations.CountAsync(
            i =>
                i.SentOn >= period.From
                && i.SentOn <= period.To
                && (kind == null || i.SurveyKind == kind)
                && (department == null || i.Department == department),
            cancellationToken
        );
        var grades = forms.Where(f => f.Overall is not null).Select(f => GradeOf(f.Overall!)).ToList();
        var rate = Satisfaction.Rate(grades, policy);
        var wanted = goal ?? policy.GoalPercent;
        return Results.Json(
            new Report(
                period.From,
                period.To,
                sent,
                rate.Recovered,
                rate.Satisfied,
                rate.Percent,
                wanted,
                rate.Against(wanted),
                Slice.By(forms, f => f.Overall),
                forms.Count(f => f.Dissatisfied),
                Slice.By(forms.SelectMany(f => f.Items).Where(i => GradeOf(i.Grade) <= policy.WarnThrough), i => i.Item)
            ),
            Json.Options
        );
    }

    private static Grade GradeOf(string text) =>
        Enum.GetValues<Grade>().First(grade => Spelling.Kebab(grade.ToString()) == text);
}
