using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>QC informs a department, which receives the notice by name (C5.3.1).</summary>
internal static class InformDepartment
{
    internal sealed record Request(string Department, string Text);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).RequiredCode();
            RuleFor(r => r.Text).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/inform-department", Inform)
            .AsCommand()
            .WithName("InformDepartmentOfComplaint")
            .WithSummary("QC informs a department before the liability is fixed")
            .WithDescription(
                """
                Rule C5.3.1; QC. The responsible department is informed by the ruling itself (`decide-ours`).
                """
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/receive-notice", Receive)
            .AsCommand()
            .WithName("ReceiveNoticeOfComplaint")
            .WithSummary("A person of the department receives QC's notice by name")
            .WithDescription("Rule C5.3.1. 409 `no-notice`, `notice-of-another`.")
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Inform(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) => complaint.InformDepartment(context, body.Department, body.Text),
            ComplaintView.From,
            cancellation
        );

    private static Task<CommandResult> Receive(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) => complaint.ReceiveNotice(context),
            ComplaintView.From,
            cancellation
        );
}
