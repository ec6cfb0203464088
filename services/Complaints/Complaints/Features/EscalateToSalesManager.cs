using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

/// <summary>What makes the department heads meet (C5.5). The facts are recorded here; the meeting is a record
/// of its own.</summary>
internal static class ReportForMeeting
{
    internal sealed record ToSalesManager(MeetingGround? Ground, string Note);

    internal sealed record ToGeneralManager(string Note);

    internal sealed class SalesManagerValidator : AbstractValidator<ToSalesManager>
    {
        public SalesManagerValidator()
        {
            RuleFor(r => r.Ground)
                .NotNull()
                .NotEqual(MeetingGround.MajorQualityProblem)
                .WithErrorCode("ground-of-qc-head");
            RuleFor(r => r.Note).IsText();
        }
    }

    internal sealed class GeneralManagerValidator : AbstractValidator<ToGeneralManager>
    {
        public GeneralManagerValidator() => RuleFor(r => r.Note).IsText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/report-to-sales-manager", Sales)
            .AsCommand()
            .WithSummary("Customer service reports to the sales manager")
            .WithDescription("Rule C5.5.1: not improvable in time, cause unknown, or liability unclear.")
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/report-to-general-manager", General)
            .AsCommand()
            .WithSummary("The head of QC reports a major quality problem to the general manager")
            .WithDescription("Rule C5.5.2. 409 `not-a-major-problem` unless the severity is `critical`.")
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Sales(
        Guid id,
        ToSalesManager body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.ReportToSalesManager(flow, body.Ground!.Value, body.Note),
            cancellationToken
        );

    private static Task<CommandResult> General(
        Guid id,
        ToGeneralManager body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.ReportToGeneralManager(flow, body.Note),
            cancellationToken
        );
}
