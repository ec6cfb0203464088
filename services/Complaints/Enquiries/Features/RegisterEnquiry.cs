using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Enquiries.Features;

internal static class RegisterEnquiry
{
    internal sealed record Request
    {
        /// <summary>The customer in the registry, where it is one; a customer's own by default.</summary>
        public Guid? CustomerId { get; init; }

        public required string Contact { get; init; }

        public required string Phone { get; init; }

        /// <summary>How it came; <c>phone</c> by default, <c>portal</c> for a customer.</summary>
        public Channel? Channel { get; init; }

        /// <summary>Language of the answer: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>; the customer's in the registry
        /// by default.</summary>
        public string? Language { get; init; }

        /// <summary>One line.</summary>
        public required string Subject { get; init; }

        public required string Question { get; init; }

        public string? ProductModel { get; init; }

        public string? SerialNumber { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.CustomerId).NotEqual(Guid.Empty);
            RuleFor(r => r.Contact).RequiredText(TextLength.Line);
            RuleFor(r => r.Phone).RequiredText(TextLength.Code);
            RuleFor(r => r.Channel).NotEqual(Complaints.Domain.Channel.Survey).WithErrorCode("by-event-only");
            RuleFor(r => r.Language)
                .Must(language => language is null || Texts.Languages.Contains(language))
                .WithErrorCode("language-unknown");
            RuleFor(r => r.Subject).RequiredText(TextLength.Line);
            RuleFor(r => r.Question).RequiredText();
            RuleFor(r => r.ProductModel).OptionalText(TextLength.Line);
            RuleFor(r => r.SerialNumber).OptionalText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/enquiries", Handle)
            .AsCommand()
            .WithSummary("Take a technical enquiry about a product")
            .WithDescription(
                """
                Rule C3.1.5; customer service, sales, or the customer on the portal. It is answered within the policy's
                working hours (`complaints.enquiryAnswer`). Somebody whom the registry does not know may ask; only a
                customer's can become a complaint or an RMA.
                """
            )
            .Produces<EnquiryView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        RegistryLookup registry,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        var id = caller.IsStaff ? body.CustomerId : caller.Actor.OrganisationId;
        Result<Customer>? customer = null;
        if (id is { } named)
        {
            var found = await registry.OrganisationAsync(named, cancellation);
            if (found.Failed(out var unknown, out var known))
            {
                customer = unknown;
            }
            else
            {
                (id, customer) = (known.Id, new Customer(known.Name, true));
            }
        }

        var number = await numbers.NextAsync(Enquiry.NumberKind, context.Today.Year, cancellation);
        return caller.Create(
            db,
            "enquiries",
            Enquiry.Register(
                context,
                number,
                new EnquiryIntake(
                    id,
                    customer,
                    body.Contact.Trim(),
                    body.Phone.Trim(),
                    body.Channel ?? Channel.Phone,
                    body.Language
                        ?? (
                            id is { } asking ? await registry.LanguageOfAsync(asking, cancellation) : Texts.Languages[0]
                        ),
                    body.Subject.Trim(),
                    body.Question,
                    body.ProductModel,
                    body.SerialNumber
                )
            ),
            EnquiryView.From
        );
    }
}
