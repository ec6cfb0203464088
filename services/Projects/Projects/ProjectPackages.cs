using System.Text.Json;
using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects;

/// <summary>Finds projects by their packages, which are one column.</summary>
internal static class ProjectPackages
{
    /// <summary>The projects of which this organisation did a part.</summary>
    public static async Task<IQueryable<Project>> WithSubcontractorAsync(
        this ProjectsDb db,
        Guid subcontractor,
        CancellationToken cancellation
    )
    {
        var package = JsonSerializer.Serialize(new[] { new { subcontractorId = subcontractor } });
        var ids = await db
            .Database.SqlQuery<Guid>($"""SELECT id AS "Value" FROM projects WHERE packages @> {package}::jsonb""")
            .ToListAsync(cancellation);
        return db.Projects.Where(p => ids.Contains(p.Id));
    }
}
