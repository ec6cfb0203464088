using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class RespondToComplaint
{
    /// <param name="Message">What the customer was told.</param>
    internal sealed record Request(string Message);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Message).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/respond", Handle)
            .AsCommand()
            .WithSummary("Record the first response to the customer")
            .WithDescription(
                """
                Rules C1 and C3.2.1; customer service or sales. Its target never pauses; `targets.respondedInTime`
                says whether it was met.
                """
            )
            .WithExample(new Request("已收到，今日派人勘查。"))
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) => complaint.Respond(context, body.Message),
            ComplaintView.From,
            cancellation
        );
}
