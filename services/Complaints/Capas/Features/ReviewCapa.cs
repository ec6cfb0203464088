using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Capas.Features;

/// <summary>The management representative's review (C5.4): two ways out, one command each.</summary>
internal static class ReviewCapa
{
    /// <param name="Opinion">Why.</param>
    internal sealed record Request(string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Opinion).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/capas/{id:guid}/approve", Approve)
            .AsCommand()
            .WithName("ApproveCapa")
            .WithSummary("The management representative approves the proposal")
            .WithDescription(
                "Rule C5.4: nothing is executed before. The actions go to their owners' lists. 409 `reviewer-is-proposer`."
            )
            .Produces<CapaView>();
        routes
            .MapPost("/capas/{id:guid}/send-back", SendBack)
            .AsCommand()
            .WithName("SendCapaBack")
            .WithSummary("The management representative sends the proposal back, with the reason")
            .WithDescription("Rule C5.4. The department analyses again; the rejected proposal is kept in `rounds`.")
            .Produces<CapaView>();
    }

    private static Task<CommandResult> Approve(
        Guid id,
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        CommandContexts contexts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeCapaAsync(
            db,
            id,
            async (capa, context) =>
            {
                if (capa.Approve(context, body.Opinion) is { } refusal)
                {
                    return refusal;
                }

                foreach (var order in capa.Orders(context))
                {
                    var number = await numbers.NextAsync(ActionItem.NumberKind, caller.Today.Year, cancellation);
                    var item = ActionItem
                        .Issue(contexts.ForSystem("complaints"), number, ActionSource.Of(capa), order)
                        .Required();
                    db.Add(item);
                    capa.UpdateAction(item);
                }

                return null;
            },
            cancellation
        );

    private static Task<CommandResult> SendBack(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeCapaAsync(db, id, (capa, context) => capa.SendBack(context, body.Opinion), cancellation);
}
