using CustomerService.Mailing;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;
using QRCoder;

namespace CustomerService.Surveys.Invitations.Features;

/// <summary>Staff ask a customer for an opinion (C5.8.2, kinds A, C and D; B is sent by the system).</summary>
internal static class SendInvitation
{
    private const string Code = "^[a-z0-9][a-z0-9-]{0,49}$";

    internal sealed record Request
    {
        /// <summary><c>A</c> sample testers, <c>C</c> visited by sales, <c>D</c> special.</summary>
        public required string Kind { get; init; }

        /// <summary>Organisation of the customer.</summary>
        public required Guid CustomerId { get; init; }

        /// <summary>Its name.</summary>
        public required string CustomerName { get; init; }

        /// <summary>Contact person.</summary>
        public required string Contact { get; init; }

        /// <summary>Telephone number.</summary>
        public required string Phone { get; init; }

        /// <summary>Where the link is sent by mail, if a mail server is set; the customer's address on record by
        /// default.</summary>
        public string? Email { get; init; }

        /// <summary>Code of the department that the form judges (C5.10); by default the questionnaire's, if
        /// any.</summary>
        public string? Department { get; init; }

        /// <summary>What it is about; by default <c>sample</c>, <c>visit</c> or <c>special</c>.</summary>
        public string? Source { get; init; }

        /// <summary>The record that it is about.</summary>
        public Guid? SourceId { get; init; }

        /// <summary>Its number for people.</summary>
        public string? SourceNumber { get; init; }

        /// <summary>Model of the product that it is about.</summary>
        public string? Product { get; init; }

        /// <summary>Language of the recipient; by default the registry's, else Traditional Chinese.</summary>
        public string? Language { get; init; }

        /// <summary>Whether staff hold the form: an interview, or a form on paper. Nothing is sent then.</summary>
        public bool? Interview { get; init; }
    }

    /// <param name="Invitation">The invitation.</param>
    /// <param name="Id">Its identity.</param>
    /// <param name="Link">The link, once: it works once, and the store keeps no copy of its token.</param>
    /// <param name="QrSvg">QR code of the link as SVG, to print on the slip in a sample's package.</param>
    /// <param name="QrPng">The same as PNG, base64.</param>
    internal sealed record Sent(InvitationView Invitation, Guid Id, string Link, string QrSvg, string QrPng);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Kind).Must(kind => SurveyKinds.Parse(kind) is not null).WithErrorCode("unknown-kind");
            RuleFor(r => r.CustomerId).NotEqual(Guid.Empty);
            RuleFor(r => r.CustomerName).RequiredText(TextLength.Line);
            RuleFor(r => r.Contact).RequiredText(TextLength.Line);
            RuleFor(r => r.Phone).RequiredText(TextLength.Code);
            RuleFor(r => r.Email)
                .MaximumLength(TextLength.Line)
                .Must(address => address is null || MailServer.IsAddress(address))
                .WithErrorCode("mail-address");
            RuleFor(r => r.Department).Matches(Code);
            RuleFor(r => r.Source).Matches(Code);
            RuleFor(r => r.SourceNumber).OptionalText(TextLength.Line);
            RuleFor(r => r.Product).OptionalText(TextLength.Line);
            RuleFor(r => r.Language)
                .Must(language => language is null || Texts.Languages.Contains(language))
                .WithErrorCode("unknown-language");
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/invitations", Handle)
            .AsCommand()
            .WithSummary("Ask a customer for an opinion")
            .WithDescription(
                "Rule C5.8.2. Kinds A and D: customer service or sales; C: sales; B is sent by the system after a "
                    + "repair. The answer holds the link and its QR code, once: only a hash of the token is stored, so "
                    + "neither can be made again. A repeated request with the same Idempotency-Key gets them again. "
                    + "The link works for one answer and expires by the policy. 409 opted-out, case-open or asked-recently "
                    + "where the person is not to be asked now."
            )
            .WithExample(
                new Request
                {
                    Kind = "D",
                    CustomerId = new("0197f2a0-0000-7000-8000-000000000001"),
                    CustomerName = "永安置業有限公司",
                    Contact = "李主任",
                    Phone = "010-6555-0101",
                    Department = "engineering",
                }
            )
            .Produces<Sent>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IDocumentStore store,
        Caller caller,
        KnownOrganisations organisations,
        QuestionnaireVersions questionnaires,
        ContactHistories histories,
        LinkTokens tokens,
        SurveysMails mails,
        CancellationToken cancellation
    )
    {
        // Who was merged means the one that stayed (S4).
        var customer = await organisations.MeantAsync(body.CustomerId, body.CustomerName, cancellation);
        var link = tokens.New();
        var to = To(body, customer) with
        {
            Language = await store.LanguageAsync(customer.Id, body.Language, cancellation),
        };
        var history = await histories.OfAsync(to.CustomerId, to.Contact, null, cancellation);
        var context = caller.Context();
        var made = Invitation.Send(
            context,
            to,
            await questionnaires.InForceOnAsync(caller.Today, cancellation),
            link,
            history
        );
        if (!made.Failed(out _, out var sent))
        {
            await mails.InviteAsync(context, sent, link.Address, cancellation);
        }

        return caller.Create(store.Add, "invitations", made, (invitation, by) => View(invitation, by, link.Address));
    }

    private static Addressee To(Request body, Party customer) =>
        new()
        {
            Survey = SurveyKinds.Parse(body.Kind)!.Value,
            CustomerId = customer.Id,
            CustomerName = customer.Name,
            Contact = body.Contact.Trim(),
            Phone = body.Phone.Trim(),
            Email = body.Email,
            Department = body.Department,
            Source = body.Source,
            SourceId = body.SourceId,
            SourceNumber = body.SourceNumber,
            Product = body.Product,
            Channel = body.Interview == true ? InvitationChannel.Staff : InvitationChannel.Message,
        };

    private static Sent View(Invitation invitation, Caller caller, string address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        using var png = new PngByteQRCode(code);
        return new(
            InvitationView.From(invitation, caller),
            invitation.Id,
            address,
            svg.GetGraphic(4),
            Convert.ToBase64String(png.GetGraphic(8))
        );
    }
}
