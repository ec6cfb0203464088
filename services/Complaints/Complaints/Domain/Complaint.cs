using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>A customer's complaint, with form FM004 顧客投訴處理單 from the moment it goes to QC.</summary>
internal sealed class Complaint : Aggregate<Complaint, ComplaintState, ComplaintAction>, IHaveClocks
{
    /// <summary>Prefix of a complaint's own number, which may have gaps.</summary>
    public const string NumberKind = "TS";

    /// <summary>The form, numbered without gaps (C10).</summary>
    public const string Form = "FM004";

    /// <summary>The service report, numbered without gaps (C10).</summary>
    public const string ReportForm = "FM005";

    // What other services are told of a text.
    private const int MostTold = 2000;

    /// <summary>More lots or lines are kept in a file.</summary>
    public const int MostLines = 2000;

    // What stands further down in a long description is not what people search for.
    private const int SearchedLength = 400;

    private Complaint() { }

    protected override Flow<Complaint, ComplaintState, ComplaintAction> Table => ComplaintFlow.Table;

    public override string Kind => "complaint";

    public override WorkSubject WorkSubject => new(Number, Subject, Severity.ToKebab());

    protected override DateTimeOffset? DueOf(ComplaintAction action, CommandContext context) =>
        action switch
        {
            ComplaintAction.Respond => ResponseDueAt,
            ComplaintAction.DecideOurs or ComplaintAction.DecideNotOurs or ComplaintAction.DecideUnclear => StageClock
                .Running(Stages, Stage.Investigation)
                ?.DueAt
                ?? ResolutionDueAt,
            // A customer who is not ours to repair for waits for the answer alone (C5.3.2).
            ComplaintAction.ReleaseConclusion or ComplaintAction.Answer => Earlier(
                StageClock.Running(Stages, Stage.Answer)?.DueAt,
                AnyDue(context)
            ),
            _ => AnyDue(context),
        };

    private DateTimeOffset? AnyDue(CommandContext context) =>
        Earlier(ResolutionDueAt, PromisedUntil is { } promised ? context.Zone.EndOf(promised) : null);

    // What was promised to the customer is due, whatever the target allows (C1).
    private static DateTimeOffset? Earlier(DateTimeOffset? target, DateTimeOffset? promised) =>
        target is { } one && promised is { } other ? (one < other ? one : other) : target ?? promised;

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? CustomerId : null;

    public string Number { get; private set; } = "";

    /// <summary>Number of FM004; null until the complaint first goes to QC (C5.2).</summary>
    public string? FormNumber { get; private set; }

