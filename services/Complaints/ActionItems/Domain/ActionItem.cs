using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.ActionItems.Domain;

/// <summary>
/// What a department or a person has to do by a day: a slip that is passed on (C3.1.4), a remedy (C5.3.1), an action of a
/// CAPA (C5.6.2), a decision (C5.5, C5.7). Its owner receives it by name, carries it out and hands in the evidence; who
/// gave it checks it. What is overdue is brought before the next level.
/// </summary>
internal sealed class ActionItem : Aggregate<ActionItem, ActionItemState, ActionItemAction>, IUnderPolicy
{
    /// <summary>Prefix of the number, which may have gaps.</summary>
    public const string NumberKind = "AI";

    private ActionItem() { }

    protected override Flow<ActionItem, ActionItemState, ActionItemAction> Table => ActionItemFlow.Table;

    public override string Kind => "action-item";

    public override WorkSubject WorkSubject => new(Number, What.Truncate(TitleLength, "…"));

    private const int TitleLength = 120;

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    public ActionPurpose Purpose { get; private set; }

    /// <summary>The rule by which it was given.</summary>
    public string Rule { get; private set; } = "";

    public ActionType? Type { get; private set; }

    public ActionSource Source { get; private set; } = null!;

    /// <summary>Copy of the source's identity, for lists.</summary>
    public Guid SourceId { get; private set; }

    /// <summary>The complaint behind it, where there is one.</summary>
    public Guid? ComplaintId { get; private set; }

    public string What { get; private set; } = "";

    /// <summary>Code of the department that carries it out.</summary>
    public string Department { get; private set; } = "";

    /// <summary>The person, where one is named.</summary>
    public string? OwnerId { get; private set; }

    public string? OwnerName { get; private set; }

    /// <summary>Last day that is in time.</summary>
    public DateOnly DueOn { get; private set; }

    public Stamp IssuedBy { get; private set; } = null!;

    public Stamp? ReceivedBy { get; private set; }

    public ActionResult? Result { get; private set; }

    /// <summary>Results that were sent back.</summary>
    public IReadOnlyList<ActionResult> SentBack { get; private set; } = [];

    public Stamp? SettledBy { get; private set; }

    public string? SettledOpinion { get; private set; }

    public string? WithdrawnBecause { get; private set; }

    public IReadOnlyList<ActionExtension> Extensions { get; private set; } = [];

    public IReadOnlyList<SupervisionNote> Notes { get; private set; } = [];

    public IReadOnlyList<ActionEscalation> Escalations { get; private set; } = [];

    /// <summary>After this day it is brought before the next level; null where there is none.</summary>
    public DateOnly? EscalateAfter { get; private set; }

    public bool IsOpen => State is not (ActionItemState.Settled or ActionItemState.Withdrawn);

    /// <summary>The extension that nobody has decided yet.</summary>
    public ActionExtension? AskedExtension => Extensions.LastOrDefault(extension => extension.Granted is null);

    /// <summary>How often a later day was granted.</summary>
    public int ExtensionsGranted => Extensions.Count(extension => extension.Granted == true);

    protected override DateTimeOffset? DueOf(ActionItemAction action, CommandContext context) =>
        context.Zone.EndOf(DueOn);

    // The rule by which it was given, not the one of the table, which all purposes share.
    public override IReadOnlyList<WorkStep> WorkSteps(CommandContext context) =>
        [.. base.WorkSteps(context).Select(step => step with { Rule = Rule })];

    /// <summary>Gives the action to its owner. A planner of the department itself has received it with that.</summary>
    public static Result<ActionItem> Issue(
        CommandContext context,
        string number,
        ActionSource source,
        ActionOrder order
    )
    {
        if (order.DueOn < context.Today)
        {
            return Refusal.ByRule("due-in-the-past", "C5.6.2", ["due-date"], [.. ActionItemFlow.Checkers]);
        }

        var item = new ActionItem { Id = Guid.CreateVersion7(context.Now) };
        if (item.Start(context, ActionItemAction.Issue, order.What) is { } refusal)
        {
            return refusal;
        }

        item.Number = number;
        item.PolicyVersion = context.Policy.Version;
        item.Purpose = order.Purpose;
        item.Rule = order.Rule ?? ActionRules.RuleOf(order.Purpose);
        item.Type = order.Type;
        item.Source = source;
        item.SourceId = source.Id;
        item.ComplaintId = source.ComplaintId;
        item.What = order.What;
        item.Department = order.Department;
        item.OwnerId = order.OwnerId;
        item.OwnerName = order.OwnerName;
        item.DueOn = order.DueOn;
        item.EscalateAfter = order.DueOn;
        item.IssuedBy = Stamp.Of(context);
        item.Raise(
            new ActionItemIssued(
                item.Id,
                item.Version,
                number,
                order.Purpose.ToKebab(),
                source.Kind,
                source.Id,
                source.Number,
                order.Department,
                order.OwnerId,
                order.What,
                order.DueOn
            )
        );
        if (context.Actor.Department == order.Department && order.OwnerId is null)
        {
            item.Receive(context);
        }

        return item;
    }

