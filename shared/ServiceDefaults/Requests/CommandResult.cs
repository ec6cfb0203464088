using CustomerService.Rules;
using Microsoft.AspNetCore.Http;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// What a command handler hands back. Nothing is saved by the handler: the command pipeline saves a success together
/// with the idempotency record, and throws away what belongs to a failure.
/// </summary>
public sealed class CommandResult
{
    private CommandResult() { }

    internal Refusal? Refusal { get; private init; }

    internal (int Status, string Code)? Failure { get; private init; }

    internal int Status { get; private init; }

    /// <summary>Rendered after the numbers of forms are given and before the commit.</summary>
    internal Func<object>? Body { get; private init; }

    /// <summary>What is kept under the idempotency key where it differs from the body.</summary>
    internal Func<object>? Remembered { get; private init; }

    internal string? Location { get; private init; }

    internal Func<long>? Version { get; private init; }

    /// <summary>200 with a representation and its ETag.</summary>
    public static CommandResult Ok(Aggregate record, Func<object> view) =>
        new()
        {
            Status = StatusCodes.Status200OK,
            Body = view,
            Version = () => record.Version,
        };

    /// <summary>200 with what is about no single record of this service's aggregates.</summary>
    public static CommandResult Ok(object body, long version) =>
        new()
        {
            Status = StatusCodes.Status200OK,
            Body = () => body,
            Version = () => version,
        };

    /// <summary>200 for a command that is about no single record and so has no ETag, for example an import.</summary>
    public static CommandResult Ok(object body) => new() { Status = StatusCodes.Status200OK, Body = () => body };

    /// <summary>201 with a relative location as the gateway shows it.</summary>
    /// <param name="location">Path below the version, for example <c>repair-orders/{id}</c>.</param>
    /// <param name="record">The new record.</param>
    /// <param name="view">Its representation.</param>
    public static CommandResult Created(string location, Aggregate record, Func<object> view) =>
        new()
        {
            Status = StatusCodes.Status201Created,
            Body = view,
            Version = () => record.Version,
            Location = location,
        };

    /// <summary>201 for what is no aggregate.</summary>
    public static CommandResult Created(string location, object body, long version) =>
        new()
        {
            Status = StatusCodes.Status201Created,
            Body = () => body,
            Version = () => version,
            Location = location,
        };

    /// <summary>
    /// The same with something in the body that is told once only, for example a secret. Under the Idempotency-Key
    /// the other body is kept: a repeated request gets the record without the secret, and the store never holds it.
    /// </summary>
    public CommandResult ButRemember(Func<object> remembered) =>
        new()
        {
            Status = Status,
            Body = Body,
            Version = Version,
            Location = Location,
            Refusal = Refusal,
            Failure = Failure,
            Remembered = remembered,
        };

    public static CommandResult Refused(Refusal refusal) => new() { Refusal = refusal };

    public static CommandResult NotFound() => new() { Failure = (StatusCodes.Status404NotFound, "not-found") };

    public static CommandResult Stale() =>
        new() { Failure = (StatusCodes.Status412PreconditionFailed, "stale-version") };

    public static CommandResult VersionRequired() =>
        new() { Failure = (StatusCodes.Status428PreconditionRequired, "if-match-required") };

    public static implicit operator CommandResult(Refusal refusal) => Refused(refusal);
}
