using CustomerService.Complaints.Data;
using CustomerService.Registry;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints;

/// <summary>When a department can be told something (C1).</summary>
internal static class WorkHours
{
    /// <summary>Whether it is at work now by its own calendar; one that is not known always is.</summary>
    public static async Task<bool> IsAtWorkAsync(
        this ComplaintsDb db,
        string? code,
        CommandContext context,
        CancellationToken cancellation
    )
    {
        var department = await db.Set<DepartmentCopy>()
            .AsNoTracking()
            .FirstOrDefaultAsync(known => known.Code == code && known.Active, cancellation);
        return department is null
            || !context.Calendars.Contains(department.Calendar)
            || context.BusinessClock(department.Calendar).IsOpen(context.Now);
    }
}
