namespace CustomerService.Rules;

/// <summary>
/// All versions of the policies. A new case asks <see cref="InForceOn"/> for the version of its day and keeps the
/// number; from
/// then on it asks <see cref="ByVersion"/>, whatever has been published or withdrawn since.
/// </summary>
public sealed class PolicyCatalogue
{
    private static readonly Lazy<PolicyCatalogue> BuiltInPolicies = new(() => BuiltInOn(WorkCalendars.BuiltIn));

    private readonly IReadOnlyList<Policy> _versions;

    private PolicyCatalogue(IReadOnlyList<Policy> versions, WorkCalendars calendars)
    {
        _versions = versions;
        Calendars = calendars;
    }

    /// <summary>The policies that apply where the company has no file of its own.</summary>
    public static PolicyCatalogue BuiltIn => BuiltInPolicies.Value;

    /// <summary>The same with calendars of the company's.</summary>
    public static PolicyCatalogue BuiltInOn(WorkCalendars calendars)
    {
        using var stream = RuleData.Open("policies.json");
        return Load(stream, "policies.json", calendars);
    }

    /// <summary>All versions, the oldest first.</summary>
    public IReadOnlyList<Policy> Versions => _versions;

    /// <summary>The calendars that the policies name.</summary>
    public WorkCalendars Calendars { get; }

    /// <summary>
    /// The version under which a case is opened on a day: the latest that is effective and not withdrawn by
    /// then. Before
    /// the first effective date, and where all are withdrawn, the first applies, because a case never goes
    /// without rules.
    /// </summary>
    public Policy InForceOn(DateOnly date) =>
        _versions.LastOrDefault(policy => policy.EffectiveFrom <= date && !(policy.WithdrawnFrom <= date))
        ?? _versions[0];

    /// <summary>The version that a case carries, withdrawn or not.</summary>
    /// <exception cref="KeyNotFoundException">There is no such version: the file lost one that cases still
    /// carry.</exception>
    public Policy ByVersion(int number) =>
        _versions.FirstOrDefault(policy => policy.Version == number)
        ?? throw new KeyNotFoundException(
            $"Policy version {number} is not in the catalogue, which has {string.Join(", ", _versions.Select(p => p.Version))}; versions are never removed."
        );

    /// <summary>Reads policies and checks every value.</summary>
    /// <param name="json">A stream of JSON: <c>{ "versions": [ … ] }</c>.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <param name="calendars">The calendars that the policies may name.</param>
    /// <exception cref="RuleDataException">Something is wrong; the message is one line and names the version
    /// and the value.</exception>
    public static PolicyCatalogue Load(Stream json, string source, WorkCalendars? calendars = null)
    {
        var file = RuleData.Read<PolicyFile>(json, source);
        calendars ??= WorkCalendars.BuiltIn;
        var versions = file.Versions.OrderBy(policy => policy.Version).ToList();
        if (versions.Count == 0)
        {
            throw new RuleDataException($"{source}: there is no version");
        }

        for (var i = 0; i < versions.Count; i++)
        {
            // Numbers without gaps make a version that was taken out of the file visible at once.
            if (versions[i].Version != i + 1)
            {
                throw new RuleDataException(
                    $"{source}: versions must be numbered 1, 2, 3 …; {i + 1} is missing or given twice"
                );
            }

            if (i > 0 && versions[i].EffectiveFrom <= versions[i - 1].EffectiveFrom)
            {
                throw new RuleDataException(
                    $"{source}: version {i + 1}: effectiveFrom {versions[i].EffectiveFrom:yyyy-MM-dd} must be after that of version {i}, {versions[i - 1].EffectiveFrom:yyyy-MM-dd}"
                );
            }

            if (PolicyCheck.Errors(versions[i], calendars).FirstOrDefault() is { } error)
            {
                throw new RuleDataException($"{source}: version {versions[i].Version}: {error}");
            }
        }

        return new(versions, calendars);
    }

    private sealed record PolicyFile
    {
        public string? Note { get; init; }
        public required IReadOnlyList<Policy> Versions { get; init; }
    }
}
