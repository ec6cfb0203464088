namespace CustomerService.ServiceDefaults;

/// <summary>
/// The shape of every answer that is not a success: RFC 9457 problem details with what makes a refusal useful. Further
/// members can follow, for example <c>state</c>, <c>action</c> or <c>units</c>.
/// </summary>
public sealed record Problem
{
    /// <summary><c>urn:customer-service:problem:</c> and the code.</summary>
    public required string Type { get; init; }

    /// <summary>What is wrong, in the caller's language.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Which rule, what is missing and who can supply it, in the caller's language.</summary>
    public string? Detail { get; init; }

    /// <summary>The path that was called, as the caller knows it.</summary>
    public string? Instance { get; init; }

    /// <summary>Stable code, <c>kebab-case</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Rule id of requirements, for example <c>C5.4</c>; for refusals.</summary>
    public string? Rule { get; init; }

    /// <summary>What is missing, as stable names; for refusals.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Roles that can supply it; for refusals.</summary>
    public IReadOnlyList<string>? SuppliedBy { get; init; }

    /// <summary>What is wrong with each member of the body, by its path; for <c>validation</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FieldError>>? Errors { get; init; }

    /// <summary>W3C trace id.</summary>
    public required string TraceId { get; init; }
}
