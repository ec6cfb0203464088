using System.Text.Json.Serialization;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>Makes a batch of sheets with a code each, which works once (C5.8.2 A).</summary>
internal static class PrintSheets
{
    /// <param name="Sheets">How many, at most 300.</param>
    /// <param name="Language">Language of the sheets; by default Traditional Chinese.</param>
    internal sealed record Request([property: JsonRequired] int Sheets, string? Language = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Sheets).InclusiveBetween(1, SheetBatch.MostSheets);
            RuleFor(r => r.Language)
                .Must(language => language is null || Texts.Languages.Contains(language))
                .WithErrorCode("unknown-language");
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/campaigns/{id:guid}/print", Handle)
            .AsCommand()
            .WithSummary("Make a batch of sheets with codes")
            .WithDescription(
                "Rule C5.8.2. Each sheet has a QR code and a short code to type; both work once. The sheets are read at "
                    + "/sheet-batches/{id}/sheets.pdf, as often as they must be printed."
            )
            .Produces<SheetBatchView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        QuestionnaireVersions questionnaires,
        LinkTokens tokens,
        CancellationToken cancellation
    )
    {
        var campaign = await store.FindAsync(StaffAccess.Of<Campaign>(caller.Actor).Where(c => c.Id, id), cancellation);
        if (caller.Precondition(campaign) is { } failed)
        {
            return failed;
        }

        var context = caller.Context(campaign!);
        if (campaign!.Print(context) is { } refusal)
        {
            return refusal;
        }

        var language = body.Language ?? Texts.Languages[0];
        if (SheetBatch.Print(context, campaign, body.Sheets, language).Failed(out var refused, out var batch))
        {
            return refused;
        }

        var questionnaire = await questionnaires.ByVersionAsync(campaign.QuestionnaireVersion, cancellation);
        for (var sheet = 0; sheet < batch.Sheets; sheet++)
        {
            var to = campaign.Addressee(InvitationChannel.Sheet) with { BatchId = batch.Id, Language = language };
            var link = tokens.LinkOf(tokens.CodeOf(batch.Seed, sheet));
            store.Add(
                campaign.IsAnonymous
                    ? SheetCode.Of(context, link.TokenHash, batch.Id)
                    : Invitation.Send(context, to, questionnaire, link).Required()
            );
        }

        if (campaign.IsAnonymous)
        {
            store.Add(SpentCodes.Of(context, batch.Id));
        }

        // The boxes are there before the first answer, and none says which was first.
        for (var box = 0; box < AnswerBox.Boxes && campaign is { IsAnonymous: true, Batches: 1 }; box++)
        {
            store.Add(AnswerBox.Of(context, campaign, questionnaire));
        }

        store.Add(batch);
        return CommandResult.Created(
            $"sheet-batches/{batch.Id}",
            batch,
            () => SheetBatchView.From(batch, caller, null)
        );
    }
}
