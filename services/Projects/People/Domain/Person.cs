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
)
{
    /// <summary>What they are compared by (S4).</summary>
    public SimilarityKeys Keys => SimilarityKeys.OfPerson(Name, Phone);
}

/// <summary>A person whom a reader could take for the one that is entered.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">Printed name.</param>
/// <param name="RoleTitle">Title or function.</param>
/// <param name="Department">Department code.</param>
/// <param name="StaffNumber">Staff number.</param>
/// <param name="Reasons">What the two have in common.</param>
internal sealed record SimilarPerson(
    Guid Id,
    string Name,
    string RoleTitle,
    string? Department,
    string? StaffNumber,
    IReadOnlyList<SimilarReason> Reasons
);

/// <summary>A person of the company: a manager, an authorised person, the head of a department.</summary>
internal sealed class Person : Aggregate, ISimilar
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

    /// <summary>The name without spaces and punctuation, by which duplicates are found (S4).</summary>
    public string CoreName { get; private set; } = "";

    /// <summary>The telephone number as it is compared.</summary>
    public string? PhoneKey { get; private set; }

    /// <summary>The record into which this one was merged (S4); null for all others.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>By whom, when and why it was merged.</summary>
    public Merged? Merged { get; private set; }

    public RegistryState State => Merged is null ? RegistryState.Registered : RegistryState.Merged;

    /// <summary>What duplicates of it are found by.</summary>
    public SimilarityKeys Keys => new(CoreName, "", PhoneKey is null ? [] : [PhoneKey], null, null);

    /// <summary>Newest last.</summary>
    public IReadOnlyList<Assignment> Assignments { get; private set; } = [];

    /// <param name="context">Who and when.</param>
    /// <param name="details">What is entered.</param>
    /// <param name="same">Those of the same name and telephone (S4).</param>
    /// <param name="newBecause">The caller has seen them and says why it is another; null where they do not.</param>
    public static Result<Person> Register(
        CommandContext context,
        PersonDetails details,
        IReadOnlyList<SimilarPerson> same,
        string? newBecause
    )
    {
        var person = new Person { Id = Guid.CreateVersion7(context.Now) };
        if (person.Write(context, "register", null, details, newBecause) is { } refusal)
        {
            return refusal;
        }

        if (same.Count > 0 && newBecause is null)
        {
            return Refusal.ByRule("similar-exists", "S4", ["confirmation"], Writers).With("candidates", same);
        }

        person.Raise(new PersonRegistered(person.Id, person.Version, person.Name, person.RoleTitle, person.Department));
        return person;
    }

    public Refusal? Revise(CommandContext context, PersonDetails details)
    {
        if (
            (
                Merging.CheckUnmerged(Merged, Writers)
                ?? Write(context, RegistryActions.Revise, RegistryState.Registered, details, null)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        Raise(Announcement());
        return null;
    }

    /// <summary>They turn out to be somebody who is known already (S4). Both records keep number and history; what
    /// refers to this one refers to the other from now on.</summary>
    /// <param name="context">Who and when.</param>
    /// <param name="into">The record that stays; null where there is none of the identity that was named.</param>
    /// <param name="reason">Why the two are one.</param>
    public Refusal? Merge(CommandContext context, Survivor? into, string reason)
    {
        if (Merging.Check(context, Writers, Id, Merged, null, into) is { } refusal)
        {
            return refusal;
        }

        Record(context, RegistryActions.Merge, State.ToKebab(), RegistryState.Merged.ToKebab(), reason);
        Merged = new(into!.Id, into.Name, context.Today, Stamp.Of(context), reason);
        MergedInto = into.Id;
        Raise(MergeAnnouncement()!);
        return null;
    }

    /// <summary>The merge was a mistake: what it moved goes back.</summary>
    public Refusal? Unmerge(CommandContext context, string reason)
    {
        if (Merging.CheckUndo(context, Writers, Merged) is { } refusal)
        {
            return refusal;
        }

        Record(context, RegistryActions.Unmerge, State.ToKebab(), RegistryState.Registered.ToKebab(), reason);
        var into = Merged!.Into;
        (Merged, MergedInto) = (null, null);
        Raise(new PersonUnmerged(Id, Version, Name, into, context.Now));
        return null;
    }

    /// <summary>That it was merged, for other services; null where it was not.</summary>
    public PersonMerged? MergeAnnouncement() =>
        Merged is { } merged ? new(Id, Version, Name, merged.Into, merged.IntoName, merged.By.At) : null;

    /// <summary>Takes over the projects that somebody manages who was merged into them.</summary>
    /// <returns>The projects that they did not manage themselves.</returns>
    public IReadOnlyList<Guid> TakeOver(CommandContext context, Person merged)
    {
        var taken = merged
            .Assignments.Where(a =>
                a is { Until: null, ProjectId: { } project }
                && !Assignments.Any(own => own.Until is null && own.ProjectId == project)
            )
            .ToList();
        if (taken.Count > 0)
        {
            Assignments = [.. Assignments, .. taken];
            RecordNote(context, "take-over", merged.Name);
        }

        return [.. taken.Select(a => a.ProjectId!.Value)];
    }

    /// <summary>Gives back what they took over and still have, because the merge is undone.</summary>
    public IReadOnlyList<Guid> GiveBack(CommandContext context, IReadOnlyCollection<Guid> projects, string to)
    {
        var given = Assignments
            .Where(a => a is { Until: null, ProjectId: { } project } && projects.Contains(project))
            .ToList();
        if (given.Count > 0)
        {
            Assignments = [.. Assignments.Except(given)];
            RecordNote(context, "give-back", to);
        }

        return [.. given.Select(a => a.ProjectId!.Value)];
    }

    /// <summary>How it is now, for other services.</summary>
    public PersonRevised Announcement() => new(Id, Version, Name, RoleTitle, Department);

    /// <summary>What this actor could do now, each the last part of a route.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        Merged is { } merged
            ? Merging.MayMerge(context, Writers) && Merging.CanUndo(context, merged)
                ? [RegistryActions.Unmerge]
                : []
            :
            [
                .. context.Actor.HasAny(Writers) ? [RegistryActions.Revise] : Array.Empty<string>(),
                .. context.Actor.HasAny(Movers) ? [RegistryActions.Transfer] : Array.Empty<string>(),
                .. Merging.MayMerge(context, Writers) ? [RegistryActions.Merge] : Array.Empty<string>(),
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
        if ((CheckTransferRole(context) ?? Merging.CheckUnmerged(Merged, Movers)) is { } refusal)
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

    private Refusal? Write(
        CommandContext context,
        string action,
        RegistryState? from,
        PersonDetails details,
        string? why
    )
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
        var keys = details.Keys;
        (CoreName, PhoneKey) = (keys.Name, keys.Phones is [var phone] ? phone : null);
        Record(context, action, from?.ToKebab(), RegistryState.Registered.ToKebab(), why);
        return null;
    }

    private void RecordNote(CommandContext context, string action, string why)
    {
        var state = State.ToKebab();
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
