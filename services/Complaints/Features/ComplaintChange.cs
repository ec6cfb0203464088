using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

/// <summary>What every change of a complaint does around its own step.</summary>
internal static class ComplaintChange
{
    public static async Task<CommandResult> ChangeComplaintAsync(
        this Caller caller,
        ComplaintsDb store,
        Guid id,
        Func<Complaint, FlowContext, Refusal?> step,
        CancellationToken cancellationToken
    )
    {
        var complaint = await store
            .Complaints.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        return caller.Change(complaint, c => step(c, caller.Flow(c.PolicyVersion)), c => ComplaintView.From(c, caller));
    }
}
