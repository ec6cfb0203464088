using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>Whom the company calls at the owner.</summary>
internal static class OwnerContact
{
    public static async Task<Contact?> OfAsync(
        Project project,
        ProjectsDb store,
        CancellationToken cancellationToken
    ) =>
        (
            await store
                .Organisations.AsNoTracking()
                .Where(o => o.Id == project.OwnerId)
                .Select(o => o.Contacts)
                .FirstOrDefaultAsync(cancellationToken)
        )?.FirstOrDefault();
}
