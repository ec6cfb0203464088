using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

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
            RuleFor(r => r.DesignLifeYears).InclusiveBetween(1, Warranty.LongestYears);
            RuleFor(r => r.Commitments).NotNull();
            RuleForEach(r => r.Commitments).SetValidator(CommitmentRequest.Rules);
            RuleFor(r => r.Commitments).Must(ProjectRequest.Validator.AreDifferent).WithErrorCode("part-twice");
            RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/change-commitments", Handle)
            .AsCommand()
            .WithTags("Projects")
            .WithSummary("Changes the warranty commitments after handover, and plans the revisits anew")
            .WithDescription(
                "Rules P3.1.2, P2.1.1. As correct-dates (409 held-outside-warranty); a commitment below the prescribed term is refused (409 warranty-below-prescribed). Event projects.project.warranty-changed.v1."
            )
            .Produces<ProjectView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var project = await store
            .Projects.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        var revisits = await store.Revisits.Where(r => r.ProjectId == id).ToListAsync(cancellationToken);
        return caller.Change(
            project,
            p =>
            {
                var (commitments, blank) = CommitmentRequest.Split(body.Commitments);
                var to = new CommittedTerms(
                    string.IsNullOrEmpty(body.City) ? p.City : body.City,
                    body.DesignLifeYears ?? p.DesignLifeYears,
                    commitments,
                    blank
                );
                var refusal = p.ChangeCommitments(
                    to,
                    body.Reason,
                    policies.Version(p.PolicyVersion),
                    revisits,
                    caller.Flow(p.PolicyVersion),
                    out var added
                );
                store.AddRange(added);
                return refusal;
            },
            p => ProjectView.From(p, policies.Version(p.PolicyVersion), caller)
        );
    }
}
