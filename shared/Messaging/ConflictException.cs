using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Messaging;

/// <summary>
/// Another writer changed or made the record between reading and saving: the next try sees what they did. Every
/// <see cref="IInboxUnitOfWork"/> throws it, whatever its store calls it; it has quick tries of its own.
/// </summary>
public sealed class ConflictException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether PostgreSQL or EF Core says so, however deep inside the fault.</summary>
    internal static bool IsMeantBy(Exception? fault) =>
        fault switch
        {
            null => false,
            DbUpdateConcurrencyException => true,
            PostgresException refused => refused.SqlState
                is PostgresErrorCodes.UniqueViolation
                    or PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.DeadlockDetected,
            _ => IsMeantBy(fault.InnerException),
        };
}
