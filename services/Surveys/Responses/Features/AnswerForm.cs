using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.FollowUps;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>The customer answers, once (C5.8.2, C5.8.3). The page of <see cref="AnswerFormPage"/> takes the same
/// way.</summary>
internal static class AnswerForm
{
    /// <summary>What the customer gets back.</summary>
    /// <param name="Id">The response.</param>
    /// <param name="ReceivedOn">Day of receipt.</param>
    /// <param name="Message">A word of thanks.</param>
    internal sealed record Receipt(Guid Id, DateOnly ReceivedOn, string Message);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/f/{token}", Handle)
            .AddEndpointFilter(SecretAddress.ProtectAsync)
            .AddEndpointFilter(AnswerAnonymously.TakeAsync)
            .AddEndpointFilter(SecretAddress.IdentifyHolderAsync)
            .AsCommand()
            .AllowAnonymous()
            .WithSummary("Answer the form behind a link")
            .WithDescription(
                "Rules C5.8.3 and C5.9. The overall evaluation is mandatory; items may be left out. 400 "
                    + "overall-missing, unknown-grade, unknown-item, duplicate-item, text-too-long, idempotency-key-missing (open links need an Idempotency-Key); 404 when there is "
                    + "no such link; 410 link-used, link-expired or link-withdrawn. No If-Match: the link itself works "
                    + "once."
            )
            .WithExample(
                new FilledForm
                {
                    Overall = "satisfied",
                    Items = [new("E.attitude", "very-satisfied"), new("E.speed", "fairly-satisfied", "兩週後才到場")],
                    Suggestions = "請先來電約時間",
                }
            )
            .ProducesProblems(StatusCodes.Status410Gone)
            .Produces<Receipt>(StatusCodes.Status201Created);

    internal static async Task<CommandResult> Handle(
        string token,
        FilledForm body,
        FormLink link,
        IDocumentStore store,
        Texts texts,
        HttpContext http,
        CancellationToken cancellation
    )
    {
        if (await link.FindAsync(token, cancellation) is not { } invitation)
        {
            return CommandResult.NotFound();
        }

        // A link for everybody is never spent: without a key, what is sent again because no answer came counts twice.
        if (
            invitation.Channel == InvitationChannel.Open
            && string.IsNullOrWhiteSpace(http.Request.Headers[CommandPipeline.KeyHeader])
        )
        {
            return Refusal.Invalid("idempotency-key-missing", "C5.8.2");
        }

        var questionnaire = await link.QuestionnaireOfAsync(invitation, cancellation);
        if (
            Response
                .Receive(link.ContextOf(invitation), invitation, questionnaire, body)
                .Failed(out var refusal, out var response)
        )
        {
            return refusal;
        }

        link.Keep(invitation);
        store.Add(response);
        AfterReceipt.Follow(store, link.ContextOf(invitation), invitation, response);
        return CommandResult.Created(
            $"responses/{response.Id}",
            response,
            () => new Receipt(response.Id, response.ReceivedOn, texts.Find("form.thanks")!)
        );
    }
}
