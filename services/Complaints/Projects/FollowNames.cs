using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Registry;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Projects;

/// <summary>Open complaints follow the names of their customer and project (S3); closed ones keep their words.</summary>
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
