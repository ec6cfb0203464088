using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>Begins, closes and cancels a campaign (C5.8.2).</summary>
internal static class MoveCampaign
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/campaigns/{id:guid}/begin", BeginAsync)
            .AsCommand()
            .WithName("BeginCampaign")
            .WithSummary("Begin a campaign")
            .WithDescription("Rule C5.8.2. From now on it asks, and its open link works.")
            .Produces<CampaignView>();
        routes
            .MapPost("/campaigns/{id:guid}/close", CloseAsync)
            .AsCommand()
            .WithName("CloseCampaign")
            .WithSummary("Close a campaign")
            .WithDescription("Rule C5.8.2. It asks nobody any more; links that are out work to the end of its day.")
            .Produces<CampaignView>();
        routes
            .MapPost("/campaigns/{id:guid}/cancel", CancelAsync)
            .AsCommand()
            .WithName("CancelCampaign")
            .WithSummary("Cancel a campaign")
            .WithDescription("Rule C5.8.2. Before it has begun.")
            .Produces<CampaignView>();
    }

    private static Task<CommandResult> BeginAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        LinkTokens tokens,
        CancellationToken cancellation
    ) => ChangeAsync(id, (campaign, context) => campaign.Begin(context), store, caller, tokens, cancellation);

    private static Task<CommandResult> CloseAsync(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        LinkTokens tokens,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            (campaign, context) => campaign.Close(context, body.Reason.Trim()),
            store,
            caller,
            tokens,
            cancellation
        );

    private static Task<CommandResult> CancelAsync(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        LinkTokens tokens,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            (campaign, context) => campaign.Cancel(context, body.Reason.Trim()),
            store,
            caller,
            tokens,
            cancellation
        );

    private static Task<CommandResult> ChangeAsync(
        Guid id,
        Func<Campaign, CommandContext, Refusal?> change,
        IDocumentStore store,
        Caller caller,
        LinkTokens tokens,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            StaffAccess.Of<Campaign>(caller.Actor),
            id,
            change,
            (campaign, by) => CampaignView.From(campaign, by, tokens),
            cancellation
        );
}
