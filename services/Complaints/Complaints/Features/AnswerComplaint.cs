using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class AnswerComplaint
{
    /// <param name="Cause">What caused it.</param>
    /// <param name="Traceability">追溯情況: which lots, serials, works are affected.</param>
    /// <param name="Conclusion">What was done about it.</param>
    internal sealed record Request(string Cause, string Traceability, string Conclusion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Cause).RequiredText();
            RuleFor(r => r.Traceability).RequiredText();
            RuleFor(r => r.Conclusion).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/answer", Handle)
            .AsCommand()
            .WithSummary("Cause, traceability and conclusion go back to the customer")
            .WithDescription(
                """
                Rules C5.6.1 and C5.3.2; customer service or sales. Where the liability is ours it needs a CAPA (409
                `capa-missing`) and the management representative's review of each (409 `capa-not-reviewed`, rule
                C5.4). 409 `meeting-due` while the department heads must meet (C5.5). The resolution target of rule C1 is met with it.
                """
            )
            .WithExample(new Request("防水搭接不足", "二期 3 號樓屋面，2024-05 施工批次", "已重做並試水合格。"))
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
            (complaint, context) => complaint.Answer(context, body.Cause, body.Traceability, body.Conclusion),
            ComplaintView.From,
            cancellation
        );
}
