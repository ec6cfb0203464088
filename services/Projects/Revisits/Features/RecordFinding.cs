using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class RecordFinding
{
    internal sealed class Validator : AbstractValidator<FindingRequest>
    {
        public Validator() => Include(FindingRequest.Rules);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/record-finding", Handle)
            .AsCommand()
            .WithSummary("Adds a finding to a revisit that was held")
            .WithDescription(
                """
                Rules P2.2.2, P2.2.3; until quality has decided liability. A construction fault needs explanation and
                proposedSolution (409 solution-missing). Event projects.revisit.finding-recorded.v1, and
                projects.finding.repair-requested.v1 or projects.finding.capa-requested.v1 where it is wanted.
                """
            )
            .WithExample(
                new FindingRequest("roof", "屋面北側", "落水口周邊滲漏", FindingSeverity.Major, RepairWanted: true)
            )
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(
        Guid id,
        FindingRequest body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeRevisitAsync(
            db,
            id,
            async (revisit, context) =>
            {
                var project = await db.ProjectOfAsync(revisit, cancellation);
                var contact = await db.OwnerContactAsync(revisit.OwnerId, cancellation);
                return revisit.RecordFinding(context, body.Finding(context), project, contact);
            },
            cancellation
        );
}
