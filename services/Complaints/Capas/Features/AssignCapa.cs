using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

internal static class AssignCorrectiveAction
{
    internal sealed record Request(string Department, DateOnly? DueOn, string? Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).IsCode();
            RuleFor(r => r.DueOn).NotNull();
            RuleFor(r => r.Reason).MayBeText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/corrective-actions/{id:guid}/assign", Handle)
            .AsCommand()
            .WithSummary("QC names the responsible department and the due day, or changes them")
            .WithDescription("Rule P2.2.3; QC, until something is proposed. 409 `due-in-the-past`.")
            .Produces<CorrectiveActionView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeActionAsync(
            store,
            id,
            (a, flow) => a.Assign(flow, body.Department, body.DueOn!.Value, body.Reason),
            cancellationToken
        );
}
