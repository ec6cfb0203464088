using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

internal static class ChangeCommitments
{
    /// <param name="City">City code; the present one when it is not given.</param>
    /// <param name="DesignLifeYears">Service life; the present one when it is not given.</param>
    /// <param name="Commitments">All commitments; a part that is not there has its prescribed term.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Request(
        string? City,
        int? DesignLifeYears,
        IReadOnlyList<CommitmentRequest>? Commitments,
        string Reason
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.City).CityCode();
            RuleFor(r => r.DesignLifeYears).InclusiveBetween(1, WarrantyLength.LongestYears);
            RuleFor(r => r.Commitments).NotNull();
            RuleForEach(r => r.Commitments).SetValidator(CommitmentRequest.Rules);
            RuleFor(r => r.Commitments).Must(CommitmentRequest.AreOfDifferentParts).WithErrorCode("part-twice");
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/change-commitments", Handle)
            .AsCommand()
            .WithSummary("Changes the warranty commitments after handover; the revisit plan follows")
            .WithDescription(
                """
                Rules P3.1.2, P2.1.1. As correct-dates (409 held-outside-warranty); a commitment below the prescribed
                term is refused (409 warranty-below-prescribed). Event projects.project.warranty-changed.v1.
                """
            )
            .WithExample(new Request(null, null, [new CommitmentRequest("roof", Years: 10)], "補充協議第 3 條"))
            .Produces<ProjectView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Projects.VisibleTo(caller.Actor),
            id,
            async (project, context) =>
            {
                var (commitments, blank) = CommitmentRequest.Split(body.Commitments);
                var terms = new CommittedTerms(
                    string.IsNullOrEmpty(body.City) ? project.City : body.City,
                    body.DesignLifeYears ?? project.DesignLifeYears,
                    commitments,
                    blank
                );
                var revisits = await db.RevisitsOfAsync(id, cancellation);
                return db.AddPlan(project.ChangeCommitments(context, terms, body.Reason, revisits));
            },
            ProjectView.From,
            cancellation
        );
}
