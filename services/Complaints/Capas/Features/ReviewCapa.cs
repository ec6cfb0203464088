using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

internal static class ReviewCorrectiveAction
{
    internal sealed record Request(string Opinion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Opinion).IsText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/corrective-actions/{id:guid}/approve", Approve)
            .AsCommand()
            .WithSummary("The management representative approves the proposal")
            .WithDescription("Rule C5.4: nothing is executed before. 409 `reviewer-is-proposer`.")
            .Produces<CorrectiveActionView>();
        routes
            .MapPost("/corrective-actions/{id:guid}/send-back", SendBack)
            .AsCommand()
            .WithSummary("The management representative sends the proposal back, with the reason")
            .WithDescription("Rule C5.4. The department analyses again; the rejected proposal is kept in `rounds`.")
            .Produces<CorrectiveActionView>();
    }

    private static Task<CommandResult> Approve(
        Guid id,
        Request body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeActionAsync(store, id, (a, flow) => a.Approve(flow, body.Opinion), cancellationToken);

    private static Task<CommandResult> SendBack(
        Guid id,
        Request body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeActionAsync(store, id, (a, flow) => a.SendBack(flow, body.Opinion), cancellationToken);
}
