using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Store;
using QRCoder;

namespace CustomerService.Surveys.Campaigns.Features;

/// <summary>A link for the phone of an interviewer (C5.8.2 C and D).</summary>
internal static class MakeInterviewLink
{
    /// <param name="LastDay">It opens to the end of this day, not after the campaign's; by default today.</param>
    internal sealed record Request(DateOnly? LastDay = null);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/campaigns/{id:guid}/interview", Handle)
            .AsCommand()
            .WithName("MakeInterviewLink")
            .WithSummary("A link and QR code for the phone of an interviewer")
            .WithDescription(
                "Rule C5.8.2. To the people of a campaign of kind C or D. It is for the caller, whose name stands with each "
                    + "answer; the page behind it works without a connection and sends later. `link` and `qrPng` are told this "
                    + "once, also under an Idempotency-Key. 400 link-life; 409 campaign-over, campaign-anonymous, "
                    + "not-asked-in-person."
            )
            .WithExample(new Request(new(2026, 12, 31)))
            .Produces<InterviewLinkView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        LinkTokens tokens,
        CancellationToken cancellation
    )
    {
        var campaign = await store.FindAsync(StaffAccess.Of<Campaign>(caller.Actor).Where(c => c.Id, id), cancellation);
        if (caller.Precondition(campaign) is { } failed)
        {
            return failed;
        }

        var link = tokens.NewInterview();
        return caller.Create(
            store.Add,
            "interview-links",
            InterviewLink.Make(caller.Context(campaign!), campaign!, link, body.LastDay),
            (made, by) => InterviewLinkView.From(made, by) with { Link = link.Address, QrPng = Code(link.Address) }
        );
    }

    private static string Code(string address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(code);
        return Convert.ToBase64String(png.GetGraphic(8));
    }
}
