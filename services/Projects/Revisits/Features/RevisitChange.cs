using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Revisits.Features;

/// <summary>Changes a revisit and answers with what became of its findings in other services.</summary>
internal static class RevisitChange
{
    public static Task<CommandResult> ChangeRevisitAsync(
        this Caller caller,
        ProjectsDb db,
        Guid id,
        Func<Revisit, CommandContext, Task<Refusal?>> change,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<LinkedCase> linked = [];
        return caller.ChangeAsync(
            db.Revisits.VisibleTo(caller.Actor),
            id,
            async (revisit, context) =>
            {
                linked = await db.LinkedCasesOfAsync(revisit, cancellation);
                return await change(revisit, context);
            },
            (revisit, _) => RevisitView.From(revisit, caller, linked),
            cancellation
        );
    }

    /// <summary>The same where nothing is looked up.</summary>
    public static Task<CommandResult> ChangeRevisitAsync(
        this Caller caller,
        ProjectsDb db,
        Guid id,
        Func<Revisit, CommandContext, Refusal?> change,
        CancellationToken cancellation
    ) =>
        caller.ChangeRevisitAsync(
            db,
            id,
            (revisit, context) => Task.FromResult(change(revisit, context)),
            cancellation
        );
}
