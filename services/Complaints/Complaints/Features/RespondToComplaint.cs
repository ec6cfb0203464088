using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

internal static class RespondToComplaint
{
    internal sealed record Request(string Message);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Message).IsText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/respond", Handle)
            .AsCommand()
            .WithSummary("Record the first response to the customer")
            .WithDescription(
                "Rules C1 and C3.2.1; customer service or sales. Its target never pauses; `targets.respondedInTime` says whether it was met."
            )
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeComplaintAsync(store, id, (c, flow) => c.Respond(flow, body.Message), cancellationToken);
}
