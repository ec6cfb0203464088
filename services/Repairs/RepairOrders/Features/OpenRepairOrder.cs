using System.Text.Json.Serialization;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class OpenRepairOrder
{
    internal sealed record Request
    {
        /// <summary>The project.</summary>
        public required Guid ProjectId { get; init; }

        /// <summary>Its name, contract and owner; needed only where this service has not heard of it yet.</summary>
        public ProjectDetails? Project { get; init; }

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

        public required string Contact { get; init; }

        public required string Phone { get; init; }

        /// <summary>The complaint that it comes from; without one it is a notice by the owner.</summary>
        public Guid? ComplaintId { get; init; }
    }

    internal sealed record ProjectDetails(
        string Name,
        string ContractNumber,
        [property: JsonRequired] Guid OwnerId,
        string OwnerName
    );

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
            RuleFor(r => r.Contact).RequiredText(TextLength.Line);
            RuleFor(r => r.Phone).RequiredText(TextLength.Code);
            RuleFor(r => r.Project)
                .ChildRules(project =>
                {
                    project.RuleFor(p => p!.Name).RequiredText(TextLength.Line);
                    project.RuleFor(p => p!.ContractNumber).RequiredCode(TextLength.Line);
                    project.RuleFor(p => p!.OwnerId).NotEmpty();
                    project.RuleFor(p => p!.OwnerName).RequiredText(TextLength.Line);
                })
                .When(r => r.Project is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders", Handle)
            .AsCommand()
            .WithSummary("A repair order is opened on an owner's notice or a complaint")
            .WithDescription(
                """
                Rule P3.2.1. Gives the number WX-{year}-{000001} and the day by which the defect is confirmed with the
                owner, and asks Projects about the warranty; when Projects does not answer, `warranty.covered` is
                `unknown` and the order is opened all the same. 400: project-unknown (also one that was withdrawn),
                part-unknown (Projects knows no such one). 409: project-not-known-here (give `project`), no-emergency,
                already-exists (an order for this complaint).
                """
            )
            .WithExample(
                new Request
                {
                    ProjectId = Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                    PartCode = "waterproofing",
                    Location = "3 號樓屋面",
                    Description = "屋面滲漏",
                    Severity = DefectSeverity.Major,
                    NotifiedOn = new DateOnly(2026, 3, 10),
                    Contact = "王先生",
                    Phone = "021-5555",
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
        if (RepairOrder.CheckOpen(context) is { } refusal)
        {
            return refusal;
        }

        // What Projects announced comes first: the owner decides who may see the order, so it is not the caller's to
        // say.
        var copy = await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == body.ProjectId, cancellation);
        if (copy is { Withdrawn: true })
        {
            return Refusal.Invalid("project-unknown", "P3.3", "project");
        }

        if ((copy?.Ref ?? Described(body)) is not { } project)
        {
            return Refusal.ByRule(
                "project-not-known-here",
                "P3.3",
                ["project-details"],
                Roles.CustomerService,
                Roles.Engineering
            );
        }

        var opened = await opener.OpenAsync(context, Notice(body, project), cancellation);
        return caller.Create(db, "repair-orders", opened, RepairOrderView.From);
    }

    private static ProjectRef? Described(Request body) =>
        body.Project is { } given
            ? new(body.ProjectId, given.Name, given.ContractNumber, given.OwnerId, given.OwnerName)
            : null;

    private static Notice Notice(Request body, ProjectRef project) =>
        new()
        {
            Source = body.ComplaintId is null ? OrderSource.Notice : OrderSource.Complaint,
            SourceId = body.ComplaintId,
            Project = project,
            Contact = body.Contact,
            Phone = body.Phone,
            PartCode = body.PartCode,
            Location = body.Location,
            Description = body.Description,
            Severity = body.Severity,
            EmergencyReason = body.EmergencyReason,
            NotifiedOn = body.NotifiedOn,
        };
}
