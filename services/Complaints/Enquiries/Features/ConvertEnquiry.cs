using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Severity = CustomerService.Rules.Severity;

namespace CustomerService.Complaints.Enquiries.Features;

/// <summary>An enquiry turns out to be a complaint, or a return of goods (C3.1.5).</summary>
internal static class ConvertEnquiry
{
    internal sealed record ComplaintRequest(Severity? Severity);

    /// <param name="RmaNumber">Number of the RMA, where it is open already.</param>
    internal sealed record RmaRequest(string? RmaNumber);

    internal sealed class ComplaintValidator : AbstractValidator<ComplaintRequest>
    {
        public ComplaintValidator() => RuleFor(r => r.Severity).NotNull();
    }

    internal sealed class RmaValidator : AbstractValidator<RmaRequest>
    {
        public RmaValidator() => RuleFor(r => r.RmaNumber).OptionalCode();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/enquiries/{id:guid}/become-complaint", BecomeComplaint)
            .AsCommand()
            .WithName("TurnEnquiryIntoComplaint")
            .WithSummary("It is a complaint: one is registered with what was asked")
            .WithDescription(
                "Rules C3.1.5 and C3.2.1; customer service or sales. 409 `enquirer-unknown` without a customer."
            )
            .Produces<EnquiryView>();
        routes
            .MapPost("/enquiries/{id:guid}/become-rma", BecomeRma)
            .AsCommand()
            .WithName("TurnEnquiryIntoRma")
            .WithSummary("Goods come back: the repair service is told")
            .WithDescription("Rules C3.1.5 and C3.1.1; customer service or sales. 409 `enquirer-unknown`.")
            .Produces<EnquiryView>();
    }

    private static Task<CommandResult> BecomeComplaint(
        Guid id,
        ComplaintRequest body,
        ComplaintsDb db,
        RecordNumbers numbers,
        RegistryLookup registry,
        Links links,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Enquiries.VisibleTo(caller.Actor),
            id,
            async (enquiry, context) =>
            {
                if (enquiry.CheckRole(context, EnquiryAction.BecomeComplaint) is { } forbidden)
                {
                    return forbidden;
                }

                var customer = Guid.Empty;
                Result<Customer>? known = null;
                if (enquiry.CustomerId is { } customerId)
                {
                    var found = await registry.OrganisationAsync(customerId, cancellation);
                    customer = customerId;
                    known = found.Failed(out var unknown, out var organisation)
                        ? unknown
                        : new Customer(
                            organisation.Name,
                            organisation.Kind is OrganisationKind.Owner or OrganisationKind.Customer
                        );
                }

                var number = await numbers.NextAsync(Complaint.NumberKind, caller.Today.Year, cancellation);
                var registered = Complaint.Register(
                    caller.Context(),
                    number,
                    new Intake
                    {
                        CustomerId = customer,
                        Customer = known,
                        Contact = enquiry.Contact,
                        Phone = enquiry.Phone,
                        Channel = enquiry.Channel,
                        Subject = enquiry.Subject,
                        Description = string.Join('\n', enquiry.Exchanges.Select(e => e.Question))
                            .Truncate(TextLength.Text, "…"),
                        Severity = body.Severity,
                        Language = enquiry.Language,
                        Reference = Reference.None with
                        {
                            ProductModel = enquiry.ProductModel,
                            SerialNumber = enquiry.SerialNumber,
                        },
                        Origin = new(OriginKind.Enquiry, enquiry.Id, enquiry.Number),
                    }
                );
                if (registered.Failed(out var refusal, out var complaint))
                {
                    return refusal;
                }

                if (enquiry.BecomeComplaint(context, complaint) is { } refused)
                {
                    return refused;
                }

                db.Add(complaint);
                var (own, cause) = (
                    new RecordRef("complaints", complaint.Kind, complaint.Id, complaint.Number),
                    new RecordRef("complaints", enquiry.Kind, enquiry.Id, enquiry.Number)
                );
                await own.ComesFromAsync(cause, links, files, context, cancellation);
                return null;
            },
            EnquiryView.From,
            cancellation
        );

    private static Task<CommandResult> BecomeRma(
        Guid id,
        RmaRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Enquiries.VisibleTo(caller.Actor),
            id,
            (enquiry, context) => enquiry.BecomeRma(context, body.RmaNumber),
            EnquiryView.From,
            cancellation
        );
}
