using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Severity = CustomerService.Rules.Severity;

namespace CustomerService.Complaints.Features;

internal static class RegisterComplaint
{
    internal sealed record Request(
        Guid? CustomerId,
        string CustomerName,
        string Contact,
        string Phone,
        Channel? Channel,
        string Subject,
        string Description,
        Severity? Severity,
        ReferenceRequest? Reference,
        OriginRequest? Origin,
        DateTimeOffset? ReceivedAt
    );

    internal sealed record ReferenceRequest(
        Guid? ProjectId,
        string? ProjectName,
        string? ProductModel,
        string? SerialNumber,
        string? OrderNumber
    );

    internal sealed record OriginRequest(OriginKind? Kind, Guid? Id, string? Number);

    /// <summary>What a person may name as the origin. Survey forms come by event only.</summary>
    internal enum OriginKind
    {
        Revisit,
        RepairOrder,
        Enquiry,
        Complaint,
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.CustomerName).IsText(Limits.Line);
            RuleFor(r => r.Contact).IsText(Limits.Line);
            RuleFor(r => r.Phone).IsText(Limits.Code);
            RuleFor(r => r.Subject).IsText(Limits.Line);
            RuleFor(r => r.Description).IsText();
            RuleFor(r => r.Channel).NotEqual(Domain.Channel.Survey).WithErrorCode("by-event-only");
            RuleFor(r => r.CustomerId).NotEqual(Guid.Empty);
            RuleFor(r => r.Reference!.ProjectName).MayBeText(Limits.Line).When(r => r.Reference is not null);
            RuleFor(r => r.Reference!.ProductModel).MayBeText(Limits.Line).When(r => r.Reference is not null);
            RuleFor(r => r.Reference!.SerialNumber).MayBeText(Limits.Line).When(r => r.Reference is not null);
            RuleFor(r => r.Reference!.OrderNumber).MayBeText(Limits.Line).When(r => r.Reference is not null);
            RuleFor(r => r.Origin!.Kind).NotNull().When(r => r.Origin is not null);
            RuleFor(r => r.Origin!.Number).MayBeText(Limits.Line).When(r => r.Origin is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints", Handle)
            .AsCommand()
            .WithSummary("Register a complaint (FM004)")
            .WithDescription(
                """
                Rule C3.2.1: one record whoever took it; sales, customer service, or the customer on the portal (channel `portal`, own organisation).
                Staff name customer, channel and severity; for a customer severity is `minor` unless said. `receivedAt` is when the complaint reached the
                company (default now, not in the future, at most as many days ago as the policy says: `complaints.longestDelayDays`, 366): the targets of rule C1 count from it, in working hours of the policy's calendar.
                409 is not given; 400 `validation`, `received-in-the-future`, `received-too-long-ago`; 403 `role-missing`, `organisation-missing`, `customer-is-another`.
                """
            )
            .Produces<ComplaintView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ComplaintsDb store,
        ComplaintTargets targets,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var flow = caller.Flow(targets.VersionOn(caller.Today));
        if (Who(body, flow.Actor) is var (customer, channel, severity, wrong) && wrong is not null)
        {
            return wrong;
        }

        var receivedAt = body.ReceivedAt ?? flow.Now;
        if (receivedAt > flow.Now)
        {
            return Refusal.Invalid("received-in-the-future", "C1", "received-at");
        }

        if (receivedAt < flow.Now - targets.LongestDelay(flow.PolicyVersion))
        {
            return Refusal.Invalid("received-too-long-ago", "C1", "received-at");
        }

        var reference = body.Reference ?? new(null, null, null, null, null);
        var intake = new Intake(
            customer,
            body.CustomerName.Trim(),
            body.Contact.Trim(),
            body.Phone.Trim(),
            channel,
            body.Subject.Trim(),
            body.Description,
            severity,
            new(
                reference.ProjectId,
                reference.ProjectName,
                reference.ProductModel,
                reference.SerialNumber,
                reference.OrderNumber
            ),
            body.Origin is { } origin
                ? new(Spelling.Kebab(origin.Kind!.Value.ToString()), origin.Id, origin.Number)
                : null,
            receivedAt
        );
        var number = await store.NextNumberAsync(Complaint.Form, flow.Today.Year, cancellationToken);
        var (complaint, refusal) = Complaint.Register(flow, number, intake, targets);
        if (complaint is null)
        {
            return refusal!;
        }

        store.Add(complaint);
        return CommandResult.Created(
            $"/api/complaints/v1/complaints/{complaint.Id}",
            ComplaintView.From(complaint, caller),
            complaint.Version
        );
    }

    // Staff say who complains and how; a customer complains for his own organisation, on the portal.
    private static (Guid Customer, Channel Channel, Severity Severity, Refusal? Wrong) Who(Request body, Actor actor)
    {
        (Guid, Channel, Severity, Refusal?) Wrong(Refusal refusal) => (default, default, default, refusal);

        if (!actor.IsStaff() && actor.Has(Roles.Customer))
        {
            return actor.OrganisationId is not { } organisation
                    ? Wrong(
                        new(
                            RefusalKind.Forbidden,
                            "organisation-missing",
                            "C3.2.1",
                            ["organisation"],
                            [Roles.Administrator]
                        )
                    )
                : body.CustomerId is { } named && named != organisation
                    ? Wrong(
                        new(
                            RefusalKind.Forbidden,
                            "customer-is-another",
                            "C3.2.1",
                            ["own-organisation"],
                            [Roles.CustomerService]
                        )
                    )
                : body.Channel is { } channel && channel != Channel.Portal
                    ? Wrong(Refusal.Invalid("channel-not-portal", "C3.2.1", "channel"))
                : (organisation, Channel.Portal, body.Severity ?? Severity.Minor, null);
        }

        var missing = new List<string>();
        if (body.CustomerId is null)
        {
            missing.Add("customer-id");
        }

        if (body.Channel is null)
        {
            missing.Add("channel");
        }

        if (body.Severity is null)
        {
            missing.Add("severity");
        }

        return missing.Count > 0
            ? Wrong(Refusal.Invalid("intake-incomplete", "C3.2.1", [.. missing]))
            : (body.CustomerId!.Value, body.Channel!.Value, body.Severity!.Value, null);
    }
}
