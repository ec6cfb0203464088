using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Letters.Features;

/// <summary>How the letters about a complaint stand.</summary>
/// <param name="Letters">Those that were not cancelled.</param>
/// <param name="Overdue">Sent, and not answered in time.</param>
/// <param name="Affected">Goods in the letters.</param>
/// <param name="Accounted">Goods of which customers said what is with them.</param>
internal sealed record LetterCountsView(
    int Letters,
    int Written,
    int Sent,
    int Answered,
    int Overdue,
    int Affected,
    int Accounted
);

internal static class ListAffectedLetters
{
    /// <summary>Filters; all given ones must hold.</summary>
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<AffectedLetterState>? State { get; init; }

        /// <summary>The complaint with the traceability table; for staff.</summary>
        public Guid? ComplaintId { get; init; }

        /// <summary>Not answered in time.</summary>
        public bool? Overdue { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/affected-letters", Handle)
            .AsQuery()
            .WithSummary("Letters to affected customers, the newest first")
            .WithDescription("Rule C7. Customers see those that were sent to them.")
            .Produces<Page<AffectedLetterView>>();
        routes
            .MapGet("/complaints/{id:guid}/letters", Count)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("CountLetters")
            .WithSummary("How the letters about a complaint stand: sent, answered, overdue")
            .WithDescription("Rule C7; staff.")
            .Produces<LetterCountsView>();
    }

    private static Task<QueryResult> Handle(
        [AsParameters] Query query,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var today = caller.Today;
        // From which complaint it comes is internal.
        var letters = db.AffectedLetters.VisibleTo(caller.Actor);
        return (caller.IsStaff ? letters.Where(query.ComplaintId, id => l => l.ComplaintId == id) : letters)
            .Where(query.State, states => letter => states.Contains(letter.State))
            .Where(
                query.Overdue,
                overdue => letter => (letter.State == AffectedLetterState.Sent && letter.AnswerDueOn < today) == overdue
            )
            .ToPageAsync(query, letter => AffectedLetterView.From(letter, caller), cancellation);
    }

    private static async Task<QueryResult> Count(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var letters = await db
            .AffectedLetters.AsNoTracking()
            .Where(l => l.ComplaintId == id && l.State != AffectedLetterState.Cancelled)
            .ToListAsync(cancellation);
        var overdue = AffectedLetterAccess.Overdue(caller.Today).Compile();
        return QueryResult.Of(
            new LetterCountsView(
                letters.Count,
                letters.Count(l => l.State == AffectedLetterState.Written),
                letters.Count(l => l.State == AffectedLetterState.Sent),
                letters.Count(l => l.State == AffectedLetterState.Answered),
                letters.Count(overdue),
                letters.Sum(l => l.Quantity),
                letters.Sum(l => l.Answer is { Answer: var given } ? given.InStock + given.Delivered : 0)
            )
        );
    }
}
