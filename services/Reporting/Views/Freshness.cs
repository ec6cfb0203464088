using CustomerService.Reporting.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Views;

/// <summary>As of when the facts are: when the last event happened that came in. What happened later is not in them.</summary>
internal sealed class Freshness(ReportingDb db, TimeProvider time)
{
    /// <summary>The header that says so with each answer.</summary>
    public const string Header = "X-Data-As-Of";

    private DateTimeOffset? _asOf;

    /// <summary>Asked before the figures are read, so that they have at least what it says.</summary>
    public async Task<DateTimeOffset> AsOfAsync(CancellationToken cancellation) =>
        _asOf ??=
            await db
                .Archive.OrderByDescending(e => e.Sequence)
                .Select(e => (DateTimeOffset?)e.OccurredAt)
                .FirstOrDefaultAsync(cancellation)
            ?? time.GetUtcNow();

    /// <summary>Writes the header for every endpoint of a group.</summary>
    public static async ValueTask<object?> WriteAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        var asOf = await context.RequestServices.GetRequiredService<Freshness>().AsOfAsync(context.RequestAborted);
        context.Response.Headers[Header] = asOf.ToString("O");
        return await next(invocation);
    }
}
