using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.Domain;

/// <summary>A customer's complaint: form FM004 顧客投訴處理單.</summary>
internal sealed class Complaint : Aggregate<Complaint, ComplaintState, ComplaintAction>
{
    public const string Form = "FM004";
    public const string SurveyForm = "survey-form";

    private Complaint() { }

    protected override Flow<Complaint, ComplaintState, ComplaintAction> Table => ComplaintFlow.Table;

    public override string Kind => "complaint";

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public string Contact { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public Channel Channel { get; private set; }

    public string Subject { get; private set; } = "";

    public string Description { get; private set; } = "";

    public Severity Severity { get; private set; }

    public Guid? ProjectId { get; private set; }

    public Reference Reference { get; private set; } = null!;

    public string? OriginKind { get; private set; }

    public Guid? OriginId { get; private set; }

    public string? OriginNumber { get; private set; }

    public Person TakenBy { get; private set; } = null!;

    public DateOnly RegisteredOn { get; private set; }

    /// <summary>1, and one more with each reopening.</summary>
    public int Round { get; private set; }

    /// <summary>From when the targets of this round count.</summary>
    public DateTimeOffset OpenedAt { get; private set; }

    public DateTimeOffset ResponseDueAt { get; private set; }

    /// <summary>Null while a pause lasts: it cannot be said yet.</summary>
    public DateTimeOffset? ResolutionDueAt { get; private set; }

    public DateTimeOffset? RespondedAt { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>Null until it is resolved.</summary>
    public bool? ResolvedInTime { get; private set; }

    public FirstResponse? Response { get; private set; }

    public Triage? Triage { get; private set; }

    public LiabilityRuling? Ruling { get; private set; }

    /// <summary>Copy of the ruling's department, for lists.</summary>
    public string? ResponsibleDepartment { get; private set; }

    public Answer? Answered { get; private set; }

    public Confirmation? Confirmation { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    public string? ClosedWithoutConfirmation { get; private set; }

    public IReadOnlyList<ComplaintPause> Pauses { get; private set; } = [];

    public IReadOnlyList<Objection> Objections { get; private set; } = [];

    public IReadOnlyList<MeetingReport> Reports { get; private set; } = [];

    public IReadOnlyList<ActionLink> Actions { get; private set; } = [];

    public IReadOnlyList<ComplaintRound> Rounds { get; private set; } = [];

    public bool HasOpenAction => Actions.Any(a => a.IsOpen);

    public bool IsPaused => Pauses.Any(p => p.To is null);

    /// <summary>The customer has been told what came of it: by a full answer, or by customer service alone
    /// (C5.2).</summary>
    public bool IsAnswered =>
        Answered is not null || Triage?.Outcome is TriageOutcome.Explained or TriageOutcome.Solved;

    /// <summary>Grounds on which the department heads must meet as things stand (C5.5); none while it runs as
    /// it should.</summary>
    public IReadOnlyList<MeetingGround> MeetingGrounds(DateTimeOffset now, DateOnly today)
    {
        var grounds = new List<MeetingGround>();
        if (State is ComplaintState.Closed or ComplaintState.Confirmed)
        {
            return grounds;
        }

        if (State == ComplaintState.Unclear)
        {
            grounds.Add(MeetingGround.LiabilityUnclear);
        }

        if (
            (ResolvedAt is null && ResolutionDueAt < now)
            || Actions.Any(a => ActionDeadline.IsOverdue(a.State, a.DueOn, today))
        )
        {
            grounds.Add(MeetingGround.NotImprovableInTime);
        }

        if (Severity == Severity.Critical)
        {
            grounds.Add(MeetingGround.MajorQualityProblem);
        }

        return grounds;
    }

    public static (Complaint? Complaint, Refusal? Refusal) Register(
        FlowContext context,
        string number,
        Intake intake,
        ComplaintTargets targets
    )
    {
        var complaint = new Complaint { Id = Guid.CreateVersion7(context.Now) };
        if (complaint.Begin(ComplaintAction.Register, context, intake.Subject) is { } refusal)
        {
            return (null, refusal);
        }

        complaint.Number = number;
        complaint.PolicyVersion = context.PolicyVersion;
        complaint.CustomerId = intake.CustomerId;
        complaint.CustomerName = intake.CustomerName;
        complaint.Contact = intake.Contact;
        complaint.Phone = intake.Phone;
        complaint.Channel = intake.Channel;
        complaint.Subject = intake.Subject;
        complaint.Description = intake.Description;
        complaint.Severity = intake.Severity;
        complaint.Reference = intake.Reference;
        complaint.ProjectId = intake.Reference.ProjectId;
        complaint.OriginKind = intake.Origin?.Kind;
        complaint.OriginId = intake.Origin?.Id;
        complaint.OriginNumber = intake.Origin?.Number;
        complaint.TakenBy = Person.Of(context.Actor);
        complaint.RegisteredOn = context.Today;
        complaint.Round = 1;
        complaint.OpenedAt = Whole(intake.ReceivedAt);
        complaint.Aim(targets);
        complaint.Raise(
            new ComplaintRegistered(
                complaint.Id,
                complaint.Version,
                number,
                intake.CustomerId,
                intake.CustomerName,
                Spelling.Kebab(intake.Channel.ToString()),
                intake.Origin?.Id,
                intake.Subject,
                Spelling.Kebab(intake.Severity.ToString()),
                complaint.RegisteredOn,
                complaint.ResponseDueAt,
                complaint.ResolutionDueAt!.Value
            )
        );
        return (complaint, null);
    }

    public Refusal? Respond(FlowContext context, string message) =>
        Apply(
            ComplaintAction.Respond,
            context,
            why: message,
            change: () =>
            {
                var at = Whole(context.Now);
                RespondedAt = at;
                Response = new(at, Person.Of(context.Actor), message, at <= ResponseDueAt);
                Raise(new ComplaintResponded(Id, Version, CustomerId, at, Response.InTime));
            }
        );

    public Refusal? Explain(FlowContext context, string explanation, ComplaintTargets targets) =>
        Sort(ComplaintAction.Explain, TriageOutcome.Explained, context, explanation, targets);

    public Refusal? Solve(FlowContext context, string solution, ComplaintTargets targets) =>
        Sort(ComplaintAction.Solve, TriageOutcome.Solved, context, solution, targets);

    public Refusal? SendToQc(FlowContext context, string note) =>
        Sort(ComplaintAction.SendToQc, TriageOutcome.ToQc, context, note, null);

    public Refusal? Decide(
        FlowContext context,
        Liability liability,
        string? department,
        string? causeCode,
        string findings
    )
    {
        var action = liability switch
        {
            Liability.Ours => ComplaintAction.DecideOurs,
            Liability.NotOurs => ComplaintAction.DecideNotOurs,
            _ => ComplaintAction.DecideUnclear,
        };
        return Apply(
            action,
            context,
            why: findings,
            change: () =>
            {
                Ruling = new(liability, department, causeCode, findings, Person.Of(context.Actor), context.Today);
                ResponsibleDepartment = department;
                Raise(
                    new ComplaintLiabilityDecided(
                        Id,
                        Version,
                        CustomerId,
                        Spelling.Kebab(liability.ToString()),
                        department,
                        causeCode,
                        context.Today
                    )
                );
            }
        );
    }

    /// <summary>Checks and records that a corrective action begins; the action itself is opened right after, in
    /// the same commit.</summary>
    public Refusal? OpenCorrectiveAction(FlowContext context, DateOnly dueOn, string reason) =>
        Apply(ComplaintAction.OpenCorrectiveAction, context, dueOn, reason);

    /// <summary>Keeps the copy of a linked action in step. Bumps the version, because what the complaint shows
    /// has changed.</summary>
    public void Follow(CorrectiveAction action)
    {
        Touch();
        var link = new ActionLink(action.Id, action.Number, action.Department!, action.State, action.DueOn);
        Actions = Actions.Any(a => a.Id == action.Id)
            ? Actions.Select(a => a.Id == action.Id ? link : a).ToList()
            : [.. Actions, link];
    }

    public Refusal? Reply(
        FlowContext context,
        string cause,
        string traceability,
        string conclusion,
        ComplaintTargets targets
    ) =>
        Apply(
            ComplaintAction.Answer,
            context,
            why: conclusion,
            change: () =>
            {
                Answered = new(cause, traceability, conclusion, Person.Of(context.Actor), Whole(context.Now));
                Resolve(context, targets);
            }
        );

    public Refusal? Confirm(FlowContext context, string? printedName, string? opinion) =>
        Apply(
            ComplaintAction.Confirm,
            context,
            why: opinion,
            change: () =>
                Confirmation = new(
                    new Signature(printedName ?? context.Actor.Name, Whole(context.Now), "conclusion-confirmed"),
                    opinion,
                    Person.Of(context.Actor)
                )
        );

    public Refusal? Object(FlowContext context, string reason, ComplaintTargets targets) =>
        Apply(
            ComplaintAction.Object,
            context,
            why: reason,
            change: () =>
            {
                var by = Person.Of(context.Actor);
                Objections = [.. Objections, new(reason, by, Whole(context.Now), Answered?.Conclusion ?? Triage!.Note)];
                // While the customer considered the answer nobody here could work on it.
                Pauses =
                [
                    .. Pauses,
                    new(ResolvedAt!.Value, Whole(context.Now), PauseReason.WaitingForConfirmation, null, by),
                ];
                if (Answered is null)
                {
                    Triage = null;
                }

                Answered = null;
                ResolvedAt = null;
                ResolvedInTime = null;
                Aim(targets);
                Raise(new ComplaintObjected(Id, Version, CustomerId, reason, context.Today, ResolutionDueAt!.Value));
            }
        );

    public Refusal? Close(FlowContext context, string? withoutConfirmationReason) =>
        Apply(
            ComplaintAction.Close,
            context,
            new ClosingInput(withoutConfirmationReason),
            withoutConfirmationReason,
            () =>
            {
                ClosedOn = context.Today;
                ClosedWithoutConfirmation = Confirmation is null ? withoutConfirmationReason : null;
                Raise(
                    new ComplaintClosed(Id, Version, CustomerId, RegisteredOn, context.Today, Confirmation is not null)
                );
            }
        );

    /// <summary>The fault recurred: a new round with targets of its own; what was is kept.</summary>
    public Refusal? Reopen(FlowContext context, string reason, ComplaintTargets targets) =>
        Apply(
            ComplaintAction.Reopen,
            context,
            why: reason,
            change: () =>
            {
                Rounds =
                [
                    .. Rounds,
                    new(
                        Round,
                        OpenedAt,
                        Response,
                        Triage,
                        Ruling,
                        Answered,
                        Confirmation,
                        ClosedOn!.Value,
                        reason,
                        Person.Of(context.Actor),
                        context.Today
                    ),
                ];
                Round++;
                OpenedAt = Whole(context.Now);
                (Response, Triage, Ruling, Answered, Confirmation) = (null, null, null, null, null);
                (RespondedAt, ResolvedAt, ResolvedInTime, ClosedOn, ClosedWithoutConfirmation, ResponsibleDepartment) =
                    (null, null, null, null, null, null);
                Aim(targets);
                Raise(
                    new ComplaintReopened(
                        Id,
                        Version,
                        CustomerId,
                        reason,
                        context.Today,
                        Spelling.Kebab(Severity.ToString()),
                        ResponseDueAt,
                        ResolutionDueAt
                    )
                );
            }
        );

    public Refusal? Pause(FlowContext context, PauseReason reason, string? note, ComplaintTargets targets) =>
        Apply(
            ComplaintAction.Pause,
            context,
            why: note ?? Spelling.Kebab(reason.ToString()),
            change: () =>
            {
                Pauses = [.. Pauses, new(Whole(context.Now), null, reason, note, Person.Of(context.Actor))];
                Aim(targets);
                Raise(
                    new ComplaintPaused(Id, Version, CustomerId, Spelling.Kebab(reason.ToString()), Whole(context.Now))
                );
            }
        );

    public Refusal? Resume(FlowContext context, ComplaintTargets targets) =>
        Apply(
            ComplaintAction.Resume,
            context,
            change: () =>
            {
                EndPause(context);
                Aim(targets);
                Raise(new ComplaintResumed(Id, Version, CustomerId, Whole(context.Now), ResolutionDueAt!.Value));
            }
        );

    public Refusal? Reclassify(FlowContext context, Severity severity, string reason, ComplaintTargets targets) =>
        Apply(
            ComplaintAction.Reclassify,
            context,
            new ReclassifyInput(severity, reason),
            reason,
            () =>
            {
                var from = Severity;
                Severity = severity;
                Aim(targets);
                Raise(
                    new ComplaintReclassified(
                        Id,
                        Version,
                        CustomerId,
                        Spelling.Kebab(from.ToString()),
                        Spelling.Kebab(severity.ToString()),
                        ResponseDueAt,
                        ResolutionDueAt,
                        context.Today
                    )
                );
            }
        );

    public Refusal? ReportToSalesManager(FlowContext context, MeetingGround ground, string note) =>
        Apply(
            ComplaintAction.ReportToSalesManager,
            context,
            why: note,
            change: () => Report(context, "C5.5.1", ground, note, Roles.SalesManager)
        );

    public Refusal? ReportToGeneralManager(FlowContext context, string note) =>
        Apply(
            ComplaintAction.ReportToGeneralManager,
            context,
            why: note,
            change: () => Report(context, "C5.5.2", MeetingGround.MajorQualityProblem, note, Roles.GeneralManager)
        );

    private Refusal? Sort(
        ComplaintAction action,
        TriageOutcome outcome,
        FlowContext context,
        string note,
        ComplaintTargets? targets
    ) =>
        Apply(
            action,
            context,
            why: note,
            change: () =>
            {
                Triage = new(outcome, note, Person.Of(context.Actor), context.Today);
                if (targets is not null)
                {
                    Resolve(context, targets);
                }

                Raise(new ComplaintTriaged(Id, Version, CustomerId, Spelling.Kebab(outcome.ToString()), context.Today));
            }
        );

    private void Report(FlowContext context, string rule, MeetingGround ground, string note, string to) =>
        Reports = [.. Reports, new(rule, ground, note, to, Person.Of(context.Actor), Whole(context.Now))];

    // A pause ends when the work it stopped is done.
    private void Resolve(FlowContext context, ComplaintTargets targets)
    {
        EndPause(context);
        Aim(targets);
        ResolvedAt = Whole(context.Now);
        ResolvedInTime = ResolvedAt <= ResolutionDueAt;
    }

    private void EndPause(FlowContext context) =>
        Pauses = Pauses.Select(p => p.To is null ? p with { To = Whole(context.Now) } : p).ToList();

    private void Aim(ComplaintTargets targets)
    {
        var aim = targets.For(OpenedAt, Severity, PolicyVersion, Pauses);
        if (Response is null)
        {
            ResponseDueAt = aim.RespondBy;
        }

        ResolutionDueAt = aim.ResolveBy;
    }

    // Stores keep microseconds, clocks give finer: what is answered now must be what is read later.
    private static DateTimeOffset Whole(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
