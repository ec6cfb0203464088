using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class OpenRepairOrder
{
    internal sealed record Request
    {
        /// <summary>The project.</summary>
        public required Guid ProjectId { get; init; }

        /// <summary>Part of Table 3.1.</summary>
        public required string PartCode { get; init; }

        /// <summary>Where the defect is.</summary>
        public required string Location { get; init; }

        public required string Description { get; init; }

        public required DefectSeverity Severity { get; init; }

        /// <summary>Needed for an emergency: why it is one.</summary>
        public EmergencyReason? EmergencyReason { get; init; }

        /// <summary>Day of notice, company time zone; the confirmation is due counted from here.</summary>
        public required DateOnly NotifiedOn { get; init; }

        /// <summary>The person to be met there; else the owner's contact, as the registry has it.</summary>
        public SiteContactRequest? SiteContact { get; init; }

        /// <summary>The complaint that it comes from; without one it is a notice by the owner.</summary>
        public Guid? ComplaintId { get; init; }

        /// <summary>The accepted order whose defect came back, see `similar`; without it one of the same place is
        /// found.</summary>
        public Guid? RecurrenceOfId { get; init; }
    }

    /// <param name="Name">Printed name.</param>
    /// <param name="Phone">Telephone number.</param>
    internal sealed record SiteContactRequest(string Name, string? Phone = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator(CompanyClock clock)
        {
            RuleFor(r => r.ProjectId).NotEmpty();
            RuleFor(r => r.PartCode).RequiredCode();
            RuleFor(r => r.Location).RequiredText(TextLength.Line);
            RuleFor(r => r.Description).RequiredText();
            RuleFor(r => r.EmergencyReason).NotNull().When(r => r.Severity == DefectSeverity.Emergency);
            RuleFor(r => r.EmergencyReason)
                .Null()
                .WithErrorCode("emergency-only")
                .When(r => r.Severity != DefectSeverity.Emergency);
            RuleFor(r => r.NotifiedOn).Must(on => on <= clock.Today).WithErrorCode("date-in-future");
            RuleFor(r => r.SiteContact)
                .ChildRules(contact =>
                {
                    contact.RuleFor(c => c!.Name).RequiredText(TextLength.Line);
                    contact.RuleFor(c => c!.Phone).OptionalText(TextLength.Code);
                })
                .When(r => r.SiteContact is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders", Handle)
            .AsCommand()
            .WithSummary("A repair order is opened on a notice or a complaint")
            .WithDescription(
                """
                Rules P3.2.1, P2.1.2 and S3. Gives the number WX-{year}-{000001} and the day by which the defect is
                confirmed with the owner, and asks Projects about the warranty; when Projects does not answer,
                `warranty.covered` is `unknown` and the order is opened all the same. Project, owner and the owner's
                contact are those of the registry. 400: project-unknown, project-withdrawn, part-unknown (Projects
                knows no such one). 409: nobody-to-reach (the registry names no contact of the owner: give
                `siteContact`), no-emergency, already-exists (an order for this complaint). A customer opens orders on
                projects of their own organisation. A defect that comes back within 90 days (policy) of an accepted
                order of the same part and place is a recurrence, and quality is told (P2.2.3); `recurrenceOfId` names
                another one (400 recurrence-unknown).
                """
            )
            .WithExample(
                new Request
                {
                    ProjectId = Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                    PartCode = "roof",
                    Location = "3 號樓屋面",
                    Description = "屋面滲漏",
                    Severity = DefectSeverity.Major,
                    NotifiedOn = new DateOnly(2026, 3, 10),
                    SiteContact = new("王先生", "021-5555"),
                }
            )
            .Produces<RepairOrderView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        RepairOrderOpener opener,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        // The role first: callers without it make nobody else work, and learn nothing.
        if (RepairOrder.CheckOpen(context) is { } refusal)
        {
            return refusal;
        }

        var named = RepairOrder.CheckProject(context, await opener.ProjectAsync(body.ProjectId, cancellation));
        if (named.Failed(out var unknown, out var project))
        {
            return unknown;
        }

        var notice = Notice(body, project);
        if (body.RecurrenceOfId is { } earlierId)
        {
            if (await opener.EarlierAsync(earlierId, project.Id, body.PartCode, cancellation) is not { } earlier)
            {
                return Refusal.Invalid("recurrence-unknown", "P2.2.3", "recurrence-of-id");
            }

            notice = notice with { RecurrenceOf = earlier };
        }

        var opened = await opener.OpenAsync(context, notice, cancellation);
        return caller.Create(db, "repair-orders", opened, RepairOrderView.From);
    }

    private static Notice Notice(Request body, ProjectRef project) =>
        new()
        {
            Source = body.ComplaintId is null ? OrderSource.Notice : OrderSource.Complaint,
            SourceId = body.ComplaintId,
            Project = project,
            SiteContact = body.SiteContact is { } met ? new(met.Name, met.Phone) : null,
            PartCode = body.PartCode,
            Location = body.Location,
            Description = body.Description,
            Severity = body.Severity,
            EmergencyReason = body.EmergencyReason,
            NotifiedOn = body.NotifiedOn,
        };
}
