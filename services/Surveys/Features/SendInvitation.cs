using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;
using FluentValidation;
using QRCoder;

namespace CustomerService.Surveys.Features;

/// <summary>Staff ask a customer for an opinion (C5.8.2, kinds A, C and D; B is sent by the system).</summary>
internal static class SendInvitation
{
    /// <param name="Kind"><c>A</c> sample testers, <c>C</c> visited by sales, <c>D</c> special.</param>
    /// <param name="CustomerId">Organisation of the customer.</param>
    /// <param name="CustomerName">Its name.</param>
    /// <param name="Contact">Contact person.</param>
    /// <param name="Phone">Telephone number.</param>
    /// <param name="Department">Code of the department that the form judges (C5.10); by default the one of the
    /// questionnaire, if any.</param>
    /// <param name="Source">What it is about; by default <c>sample</c>, <c>visit</c> or <c>special</c>.</param>
    /// <param name="SourceId">The record that it is about.</param>
    /// <param name="SourceNumber">Its number for people.</param>
    internal sealed record Request(
        string Kind,
        Guid? CustomerId,
        string CustomerName,
        string Contact,
        string Phone,
        string? Department = null,
        string? Source = null,
        Guid? SourceId = null,
        string? SourceNumber = null
    );

    /// <param name="Link">The link, once: it can be used once, and the store keeps no copy of its token.</param>
    /// <param name="QrSvg">QR code of the link as SVG, to print on the slip in a sample's package.</param>
    /// <param name="QrPng">The same as PNG, base64.</param>
    internal sealed record Sent(InvitationView Invitation, Guid Id, string Link, string QrSvg, string QrPng);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Kind).Must(kind => SurveyKinds.TryParse(kind, out _)).WithErrorCode("unknown-kind");
            RuleFor(r => r.CustomerId).NotNull().NotEqual(Guid.Empty);
            RuleFor(r => r.CustomerName).NotEmpty().MaximumLength(200);
            RuleFor(r => r.Contact).NotEmpty().MaximumLength(100);
            RuleFor(r => r.Phone).NotEmpty().MaximumLength(50);
            RuleFor(r => r.Department).Matches("^[a-z0-9][a-z0-9-]{0,49}$").When(r => r.Department is not null);
            RuleFor(r => r.Source).Matches("^[a-z0-9][a-z0-9-]{0,49}$").When(r => r.Source is not null);
            RuleFor(r => r.SourceNumber).MaximumLength(100);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/invitations", Handle)
            .AsCommand()
            .WithSummary("Ask a customer for an opinion")
            .WithDescription(
                "Rule C5.8.2. Kinds A and D: customer service or sales; C: sales; B is sent by the system after a repair. The answer holds the link and its QR code, once: "
                    + "only a hash of the token is stored, so neither can be made again. A repeated request with the same Idempotency-Key gets them again. The link works for one answer and expires by the policy."
            )
            .Produces<Sent>(StatusCodes.Status201Created);

    private static CommandResult Handle(
        Request body,
        ISurveyStore store,
        Caller caller,
        PolicyCatalogue policies,
        QuestionnaireCatalogue questionnaires,
        SurveySettings settings
    )
    {
        SurveyKinds.TryParse(body.Kind, out var kind);
        var policy = policies.At(caller.Today);
        var questionnaire = questionnaires.At(caller.Today);
        var token = LinkToken.New();
        var (invitation, refusal) = Invitation.Send(
            new Addressee(
                kind,
                body.CustomerId!.Value,
                body.CustomerName.Trim(),
                body.Contact.Trim(),
                body.Phone.Trim(),
                body.Department ?? questionnaire.Kinds[kind].Department,
                body.Source ?? DefaultSource(kind),
                body.SourceId,
                body.SourceNumber
            ),
            caller.Flow(policy.Version),
            policy.Surveys,
            questionnaire.Version,
            token,
            settings.LinkOf
        );
        if (refusal is not null)
        {
            return refusal;
        }

        store.Add(invitation);
        var link = settings.LinkOf(token);
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        using var png = new PngByteQRCode(code);
        return CommandResult.Created(
            $"/api/surveys/v1/invitations/{invitation.Id}",
            new Sent(
                InvitationView.From(invitation, caller),
                invitation.Id,
                link,
                svg.GetGraphic(4),
                Convert.ToBase64String(png.GetGraphic(8))
            ),
            invitation.Version
        );
    }

    private static string DefaultSource(SurveyKind kind) =>
        kind switch
        {
            SurveyKind.A => "sample",
            SurveyKind.C => "visit",
            _ => "special",
        };
}
