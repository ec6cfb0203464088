using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class CloseRevisit
{
    /// <summary>Nothing is handed in.</summary>
    internal sealed record Request;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/close", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("Closes the file of a revisit")
            .WithDescription(
                "Rule P3.3, form 3.3.1: complete when liability and disposition of every finding, the owner's opinion and signature are there (409 liability-missing, owner-opinion-missing, owner-signature-missing). Event projects.revisit.closed.v1."
            )
            .Produces<RevisitView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request? body,
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

        var refusal = revisit!.Close(caller.Flow(revisit.PolicyVersion));
        return refusal is null
            ? CommandResult.Ok(await RevisitView.FromAsync(revisit, store, caller, cancellationToken), revisit.Version)
            : refusal;
    }
}