    public int PolicyVersion { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public string Contact { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public Channel Channel { get; private set; }

    public string Subject { get; private set; } = "";

    public string Description { get; private set; } = "";

    public Severity Severity { get; private set; }

    /// <summary>Copy of the reference's project, for lists.</summary>
    public Guid? ProjectId { get; private set; }

    public Reference Reference { get; private set; } = Reference.None;

    public OriginKind? OriginKind { get; private set; }

    public Guid? OriginId { get; private set; }

    public string? OriginNumber { get; private set; }

    /// <summary>Codes of the items of a survey response that were graded 不滿意; their names are in the texts.</summary>
    public IReadOnlyList<string> OriginItems { get; private set; } = [];

    public Stamp TakenBy { get; private set; } = null!;

    public DateOnly RegisteredOn { get; private set; }

    /// <summary>1, and one more with each reopening.</summary>
    public int Round { get; private set; }

    /// <summary>From when the targets of this round count.</summary>
    public DateTimeOffset OpenedAt { get; private set; }

    public DateTimeOffset ResponseDueAt { get; private set; }

    /// <summary>Null while a pause lasts: it cannot be said yet.</summary>
    public DateTimeOffset? ResolutionDueAt { get; private set; }

    /// <summary>When a target is called to mind next; null where none is.</summary>
    public DateTimeOffset? RemindAt { get; private set; }

    /// <summary>When a promised date or a department's clock is called to mind next; null where none is.</summary>
    public DateTimeOffset? ClockRemindAt { get; private set; }

    /// <summary>The last reminder of this round.</summary>
    public ToldReminder? Reminded { get; private set; }

    public DateTimeOffset? RespondedAt { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>Null until it is resolved.</summary>
    public bool? ResolvedInTime { get; private set; }

    public FirstResponse? Response { get; private set; }

    public Triage? Triage { get; private set; }

    public LiabilityRuling? LiabilityRuling { get; private set; }

    /// <summary>Copy of the ruling's department, for lists.</summary>
    public string? ResponsibleDepartment { get; private set; }

    public CustomerAnswer? CustomerAnswer { get; private set; }

    public Confirmation? Confirmation { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    public string? ClosedWithoutConfirmation { get; private set; }

    public IReadOnlyList<ComplaintPause> Pauses { get; private set; } = [];

    public IReadOnlyList<Objection> Objections { get; private set; } = [];

    public IReadOnlyList<Escalation> Escalations { get; private set; } = [];

    public IReadOnlyList<Meeting> Meetings { get; private set; } = [];

    /// <summary>What makes it a major quality problem, or not (C5.5.2).</summary>
    public Assessment? Assessment { get; private set; }

    /// <summary>What complaints about the same model and fault share, see <see cref="RepeatedFault"/>.</summary>
    public string? FaultKey { get; private set; }

    /// <summary>Several customers have the same model and fault (C5.5.2).</summary>
    public bool HasRepeatedFault { get; private set; }

    /// <summary>Last day on which the liability may be unclear without a meeting; null while it is not
    /// (C5.5.1).</summary>
    public DateOnly? UnclearThrough { get; private set; }

    /// <summary>Since when a meeting is due because the liability was unclear for too long.</summary>
    public DateOnly? MeetingRequiredOn { get; private set; }

    public IReadOnlyList<CapaSummary> Capas { get; private set; } = [];

    /// <summary>Pass-on slips, remedies and decisions of its own.</summary>
    public IReadOnlyList<ActionSummary> Actions { get; private set; } = [];

    /// <summary>What QC told departments (C5.3.1).</summary>
    public IReadOnlyList<DepartmentNotice> Notices { get; private set; } = [];

    /// <summary>Lots that were inspected 100 % (C5.3.3).</summary>
    public IReadOnlyList<InspectedLot> Lots { get; private set; } = [];

    /// <summary>The traceability table (C5.6.1).</summary>
    public IReadOnlyList<TraceLine> TraceLines { get; private set; } = [];

    /// <summary>What QC lets the customer be told (C5.6.1).</summary>
    public Release? Release { get; private set; }

    /// <summary>Form FM005 (C5.3.2).</summary>
    public ServiceReport? ServiceReport { get; private set; }

    /// <summary>Dates that were promised to the customer, the last one holds.</summary>
    public IReadOnlyList<Promised> Promises { get; private set; } = [];

    /// <summary>What is promised to the customer now; what was promised before a recurrence is over.</summary>
    public Promised? LatestPromise() => Promises is [.., var last] && last.Round == Round ? last : null;

    /// <summary>The last of them, for lists; null once the customer was answered.</summary>
    public DateOnly? PromisedUntil { get; private set; }

    /// <summary>Meetings that are called and not held yet (C5.5).</summary>
    public IReadOnlyList<CalledMeeting> CalledMeetings { get; private set; } = [];

    /// <summary>The complaint with which this one is handled (S4).</summary>
    public MergedInto? MergedInto { get; private set; }

    /// <summary>Its parent, for lists.</summary>
    public Guid? ParentId { get; private set; }

    /// <summary>The complaints that are handled with this one.</summary>
    public IReadOnlyList<Guid> Children { get; private set; } = [];

    /// <summary>How long each department took: QC's investigation (C1).</summary>
    public IReadOnlyList<StageClock> Stages { get; private set; } = [];

    /// <summary>Language of the customer.</summary>
    public string Language { get; private set; } = "zh-Hant";

    public string? RemedyWanted { get; private set; }

    public string? ServiceConcerned { get; private set; }

    /// <summary>Code of the product (C5.7).</summary>
    public string? ProductCode { get; private set; }

    /// <summary>Code of the fault as it was reported, or as triage found it; QC's own is in the assessment.</summary>
    public string? FaultCode { get; private set; }

    /// <summary>What it is found by, as <see cref="Rules.SearchText"/> spells it.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>The pieces of <see cref="SearchText"/> for the index, and its <see cref="SearchSpan"/>.</summary>
    public string[] SearchGrams { get; private set; } = [];

    /// <summary>What similar texts share, see <see cref="SimilarText"/>.</summary>
    public long[] SimilarKeys { get; private set; } = [];

    /// <summary>The serial as it is compared.</summary>
    public string? SerialKey { get; private set; }

    /// <summary>Notices of this round.</summary>
    public IEnumerable<DepartmentNotice> NoticesNow => Notices.Where(notice => notice.Round == Round);

    /// <summary>Objections of this round.</summary>
    public IEnumerable<Objection> ObjectionsNow => Objections.Where(objection => objection.Round == Round);

    /// <summary>Remedies of this round (C5.3.1).</summary>
    public IEnumerable<ActionSummary> RemediesNow =>
        Actions.Where(item =>
            item.Purpose == ActionPurpose.Remedy && item.Round == Round && item.State != ActionItemState.Withdrawn
        );

    /// <summary>The meeting that is called by this rule and not held yet.</summary>
    public CalledMeeting? CalledBy(string rule) => CalledMeetings.FirstOrDefault(meeting => meeting.Rule == rule);

    public IReadOnlyList<ComplaintRound> Rounds { get; private set; } = [];

    public bool HasOpenCapa => Capas.Any(capa => capa.IsOpen);

    /// <summary>Meetings of this round.</summary>
    public IEnumerable<Meeting> MeetingsNow => Meetings.Where(meeting => meeting.Round == Round);

    /// <summary>Escalations of this round.</summary>
    public IEnumerable<Escalation> EscalationsNow => Escalations.Where(escalation => escalation.Round == Round);

    public bool IsPaused => Pauses.Any(pause => pause.To is null);

    /// <summary>It comes from an anonymous form: nobody knows who to answer (C5.9).</summary>
    public bool IsAnonymous => CustomerId == Guid.Empty;

    /// <summary>The customer was told what came of it: by a full answer, or by customer service alone (C5.2).</summary>
    public bool IsAnswered =>
        CustomerAnswer is not null || Triage?.Outcome is TriageOutcome.Explained or TriageOutcome.Solved;

    /// <summary>The customer has an answer and said nothing about it yet (C5.6.1).</summary>
    public bool AwaitsConfirmation =>
        !IsAnonymous && State is (ComplaintState.Explained or ComplaintState.Solved or ComplaintState.Answered);

    /// <summary>Registers a complaint, rules C3.2.1 and C1.</summary>
    /// <param name="context">Who takes it, under the policy of today.</param>
    /// <param name="number">The complaint's own number.</param>
    /// <param name="intake">What is said about it.</param>
    public static Result<Complaint> Register(CommandContext context, string number, Intake intake)
    {
        var complaint = new Complaint { Id = Guid.CreateVersion7(context.Now) };
        if (
            (
                complaint.Start(context, ComplaintAction.Register, intake.Subject)
                ?? complaint.SetCustomer(context.Actor, intake)
                ?? complaint.SetReceipt(context, intake.ReceivedAt ?? context.Now)
                ?? complaint.SetNames(context.Actor, intake)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        complaint.Number = number;
        complaint.PolicyVersion = context.Policy.Version;
        complaint.Contact = intake.Contact;
        complaint.Phone = intake.Phone;
        complaint.Subject = intake.Subject;
        complaint.Description = intake.Description;
        complaint.ProjectId = intake.Reference.ProjectId;
        complaint.OriginKind = intake.Origin?.Kind;
        complaint.OriginId = intake.Origin?.Id;
        complaint.OriginNumber = intake.Origin?.Number;
        complaint.OriginItems = intake.Origin?.Items ?? [];
        complaint.TakenBy = Stamp.Of(context);
        complaint.RegisteredOn = context.Today;
        complaint.Language = intake.Language;
        complaint.RemedyWanted = intake.RemedyWanted;
        complaint.ServiceConcerned = intake.ServiceConcerned;
        complaint.ProductCode = intake.ProductCode;
        complaint.FaultCode = intake.FaultCode;
        complaint.SetSearch();
        complaint.SetFaultKey();
        complaint.Round = 1;
        complaint.RecalculateTargets(context);
        complaint.AnnounceRegistration();
        return complaint;
    }

    /// <summary>The first response to the customer (C1).</summary>
    public Refusal? Respond(CommandContext context, string message) =>
        Transition(
            context,
            ComplaintAction.Respond,
            why: message,
            change: () =>
            {
                GiveResponse(context, message);
            }
        );

    /// <summary>There is nobody to answer: it is triaged at once (C5.9).</summary>
    public Refusal? WaiveResponse(CommandContext context) =>
        Transition(
            context,
            ComplaintAction.WaiveResponse,
            change: () => RemindAt = ClockReminders.Next(this, context)?.At
        );

    /// <summary>A new round begins, see <see cref="Reopen"/>; where nobody is known nobody is responded to (C5.9).</summary>
    public Refusal? BeginAgain(CommandContext context, string reason) =>
        Reopen(context, reason)
        ?? (IsAnonymous ? WaiveResponse(context with { Actor = Actor.System("complaints") }) : null);

    /// <summary>Triage: not our liability; explained, and the customer assisted (C5.2).</summary>
    public Refusal? Explain(CommandContext context, string explanation, string? faultCode = null) =>
        Transition(
            context,
            ComplaintAction.Explain,
            why: explanation,
            change: () =>
            {
                Resolve(context);
                SetTriage(context, TriageOutcome.Explained, explanation, faultCode);
            }
        );

    /// <summary>Triage: our liability, and solved by customer service alone (C5.2).</summary>
    public Refusal? Solve(CommandContext context, string solution, string? faultCode = null) =>
        Transition(
            context,
            ComplaintAction.Solve,
            why: solution,
            change: () =>
            {
                Resolve(context);
                SetTriage(context, TriageOutcome.Solved, solution, faultCode);
            }
        );

    /// <summary>Triage: to QC, with form FM004 (C5.2). A first time needs <see cref="MakeOutForm"/> in the same
    /// commit.</summary>
    public Refusal? SendToQc(CommandContext context, string note, string? faultCode = null) =>
        Transition(
            context,
            ComplaintAction.SendToQc,
            why: note,
            change: () =>
            {
                SetTriage(context, TriageOutcome.ToQc, note, faultCode);
                BeginInvestigation(context);
            }
        );

    /// <summary>Puts its number on form FM004. One form a complaint, whatever the number of rounds.</summary>
    public void MakeOutForm(string formNumber)
    {
        FormNumber = FormNumber is null
            ? formNumber
            : throw new InvalidOperationException($"Complaint {Number} has form {FormNumber} already.");
        SetSearch();
    }

    /// <summary>Whether there is a form FM004 to print (C5.2).</summary>
    public Refusal? CheckForm() =>
        FormNumber is null ? Refusal.ByRule("form-not-made-out", "C5.2", ["send-to-qc"], Roles.CustomerService) : null;

    /// <summary>QC's ruling (C3.2.2, C5.3.1): our liability, with the department that remedies.</summary>
    /// <param name="causeCode">Null while the cause is not known: the remedy does not wait for it.</param>
    public Refusal? DecideOurs(CommandContext context, string department, string? causeCode, string findings) =>
        Transition(
            context,
            ComplaintAction.DecideOurs,
            why: findings,
            change: () =>
            {
                SetRuling(context, Liability.Ours, department, causeCode, findings);
                if (!NoticesNow.Any(notice => notice.Department == department))
                {
                    AddNotice(context, department, findings);
                }
            }
        );

    /// <summary>QC tells a department before the liability is fixed (C5.3.1).</summary>
    public Refusal? InformDepartment(CommandContext context, string department, string text) =>
        Transition(
            context,
            ComplaintAction.InformDepartment,
            why: text,
            change: () => AddNotice(context, department, text)
        );

    /// <summary>A person of the department receives QC's notice by name (C5.3.1).</summary>
    public Refusal? ReceiveNotice(CommandContext context) =>
        Transition(
            context,
            ComplaintAction.ReceiveNotice,
            change: () =>
            {
                var by = Stamp.Of(context);
                Notices =
                [
                    .. Notices.Select(notice =>
                        notice.Round == Round
                        && notice.Received is null
                        && notice.Department == context.Actor.Department
                            ? notice with
                            {
                                Received = by,
                            }
                            : notice
                    ),
                ];
                Raise(
                    new ComplaintNoticeReceived(Id, Version, CustomerId, context.Actor.Department ?? "", context.Today)
                );
            }
        );

    /// <summary>Passes it on to a department with a slip and a deadline, to be saved in the same commit (C3.1.4).</summary>
    public Result<ActionItem> PassOn(
        CommandContext context,
        CommandContext newCase,
        string number,
        ActionOrder order
    ) => Issue(context, newCase, ComplaintAction.PassOn, number, order);

    /// <summary>Plans a remedy under QC's supervision, which does not wait for the cause (C5.3.1).</summary>
    public Result<ActionItem> PlanRemedy(
        CommandContext context,
        CommandContext newCase,
        string number,
        ActionOrder order
    ) => Issue(context, newCase, ComplaintAction.PlanRemedy, number, order);

    /// <summary>Keeps the copy of an action item in step.</summary>
    public void UpdateAction(ActionItem item)
    {
        NextVersion();
        var known = Actions.FirstOrDefault(one => one.Id == item.Id);
        var summary = item.Summary(known?.Round ?? Round);
        Actions = known is null ? [.. Actions, summary] : [.. Actions.Select(one => one.Id == item.Id ? summary : one)];
    }

    /// <summary>Goods are inspected 100 %, for the first time or after rework (C5.3.3, C7).</summary>
    public Refusal? InspectLot(CommandContext context, LotResult result) =>
        Transition(
            context,
            ComplaintAction.InspectLot,
            result,
            result.Note,
            () =>
                Lots = [
                    .. Lots,
                    new(
                        Lots.Count + 1,
                        result.Lot,
                        result.Quantity,
                        result.Inspected,
                        result.Passed,
                        result.Failed,
                        result.Place,
                        result.Note,
                        result.ReworkOf,
                        null,
                        Stamp.Of(context)
                    ),
                ]
        );

    /// <summary>What becomes of the failed goods of a lot (C5.3.3, C7).</summary>
    public Refusal? DisposeLot(CommandContext context, int no, DispositionKind kind, string reason) =>
        Transition(
            context,
            ComplaintAction.DisposeLot,
            new DisposeInput(no, kind),
            reason,
            () =>
                Lots = [
                    .. Lots.Select(lot =>
                        lot.No == no ? lot with { Disposition = new(kind, reason, Stamp.Of(context)) } : lot
                    ),
                ]
        );

    /// <summary>QC enters lines of the traceability table; a line of the same kind and identity is replaced
    /// (C5.6.1).</summary>
    public Refusal? Trace(CommandContext context, IReadOnlyList<TraceLine> lines) =>
        Transition(
            context,
            ComplaintAction.Trace,
            why: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{lines.Count}"),
            change: () =>
            {
                var named = lines.Select(line => line.Key).ToHashSet(StringComparer.Ordinal);
                TraceLines = [.. TraceLines.Where(line => !named.Contains(line.Key)), .. lines];
            }
        );

    /// <summary>QC releases what the customer may be told (C5.6.1).</summary>
    public Refusal? ReleaseConclusion(CommandContext context, string cause, string traceability, string conclusion) =>
        Transition(
            context,
            ComplaintAction.ReleaseConclusion,
            why: conclusion,
            change: () =>
            {
                Release = new(cause, traceability, conclusion, Stamp.Of(context));
                // What was said to QC was not said to customer service, whose turn it is now.
                Stages = StageClock.SayAgain(Stages, Stage.Answer);
                SetClockRemindAt(context);
                Raise(new ComplaintConclusionReleased(Id, Version, CustomerId, context.Today));
            }
        );

    /// <summary>Form FM005 for a customer whose goods were serviced without our liability (C5.3.2); needs its number in
    /// the same commit.</summary>
    public Refusal? MakeOutServiceReport(CommandContext context, ServiceReport report) =>
        Transition(
            context,
            ComplaintAction.MakeOutServiceReport,
            new ServiceReportInput(report.From, report.To),
            report.Result,
            () => ServiceReport = report
        );

    /// <summary>Puts its number on form FM005.</summary>
    public void NumberServiceReport(string number) => ServiceReport = ServiceReport! with { Number = number };

    /// <summary>Whether there is a form FM005 to print (C5.3.2).</summary>
    public Refusal? CheckServiceReport() =>
        ServiceReport is null
            ? Refusal.ByRule(
                "service-report-not-made-out",
                "C5.3.2",
                ["make-out-service-report"],
                Roles.CustomerService
            )
            : null;

    /// <summary>A date is promised to the customer; it has a clock of its own (C1).</summary>
    public Refusal? Promise(CommandContext context, DateOnly until, string what) =>
        Transition(
            context,
            ComplaintAction.Promise,
            until,
            what,
            () =>
            {
                Promises = [.. Promises, new(until, what, Stamp.Of(context), Round)];
                PromisedUntil = until;
                SetClockRemindAt(context);
                Raise(new ComplaintDatePromised(Id, Version, CustomerId, until, what));
            }
        );

    /// <summary>It is handled with another complaint; the clock stops, and the customer is told (S4).</summary>
    /// <param name="context">Who merges.</param>
    /// <param name="parent">The complaint that goes on.</param>
    /// <param name="message">What the customer is told; it is the first response where there was none.</param>
    public Refusal? MergeInto(CommandContext context, Complaint parent, string message)
    {
        var refusal = Transition(
            context,
            ComplaintAction.MergeInto,
            // An anonymous parent is never answered, and its children would not be either.
            new MergeInput(parent.Id, parent.State, parent.MergedInto is not null || parent.IsAnonymous),
            message,
            () =>
            {
                GiveResponse(context, message);
                EndPause(context);
                Pauses = [.. Pauses, new(context.Now, null, PauseReason.Merged, parent.Number, Stamp.Of(context))];
                MergedInto = new(parent.Id, parent.Number, Stamp.Of(context));
                ParentId = parent.Id;
                // What QC takes from now on is the parent's time.
                Stages = StageClock.End(Stages, context);
                RecalculateTargets(context);
                Raise(new ComplaintMerged(Id, Version, CustomerId, parent.Id, message, Language, context.Today));
            }
        );
        if (refusal is null)
        {
            parent.NextVersion();
            parent.Children = [.. parent.Children, Id];
        }

        return refusal;
    }

    /// <summary>It is a case of its own after all (S4): it is triaged, and the clock runs again.</summary>
    public Refusal? Unmerge(CommandContext context, Complaint parent, string reason) =>
        Transition(
            context,
            ComplaintAction.Unmerge,
            why: reason,
            change: () =>
            {
                parent.NextVersion();
                parent.Children = [.. parent.Children.Where(child => child != Id)];
                (MergedInto, ParentId, Triage) = (null, null, null);
                EndPause(context);
                RecalculateTargets(context);
                Raise(new ComplaintUnmerged(Id, Version, CustomerId, parent.Id, context.Today));
            }
        );

    /// <summary>The parent's answer is this complaint's, too, and goes to its customer (S4).</summary>
    /// <param name="context">The system.</param>
    /// <param name="answer">In the customer's language.</param>
    public Refusal? AnswerWithParent(CommandContext context, CustomerAnswer answer) =>
        Transition(
            context,
            ComplaintAction.AnswerWithParent,
            why: MergedInto?.ParentNumber,
            change: () => SetAnswer(context, answer)
        );

    /// <summary>Customer service settled the parent alone: what its customer was told, this one is told, too
    /// (S4).</summary>
    /// <param name="context">The system.</param>
    /// <param name="outcome"><see cref="TriageOutcome.Explained"/> or <see cref="TriageOutcome.Solved"/>.</param>
    /// <param name="note">In the customer's language.</param>
    public Refusal? SettleWithParent(CommandContext context, TriageOutcome outcome, string note) =>
        Transition(
            context,
            outcome == TriageOutcome.Explained ? ComplaintAction.ExplainWithParent : ComplaintAction.SolveWithParent,
            why: MergedInto?.ParentNumber,
            change: () =>
            {
                Resolve(context);
                SetTriage(context, outcome, note, null);
            }
        );

    /// <summary>QC's ruling: not our liability; customer service answers the customer (C5.3.2).</summary>
    public Refusal? DecideNotOurs(CommandContext context, string? causeCode, string findings) =>
        Transition(
            context,
            ComplaintAction.DecideNotOurs,
            why: findings,
            change: () => SetRuling(context, Liability.NotOurs, null, causeCode, findings)
        );

    /// <summary>QC cannot fix the liability yet (C5.5.1).</summary>
    public Refusal? DecideUnclear(CommandContext context, string findings) =>
        Transition(
            context,
            ComplaintAction.DecideUnclear,
            why: findings,
            change: () => SetRuling(context, Liability.Unclear, null, null, findings)
        );

    /// <summary>Opens a CAPA for this complaint, to be saved in the same commit (C5.4).</summary>
    /// <param name="context">Who opens it, under the policy of the complaint.</param>
    /// <param name="newCase">The same under the policy of today: the CAPA is a case of its own.</param>
    /// <param name="number">Number of the CAPA.</param>
    /// <param name="request">What is to be done; the department is that of QC's ruling by default.</param>
    public Result<Capa> OpenCapa(CommandContext context, CommandContext newCase, string number, CapaRequest request)
    {
        if (Transition(context, ComplaintAction.OpenCapa, request.DueOn, request.Description) is { } refusal)
        {
            return refusal;
        }

        var department = request.Department ?? ResponsibleDepartment!;
        var opened = Capa.OpenForComplaint(newCase, number, this, request with { Department = department });
        if (!opened.Failed(out _, out var capa))
        {
            UpdateCapa(capa);
        }

        return opened;
    }

    /// <summary>A CAPA that is open already serves this complaint, too (C5.4).</summary>
    public Refusal? JoinCapa(CommandContext context, Capa capa) =>
        Transition(
            context,
            ComplaintAction.JoinCapa,
            CapaSummary.Of(capa),
            capa.Number,
            () =>
            {
                capa.Serve(context, this);
                UpdateCapa(capa);
            }
        );

    /// <summary>Keeps the copy of a CAPA in step. What the complaint shows has changed, and so its version.</summary>
    public void UpdateCapa(Capa capa)
    {
        NextVersion();
        var summary = CapaSummary.Of(capa);
        Capas = Capas.Any(known => known.Id == capa.Id)
            ? [.. Capas.Select(known => known.Id == capa.Id ? summary : known)]
            : [.. Capas, summary];
    }

    /// <summary>Cause, traceability and conclusion go back to the customer (C5.6.1).</summary>
    /// <param name="context">Who answers.</param>
    /// <param name="cause">As released, with what is added; null as released.</param>
    /// <param name="traceability">The same.</param>
    /// <param name="conclusion">The same.</param>
    public Refusal? Answer(CommandContext context, string? cause, string? traceability, string? conclusion)
    {
        var input = new AnswerInput(cause, traceability, conclusion);
        return Transition(
            context,
            ComplaintAction.Answer,
            input,
            conclusion ?? Release?.Conclusion,
            () =>
                SetAnswer(
                    context,
                    new(
                        cause ?? Release!.Cause,
                        traceability ?? Release!.Traceability,
                        conclusion ?? Release!.Conclusion,
                        Stamp.Of(context)
                    )
                    {
                        Added = ReleasedText.Added(Release!, input),
                    }
                )
        );
    }

    /// <summary>The customer confirms, or staff record that a named person of the customer did (C5.6.1).</summary>
    /// <param name="context">Who confirms, or records it.</param>
    /// <param name="confirmedBy">Printed name of who confirmed; a customer's own by default.</param>
    /// <param name="opinion">What they said.</param>
    /// <param name="proof">What staff rest it on.</param>
    /// <param name="allScansAreHere">The scans named are files of the complaint.</param>
    public Refusal? Confirm(
        CommandContext context,
        string? confirmedBy,
        string? opinion,
        ConfirmationProof? proof = null,
        bool allScansAreHere = true
    ) =>
        Transition(
            context,
            ComplaintAction.Confirm,
            new ConfirmInput(confirmedBy, opinion, proof, allScansAreHere),
            opinion,
            () =>
                Confirmation = new(
                    new Signature(confirmedBy ?? context.Actor.Name, context.Now, "conclusion-confirmed"),
                    opinion,
                    Stamp.Of(context)
                )
                {
                    Proof = proof,
                }
        );

    /// <summary>The customer does not accept the conclusion (C5.6.1). The time in which the customer considered it
    /// does not count against the target.</summary>
    public Refusal? Object(CommandContext context, string reason) =>
        Transition(
            context,
            ComplaintAction.Object,
            why: reason,
            change: () =>
            {
                var by = Stamp.Of(context);
                Objections =
                [
                    .. Objections,
                    new(reason, CustomerAnswer?.Conclusion ?? Triage!.Note, by)
                    {
                        Round = Round,
                        IsOneTooMany = ObjectionsNow.Count() >= context.Policy.Complaints.DisputesBeforeMeeting,
                    },
                ];
                Pauses = [.. Pauses, new(ResolvedAt!.Value, context.Now, PauseReason.WaitingForConfirmation, null, by)];
                Triage = CustomerAnswer is null ? null : Triage;
                if (CustomerAnswer is not null)
                {
                    BeginInvestigation(context);
                }

                (CustomerAnswer, Release, ResolvedAt, ResolvedInTime) = (null, null, null, null);
                Reminded = null;
                RecalculateTargets(context);
                Raise(new ComplaintObjected(Id, Version, CustomerId, reason, context.Today, ResolutionDueAt!.Value));
            }
        );

    /// <summary>Closes the complaint (C5.6.1).</summary>
    /// <param name="context">Who closes it.</param>
    /// <param name="withoutConfirmationReason">Why the customer's confirmation is not to be had.</param>
    public Refusal? Close(CommandContext context, string? withoutConfirmationReason) =>
        Transition(
            context,
            ComplaintAction.Close,
            new CloseInput(withoutConfirmationReason),
            withoutConfirmationReason,
            () =>
            {
                if (ResolvedAt is null)
                {
                    // Of an anonymous form nobody was answered.
                    Resolve(context);
                }

                ClosedOn = context.Today;
                PromisedUntil = null;
                SetClockRemindAt(context);
                ClosedWithoutConfirmation = Confirmation is null ? withoutConfirmationReason : null;
                Raise(
                    new ComplaintClosed(Id, Version, CustomerId, RegisteredOn, context.Today, Confirmation is not null)
                );
            }
        );

    /// <summary>The fault recurred (C5.6.2): a new round with targets of its own begins, and ends all that the last
    /// one said; it is kept in <see cref="Rounds"/>. Called by <see cref="Recurrence"/>.</summary>
    public Refusal? Reopen(CommandContext context, string reason) =>
        Transition(
            context,
            ComplaintAction.Reopen,
            why: reason,
            change: () =>
            {
                Rounds = [.. Rounds, EndRound(context, reason)];
                Round++;
                OpenedAt = context.Now;
                (Response, Triage, LiabilityRuling, CustomerAnswer, Confirmation) = (null, null, null, null, null);
                (Assessment, HasRepeatedFault, Release) = (null, false, null);
                SetFaultKey();
                (MergedInto, ParentId, Children, CalledMeetings) = (null, null, [], []);
                (UnclearThrough, MeetingRequiredOn) = (null, null);
                (ServiceReport, PromisedUntil, Reminded) = (null, null, null);
                (RespondedAt, ResolvedAt, ResolvedInTime, ClosedOn, ClosedWithoutConfirmation, ResponsibleDepartment) =
                    (null, null, null, null, null, null);
                RecalculateTargets(context);
                Raise(
                    new ComplaintReopened(
                        Id,
                        Version,
                        CustomerId,
                        reason,
                        context.Today,
                        Severity.ToKebab(),
                        ResponseDueAt,
                        ResolutionDueAt
                    )
                );
            }
        );

    /// <summary>Stops the resolution target, with a reason (C1).</summary>
    public Refusal? Pause(CommandContext context, PauseReason reason, string? note) =>
        Transition(
            context,
            ComplaintAction.Pause,
            why: note ?? reason.ToKebab(),
            change: () =>
            {
                Pauses = [.. Pauses, new(context.Now, null, reason, note, Stamp.Of(context))];
                RecalculateTargets(context);
                Raise(new ComplaintPaused(Id, Version, CustomerId, reason.ToKebab(), context.Now));
            }
        );

    /// <summary>Lets the resolution target run again (C1).</summary>
    public Refusal? Resume(CommandContext context) =>
        Transition(
            context,
            ComplaintAction.Resume,
            change: () =>
            {
                EndPause(context);
                RecalculateTargets(context);
                Raise(new ComplaintResumed(Id, Version, CustomerId, context.Now, ResolutionDueAt!.Value));
            }
        );

    /// <summary>Corrects the severity, and with it the targets, from the same start (C1).</summary>
    public Refusal? Reclassify(CommandContext context, Severity severity, string reason) =>
        Transition(
            context,
            ComplaintAction.Reclassify,
            severity,
            reason,
            () =>
            {
                var from = Severity;
                Severity = severity;
                RecalculateTargets(context);
                Raise(
                    new ComplaintReclassified(
                        Id,
                        Version,
                        CustomerId,
                        from.ToKebab(),
                        severity.ToKebab(),
                        ResponseDueAt,
                        ResolutionDueAt,
                        context.Today
                    )
                );
            }
        );

    /// <summary>Customer service reports to the sales manager (C5.5.1).</summary>
    public Refusal? EscalateToSalesManager(CommandContext context, EscalationReason reason, string note) =>
        Transition(
            context,
            ComplaintAction.EscalateToSalesManager,
            why: note,
            change: () => Escalate(context, reason, note, Roles.SalesManager)
        );

    /// <summary>The head of QC reports a major quality problem to the general manager or the deputy (C5.5.2).</summary>
    public Refusal? EscalateToGeneralManager(CommandContext context, string note, string to = Roles.GeneralManager) =>
        Transition(
            context,
            ComplaintAction.EscalateToGeneralManager,
            why: note,
            change: () => Escalate(context, EscalationReason.MajorQualityProblem, note, to)
        );

    /// <summary>QC or customer service says what makes it a major quality problem, or not (C5.5.2).</summary>
    /// <param name="context">Who assesses it.</param>
    /// <param name="assessment">What they say.</param>
    /// <param name="productModel">The model, where it was not known before.</param>
    public Refusal? Assess(CommandContext context, Assessment assessment, string? productModel) =>
        Transition(
            context,
            ComplaintAction.Assess,
            why: assessment.Note,
            change: () =>
            {
                Assessment = assessment;
                Reference = Reference with { ProductModel = productModel ?? Reference.ProductModel };
                SetSearch();
                SetFaultKey();
                HasRepeatedFault = false;
            }
        );

    /// <summary>Several customers have the same model and fault (C5.5.2). Called by <see cref="RepeatedFault"/>.</summary>
    /// <param name="context">The system.</param>
    /// <param name="number">The complaint that made them so many.</param>
    public Refusal? NoteRepeatedFault(CommandContext context, string number) =>
        Transition(context, ComplaintAction.NoteRepeatedFault, why: number, change: () => HasRepeatedFault = true);

    /// <summary>A target is called to mind, or has run out and goes one level higher (C1).</summary>
    /// <param name="context">The system.</param>
    public Refusal? Remind(CommandContext context) =>
        Transition(
            context,
            ComplaintAction.Remind,
            change: () =>
            {
                var reminder = ClockReminders.Next(this, context)!;
                Reminded = new(reminder.Target, reminder.Level)
                {
                    DueAt = reminder.DueAt,
                    IsOver = context.Now >= reminder.DueAt,
                };
                RemindAt = ClockReminders.Next(this, context)?.At;
                Raise(
                    new ComplaintClockReminderDue(
                        Id,
                        Version,
                        CustomerId,
                        Number,
                        reminder.Target.ToKebab(),
                        reminder.Level + 1,
                        reminder.Role,
                        ResponsibleDepartment,
                        reminder.DueAt,
                        context.Now > reminder.DueAt
                    )
                );
            }
        );

    public IReadOnlyList<ClockToRemind> DueClocks(CommandContext context) => OtherClocks.Due(this, context);

    /// <summary>A promised date or a department's clock is called to mind (C1).</summary>
    public Refusal? RemindOfClocks(CommandContext context) =>
        Transition(
            context,
            ComplaintAction.RemindOfClocks,
            why: string.Join(' ', DueClocks(context).Select(clock => clock.What)),
            change: () =>
            {
                if (DueClocks(context).Any(clock => clock.What == OtherClocks.Promise))
                {
                    var over = context.Now >= context.Zone.EndOf(PromisedUntil!.Value);
                    Promises = [.. Promises.SkipLast(1), Promises[^1] with { Reminders = over ? 2 : 1 }];
                }

                Stages = StageClock.Remind(Stages, context);
                SetClockRemindAt(context);
            }
        );

    /// <summary>Calls the department heads together, to be saved in the same commit (C5.5).</summary>
    public Result<ReviewMeeting> CallMeeting(
        CommandContext context,
        CommandContext newCase,
        string number,
        MeetingCall call
    )
    {
        var rules = MeetingGrounds
            .ToCall(this, context)
            .Where(rule => context.Actor.Has(MeetingGrounds.ConvenerOf(rule)))
            .ToList();
        if (Transition(context, ComplaintAction.CallMeeting, why: call.Place) is { } refusal)
        {
            return refusal;
        }

        var rule = rules[0];
        var called = ReviewMeeting.Call(newCase, number, this, rule, MeetingGrounds.OpenBy(this, rule, context), call);
        if (!called.Failed(out _, out var meeting))
        {
            CalledMeetings = [.. CalledMeetings, new(meeting.Id, meeting.Number, rule, meeting.From)];
        }

        return called;
    }

    /// <summary>A called meeting was moved, or cancelled and is to be called again (C5.5).</summary>
    public void UpdateMeeting(ReviewMeeting meeting)
    {
        NextVersion();
        CalledMeetings =
            meeting.State is ReviewMeetingState.Called
                ? [.. CalledMeetings.Select(one => one.Id == meeting.Id ? one with { From = meeting.From } : one)]
                : [.. CalledMeetings.Where(one => one.Id != meeting.Id)];
    }

    /// <summary>The department heads met, and the minutes are signed (C5.5).</summary>
    /// <param name="context">The system.</param>
    /// <param name="meeting">What was recorded.</param>
    public Refusal? HoldMeeting(CommandContext context, MeetingRecord meeting)
    {
        var reasons = MeetingGrounds.OpenBy(this, meeting.Rule, context);
        return Transition(
            context,
            ComplaintAction.HoldMeeting,
            new MeetingInput(meeting.Rule, meeting.HeldOn),
            string.Join('\n', meeting.Decisions.Select(decision => decision.What)),
            () =>
            {
                Meetings =
                [
                    .. Meetings,
                    new(
                        reasons,
                        meeting.HeldOn,
                        meeting.Chair,
                        meeting.Departments,
                        meeting.Decisions,
                        Round,
                        meeting.By ?? Stamp.Of(context)
                    )
                    {
                        MeetingId = meeting.MeetingId,
                        Number = meeting.Number,
                    },
                ];
                Raise(
                    new ComplaintMeetingHeld(
                        Id,
                        Version,
                        CustomerId,
                        [.. reasons.Select(reason => reason.ToKebab())],
                        meeting.Departments,
                        meeting.HeldOn
                    )
                );
            }
        );
    }

    /// <summary>The liability was unclear for too long: the department heads must meet (C5.5.1).</summary>
    public Refusal? RequireMeeting(CommandContext context) =>
        Transition(context, ComplaintAction.RequireMeeting, change: () => SetMeetingRequired(context));

    /// <summary>The customer is called otherwise (S3). A closed complaint keeps its words.</summary>
    public void FollowCustomer(CommandContext context, string name)
    {
        if (State == ComplaintState.Closed || CustomerName == name)
        {
            return;
        }

        CustomerName = name;
        SetSearch();
        Record(context, "follow-customer", State.ToKebab(), State.ToKebab(), name);
        Raise(new ComplaintCustomerRenamed(Id, Version, CustomerId, name));
    }

    /// <summary>The customer turned out to be another organisation that is known, or not to be it after all (S4): the
    /// complaint is found under that one. A closed complaint keeps its words.</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        CustomerId = customerId;
        if (State != ComplaintState.Closed)
        {
            CustomerName = name;
            SetSearch();
        }

        Record(context, "customer-merged", State.ToKebab(), State.ToKebab(), name);
        Raise(new ComplaintCustomerRenamed(Id, Version, CustomerId, CustomerName));
    }

    /// <summary>The works are called otherwise (S3). A closed complaint keeps its words.</summary>
    public void FollowProject(CommandContext context, string name)
    {
        if (State == ComplaintState.Closed || Reference.ProjectName == name)
        {
            return;
        }

        Reference = Reference with { ProjectName = name };
        SetSearch();
        Record(context, "follow-project", State.ToKebab(), State.ToKebab(), name);
    }

    // Staff say who complains and how; a customer complains for the own organisation, on the portal.
    private Refusal? SetCustomer(Actor actor, Intake intake)
    {
        if (!actor.IsStaff() && actor.Has(Roles.Customer))
        {
            (CustomerId, Channel, Severity) = (
                actor.OrganisationId ?? Guid.Empty,
                Channel.Portal,
                intake.Severity ?? Severity.Minor
            );
            return CheckOwnOrganisation(actor, intake);
        }

        (CustomerId, Channel, Severity) = (
            intake.CustomerId ?? Guid.Empty,
            intake.Channel ?? default,
            intake.Severity ?? default
        );
        string?[] missing =
        [
            intake.CustomerId is null ? "customer-id" : null,
            intake.Channel is null ? "channel" : null,
            intake.Severity is null ? "severity" : null,
        ];
        return missing.Any(name => name is not null)
            ? Refusal.Invalid("intake-incomplete", "C3.2.1", [.. missing.OfType<string>()])
            : null;
    }

    private static Refusal? CheckOwnOrganisation(Actor actor, Intake intake)
    {
        if (actor.OrganisationId is not { } organisation)
        {
            return Forbidden("organisation-missing", "account-organisation", Roles.Administrator);
        }

        if (intake.CustomerId is { } named && named != organisation)
        {
            return Forbidden("customer-is-another", "own-organisation", Roles.CustomerService);
        }

        // Nobody here knows whose record another service's is.
        if (intake.Origin is not null)
        {
            return Forbidden("origin-by-staff", "origin", Roles.CustomerService);
        }

        return intake.Channel is null or Channel.Portal
            ? null
            : Refusal.Invalid("channel-not-portal", "C3.2.1", "channel");
    }

    // Names are the registry's, and what outsiders enter concerns only what is theirs: to them the project of another
    // is as unknown as one that does not exist.
    private Refusal? SetNames(Actor actor, Intake intake)
    {
        CustomerName = intake.CustomerName ?? "";
        if (intake.Customer is { } found)
        {
            if (found.Failed(out var unknown, out var customer))
            {
                return unknown;
            }

            if (!customer.MayComplain)
            {
                return Refusal.Invalid("not-a-customer", "S3", "customer-id");
            }

            CustomerName = customer.Name;
        }

        Reference = intake.Reference;
        if (intake.Works is not { } named)
        {
            return null;
        }

        var failed = named.Failed(out var refusal, out var works);
        if (!actor.IsStaff() && works?.OwnerId != CustomerId)
        {
            return new(RefusalKind.NotFound, "project-unknown", "S3", ["project"], [Roles.CustomerService]);
        }

        Reference = Reference with { ProjectName = works?.Name };
        return failed ? refusal : null;
    }

    private static Refusal Forbidden(string code, string missing, string suppliedBy) =>
        new(RefusalKind.Forbidden, code, "C3.2.1", [missing], [suppliedBy]);

    // The targets count from the receipt, so it can be neither to come nor made up.
    private Refusal? SetReceipt(CommandContext context, DateTimeOffset receivedAt)
    {
        OpenedAt = receivedAt.ToWholeMilliseconds();
        var days = context.Policy.Complaints.LongestDelayDays;
        if (OpenedAt > context.Now)
        {
            return Refusal.Invalid("received-in-the-future", "C1", "received-at");
        }

        return OpenedAt < context.Now.AddDays(-days)
            ? Refusal.Invalid("received-too-long-ago", "C1", "received-at").With("days", days)
            : null;
    }

    private void AnnounceRegistration() =>
        Raise(
            new ComplaintRegistered(
                Id,
                Version,
                Number,
                CustomerId,
                CustomerName,
                Channel.ToKebab(),
                OriginId,
                Subject,
                Severity.ToKebab(),
                RegisteredOn,
                ResponseDueAt,
                ResolutionDueAt!.Value
            )
        );

    private void SetTriage(CommandContext context, TriageOutcome outcome, string note, string? faultCode)
    {
        FaultCode = faultCode ?? FaultCode;
        SetFaultKey();
        Triage = new(outcome, note, context.Today, Stamp.Of(context));
        Raise(new ComplaintTriaged(Id, Version, CustomerId, outcome.ToKebab(), context.Today));
    }

    private void SetRuling(
        CommandContext context,
        Liability liability,
        string? department,
        string? causeCode,
        string findings
    )
    {
        if (MeetingRequiredOn is null && MeetingGrounds.IsUnclearTooLong(this, context.Today))
        {
            SetMeetingRequired(context);
        }

        UnclearThrough =
            liability == Liability.Unclear
                ? UnclearThrough
                    ?? Deadlines.Due(context.Today, context.Policy.Complaints.UnclearLiability, context.Calendars)
                : null;
        LiabilityRuling = new(liability, department, causeCode, findings, context.Today, Stamp.Of(context));
        ResponsibleDepartment = department;
        Release = null;
        SetStages(liability, context);

        Raise(
            new ComplaintLiabilityDecided(
                Id,
                Version,
                CustomerId,
                liability.ToKebab(),
                department,
                causeCode,
                context.Today
            )
        );
    }

    private ComplaintRound EndRound(CommandContext context, string reason) =>
        new(
            Round,
            OpenedAt,
            Response,
            Triage,
            LiabilityRuling,
            CustomerAnswer,
            Confirmation,
            Assessment,
            Release,
            ClosedOn!.Value,
            reason,
            context.Today,
            Stamp.Of(context),
            ServiceReport
        )
        {
            Severity = Severity,
            ResponseDueAt = ResponseDueAt,
            ResolutionDueAt = ResolutionDueAt,
            ResolvedAt = ResolvedAt,
            ResolvedInTime = ResolvedInTime,
        };

    private void Escalate(CommandContext context, EscalationReason reason, string note, string to)
    {
        Escalations = [.. Escalations, new(MeetingGrounds.RuleOf(reason), reason, note, to, Round, Stamp.Of(context))];
        Raise(new ComplaintEscalated(Id, Version, CustomerId, reason.ToKebab(), to, context.Today));
    }

    private void SetMeetingRequired(CommandContext context)
    {
        MeetingRequiredOn = context.Today;
        Raise(new ComplaintMeetingRequired(Id, Version, CustomerId, UnclearThrough!.Value, context.Today));
    }

    private Result<ActionItem> Issue(
        CommandContext context,
        CommandContext newCase,
        ComplaintAction action,
        string number,
        ActionOrder order
    )
    {
        if (Transition(context, action, why: order.What) is { } refusal)
        {
            return refusal;
        }

        var issued = ActionItem.Issue(newCase, number, ActionSource.Of(this), order);
        if (!issued.Failed(out _, out var item))
        {
            UpdateAction(item);
            if (order.RepairsGoods)
            {
                Raise(
                    new ComplaintGoodsRepairOrdered(
                        Id,
                        Version,
                        Number,
                        CustomerId,
                        Reference.ProductModel,
                        Reference.SerialNumber,
                        $"{Subject}\n{Description}".Truncate(MostTold, "…"),
                        context.Today
                    )
                );
            }
        }

        return issued;
    }

    private void AddNotice(CommandContext context, string department, string text)
    {
        Notices = [.. Notices, new(Round, department, text, Stamp.Of(context), null)];
        Raise(new ComplaintDepartmentInformed(Id, Version, CustomerId, department, context.Today));
    }

    // QC's time ends with its ruling; where it is not ours, that of the answer begins (C5.3.2). What QC takes back is
    // investigated again.
    private void SetStages(Liability liability, CommandContext context)
    {
        Stages = liability switch
        {
            Liability.NotOurs when !IsAnonymous => StageClock.Running(Stages, Stage.Answer) is null
                ? StageClock.Begin(Stages, Stage.Answer, context)
                : Stages,
            Liability.Unclear => StageClock.Running(Stages, Stage.Investigation) is null
                ? StageClock.Begin(Stages, Stage.Investigation, context)
                : Stages,
            _ => StageClock.End(Stages, context),
        };
        SetClockRemindAt(context);
    }

    private void BeginInvestigation(CommandContext context)
    {
        Stages = StageClock.Begin(Stages, Stage.Investigation, context);
        SetClockRemindAt(context);
    }

    private void SetClockRemindAt(CommandContext context) => ClockRemindAt = OtherClocks.Next(this, context);

    private void SetAnswer(CommandContext context, CustomerAnswer answer)
    {
        CustomerAnswer = answer;
        Resolve(context);
        Raise(
            new ComplaintAnswered(
                Id,
                Version,
                CustomerId,
                Language,
                answer.Cause,
                answer.Traceability,
                answer.Conclusion,
                MergedInto?.ParentId,
                context.Today
            )
        );
    }

    // Whoever is told something for the first time has the first response.
    private void GiveResponse(CommandContext context, string message)
    {
        if (Response is null && !IsAnonymous)
        {
            RespondedAt = context.Now;
            // Another severity later does not change by what it was judged.
            var target = context.Policy.Complaints.Targets[Severity];
            Response = new(message, context.Now <= ResponseDueAt, Stamp.Of(context))
            {
                TargetHours = target.RespondHours,
                Calendar = target.Calendar,
            };
            RemindAt = ClockReminders.Next(this, context)?.At;
            Raise(new ComplaintResponded(Id, Version, CustomerId, context.Now, Response.InTime));
        }
    }

    // Another fault is counted from the beginning.
    private void SetFaultKey()
    {
        if (RepeatedFault.KeyOf(this) is var key && key != FaultKey)
        {
            (FaultKey, HasRepeatedFault) = (key, false);
        }
    }

    private void SetSearch()
    {
        SearchText = Rules.SearchText.Of(
            Number,
            FormNumber,
            CustomerName,
            Subject,
            Description.Truncate(SearchedLength, ""),
            Contact,
            Phone,
            Reference.ProductModel,
            Reference.SerialNumber,
            Reference.OrderNumber,
            Reference.ProjectName
        );
        SearchGrams = [.. Rules.SearchText.Grams(SearchText), SearchSpan.Of(Id)];
        // While somebody types there is often no more than the subject, which a long description would drown.
        SimilarKeys = [.. SimilarText.KeysOf(Subject).Union(SimilarText.KeysOf($"{Subject} {Description}"))];
        SerialKey = Reference.SerialNumber is { } serial ? TextFolding.Key(serial) : null;
    }

    // A pause ends when the work it stopped is done, and what was promised is kept or broken by then.
    private void Resolve(CommandContext context)
    {
        PromisedUntil = null;
        Stages = StageClock.End(Stages, context);
        EndPause(context);
        RecalculateTargets(context);
        ResolvedAt = context.Now;
        ResolvedInTime = ResolvedAt <= ResolutionDueAt;
        RemindAt = null;
    }

    private void EndPause(CommandContext context) =>
        Pauses = [.. Pauses.Select(pause => pause.To is null ? pause with { To = context.Now } : pause)];

    // A response that was given keeps the target by which it was judged.
    private void RecalculateTargets(CommandContext context)
    {
        var targets = ServiceTargets.For(OpenedAt, Severity, context, Pauses);
        ResponseDueAt = Response is null ? targets.RespondBy : ResponseDueAt;
        ResolutionDueAt = targets.ResolveBy;
        RemindAt = ClockReminders.Next(this, context)?.At;
        SetClockRemindAt(context);
    }
}
