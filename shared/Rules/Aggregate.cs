using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Contracts;

namespace CustomerService.Rules;

/// <summary>
/// Who did what to an aggregate, when, from which state to which, why, and under which policy version. Entries of one
/// aggregate are hash-chained: each carries the hash of the one before, so that none can be changed or left out
/// unseen.
/// </summary>
/// <param name="AggregateType">For example <c>repair-order</c>.</param>
/// <param name="AggregateId">The aggregate.</param>
/// <param name="Sequence">1, 2, 3 … within the aggregate, without gaps.</param>
/// <param name="Action">What was done, <c>kebab-case</c>.</param>
/// <param name="From">State before; null where the aggregate begins.</param>
/// <param name="To">State after.</param>
/// <param name="ActorId">Who did it.</param>
/// <param name="ActorName">Printed name at that time.</param>
/// <param name="At">When, UTC, whole milliseconds (so that it survives every store unchanged).</param>
/// <param name="Why">Reason, where one was given.</param>
/// <param name="PolicyVersion">Policy version under which it was judged.</param>
/// <param name="PreviousHash">Hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over everything above, lower-case hexadecimal.</param>
public sealed record AuditEntry(
    string AggregateType,
    Guid AggregateId,
    long Sequence,
    string Action,
    string? From,
    string To,
    string ActorId,
    string ActorName,
    DateTimeOffset At,
    string? Why,
    int PolicyVersion,
    string PreviousHash,
    string Hash
)
{
    /// <summary>What stands before the first entry.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>The hash that this entry must carry.</summary>
    public string ComputeHash()
    {
        string?[] parts =
        [
            AggregateType,
            AggregateId.ToString("D"),
            Sequence.ToString(CultureInfo.InvariantCulture),
            Action,
            From,
            To,
            ActorId,
            ActorName,
            At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            Why,
            PolicyVersion.ToString(CultureInfo.InvariantCulture),
            PreviousHash,
        ];
        // A JSON array keeps the borders between the parts, and null apart from empty.
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
    }
}

/// <summary>A signature: who signed, when, and what the signature means.</summary>
/// <param name="PrintedName">Name in print.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Meaning">What is signed for, as a stable code, for example <c>owner-acceptance</c>.</param>
/// <param name="ImageId">The drawn or uploaded signature, where there is one.</param>
public sealed record Signature(string PrintedName, DateTimeOffset At, string Meaning, string? ImageId = null);

/// <summary>
/// What every aggregate has: an identity, a version for optimistic concurrency (its ETag), the head of its
/// audit chain,
/// and what it has to tell others. Stores write entries and events in the same transaction as the aggregate.
/// </summary>
public abstract class Aggregate
{
    private readonly List<AuditEntry> _entries = [];
    private readonly List<IIntegrationEvent> _events = [];
    private bool _versionTaken;

    public Guid Id { get; protected set; }

    /// <summary>1 at creation, one more with every saved change.</summary>
    public long Version { get; private set; }

    /// <summary>Number of audit entries so far.</summary>
    public long AuditSequence { get; private set; }

    /// <summary>Hash of the last audit entry.</summary>
    public string AuditHead { get; private set; } = AuditEntry.Genesis;

    /// <summary>Name of the aggregate's kind in the audit trail and in refusals, <c>kebab-case</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The person whose it is (S2); null for nobody in particular.</summary>
    public RecordAssignee? Assignee { get; private set; }

    /// <summary>Actions of the work items that are stored, joined by spaces; kept by the store.</summary>
    public string WorkActions { get; private set; } = "";

    /// <summary>The store has written these work items.</summary>
    public void MarkWork(string actions) => WorkActions = actions;

    /// <summary>Its state, <c>kebab-case</c>; empty where it has none.</summary>
    public virtual string StateName => "";

    /// <summary>The states in which its life may end, <c>kebab-case</c>; the same for all of its kind.</summary>
    public virtual IReadOnlyList<string> FinalStates => [];

    /// <summary>What a work list shows of it; null where the record is on none.</summary>
    public virtual WorkSubject? WorkSubject => null;

    /// <summary>Whether no event tells of its steps yet, because some of the staff must not learn of them: streams of events
    /// go to all of them. Its steps are on the work lists all the same.</summary>
    public virtual bool IsKeptQuiet => false;

    /// <summary>The organisation that sees the record in an outside role; null where none does.</summary>
    public virtual Guid? OutsideOrganisation(string role) => null;

    /// <summary>The steps that somebody must take now (S1).</summary>
    public virtual IReadOnlyList<WorkStep> WorkSteps(CommandContext context) => [];

    /// <summary>Gives the record to a person, or with null back to all whose role may (S2).</summary>
    public virtual Refusal? Assign(CommandContext context, Actor? person) =>
        Refusal.ByRule("record-closed", "S2", ["open-record"]);

    /// <summary>Audit entries that are not saved yet.</summary>
    public IReadOnlyList<AuditEntry> PendingEntries => _entries;

    /// <summary>Events that are not saved yet.</summary>
    public IReadOnlyList<IIntegrationEvent> PendingEvents => _events;

    /// <summary>Called by the store once it has taken over what is pending.</summary>
    public void MarkSaved()
    {
        _entries.Clear();
        _events.Clear();
        _versionTaken = false;
    }

