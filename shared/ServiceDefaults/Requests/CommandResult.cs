using CustomerService.Rules;
using Microsoft.AspNetCore.Http;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// What a command handler hands back. Nothing is saved by the handler: the command pipeline saves a success
/// together with the
/// idempotency record, and throws away whatever belongs to a failure.
/// </summary>
public sealed class CommandResult
{
    private CommandResult() { }

    internal Refusal? Refusal { get; private init; }

    internal (int Status, string Code)? Failure { get; private init; }

    internal int Status { get; private init; }

    internal object? Body { get; private init; }

    internal object? Remembered { get; private init; }

    internal string? Location { get; private init; }

    internal long? Version { get; private init; }

    public static CommandResult Ok(object body, long version) =>
        new()
        {
            Status = StatusCodes.Status200OK,
            Body = body,
            Version = version,
        };

    /// <summary>200 for a command that is about no single record and so has no ETag, for example an import.</summary>
    public static CommandResult Ok(object body) => new() { Status = StatusCodes.Status200OK, Body = body };

    /// <summary>201 with a relative location as the gateway shows it, for example
    /// <c>/api/repairs/v1/repair-orders/{id}</c>.</summary>
    public static CommandResult Created(string location, object body, long version) =>
        new()
        {
            Status = StatusCodes.Status201Created,
            Body = body,
            Version = version,
            Location = location,
        };

    /// <summary>
    /// 201 with something in the body that is told once only, for example a secret. Under the Idempotency-Key
    /// the other body is kept: a repeated request gets the record
    /// without the secret, and nobody finds it in the store.
    /// </summary>
    public static CommandResult Created(string location, object body, object remembered, long version) =>
        new()
        {
            Status = StatusCodes.Status201Created,
            Body = body,
            Remembered = remembered,
            Version = version,
            Location = location,
        };

    public static CommandResult Accepted(object body) => new() { Status = StatusCodes.Status202Accepted, Body = body };

    public static CommandResult Refused(Refusal refusal) => new() { Refusal = refusal };

    public static CommandResult NotFound() => new() { Failure = (StatusCodes.Status404NotFound, "not-found") };

    public static CommandResult Stale() =>
        new() { Failure = (StatusCodes.Status412PreconditionFailed, "stale-version") };

    public static CommandResult VersionRequired() =>
        new() { Failure = (StatusCodes.Status428PreconditionRequired, "if-match-required") };

    public static implicit operator CommandResult(Refusal refusal) => Refused(refusal);
}
