using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Organisations;

/// <summary>Whom the company calls at the owner.</summary>
internal static class OwnerContact
{
    public static async Task<Contact?> OwnerContactAsync(
        this ProjectsDb db,
        Guid ownerId,
        CancellationToken cancellation
    )
    {
        var contacts = await db
            .Organisations.AsNoTracking()
            .Where(o => o.Id == ownerId)
            .Select(o => o.Contacts)
            .FirstOrDefaultAsync(cancellation);
        return contacts is [var first, ..] ? first : null;
    }
}
