namespace CustomerService.Rules;

/// <summary>Why something was not done. A value, not an exception: a refused command changes nothing.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is malformed or impossible. HTTP 400.</summary>
    Invalid,

    /// <summary>The caller's roles do not allow it. HTTP 403.</summary>
    Forbidden,

    /// <summary>It is not there, or the caller may not see it. HTTP 404.</summary>
    NotFound,

    /// <summary>A rule forbids it in the present state. HTTP 409.</summary>
    Rule,

    /// <summary>It was there and has ended, for example a link after its day. HTTP 410.</summary>
    Gone,
}

/// <summary>
/// A refusal always says which rule it applied, what is missing, and who can supply it.
/// The wording for people is looked up by <see cref="Code"/> in the service's resources.
/// </summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Stable machine code, <c>kebab-case</c>, for example <c>capa-not-reviewed</c>. Never
/// changes once published.</param>
/// <param name="Rule">Rule id of requirements, for example <c>C5.4</c>.</param>
/// <param name="Missing">What is missing, as stable field or fact names, for example <c>review</c>.</param>
/// <param name="SuppliedBy">Roles that can supply it (see <see cref="Roles"/>).</param>
public sealed record Refusal(
    RefusalKind Kind,
    string Code,
    string Rule,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> SuppliedBy
)
{
    /// <summary>Values for the placeholders of the localised text, by name.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = new Dictionary<string, object?>();

    public static Refusal ByRule(string code, string rule, string[] missing, params string[] suppliedBy) =>
        new(RefusalKind.Rule, code, rule, missing, suppliedBy);

    /// <summary>What was asked for has ended, and comes back only as something new.</summary>
    public static Refusal Ended(string code, string rule, string[] missing, params string[] suppliedBy) =>
        new(RefusalKind.Gone, code, rule, missing, suppliedBy);

    public static Refusal Invalid(string code, string rule, params string[] missing) =>
        new(RefusalKind.Invalid, code, rule, missing, []);

    /// <summary>The caller lacks a role that may.</summary>
    public static Refusal RoleMissing(string rule, IReadOnlyList<string> roles) =>
        new(RefusalKind.Forbidden, "role-missing", rule, ["role"], roles);

    public Refusal With(string name, object? value) =>
        this with
        {
            Arguments = new Dictionary<string, object?>(Arguments) { [name] = value },
        };
}
