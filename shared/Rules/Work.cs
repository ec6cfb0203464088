using System.Globalization;

namespace CustomerService.Rules;

/// <summary>
/// Who may take a step: everybody who has all that is named here. Nothing named is everybody; a taker names at most one
/// of organisation, department, person and sales region.
/// </summary>
/// <param name="Role">A role.</param>
/// <param name="OrganisationId">The outside organisation.</param>
/// <param name="Department">Code of the department.</param>
/// <param name="PersonId">The account.</param>
/// <param name="Region">Code of the sales region.</param>
public sealed record Taker(
    string? Role = null,
    Guid? OrganisationId = null,
    string? Department = null,
    string? PersonId = null,
    string? Region = null
)
{
    private const string AnyRole = "*";

    /// <summary>The taker as one word, such as <c>qc</c>, <c>repair-unit@{organisation}</c>,
    /// <c>department-head#production</c>: a list is found by the words of its reader.</summary>
    public string Key =>
        (Role ?? AnyRole)
        + (
            OrganisationId is { } organisation ? Of(organisation)
            : Department is { } department ? "#" + department
            : PersonId is { } person ? "!" + person
            : Region is { } region ? InRegion(region)
            : ""
        );

    /// <summary>Every word under which this actor is a taker.</summary>
    public static IReadOnlyList<string> KeysOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var keys = new List<string>();
        foreach (var role in actor.Roles.Order(StringComparer.Ordinal).Append(AnyRole))
        {
            keys.Add(role);
            keys.Add($"{role}!{actor.Id}");
            if (actor.OrganisationId is { } organisation)
            {
                keys.Add(role + Of(organisation));
            }

            if (actor.Department is { } department)
            {
                keys.Add($"{role}#{department}");
            }

            keys.AddRange(actor.Regions.Select(region => role + InRegion(region)));
        }

        return keys;
    }

    /// <summary>Whether this actor is one of them.</summary>
    public bool Includes(Actor actor) =>
        (Role is null || actor.Has(Role))
        && (OrganisationId is null || actor.OrganisationId == OrganisationId)
        && (Department is null || actor.Department == Department)
        && (PersonId is null || actor.Id == PersonId)
        && (Region is null || actor.Regions.Contains(Region));

    private static string InRegion(string region) => "~" + region;

    private static string Of(Guid organisation) => "@" + organisation.ToString("N", CultureInfo.InvariantCulture);
}

/// <summary>
/// A condition on people as data: a step is refused by it, and the work list is found by it, so that both always say the
/// same.
/// </summary>
public sealed record People
{
    /// <summary>Everybody whose role may.</summary>
    public static People Anyone { get; } = new();

    /// <summary>Nobody.</summary>
    public static People Nobody { get; } = new() { Only = [] };

    /// <summary>One of them; null for everybody.</summary>
    public IReadOnlyList<Taker>? Only { get; init; }

    /// <summary>Accounts that may not, for example who wrote what is to be reviewed.</summary>
    public IReadOnlyList<string> ExceptIds { get; init; } = [];

    /// <summary>Printed names that may not, where a crew is written down without accounts.</summary>
    public IReadOnlyList<string> ExceptNames { get; init; } = [];

    /// <summary>Departments whose people may not.</summary>
    public IReadOnlyList<string> ExceptDepartments { get; init; } = [];

    /// <summary>One of these takers.</summary>
    public static People Of(params IReadOnlyList<Taker> takers) => new() { Only = takers };

    /// <summary>Not these accounts; null is nobody.</summary>
    public static People Not(params IEnumerable<Stamp?> stamps) =>
        new() { ExceptIds = [.. stamps.OfType<Stamp>().Select(stamp => stamp.ActorId).Distinct()] };

    /// <summary>The words under which this actor is an exception.</summary>
    public static IReadOnlyList<string> ExceptionKeysOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var keys = new List<string> { IdKey(actor.Id), NameKey(actor.Name) };
        if (actor.Department is { } department)
        {
            keys.Add(DepartmentKey(department));
        }

        return keys;
    }

    /// <summary>The exceptions as words.</summary>
    public IReadOnlyList<string> ExceptionKeys =>
        [.. ExceptIds.Select(IdKey), .. ExceptNames.Select(NameKey), .. ExceptDepartments.Select(DepartmentKey)];

    /// <summary>Whether this actor may.</summary>
    public bool Includes(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return (Only is null || Only.Any(taker => taker.Includes(actor)))
            && !ExceptionKeys.Intersect(ExceptionKeysOf(actor)).Any();
    }

    private static string IdKey(string id) => "!" + id.ToLowerInvariant();

    private static string NameKey(string name) => "=" + name.Trim().ToLowerInvariant();

    private static string DepartmentKey(string department) => "#" + department;
}

/// <summary>
/// A step that somebody must take now (S1), with the other ways to decide it that the same people have.
/// </summary>
/// <param name="Action">The action of the flow table.</param>
/// <param name="Alternatives">Further actions for the same people.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="Takers">Who may.</param>
/// <param name="Exceptions">Words of people who may not, see <see cref="People.ExceptionKeys"/>.</param>
/// <param name="Missing">What is to be handed in.</param>
/// <param name="DueAt">By when, where a clock runs.</param>
public sealed record WorkStep(
    string Action,
    IReadOnlyList<string> Alternatives,
    string Rule,
    IReadOnlyList<Taker> Takers,
    IReadOnlyList<string> Exceptions,
    IReadOnlyList<string> Missing,
    DateTimeOffset? DueAt
)
{
    /// <summary>Roles that can supply what keeps everybody from taking it; empty where somebody can.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>Whether it is on this actor's list.</summary>
    public bool Includes(Actor actor) =>
        Takers.Any(taker => taker.Includes(actor)) && !Exceptions.Intersect(People.ExceptionKeysOf(actor)).Any();
}

/// <summary>What a work list shows of a record.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it is about, in a line.</param>
/// <param name="Severity">Its severity, where it has one.</param>
public sealed record WorkSubject(string Number, string Title, string? Severity = null);

/// <summary>Whose it is: the person to whom a record is assigned (S2).</summary>
/// <param name="PersonId">Account.</param>
/// <param name="Name">Printed name.</param>
/// <param name="Department">Code of the department, where the person has one.</param>
/// <param name="By">Who assigned it, and when.</param>
public sealed record RecordAssignee(string PersonId, string Name, string? Department, Stamp By);
