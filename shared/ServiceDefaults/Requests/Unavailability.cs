using Grpc.Core;
using Npgsql;

namespace CustomerService.ServiceDefaults;

/// <summary>Tells what could not be asked at all from what was refused.</summary>
public static class Unavailability
{
    /// <summary>
    /// Whether a store or another service is away, however deep inside the fault that stands. It says nothing about
    /// what was to be read or written, so the same may be tried later. A conflict of two writers is none, although the
    /// driver calls some of them transient.
    /// </summary>
    public static bool Is(Exception? fault) =>
        fault switch
        {
            null => false,
            UnavailableException => true,
            RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded } => true,
            PostgresException
            {
                SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            } => false,
            // After a failover the address may lead to a server that only follows.
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => true,
            NpgsqlException { IsTransient: true } => true,
            AggregateException several => several.InnerExceptions.Any(Is),
            _ => Is(fault.InnerException),
        };
}
