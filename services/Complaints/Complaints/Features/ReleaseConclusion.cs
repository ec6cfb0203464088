using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class ReleaseConclusion
{
    /// <param name="Cause">What the customer may be told of the cause.</param>
    /// <param name="Traceability">追溯情況: of what is affected.</param>
    /// <param name="Conclusion">Of what is done about it.</param>
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
            .MapPost("/complaints/{id:guid}/release-conclusion", Handle)
            .AsCommand()
            .WithName("ReleaseConclusionOfComplaint")
            .WithSummary("QC releases cause, traceability and conclusion: what the customer may be told")
            .WithDescription(
                """
                Rules C5.6.1 and C5.3.2; QC. The customer is answered with these words; customer service may add to
                them and alters none. 409 `lot-unsettled` while failed goods are not disposed of (C5.3.3). A later
                release, a ruling or an objection takes the place of this one.
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
            (complaint, context) =>
                complaint.ReleaseConclusion(context, body.Cause, body.Traceability, body.Conclusion),
            ComplaintView.From,
            cancellation
        );
}
