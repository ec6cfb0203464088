using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Registry;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Projects;

/// <summary>Open complaints follow the names of their customer and project, open enquiries and letters that were not sent the
/// name of theirs (S3); what is closed or was sent keeps its words.</summary>
internal sealed class FollowNames(ComplaintsDb db, CommandContexts contexts) : IFollowRegistry
{
    public async Task OrganisationChangedAsync(OrganisationCopy organisation, CancellationToken cancellation)
    {
        var complaints = await db
            .Complaints.Where(complaint =>
                complaint.CustomerId == organisation.Id
                && complaint.State != ComplaintState.Closed
                && complaint.CustomerName != organisation.Name
            )
            .ToListAsync(cancellation);
        foreach (var complaint in complaints)
        {
            complaint.FollowCustomer(contexts.ForSystem("projects", complaint), organisation.Name);
        }

        foreach (
            var enquiry in await db
                .Enquiries.Where(enquiry => enquiry.CustomerId == organisation.Id && enquiry.ClosedOn == null)
                .ToListAsync(cancellation)
        )
        {
            enquiry.FollowName(contexts.ForSystem("projects", enquiry), organisation.Name);
        }

        foreach (
            var letter in await db
                .AffectedLetters.Where(letter =>
                    letter.CustomerId == organisation.Id && letter.State == AffectedLetterState.Written
                )
                .ToListAsync(cancellation)
        )
        {
            letter.FollowName(contexts.ForSystem("projects", letter), organisation.Name);
        }
    }

    public async Task ProjectChangedAsync(ProjectCopy project, CancellationToken cancellation)
    {
        var complaints = await db
            .Complaints.Where(complaint =>
                complaint.ProjectId == project.Id && complaint.State != ComplaintState.Closed
            )
            .ToListAsync(cancellation);
        foreach (var complaint in complaints)
        {
            complaint.FollowProject(contexts.ForSystem("projects", complaint), project.Name);
        }
    }
}
