using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class SetDisposition
{
    internal sealed record Request(string Text);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Text).NotEmpty().MaximumLength(4000);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/disposition", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("The head of engineering decides what is done")
            .WithDescription("Rule P2.2.3, form 3.3.1: after quality has decided cause and liability.")
            .Produces<RevisitView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var revisit = await store
            .Revisits.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (caller.Precondition(revisit) is { } failed)
        {
            return failed;
        }

        var refusal = revisit!.SetDisposition(
            new Disposition(body.Text, caller.Actor.Name, caller.Today),
            caller.Flow(revisit.PolicyVersion)
        );
        return refusal is null
            ? CommandResult.Ok(await RevisitView.FromAsync(revisit, store, caller, cancellationToken), revisit.Version)
            : refusal;
    }
}
