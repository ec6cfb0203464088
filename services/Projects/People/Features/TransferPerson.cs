using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class TransferPerson
{
    /// <param name="ToProjectId">Project that he manages from then on; null for work elsewhere.</param>
    /// <param name="Place">Where he works from then on, when it is no project.</param>
    /// <param name="On">First day there.</param>
    /// <param name="Leaves">Projects that he leaves; all when it is not given.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Request(
        Guid? ToProjectId,
        string? Place,
        DateOnly? On,
        IReadOnlyList<Guid>? Leaves,
        string Reason
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Reason).NotEmpty().MaximumLength(1000);
            RuleFor(r => r.Place).NotEmpty().MaximumLength(200).When(r => r.ToProjectId is null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/people/{id:guid}/transfer", Handle)
            .AsCommand()
            .WithTags("Registry")
            .WithSummary("Transfers a person to another project or place")
            .WithDescription(
                "Rule P3.2.2. From that day he is no longer the original manager of the projects that he leaves; the assignment history keeps both."
            )
            .Produces<PersonView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb store,
        Caller caller,
        Rules.PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var person = await store.People.VisibleTo(caller.Actor).FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (caller.Precondition(person) is { } failed)
        {
            return failed;
        }

        if (Person.CheckTransferRole(caller.Flow(policies.At(caller.Today).Version)) is { } forbidden)
        {
            return forbidden;
        }

        var place = body.Place;
        if (body.ToProjectId is { } projectId)
        {
            var project = await store
                .Projects.AsNoTracking()
                .Where(p => p.Id == projectId)
                .Select(p => p.Name)
                .FirstOrDefaultAsync(cancellationToken);
            if (project is null)
            {
                return Rules.Refusal.ByRule("project-unknown", "P3.2.2", ["project"], Person.Movers);
            }

            place = project;
        }

        return caller.Change(
            person,
            p =>
                p.Transfer(
                    body.ToProjectId,
                    place!,
                    body.On!.Value,
                    body.Leaves,
                    body.Reason,
                    caller.Flow(policies.At(caller.Today).Version)
                ),
            PersonView.From
        );
    }
}
