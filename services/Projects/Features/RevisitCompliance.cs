using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>How the revisits of a period were kept.</summary>
/// <param name="Due">Revisits planned for the period, without the cancelled ones.</param>
/// <param name="HeldInTime">Held by their planned date.</param>
/// <param name="HeldLate">Held after it.</param>
/// <param name="Overdue">Not held and the date over.</param>
/// <param name="Upcoming">Not held and the date still to come.</param>
/// <param name="Cancelled">Cancelled with a reason.</param>
/// <param name="RatePercent">Held in time ÷ (held + overdue) × 100, one decimal; null when there is nothing to
/// judge.</param>
/// <param name="ProjectsInBreach">Projects whose horizon ended in the period without a revisit held (P2.1.1).</param>
internal sealed record RevisitComplianceView(
    DateOnly From,
    DateOnly To,
    int Due,
    int HeldInTime,
    int HeldLate,
    int Overdue,
    int Upcoming,
    int Cancelled,
    decimal? RatePercent,
    int ProjectsInBreach
);

internal static class RevisitCompliance
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/revisits/compliance", Handle)
            .WithTags("Revisits")
            .WithSummary("How the revisits of a period were kept")
            .WithDescription(
                "Rule P2.1.1. `from`, `to`: ISO dates, by planned date; the current year when they are not given."
            )
            .Produces<RevisitComplianceView>();

    private static async Task<IResult> Handle(
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        string? from,
        string? to,
        CancellationToken cancellationToken
    )
    {
        if (
            !Filters.TryDate(from, "from", out var first, out var refusal)
            || !Filters.TryDate(to, "to", out var last, out refusal)
        )
        {
            return Problems.Result(context, refusal);
        }

        var today = caller.Today;
        var (begin, end) = (first ?? new DateOnly(today.Year, 1, 1), last ?? new DateOnly(today.Year, 12, 31));
        var counts = await store
            .Revisits.AsNoTracking()
            .VisibleTo(caller.Actor)
            .Where(r => r.DueOn >= begin && r.DueOn <= end)
            .GroupBy(_ => 1)
            .Select(g => new
            {
                Cancelled = g.Count(r => r.State == RevisitState.Cancelled),
                InTime = g.Count(r => r.HeldOn != null && r.HeldOn <= r.DueOn),
                Late = g.Count(r => r.HeldOn != null && r.HeldOn > r.DueOn),
                Overdue = g.Count(r =>
                    (r.State == RevisitState.Planned || r.State == RevisitState.Opened) && r.DueOn < today
                ),
                Upcoming = g.Count(r =>
                    (r.State == RevisitState.Planned || r.State == RevisitState.Opened) && r.DueOn >= today
                ),
            })
            .SingleOrDefaultAsync(cancellationToken);
        var breaches = await store
            .Projects.AsNoTracking()
            .VisibleTo(caller.Actor)
            .CountAsync(
                p =>
                    p.HorizonEndsOn >= begin
                    && p.HorizonEndsOn <= end
                    && p.HorizonEndsOn < today
                    && p.HeldRevisits == 0,
                cancellationToken
            );
        var (inTime, late, overdue, upcoming) = (
            counts?.InTime ?? 0,
            counts?.Late ?? 0,
            counts?.Overdue ?? 0,
            counts?.Upcoming ?? 0
        );
        var judged = inTime + late + overdue;
        return Results.Json(
            new RevisitComplianceView(
                begin,
                end,
                judged + upcoming,
                inTime,
                late,
                overdue,
                upcoming,
                counts?.Cancelled ?? 0,
                judged == 0 ? null : Math.Round(100m * inTime / judged, 1, MidpointRounding.AwayFromZero),
                breaches
            ),
            Json.Options
        );
    }
}
