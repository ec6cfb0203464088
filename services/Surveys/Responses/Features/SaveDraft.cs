using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>The customer fills in a part and goes on later (C5.8.2): only the finished form spends the link.</summary>
internal static class SaveDraft
{
    /// <summary>What the customer gets back.</summary>
    /// <param name="ExpiresAt">Until when the form can be finished, UTC.</param>
    internal sealed record Saved(DateTimeOffset ExpiresAt);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/f/{token}/draft", Handle)
            .AddEndpointFilter(SecretAddress.ProtectAsync)
            .AddEndpointFilter(SecretAddress.IdentifyHolderAsync)
            .AsCommand()
            .AllowAnonymous()
            .WithSummary("Save a form that is not finished")
            .WithDescription(
                "Rule C5.8.2. It is shown again when the link is opened, and never counted as recovered. It need not be "
                    + "complete; lengths and items are those of the form. 400 unknown-grade, unknown-item, duplicate-item, "
                    + "text-too-long; 404 when there is no such link; 410 link-used, link-expired or link-withdrawn."
            )
            .ProducesProblems(StatusCodes.Status410Gone)
            .Produces<Saved>();

    private static async Task<CommandResult> Handle(
        string token,
        FilledForm body,
        FormLink link,
        CancellationToken cancellation
    ) =>
        await link.SaveDraftAsync(token, body, cancellation) is not { } saved ? CommandResult.NotFound()
        : saved.Failed(out var refusal, out var invitation) ? refusal
        : CommandResult.Ok(invitation, () => new Saved(invitation.ExpiresAt));
}
