using CustomerService.Contracts.Complaints.V1;
using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using MassTransit;

namespace CustomerService.Projects.Messaging;

/// <summary>Keeps what a finding shows of its corrective action (P2.2.3).</summary>
internal sealed class FollowCorrectiveActions(ProjectsDb store)
    : IConsumer<CorrectiveActionOpened>,
        IConsumer<CorrectiveActionAssigned>,
        IConsumer<CorrectiveActionAnalysed>,
        IConsumer<CorrectiveActionReviewed>,
        IConsumer<CorrectiveActionExecuted>,
        IConsumer<CorrectiveActionVerified>,
        IConsumer<CorrectiveActionReopened>
{
    public async Task Consume(ConsumeContext<CorrectiveActionOpened> context)
    {
        var e = context.Message;
        var action = await FollowUps.TakeAsync(
            store,
            FollowUp.CorrectiveAction,
            e,
            "opened",
            e.OpenedOn,
            false,
            context.CancellationToken
        );
        action.Identify(e.SourceId, e.Number);
    }

    public Task Consume(ConsumeContext<CorrectiveActionAssigned> context) =>
        TakeAsync(
            context.Message,
            context.Message.SourceId,
            "assigned",
            context.Message.AssignedOn,
            false,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<CorrectiveActionAnalysed> context) =>
        TakeAsync(
            context.Message,
            context.Message.SourceId,
            "analysed",
            context.Message.AnalysedOn,
            false,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<CorrectiveActionReviewed> context) =>
        TakeAsync(
            context.Message,
            context.Message.SourceId,
            context.Message.Approved ? "reviewed" : "sent-back",
            context.Message.ReviewedOn,
            false,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<CorrectiveActionExecuted> context) =>
        TakeAsync(
            context.Message,
            context.Message.SourceId,
            "executed",
            context.Message.ExecutedOn,
            false,
            context.CancellationToken
        );

    public Task Consume(ConsumeContext<CorrectiveActionVerified> context) =>
        TakeAsync(
            context.Message,
            context.Message.SourceId,
            context.Message.Effective ? "effective" : "ineffective",
            context.Message.VerifiedOn,
            context.Message.Effective,
            context.CancellationToken
        );

    // What had been effective came back (C5.6.2): it is not done after all.
    public Task Consume(ConsumeContext<CorrectiveActionReopened> context) =>
        TakeAsync(
            context.Message,
            context.Message.SourceId,
            "reopened",
            context.Message.ReopenedOn,
            false,
            context.CancellationToken
        );

    private async Task TakeAsync(
        Contracts.IIntegrationEvent e,
        Guid sourceId,
        string state,
        DateOnly on,
        bool done,
        CancellationToken cancellationToken
    )
    {
        var action = await FollowUps.TakeAsync(store, FollowUp.CorrectiveAction, e, state, on, done, cancellationToken);
        action.Identify(sourceId, null);
    }
}
