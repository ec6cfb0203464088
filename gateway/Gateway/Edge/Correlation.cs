using System.Diagnostics;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Edge;

/// <summary>
/// One id for everything that a request causes: the caller's own, where it is a decent one, else the id of the
/// trace. It goes on to the services, into every log line, and back to the caller.
/// </summary>
internal static partial class Correlation
{
    public const string Header = "X-Correlation-Id";

    // A line for each answer costs as much as forwarding it; metrics count all of them.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public static async Task UseAsync(HttpContext context, RequestDelegate next)
    {
        var id = context.Request.Headers[Header].ToString();
        if (id.Length is 0 or > 100 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
        {
            id = Activity.Current?.TraceId.ToString() ?? Guid.CreateVersion7().ToString("N");
        }

        context.Request.Headers[Header] = id;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = id;
            return Task.CompletedTask;
        });

        var started = Stopwatch.GetTimestamp();
        var logger = context
            .RequestServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger("CustomerService.Gateway.Request");
        using (logger.BeginScope(new Dictionary<string, object> { ["CorrelationId"] = id }))
        {
            try
            {
                await next(context);
            }
            finally
            {
                var took = Stopwatch.GetElapsedTime(started);
                var level =
                    context.Response.StatusCode >= StatusCodes.Status400BadRequest || took > Slow
                        ? LogLevel.Information
                        : LogLevel.Debug;
                if (logger.IsEnabled(level))
                {
                    // Without the query: it may carry codes and names.
                    Answered(
                        logger,
                        level,
                        context.Request.Method,
                        SecretPaths.Mask(context.Request.Path),
                        context.Response.StatusCode,
                        took.TotalMilliseconds,
                        id
                    );
                }
            }
        }
    }

    [LoggerMessage(Message = "{Method} {Path} {Status} in {Milliseconds:0.0} ms, correlation {CorrelationId}")]
    private static partial void Answered(
        ILogger logger,
        LogLevel level,
        string method,
        string path,
        int status,
        double milliseconds,
        string correlationId
    );
}
