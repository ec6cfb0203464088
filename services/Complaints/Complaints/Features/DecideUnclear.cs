using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class DecideUnclear
{
    /// <param name="Findings">What was found so far, and what is missing.</param>
    internal sealed record Request(string Findings);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Findings).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/decide-unclear", Handle)
            .AsCommand()
            .WithSummary("QC: liability cannot be fixed yet")
            .WithDescription(
                """
                Rule C5.5.1; QC. It is a ground for a meeting of the department heads; after three working days the
                meeting is due even where the liability is fixed then. 409 `capa-open`.
                """
            )
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
            (complaint, context) => complaint.DecideUnclear(context, body.Findings),
            ComplaintView.From,
            cancellation
        );
}
