using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class PromiseDate
{
    /// <param name="Until">The day that is promised.</param>
    /// <param name="What">What is promised.</param>
    internal sealed record Request(DateOnly? Until, string What);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Until).NotNull();
            RuleFor(r => r.What).RequiredText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/promise", Handle)
            .AsCommand()
            .WithName("PromiseDateOfComplaint")
            .WithSummary("A date is promised to the customer")
            .WithDescription("Rule C1; customer service or sales. The customer sees it. 409 `promise-in-the-past`.")
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
            (complaint, context) => complaint.Promise(context, body.Until!.Value, body.What),
            ComplaintView.From,
            cancellation
        );
}
