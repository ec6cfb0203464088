using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Features;

internal static class ResumeComplaint
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/resume", Handle)
            .AsCommand()
            .WithSummary("Let the resolution target run again")
            .WithDescription("Rule C1; customer service or QC. 409 `not-paused`. An answer ends a pause by itself.")
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) => complaint.Resume(context),
            ComplaintView.From,
            cancellation
        );
}
