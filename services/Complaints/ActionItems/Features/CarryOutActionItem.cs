using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.ActionItems.Features;

/// <summary>The owner receives an action item and carries it out.</summary>
internal static class CarryOutActionItem
{
    /// <param name="Report">What was done.</param>
    /// <param name="Evidence">What shows it; remedies and actions of CAPAs need it.</param>
    /// <param name="DoneOn">Day on which it was done; today by default.</param>
    internal sealed record Request(string Report, string? Evidence, DateOnly? DoneOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Report).RequiredText();
            RuleFor(r => r.Evidence).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/action-items/{id:guid}/receive", Receive)
            .AsCommand()
            .WithName("ReceiveActionItem")
            .WithSummary("The owner receives it by name")
            .WithDescription("Rules C3.1.4 and C5.3.1. 409 `not-the-owner`.")
            .Produces<ActionItemView>();
        routes
            .MapPost("/action-items/{id:guid}/complete", Complete)
            .AsCommand()
            .WithName("CompleteActionItem")
            .WithSummary("The owner has carried it out")
            .WithDescription(
                "Rules C3.1.4, C5.3.1 and C5.6.2. 409 `not-the-owner`, `evidence-missing`, `done-day-impossible`."
            )
            .WithExample(new Request("已更換 12 台控制板。", "更換記錄 GH-118", null))
            .Produces<ActionItemView>();
    }

    private static Task<CommandResult> Receive(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeActionAsync(db, id, (item, context) => item.Receive(context), cancellation);

    private static Task<CommandResult> Complete(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeActionAsync(
            db,
            id,
            (item, context) => item.Complete(context, body.Report, body.Evidence, body.DoneOn ?? context.Today),
            cancellation
        );
}
