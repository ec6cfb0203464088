using CustomerService.Complaints.Data;
using CustomerService.Registry;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Projects;

/// <summary>Complaints move with their customer when it is merged into another (S4).</summary>
internal sealed class FollowMerges(ComplaintsDb db, CommandContexts contexts) : IMoveReferences
{
    private const string Customer = "complaint/customer";

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var moved = await move.Limit(db.Complaints.Where(complaint => complaint.CustomerId == move.From), Customer)
            .ToListAsync(cancellation);
        foreach (var complaint in moved)
        {
            complaint.MoveCustomer(contexts.ForSystem("projects", complaint), move.To.Id, move.To.Name);
        }

        return [.. moved.Select(complaint => new RecordReference(Customer, complaint.Id))];
    }
}
