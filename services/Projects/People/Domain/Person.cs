using CustomerService.Contracts.Projects.V1;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.People.Domain;

/// <summary>Where a person works, and how that ended.</summary>
/// <param name="ProjectId">The project that the person manages; null for work elsewhere.</param>
/// <param name="Place">Name of the project or place, as it was then.</param>
/// <param name="From">First day.</param>
/// <param name="Until">First day on which it no longer held; null while it holds.</param>
/// <param name="EndReason">Why it ended.</param>
internal sealed record Assignment(
    Guid? ProjectId,
    string Place,
    DateOnly From,
    DateOnly? Until = null,
    string? EndReason = null
);

/// <summary>What is entered about a person.</summary>
internal sealed record PersonDetails(
    string Name,
    string RoleTitle,
    string? Department,
    string? Phone,
    string? Email,
    string? StaffNumber
);

/// <summary>A person of the company: a manager, an authorised person, the head of a department.</summary>
internal sealed class Person : Aggregate
{
    public static readonly string[] Writers = Organisation.Writers;

    /// <summary>Who moves people from one project to another.</summary>
    public static readonly string[] Movers =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.Administrator,
    ];

    public override string Kind => "person";

    public string Name { get; private set; } = "";

    /// <summary>The name as it is compared.</summary>
    public string NameKey { get; private set; } = "";

    public string RoleTitle { get; private set; } = "";

    public string? Department { get; private set; }

    public string? Phone { get; private set; }

    public string? Email { get; private set; }

    /// <summary>Unique where it is given; imports name people by it.</summary>
    public string? StaffNumber { get; private set; }

    /// <summary>The staff number as it is compared.</summary>
    public string? StaffKey { get; private set; }

    /// <summary>Name and staff number as they are searched.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Newest last.</summary>
    public IReadOnlyList<Assignment> Assignments { get; private set; } = [];

    public static Result<Person> Register(CommandContext context, PersonDetails details)
    {
        var person = new Person { Id = Guid.CreateVersion7(context.Now) };
        if (person.Write(context, "register", null, details) is { } refusal)
        {
            return refusal;
        }

        person.Raise(new PersonRegistered(person.Id, person.Version, person.Name, person.RoleTitle, person.Department));
        return person;
    }

    public Refusal? Revise(CommandContext context, PersonDetails details)
    {
        if (Write(context, RegistryActions.Revise, RegistryState.Registered, details) is { } refusal)
        {
            return refusal;
        }

        Raise(Announcement());
        return null;
    }

    /// <summary>How it is now, for other services.</summary>
    public PersonRevised Announcement() => new(Id, Version, Name, RoleTitle, Department);

    /// <summary>What this actor could do now, each the last part of a route.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        [
            .. context.Actor.HasAny(Writers) ? [RegistryActions.Revise] : Array.Empty<string>(),
            .. context.Actor.HasAny(Movers) ? [RegistryActions.Transfer] : Array.Empty<string>(),
        ];

    /// <summary>Puts the person on a project as its manager; one person may manage several at a time.</summary>
    public void Assign(CommandContext context, Guid projectId, string project, DateOnly from)
    {
        if (Assignments.Any(a => a.ProjectId == projectId && a.Until is null))
        {
            return;
        }

        Assignments = [.. Assignments, new Assignment(projectId, project, from)];
        RecordNote(context, "assign", project);
    }

    /// <summary>Whether the actor may transfer people at all.</summary>
    public static Refusal? CheckTransferRole(CommandContext context) =>
        RegistryActions.CheckRole(context, RegistryActions.Transfer, Movers);

    /// <summary>
    /// Moves the person: every assignment ends, or the ones that are named, and a new one begins. From that day the
    /// person is no longer the original manager whom P3.2.2 asks for first.
    /// </summary>
    public Refusal? Transfer(CommandContext context, TransferInput input)
    {
        if (CheckTransferRole(context) is { } refusal)
        {
            return refusal;
        }

        var (projectId, place, on, leaves, reason) = input;
        bool Ends(Assignment a) =>
            a.Until is null
            && (leaves is null || (a.ProjectId is { } id && leaves.Contains(id)))
            && a.ProjectId != projectId;
        if (
            leaves
                ?.Where(id => !Assignments.Any(a => a.Until is null && a.ProjectId == id))
                .Cast<Guid?>()
                .FirstOrDefault() is
            { } stranger
        )
        {
            return Refusal.ByRule("not-assigned-there", "P3.2.2", ["assignment"], Movers).With("project", stranger);
        }

        if (Assignments.Where(Ends).Any(a => a.From > on))
        {
            return TooEarly;
        }

        var kept = Assignments.Select(a => Ends(a) ? a with { Until = on, EndReason = reason } : a).ToList();
        if (projectId is null || !kept.Any(a => a.Until is null && a.ProjectId == projectId))
        {
            kept.Add(new Assignment(projectId, place, on));
        }

        Assignments = kept;
        RecordNote(context, RegistryActions.Transfer, reason);
        return null;
    }

    /// <summary>Whether the person manages the project on a day.</summary>
    public bool Manages(Guid projectId, DateOnly on) =>
        Assignments.Any(a => a.ProjectId == projectId && a.From <= on && !(a.Until <= on));

    /// <summary>First day of the person's last assignment to a project.</summary>
    public DateOnly? ManagesSince(Guid projectId) => Assignments.LastOrDefault(a => a.ProjectId == projectId)?.From;

    /// <summary>The person is no longer the manager of a project because another one is, without going
    /// elsewhere.</summary>
    public Refusal? Leave(CommandContext context, Guid projectId, DateOnly on, string reason)
    {
        bool Ends(Assignment a) => a.ProjectId == projectId && a.Until is null;
        if (Assignments.Where(Ends).Any(a => a.From > on))
        {
            return TooEarly;
        }

        if (Assignments.Any(Ends))
        {
            Assignments = [.. Assignments.Select(a => Ends(a) ? a with { Until = on, EndReason = reason } : a)];
            RecordNote(context, "leave", reason);
        }

        return null;
    }

    private static Refusal TooEarly => Refusal.ByRule("transfer-before-assignment", "P3.2.2", ["later-date"], Movers);

    private Refusal? Write(CommandContext context, string action, RegistryState? from, PersonDetails details)
    {
        if (RegistryActions.CheckRole(context, action, Writers) is { } refusal)
        {
            return refusal;
        }

        Name = details.Name;
        RoleTitle = details.RoleTitle;
        Department = details.Department;
        Phone = details.Phone;
        Email = details.Email;
        StaffNumber = details.StaffNumber;
        NameKey = TextFolding.Key(details.Name);
        StaffKey = details.StaffNumber is null ? null : TextFolding.Key(details.StaffNumber);
        SearchText = Rules.SearchText.Of(Name, StaffNumber);
        Record(context, action, from?.ToKebab(), RegistryState.Registered.ToKebab(), null);
        return null;
    }

    private void RecordNote(CommandContext context, string action, string why)
    {
        var state = RegistryState.Registered.ToKebab();
        Record(context, action, state, state, why);
    }
}

/// <summary>Where a person goes.</summary>
/// <param name="ProjectId">Project that the person manages from then on; null for work elsewhere.</param>
/// <param name="Place">Name of that project or place.</param>
/// <param name="On">First day at the new place.</param>
/// <param name="Leaves">Projects that the person leaves; null for all.</param>
/// <param name="Reason">Why.</param>
internal sealed record TransferInput(
    Guid? ProjectId,
    string Place,
    DateOnly On,
    IReadOnlyCollection<Guid>? Leaves,
    string Reason
);
