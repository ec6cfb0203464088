using CustomerService.ServiceDefaults;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.FollowUps.Features;

/// <summary>Internal contact notes (C5.9).</summary>
internal static class ReadContactNotes
{
    internal sealed record Query : PageQuery
    {
        /// <summary>Code of the department.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<ContactNoteState>? State { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/contact-notes", ListAsync)
            .AsQuery()
            .WithName("ListContactNotes")
            .WithSummary("Internal contact notes, newest first")
            .WithDescription("Rule C5.9. For staff.")
            .Produces<Page<ContactNoteView>>();
        routes
            .MapGet("/contact-notes/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetContactNote")
            .WithSummary("An internal contact note")
            .WithDescription("Rule C5.9. For staff.")
            .Produces<ContactNoteView>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<ContactNote>(caller.Actor)
            .Where(n => n.Department, query.Department?.Value)
            .In(n => n.State, query.State?.Values)
            .ToPageAsync(store, query, n => ContactNoteView.From(n, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, StaffAccess.Of<ContactNote>(caller.Actor), id, ContactNoteView.From, cancellation);
}
