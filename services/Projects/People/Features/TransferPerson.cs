using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.People.Features;

internal static class TransferPerson
{
    /// <param name="ToProjectId">Project that the person manages from then on; null for work elsewhere.</param>
    /// <param name="Place">Where the person works from then on, when it is not a project.</param>
    /// <param name="On">First day there.</param>
    /// <param name="Leaves">Projects that the person leaves; all when it is not given.</param>
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
            RuleFor(r => r.Reason).RequiredText();
            RuleFor(r => r.Place).NotEmpty().MaximumLength(TextLength.Line).When(r => r.ToProjectId is null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/people/{id:guid}/transfer", Handle)
            .AsCommand()
            .ForRolesBy("P3.3", RegistryActions.Transfer, Person.Movers)
            .WithSummary("Transfers a person to another project or place")
            .WithDescription(
                """
                Rule P3.2.2. From that day the person is no longer the original manager of the projects that they leave;
                the assignment history keeps both. 409 project-unknown, not-assigned-there, transfer-before-assignment.
                """
            )
            .Produces<PersonView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.People.VisibleTo(caller.Actor),
            id,
            async (person, context) =>
            {
                if (Person.CheckTransferRole(context) is { } forbidden)
                {
                    return forbidden;
                }

                var place = body.ToProjectId is { } projectId
                    ? await db
                        .Projects.Where(p => p.Id == projectId)
                        .Select(p => p.Name)
                        .FirstOrDefaultAsync(cancellation)
                    : body.Place;
                return place is null
                    ? Refusal.ByRule("project-unknown", "P3.2.2", ["project"], Person.Movers)
                    : person.Transfer(context, new(body.ToProjectId, place, body.On!.Value, body.Leaves, body.Reason));
            },
            PersonView.From,
            cancellation
        );
}
