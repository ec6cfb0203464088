using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>Triage by customer service (C5.2): three ways out, one command each.</summary>
internal static class TriageComplaint
{
    /// <param name="Note">What was explained and how the customer was assisted; what was done; why it goes to
    /// QC.</param>
    /// <param name="FaultCode">The fault, as a code of the catalogue; as reported by default.</param>
    internal sealed record Request(string Note, string? FaultCode = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Note).RequiredText();
            RuleFor(r => r.FaultCode).OptionalCode();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/explain", Explain)
            .AsCommand()
            .WithName("ExplainComplaint")
            .WithSummary("Triage: not our liability; explained, and the customer assisted")
            .WithDescription(
                """
                Rule C5.2; customer service, after the first response. The explanation is what the customer then
                confirms or objects to.
                """
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/solve", Solve)
            .AsCommand()
            .WithName("SolveComplaint")
            .WithSummary("Triage: ours, and solved by customer service alone")
            .WithDescription(
                """
                Rule C5.2; customer service, after the first response. What was done is recorded, and confirmed by the
                customer.
                """
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/send-to-qc", SendToQc)
            .AsCommand()
            .WithName("SendComplaintToQc")
            .WithSummary("Triage: everything else goes to QC with FM004")
            .WithDescription(
                """
                Rules C5.2 and C10; customer service, after the first response. The form gets its number
                (`formNumber`, no gaps) the first time.
                """
            )
            .WithExample(new Request("需現場勘查，轉品管。"))
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Explain(
        Guid id,
        Request body,
        ComplaintsDb db,
        CodeCatalogue codes,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
                complaint.Explain(context, body.Note, body.FaultCode)
                ?? await codes.CheckAsync(CodeKind.Fault, body.FaultCode, cancellation),
            ComplaintView.From,
            cancellation
        );

    private static Task<CommandResult> Solve(
        Guid id,
        Request body,
        ComplaintsDb db,
        CodeCatalogue codes,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
                complaint.Solve(context, body.Note, body.FaultCode)
                ?? await codes.CheckAsync(CodeKind.Fault, body.FaultCode, cancellation),
            ComplaintView.From,
            cancellation
        );

    private static Task<CommandResult> SendToQc(
        Guid id,
        Request body,
        ComplaintsDb db,
        CodeCatalogue codes,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                if (
                    (
                        complaint.SendToQc(context, body.Note, body.FaultCode)
                        ?? await codes.CheckAsync(CodeKind.Fault, body.FaultCode, cancellation)
                    ) is
                    { } refusal
                )
                {
                    return refusal;
                }

                if (complaint.FormNumber is null)
                {
                    db.NumberOnCommit(Complaint.Form, context.Today.Year, complaint.MakeOutForm);
                }

                return null;
            },
            ComplaintView.From,
            cancellation
        );
}
