using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>Where a person works, and how that ended.</summary>
/// <param name="ProjectId">The project that he manages; null for work elsewhere.</param>
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

/// <summary>Somebody of the company: a manager, an authorised person, the head of a department.</summary>
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

    public string RoleTitle { get; private set; } = "";

    public string? Department { get; private set; }

    public string? Phone { get; private set; }

    public string? Email { get; private set; }

    /// <summary>Unique where it is given; imports name people by it.</summary>
    public string? StaffNumber { get; private set; }

    /// <summary>Newest last.</summary>
    public IReadOnlyList<Assignment> Assignments { get; private set; } = [];

    public static Refusal? Register(PersonDetails details, FlowContext context, out Person person)
    {
        person = new Person { Id = Guid.CreateVersion7(context.Now) };
        return person.Write("register", null, details, context);
    }

    public Refusal? Change(PersonDetails details, FlowContext context) =>
        Write("change", "registered", details, context);

    /// <summary>Puts the person on a project as its manager; he may manage several at a time.</summary>
    public void Assign(Guid projectId, string project, DateOnly from, FlowContext context)
    {
        if (Assignments.Any(a => a.ProjectId == projectId && a.Until is null))
        {
            return;
        }

        Assignments = [.. Assignments, new Assignment(projectId, project, from)];
        Record("assign", "registered", "registered", context, project);
    }

    /// <summary>
    /// Moves the person: every assignment ends, or the ones that are named, and a new one begins. From that day
    /// he is no longer the
    /// original manager whom P3.2.2 asks for first.
    /// </summary>
    /// <param name="projectId">Project that he manages from then on; null for work elsewhere.</param>
    /// <param name="place">Name of that project or place.</param>
    /// <param name="on">First day at the new place.</param>
    /// <param name="leaves">Projects that he leaves; null for all.</param>
    /// <param name="reason">Why.</param>
    /// <param name="context">Who, when.</param>
    public Refusal? Transfer(
        Guid? projectId,
        string place,
        DateOnly on,
        IReadOnlyCollection<Guid>? leaves,
        string reason,
        FlowContext context
    )
    {
        if (CheckTransferRole(context) is { } refusal)
        {
            return refusal;
        }

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
            return Refusal.ByRule("transfer-before-assignment", "P3.2.2", ["later-date"], Movers);
        }

        var kept = Assignments.Select(a => Ends(a) ? a with { Until = on, EndReason = reason } : a).ToList();
        if (projectId is null || !kept.Any(a => a.Until is null && a.ProjectId == projectId))
        {
            kept.Add(new Assignment(projectId, place, on));
        }

        Assignments = kept;
        Record("transfer", "registered", "registered", context, reason);
        return null;
    }

    public static Refusal? CheckTransferRole(FlowContext context) => RegistryRoles.Check(Movers, "transfer", context);

    /// <summary>Whether the person manages the project on a day.</summary>
    public bool Manages(Guid projectId, DateOnly on) =>
        Assignments.Any(a => a.ProjectId == projectId && a.From <= on && !(a.Until <= on));

    /// <summary>First day of his last assignment to a project.</summary>
    public DateOnly? ManagesSince(Guid projectId) => Assignments.LastOrDefault(a => a.ProjectId == projectId)?.From;

    /// <summary>He is no longer the manager of a project because somebody else is, without going elsewhere.</summary>
    public Refusal? Leave(Guid projectId, DateOnly on, string reason, FlowContext context)
    {
        bool Ends(Assignment a) => a.ProjectId == projectId && a.Until is null;
        if (Assignments.Where(Ends).Any(a => a.From > on))
        {
            return Refusal.ByRule("transfer-before-assignment", "P3.2.2", ["later-date"], Movers);
        }

        if (Assignments.Any(Ends))
        {
            Assignments = [.. Assignments.Select(a => Ends(a) ? a with { Until = on, EndReason = reason } : a)];
            Record("leave", "registered", "registered", context, reason);
        }

        return null;
    }

    private Refusal? Write(string action, string? from, PersonDetails details, FlowContext context)
    {
        if (RegistryRoles.Check(Writers, action, context) is { } refusal)
        {
            return refusal;
        }

        Name = details.Name;
        RoleTitle = details.RoleTitle;
        Department = details.Department;
        Phone = details.Phone;
        Email = details.Email;
        StaffNumber = details.StaffNumber;
        Record(action, from, "registered", context, null);
        return null;
    }
}
