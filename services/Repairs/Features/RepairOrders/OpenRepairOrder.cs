using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Repairs.Questions;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Features.RepairOrders;

internal static class OpenRepairOrder
{
    /// <param name="ProjectId">The project.</param>
    /// <param name="Project">Its name, contract and owner; needed only where this service has not heard of the
    /// project yet.</param>
    /// <param name="ComplaintId">The complaint that it comes from; without one it is a notice by the owner.</param>
    /// <param name="EmergencyKind">Needed for an emergency: structure, safety or essential function.</param>
    /// <param name="NotifiedOn">Day of notice, company time zone; the confirmation is due counted from here.</param>
    internal sealed record Request(
        Guid? ProjectId,
        ProjectDetails? Project,
        string PartCode,
        string Location,
        string Description,
        DefectSeverity? Severity,
        EmergencyKind? EmergencyKind,
        DateOnly? NotifiedOn,
        string Contact,
        string Phone,
        Guid? ComplaintId
    );

    internal sealed record ProjectDetails(string Name, string ContractNumber, Guid? OwnerId, string OwnerName);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator(CompanyClock clock)
        {
            RuleFor(r => r.ProjectId).NotNull().NotEqual(Guid.Empty);
            RuleFor(r => r.PartCode).NotEmpty().MaximumLength(60);
            RuleFor(r => r.Location).NotEmpty().MaximumLength(500);
            RuleFor(r => r.Description).NotEmpty().MaximumLength(4000);
            RuleFor(r => r.Severity).NotNull();
            RuleFor(r => r.EmergencyKind).NotNull().When(r => r.Severity == DefectSeverity.Emergency);
            RuleFor(r => r.EmergencyKind).Null().When(r => r.Severity != DefectSeverity.Emergency);
            RuleFor(r => r.NotifiedOn)
                .NotNull()
                .Must(on => on is null || on <= clock.Today)
                .WithErrorCode("date-in-future");
            RuleFor(r => r.Contact).NotEmpty().MaximumLength(100);
            RuleFor(r => r.Phone).NotEmpty().MaximumLength(40);
            RuleFor(r => r.Project)
                .ChildRules(project =>
                {
                    project.RuleFor(p => p!.Name).NotEmpty().MaximumLength(200);
                    project.RuleFor(p => p!.ContractNumber).NotEmpty().MaximumLength(100);
                    project.RuleFor(p => p!.OwnerId).NotNull().NotEqual(Guid.Empty);
                    project.RuleFor(p => p!.OwnerName).NotEmpty().MaximumLength(200);
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
                "Rule P3.2.1. Gives the number WX-{year}-{0001} and the day by which the defect is confirmed with the owner, and asks Projects about the warranty; when Projects does not answer, `warranty.covered` is `unknown` and the order is opened all the same. 400: project-unknown (also one that was withdrawn), part-unknown (Projects knows no such one). 409: project-not-known-here (give `project`), no-emergency, already-exists (an order for this complaint)."
            )
            .Produces<RepairOrderView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb store,
        Opening opening,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        // Our own knowledge comes first: who the owner is decides who may see the order, so it is not the
        // caller's to say.
        var known = await store
            .KnownProjects.AsNoTracking()
            .FirstOrDefaultAsync(p => p.Id == body.ProjectId, cancellationToken);
        if (known is { Withdrawn: true })
        {
            return Refusal.Invalid(ProjectsQuestions.ProjectUnknown, "P3.3", "project");
        }

        var project =
            known?.Facts
            ?? (
                body.Project is { } given
                    ? new ProjectFacts(
                        body.ProjectId!.Value,
                        given.Name,
                        given.ContractNumber,
                        given.OwnerId!.Value,
                        given.OwnerName
                    )
                    : null
            );
        if (project is null)
        {
            return Refusal.ByRule(
                "project-not-known-here",
                "P3.3",
                ["project-details"],
                Roles.CustomerService,
                Roles.Engineering
            );
        }

        var notice = new Notice(
            body.ComplaintId is null ? OrderSource.Notice : OrderSource.Complaint,
            body.ComplaintId,
            null,
            project,
            body.Contact,
            body.Phone,
            body.PartCode,
            body.Location,
            body.Description,
            body.Severity!.Value,
            body.EmergencyKind,
            body.NotifiedOn!.Value
        );
        var (order, refusal) = await opening.OpenAsync(notice, caller.Flow, cancellationToken, strict: true);
        return refusal is not null
            ? refusal
            : CommandResult.Created(
                $"/api/repairs/v1/repair-orders/{order!.Id}",
                RepairOrderView.From(order, caller),
                order.Version
            );
    }
}
