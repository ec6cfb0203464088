using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>An interviewer's link leads nowhere from now on (C5.8.2).</summary>
internal static class RevokeInterviewLink
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/interview-links/{id:guid}/revoke", Handle)
            .AsCommand()
            .ForRoles(InvitationFlow.Interviewers)
            .WithName("RevokeInterviewLink")
            .WithSummary("An interviewer's link leads nowhere from now on")
            .WithDescription("Rule C5.8.2. What was not sent by then stays on the device.")
            .Produces<InterviewLinkView>();

    private static Task<CommandResult> Handle(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            StaffAccess.Of<InterviewLink>(caller.Actor),
            id,
            (link, context) => link.Revoke(context),
            InterviewLinkView.From,
            cancellation
        );
}