    /// <summary>Announces something to the other services; goes out when, and only when, the aggregate is
    /// saved.</summary>
    protected void Raise(IIntegrationEvent integrationEvent) => _events.Add(integrationEvent);

    /// <summary>Gives the record to a person, or back to all whose role may. It stays in its state.</summary>
    protected void AssignTo(CommandContext context, RecordAssignee? assignee)
    {
        var before = Assignee;
        Assignee = assignee;
        Record(
            context,
            assignee is null ? "release"
                : assignee.PersonId == context.Actor.Id ? "take"
                : "assign-to",
            StateName,
            StateName,
            (assignee ?? before)?.Name
        );
    }

    /// <summary>Takes the next version, once per unit of work, so that events can carry it before the save.</summary>
    protected void NextVersion()
    {
        if (!_versionTaken)
        {
            Version++;
            _versionTaken = true;
        }
    }

    /// <summary>Appends to the audit chain. Flow transitions do it by themselves; a record without states calls it for
    /// each change.</summary>
    protected void Record(CommandContext context, string action, string? from, string to, string? why)
    {
        NextVersion();
        var entry = new AuditEntry(
            Kind,
            Id,
            AuditSequence + 1,
            action,
            from,
            to,
            context.Actor.Id,
            context.Actor.Name,
            context.Now,
            why,
            context.Policy.Version,
            AuditHead,
            ""
        );
        entry = entry with { Hash = entry.ComputeHash() };
        AuditSequence = entry.Sequence;
        AuditHead = entry.Hash;
        _entries.Add(entry);
    }
}

/// <summary>An aggregate that lives by a flow table. Its state has no other way to change than
/// <see cref="Transition"/>.</summary>
public abstract class Aggregate<TSelf, TState, TAction> : Aggregate
    where TSelf : Aggregate<TSelf, TState, TAction>
    where TState : struct, Enum
    where TAction : struct, Enum
{
    public TState State { get; private set; }

    /// <inheritdoc/>
    public override string StateName => State.ToKebab();

    /// <inheritdoc/>
    public override IReadOnlyList<string> FinalStates => ((IFlow)Table).FinalStates;

    /// <summary>The table.</summary>
    protected abstract Flow<TSelf, TState, TAction> Table { get; }

    /// <summary>What this actor could do now, spelled for the API's <c>_actions</c>: each is the last part of the
    /// route under which it is called.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        [.. Table.Allowed((TSelf)this, State, context).Select(action => action.ToKebab())];

    /// <inheritdoc/>
    public override IReadOnlyList<WorkStep> WorkSteps(CommandContext context) =>
        Table.Steps((TSelf)this, State, context, OutsideOrganisation, action => DueOf(action, context));

    /// <summary>By when an action is due; null where no clock runs.</summary>
    protected virtual DateTimeOffset? DueOf(TAction action, CommandContext context) => null;

    /// <summary>
    /// Assigns the open record to a person who could take one of its steps (S2), or releases it.
    /// </summary>
    /// <param name="context">Who assigns.</param>
    /// <param name="person">The person as an actor; null to release.</param>
    public override Refusal? Assign(CommandContext context, Actor? person)
    {
        if (WorkSteps(context) is not { Count: > 0 } steps)
        {
            return Refusal.ByRule("record-closed", "S2", ["open-record"]);
        }

        if (person is null && Assignee is null)
        {
            return Refusal.ByRule("not-assigned", "S2", ["assignment"]);
        }

        if (person is not null && !steps.Any(step => step.Includes(person)))
        {
            return Refusal.ByRule(
                "cannot-take",
                "S2",
                ["suitable-person"],
                [.. steps.SelectMany(s => s.Takers).Select(t => t.Role).OfType<string>().Distinct()]
            );
        }

        AssignTo(context, person is null ? null : new(person.Id, person.Name, person.Department, Stamp.Of(context)));
        return null;
    }

    /// <summary>Whether this actor's role allows the action in the present state, before anything is handed
    /// in.</summary>
    public Refusal? CheckRole(CommandContext context, TAction action) => Table.CheckRole(State, action, context);

    /// <summary>Starts the life of the record. The identity must be set before.</summary>
    protected Refusal? Start(CommandContext context, TAction action, string? why = null)
    {
        if (Table.CheckStart(action, context) is { } refusal)
        {
            return refusal;
        }

        State = Table.StartOf(action).To;
        Record(context, action.ToKebab(), null, State.ToKebab(), why);
        return null;
    }

    /// <summary>
    /// Takes one step: checks the table, moves on, writes the audit entry, then makes the change. When it is
    /// refused nothing has changed. Events are raised in <paramref name="change"/> or after a successful return.
    /// </summary>
    protected Refusal? Transition(
        CommandContext context,
        TAction action,
        object? input = null,
        string? why = null,
        Action? change = null
    )
    {
        if (Table.Check((TSelf)this, State, action, context, input) is { } refusal)
        {
            return refusal;
        }

        var from = State;
        State = Table.Target(from, action)!.Value;
        Record(context, action.ToKebab(), from.ToKebab(), State.ToKebab(), why);
        change?.Invoke();
        return null;
    }
}
