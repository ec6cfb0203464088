using System.Data;
using CustomerService.Reporting.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Views;

/// <summary>An answer that is made of several queries sees one state of the facts, so that its parts agree while events
/// come in.</summary>
internal static class OneSnapshot
{
    public static async ValueTask<object?> ReadAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        var db = context.RequestServices.GetRequiredService<ReportingDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            context.RequestAborted
        );
        return await next(invocation);
    }
}
