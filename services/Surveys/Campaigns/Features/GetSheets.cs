using System.Globalization;
using CustomerService.Forms;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>The sheets of a batch, to be printed (C5.8.2 A).</summary>
internal static class GetSheets
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/sheet-batches/{id:guid}/sheets.pdf", Handle)
            .AsQuery()
            .ForRoles(InvitationFlow.Senders)
            .WithSummary("The sheets of a batch, as PDF")
            .WithDescription(
                "Rule C5.8.2. Labels on A4, twelve a page: QR code, short code to type, last day, in the language of the batch "
                    + "or in that of `language`. For those who invite. 404 where the batch is revoked, too."
            )
            .ProducesFile("application/pdf")
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);

    private static async Task<QueryResult> Handle(
        Guid id,
        FormLanguage? language,
        HttpContext http,
        IDocumentStore store,
        Caller caller,
        LinkTokens tokens,
        Texts texts,
        FormFont font,
        SurveysSettings settings,
        CancellationToken cancellation
    )
    {
        var batches = await store.ListAsync(
            StaffAccess.Of<SheetBatch>(caller.Actor).Where(b => b.Id, id),
            null,
            1,
            cancellation
        );
        if (
            batches is not [{ State: SheetBatchState.Printed } batch]
            || await store.ListAsync(
                DocumentQuery<Campaign>.All.Where(c => c.Id, batch.CampaignId),
                null,
                1,
                cancellation
            )
                is not [var campaign]
        )
        {
            return QueryResult.NotFound;
        }

        var tongue = CultureInfo.GetCultureInfo(language?.Tag ?? batch.Language);
        string Say(string key, params (string Name, object? Value)[] arguments) =>
            texts.Find(key, arguments.ToDictionary(a => a.Name, a => a.Value), tongue)!;
        var labels = Enumerable
            .Range(0, batch.Sheets)
            .Select(sheet =>
            {
                var code = tokens.CodeOf(batch.Seed, sheet);
                return new PrintedLabel(
                    settings.LinkOf(code),
                    Say("sheet.title"),
                    LinkTokens.Grouped(code),
                    [
                        Say("sheet.how", ("address", $"{settings.PublicUrl}/api/surveys/v1/f")),
                        Say("sheet.until", ("day", campaign.LastDay.ToString("D", tongue))),
                        batch.IsAnonymous ? Say("sheet.anonymous") : $"{batch.Number} · {sheet + 1}",
                    ]
                );
            })
            .ToList();
        return QueryResult.File(
            Printing.Pdf(
                http,
                $"{batch.Number.Replace('/', '-')}.pdf",
                () => LabelSheet.Print(labels, campaign.Title, font, tongue.Name, caller.Now)
            )
        );
    }
}
