using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;
using MongoDB.Driver;

namespace CustomerService.Surveys.Store.Mongo;

/// <summary>Tells an absent server from a refused command.</summary>
internal static class MongoFaults
{
    // HostUnreachable, HostNotFound, NetworkTimeout, FailedToSatisfyReadPreference,
    // ReadConcernMajorityNotAvailableYet, ExceededTimeLimit, SocketException.
    private static readonly int[] Away = [6, 7, 89, 133, 134, 262, 9001];

    /// <summary>Whether the server could not be asked at all, which says nothing about what was to be read or
    /// written.</summary>
    public static bool IsAway(Exception exception) =>
        exception switch
        {
            MongoConnectionException
            or MongoConnectionPoolPausedException
            or MongoWaitQueueFullException
            or MongoNotPrimaryException
            or MongoNodeIsRecoveringException
            or MongoExecutionTimeoutException
            or MongoWriteConcernException => true,
            // Of the driver alone: a consumer may run out of time for reasons of its own.
            TimeoutException { Source: "MongoDB.Driver" } => true,
            MongoCommandException command when Away.Contains(command.Code) => true,
            _ => exception.InnerException is { } inner && IsAway(inner),
        };
}

/// <summary>An absent store is no fault of this program: 503, as with the other services' stores.</summary>
internal sealed class MongoAway : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext context,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (!MongoFaults.IsAway(exception))
        {
            return false;
        }

        await Problems.Result(context, StatusCodes.Status503ServiceUnavailable, "unavailable").ExecuteAsync(context);
        return true;
    }
}
