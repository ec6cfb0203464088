using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>An invitation (C5.8.2).</summary>
internal static class GetInvitation
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/invitations/{id:guid}", Handle)
            .AsQuery()
            .WithSummary("An invitation")
            .WithDescription(
                "Rule C5.8.2. Staff see all, a customer those of its own organisation. The link is not shown: only its "
                    + "hash is stored."
            )
            .Produces<InvitationView>();

    private static Task<QueryResult> Handle(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, InvitationAccess.VisibleTo(caller.Actor), id, InvitationView.From, cancellation);
}
