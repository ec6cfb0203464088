using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Capas.Features;

internal static class ProposeCapa
{
    /// <param name="Disposition">What happens to the goods or the works concerned.</param>
    /// <param name="Cause">Main cause.</param>
    /// <param name="CorrectiveAction">Against the cause of what happened.</param>
    /// <param name="PreventiveAction">So that it does not recur.</param>
    internal sealed record Request(string Disposition, string Cause, string CorrectiveAction, string PreventiveAction);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Disposition).RequiredText();
            RuleFor(r => r.Cause).RequiredText();
            RuleFor(r => r.CorrectiveAction).RequiredText();
            RuleFor(r => r.PreventiveAction).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas/{id:guid}/propose", Handle)
            .AsCommand()
            .WithSummary("The responsible department proposes disposition, cause, corrective and preventive action")
            .WithDescription(
                """
                Rule C5.4; the responsible department, else 409 `other-department`. 409 `due-date-missing` until QC
                has set one.
                """
            )
            .WithExample(new Request("局部拆除重做", "搭接寬度不足", "重做並蓄水試驗", "增設隱蔽工程停檢點"))
            .Produces<CapaView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeCapaAsync(
            db,
            id,
            (capa, context) =>
                capa.Propose(context, body.Disposition, body.Cause, body.CorrectiveAction, body.PreventiveAction),
            cancellation
        );
}