    /// <summary>The owner receives it by name.</summary>
    public Refusal? Receive(CommandContext context) =>
        Take(
            context,
            ActionItemAction.Receive,
            null,
            null,
            () =>
            {
                ReceivedBy = Stamp.Of(context);
                Raise(new ActionItemReceived(Id, Version, SourceId, context.Actor.Name, context.Today));
            }
        );

    /// <summary>Carried out, with the evidence.</summary>
    public Refusal? Complete(CommandContext context, string report, string? evidence, DateOnly doneOn) =>
        Take(
            context,
            ActionItemAction.Complete,
            new ActionDoneInput(doneOn, evidence),
            report,
            () =>
            {
                Result = new(report, evidence, doneOn, doneOn <= DueOn, Stamp.Of(context));
                EscalateAfter = null;
                Raise(new ActionItemDone(Id, Version, SourceId, doneOn, Result.InTime));
            }
        );

    /// <summary>Checked: it is settled.</summary>
    public Refusal? Accept(CommandContext context, string? opinion) =>
        Take(
            context,
            ActionItemAction.Accept,
            null,
            opinion,
            () =>
            {
                (SettledBy, SettledOpinion) = (Stamp.Of(context), opinion);
                Raise(new ActionItemSettled(Id, Version, SourceId, true, context.Today));
            }
        );

    /// <summary>Checked: it is not what was asked for.</summary>
    public Refusal? SendBack(CommandContext context, string reason) =>
        Take(
            context,
            ActionItemAction.SendBack,
            null,
            reason,
            () =>
            {
                SentBack = [.. SentBack, Result!];
                Result = null;
                EscalateAfter = ActionRules.NextLevelOf(this) is null ? null : DueOn;
            }
        );

    /// <summary>A supervisor looks after it on the way (C5.3.1).</summary>
    public Refusal? Supervise(CommandContext context, string note) =>
        Take(context, ActionItemAction.Supervise, null, note, () => Notes = [.. Notes, new(note, Stamp.Of(context))]);

    /// <summary>The owner asks for a later day.</summary>
    public Refusal? AskExtension(CommandContext context, DateOnly to, string reason) =>
        Take(
            context,
            ActionItemAction.AskExtension,
            to,
            reason,
            () => Extensions = [.. Extensions, new(DueOn, to, reason, Stamp.Of(context), null, null, null)]
        );

    /// <summary>The later day holds; it is counted.</summary>
    public Refusal? GrantExtension(CommandContext context, string? opinion) =>
        Take(
            context,
            ActionItemAction.GrantExtension,
            null,
            opinion,
            () =>
            {
                DueOn = AskedExtension!.To;
                EscalateAfter = DueOn;
                DecideExtension(context, granted: true, opinion);
            }
        );

    /// <summary>The day stays.</summary>
    public Refusal? RefuseExtension(CommandContext context, string reason) =>
        Take(
            context,
            ActionItemAction.RefuseExtension,
            null,
            reason,
            () => DecideExtension(context, granted: false, reason)
        );

    /// <summary>It is not wanted any more.</summary>
    public Refusal? Withdraw(CommandContext context, string reason) =>
        Take(
            context,
            ActionItemAction.Withdraw,
            null,
            reason,
            () =>
            {
                WithdrawnBecause = reason;
                Raise(new ActionItemSettled(Id, Version, SourceId, false, context.Today));
            }
        );

    /// <summary>Overdue: it is brought before the next level, first who gave it, then the management (C5.5).</summary>
    public Refusal? Escalate(CommandContext context) =>
        Take(
            context,
            ActionItemAction.Escalate,
            null,
            null,
            () =>
            {
                var level = ActionRules.ReachedBy(this) + 1;
                var to = ActionRules.LevelOf(this, level)!;
                Escalations = [.. Escalations, new(level, to, DueOn, context.Now)];
                EscalateAfter = ActionRules.LevelOf(this, level + 1) is null
                    ? null
                    : Deadlines.Due(context.Today, context.Policy.Complaints.EscalateEvery, context.Calendars);
                Raise(
                    new ActionItemOverdue(Id, Version, SourceId, Department, OwnerId, DueOn, level, to, context.Today)
                );
            }
        );

    /// <summary>What the record that it belongs to shows of it.</summary>
    public ActionSummary Summary(int round) =>
        new(Id, Number, Purpose, Department, State, DueOn, round) { OwnerId = OwnerId, DoerId = Result?.By.ActorId };

    private void DecideExtension(CommandContext context, bool granted, string? opinion) =>
        Extensions = [
            .. Extensions.Select(extension =>
                extension.Granted is null
                    ? extension with
                    {
                        Granted = granted,
                        Opinion = opinion,
                        DecidedBy = Stamp.Of(context),
                    }
                    : extension
            ),
        ];

    private Refusal? Take(CommandContext context, ActionItemAction action, object? input, string? why, Action change) =>
        Transition(context, action, input, why, change);
}

/// <param name="On">Day on which it was done.</param>
internal sealed record ActionDoneInput(DateOnly On, string? Evidence);
