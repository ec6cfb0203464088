using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Rules;
using static CustomerService.Complaints.Complaints.Domain.ComplaintState;
using Do = CustomerService.Complaints.Complaints.Domain.ComplaintAction;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Complaints.Complaints.Domain.Complaint,
    CustomerService.Complaints.Complaints.Domain.ComplaintState,
    CustomerService.Complaints.Complaints.Domain.ComplaintAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Complaints.Complaints.Domain.Complaint>;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>The life of a complaint, rules C3.2.1 to C5.6.2.</summary>
internal static class ComplaintFlow
{
    // QC may correct its ruling until the customer was answered on the strength of it.
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("complaint")
        .Start(Do.Register, Registered, "C3.2.1", Registrars)

        .From(Registered)
            .On(Do.Respond,       Responded,        "C1",     Takers)
            .MayOn(Do.WaiveResponse, Responded,     "C5.9",   System, NobodyIsKnown)
        .From(Responded)
            .On(Do.Explain,       Explained,        "C5.2",   ServiceDesk, NoMeetingDue)
            .On(Do.Solve,         Solved,           "C5.2",   ServiceDesk, NoMeetingDue)
            .On(Do.SendToQc,      WithQc,           "C5.2",   ServiceDesk)
        .From(WithQc, LiabilityUnclear)
            .On(Do.DecideOurs,    OurLiability,     "C5.3.1", Quality)
            .On(Do.DecideNotOurs, NotOurLiability,  "C5.3.1", Quality, NoCapaOpen)
            .On(Do.DecideUnclear, LiabilityUnclear, "C5.5.1", Quality, NoCapaOpen)
        .From(NotOurLiability, OurLiability)
            .MayOn(Do.DecideOurs,    OurLiability,     "C5.3.1", Quality)
            .MayOn(Do.DecideNotOurs, NotOurLiability,  "C5.3.1", Quality, NoCapaOpen)
            .MayOn(Do.DecideUnclear, LiabilityUnclear, "C5.5.1", Quality, NoCapaOpen)
        .From(NotOurLiability)
            .On(Do.Answer,        Answered,         "C5.3.2", Takers, CustomerIsKnown, NoMeetingDue, IsReleased, AddsOnly)
        .From(OurLiability)
            .On(Do.Answer,        Answered,         "C5.6.1", Takers, CustomerIsKnown, HasCapa, CapasReviewed, NoMeetingDue, IsReleased, AddsOnly)
        .From(Registered, Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability)
            .MayOn(Do.MergeInto,  Merged,           "S4",     Takers, NoCapaOpen, HasNoChildren, ParentFits)
        .From(Merged)
            .MayOn(Do.Unmerge,    Responded,        "S4",     Takers, MergedLately)
            .On(Do.AnswerWithParent, Answered,      "S4",     System)
            .MayOn(Do.ExplainWithParent, Explained, "S4",     System)
            .MayOn(Do.SolveWithParent,   Solved,    "S4",     System)
        .From(Answered)
            .On(Do.Object,        WithQc,           "C5.6.1", Confirmers, CustomerIsKnown)
        .From(Explained, Solved)
            .On(Do.Object,        Responded,        "C5.6.1", Confirmers, CustomerIsKnown)
        .From(Explained, Solved, Answered)
            .On(Do.Confirm,       Confirmed,        "C5.6.1", Confirmers, CustomerIsKnown, NamesWhoConfirmed, ProvesConfirmation, ScansAreHere, ConfirmedSinceAnswer)
        .From(NotOurLiability, OurLiability)
            .On(Do.Close,         Closed,           "C5.6.1", Takers, NoCapaOpen, NoMeetingDue, NothingOpen, LotsSettled, IsAnswered, HasCapa, HasRemedy)
        .From(Explained, Solved, Answered)
            .MustOn(Do.Close,     Closed,           "C5.6.1", Takers, IsAnonymous, NoCapaOpen, NoMeetingDue, NothingOpen, LotsSettled, HasRemedy, MayCloseUnconfirmed, SaysWhy)
        .From(Confirmed)
            .On(Do.Close,         Closed,           "C5.6.1", Takers, NoCapaOpen, NoMeetingDue, NothingOpen, LotsSettled, HasRemedy)
        .From(Closed)
            .On(Do.Reopen,        Registered,       "C5.6.2", Reopeners)
        .In(OurLiability, Answered, Confirmed)
            .MustStay(Do.OpenCapa,                  "C5.4",   Quality, LacksCapa, IsOurLiability, DueFromToday)
            .Stay(Do.JoinCapa,                      "C5.4",   Quality, IsOurLiability, CapaToJoin)
        .In(Registered, Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability)
            .Stay(Do.Pause,                         "C1",     Schedulers, IsRunning)
            .Stay(Do.Resume,                        "C1",     Schedulers, IsPaused)
            .Stay(Do.Reclassify,                    "C1",     Schedulers, OtherSeverity)
        .In(Registered, Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability, Merged, Explained, Solved, Answered, Confirmed)
            .Stay(Do.Assess,                        "C5.5.2", Schedulers)
            .Stay(Do.NoteRepeatedFault,             "C5.5.2", System, NotRepeatedYet)
        .In(Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability, Explained, Solved, Answered, Confirmed)
            .MustStay(Do.EscalateToSalesManager,    "C5.5.1", ServiceDesk, LacksReport)
            .MustStay(Do.EscalateToGeneralManager,  "C5.5.2", HeadOfQuality, LacksMajorReport, IsMajorProblem)
            .MustStay(Do.CallMeeting,               "C5.5.1", Conveners, MeetingDue, IsReported, NotCalledYet, RightConvener)
            .Stay(Do.HoldMeeting,                   "C5.5.1", System, GroundOfRule, MeetingDayPossible)
        .In(WithQc, LiabilityUnclear, NotOurLiability, OurLiability, Answered, Confirmed)
            .MustStay(Do.ReceiveNotice,             "C5.3.1", Departments, HasUnreceivedNotice, NotifiedDepartment)
            .Stay(Do.InspectLot,                    "C5.3.3", Quality, CountsAdd, AllInspected, Segregated, ReworkFits)
            .MustStay(Do.DisposeLot,                "C7",     Disposers, HasFailedLot, HasUndisposedLot, LotToDispose, HasAuthority)
            .Stay(Do.Trace,                         "C5.6.1", Quality)
        .In(WithQc, LiabilityUnclear, OurLiability)
            .Stay(Do.InformDepartment,              "C5.3.1", Quality)
        .In(WithQc, LiabilityUnclear, OurLiability, Answered, Confirmed)
            .MustStay(Do.PlanRemedy,                "C5.3.1", Planners, LacksRemedy, InformedOrQuality)
        .In(NotOurLiability, OurLiability)
            .MustStay(Do.ReleaseConclusion,         "C5.6.1", Quality, LacksRelease, LotsSettled)
        .In(NotOurLiability, Explained, Answered, Confirmed)
            .Stay(Do.MakeOutServiceReport,          "C5.3.2", Reporting, IsNotOurs, NoReportYet, ReportDaysPossible)
        .In(Registered, Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability, Explained, Solved, Answered, Confirmed)
            .Stay(Do.PassOn,                        "C3.1.4", Takers)
            .Stay(Do.Promise,                       "C1",     Takers, PromisedFromToday)
        .In(Registered, Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability)
            .Stay(Do.Remind,                        "C1",     System, ReminderDue)
        .In(Registered, Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability, Merged, Explained, Solved, Answered, Confirmed)
            .Stay(Do.RemindOfClocks,                "C1",     System, ClockReminderDue)
        .In(LiabilityUnclear)
            .Stay(Do.RequireMeeting,                "C5.5.1", System, MeetingToRequire)
        .EndsButReopens(Closed)
        .Build();

    private static readonly string[] Takers = [Roles.CustomerService, Roles.Sales, Roles.SalesManager];
    private static readonly string[] Registrars = [.. Takers, Roles.Customer, Roles.System];
    private static readonly string[] Confirmers = [.. Takers, Roles.Customer];
    private static readonly string[] ServiceDesk = [Roles.CustomerService];
    private static readonly string[] Quality = [Roles.Qc, Roles.QcHead];
    private static readonly string[] HeadOfQuality = [Roles.QcHead];
    private static readonly string[] Conveners = [.. ServiceDesk, .. HeadOfQuality];
    private static readonly string[] System = [Roles.System];
    private static readonly string[] Schedulers = [Roles.CustomerService, .. Quality];
    private static readonly string[] Reopeners = [.. Takers, .. Quality, .. System];

    private static readonly string[] Departments =
    [
        Roles.ResponsibleDepartment,
        Roles.DepartmentHead,
        Roles.Production,
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Repair,
        Roles.RepairGroup,
        .. Quality,
        .. Takers,
    ];
    private static readonly string[] Planners = [.. Quality, Roles.ResponsibleDepartment, Roles.DepartmentHead];
    private static readonly string[] Disposers =
    [
        .. Quality,
        Roles.ManagementRepresentative,
        Roles.GeneralManager,
        Roles.DeputyGeneralManager,
    ];
    private static readonly string[] Reporting = [.. ServiceDesk, Roles.Repair, Roles.RepairGroup];

    private static readonly Func<Complaint, bool> LacksReport = complaint =>
        MeetingGrounds.WantsReport(complaint) && !MeetingGrounds.IsReported(complaint, MeetingGrounds.UnsettledRule);

    private static readonly Func<Complaint, bool> LacksMajorReport = complaint =>
        !MeetingGrounds.IsReported(complaint, MeetingGrounds.MajorRule);

    private static readonly Func<Complaint, bool> LacksRemedy = complaint =>
        complaint.State == OurLiability && !complaint.RemediesNow.Any();

    // What nobody is told needs no release.
    private static readonly Func<Complaint, bool> LacksRelease = complaint =>
        complaint.Release is null && !complaint.IsAnonymous;

    private static readonly Func<Complaint, bool> IsAnonymous = complaint => complaint.IsAnonymous;

    private static readonly Func<Complaint, bool> HasFailedLot = complaint =>
        complaint.Lots.Any(NonconformingGoods.IsUndisposed);

    private static readonly Func<Complaint, bool> LacksCapa = complaint => complaint.Capas.Count == 0;

    private static readonly Guard NoCapaOpen = Guard.Require(
        (complaint, _) => !complaint.HasOpenCapa,
        code: "capa-open",
        rule: "C5.6.2",
        missing: ["verified-capas"],
        suppliedBy: [Roles.Qc, Roles.CustomerService]
    );

    private static readonly Guard HasCapa = Guard.Require(
        (complaint, _) => complaint.LiabilityRuling?.Liability != Liability.Ours || complaint.Capas.Count > 0,
        code: "capa-missing",
        rule: "C5.4",
        missing: ["capa"],
        suppliedBy: Quality
    );

    private static readonly Guard CapasReviewed = Guard.Require(
        (complaint, _) => complaint.Capas.All(capa => capa.IsReviewed),
        code: "capa-not-reviewed",
        rule: "C5.4",
        missing: ["review"],
        suppliedBy: [Roles.ManagementRepresentative]
    );

    private static readonly Guard IsOurLiability = Guard.Require(
        (complaint, _) => complaint.LiabilityRuling?.Liability == Liability.Ours,
        code: "not-our-liability",
        rule: "C5.3.2",
        missing: ["liability-ours"],
        suppliedBy: Quality
    );

    private static readonly Guard CapaToJoin = Guard.RequireInput<CapaSummary>(
        (complaint, _, capa) => capa.IsOpen && complaint.Capas.All(known => known.Id != capa.Id),
        code: "capa-not-to-join",
        rule: "C5.4",
        missing: ["open-capa"],
        suppliedBy: Quality
    );

    private static readonly Guard DueFromToday = Guard.RequireInput<DateOnly>(
        (_, context, due) => due >= context.Today,
        code: "due-in-the-past",
        rule: "C5.6.2",
        missing: ["due-date"],
        suppliedBy: Quality
    );

    // Who filled in an anonymous form is neither answered nor asked: the case itself goes the same way (C5.9).
    private static readonly Guard CustomerIsKnown = Guard.Require(
        (complaint, _) => !complaint.IsAnonymous,
        code: "customer-anonymous",
        rule: "C5.9",
        missing: ["known-customer"],
        suppliedBy: System
    );

    private static readonly Guard NobodyIsKnown = Guard.Require(
        (complaint, _) => complaint.IsAnonymous,
        code: "customer-known",
        rule: "C5.9",
        missing: ["response"],
        suppliedBy: Takers
    );

    // Staff confirm nothing themselves: they record who did.
    private static readonly Guard NamesWhoConfirmed = Guard.RequireInput<ConfirmInput>(
        (_, context, given) => given.ConfirmedBy is not null || !context.Actor.IsStaff(),
        code: "confirmed-by-missing",
        rule: "C5.6.1",
        missing: ["confirmed-by"],
        suppliedBy: Takers
    );

    // 簽章或記錄, as on form 3.3.1: a scan of the signature, or the opinion as it was taken down.
    private static readonly Guard ProvesConfirmation = Guard.RequireInput<ConfirmInput>(
        (_, context, given) =>
            !context.Actor.IsStaff()
            || (
                given.Proof is { } proof
                && (
                    proof.Method == ConfirmationChannel.Signed
                        ? proof.Scans.Count > 0
                        : !TextFolding.IsBlank(given.Opinion)
                )
            ),
        code: "confirmation-unproven",
        rule: "C5.6.1",
        missing: ["signed-scan-or-recorded-opinion"],
        suppliedBy: Takers
    );

    private static readonly Guard ScansAreHere = Guard.RequireInput<ConfirmInput>(
        (_, _, given) => given.AllScansAreHere,
        code: "confirmation-scan-unknown",
        rule: "C5.6.1",
        missing: ["scan"],
        suppliedBy: Takers
    );

    private static readonly Guard ConfirmedSinceAnswer = Guard.RequireInput<ConfirmInput>(
        (complaint, context, given) =>
            given.Proof is not { } proof
            || (proof.On <= context.Today && proof.On >= context.DateOf(complaint.ResolvedAt!.Value)),
        code: "confirmation-day-impossible",
        rule: "C5.6.1",
        missing: ["confirmation-date"],
        suppliedBy: Takers
    );

    // Refuses always in the states of its row where somebody can be answered, and names the answer that is missing.
    private static readonly Guard IsAnswered = Guard.Require(
        (complaint, _) => complaint.IsAnswered || complaint.IsAnonymous,
        code: "customer-not-answered",
        rule: "C5.6.1",
        missing: ["answer"],
        suppliedBy: Takers
    );

    // A customer who never answers must not keep a complaint open for ever.
    private static readonly Guard MayCloseUnconfirmed = Guard.RequirePeople(
        (complaint, _) => complaint.IsAnonymous ? People.Anyone : People.Of(new Taker(Roles.SalesManager)),
        code: "customer-not-confirmed",
        rule: "C5.6.1",
        missing: ["customer-confirmation"],
        suppliedBy: [Roles.Customer, Roles.CustomerService, Roles.SalesManager]
    );

    private static readonly Guard SaysWhy = Guard.RequireInput<CloseInput>(
        (complaint, _, given) => complaint.IsAnonymous || !string.IsNullOrWhiteSpace(given.WithoutConfirmationReason),
        code: "unconfirmed-reason-missing",
        rule: "C5.6.1",
        missing: ["without-confirmation-reason"],
        suppliedBy: [Roles.SalesManager]
    );

    private static readonly Guard IsRunning = Guard.Require(
        (complaint, _) => !complaint.IsPaused,
        code: "already-paused",
        rule: "C1",
        missing: ["resume"],
        suppliedBy: Schedulers
    );

    private static readonly Guard IsPaused = Guard.Require(
        (complaint, _) => complaint.IsPaused,
        code: "not-paused",
        rule: "C1",
        missing: ["pause"],
        suppliedBy: Schedulers
    );

    private static readonly Guard OtherSeverity = Guard.RequireInput<Severity>(
        (complaint, _, severity) => severity != complaint.Severity,
        code: "severity-unchanged",
        rule: "C1",
        missing: ["other-severity"],
        suppliedBy: Schedulers
    );

    private static readonly Guard IsMajorProblem = Guard.Require(
        MeetingGrounds.IsMajor,
        code: "not-a-major-problem",
        rule: "C5.5.2",
        missing: ["major-problem"],
        suppliedBy: Schedulers
    );

    private static readonly Guard NoMeetingDue = Guard.Require(
        (complaint, context) => MeetingGrounds.Open(complaint, context).Count == 0,
        code: "meeting-due",
        rule: "C5.5.1",
        missing: ["meeting"],
        suppliedBy: Conveners
    );

    private static readonly Guard MeetingDue = Guard.Require(
        (complaint, context) => MeetingGrounds.Open(complaint, context).Count > 0,
        code: "no-ground-for-meeting",
        rule: "C5.5.1",
        missing: ["meeting-ground"],
        suppliedBy: Conveners
    );

    // The heads meet about what was reported (C5.5.1 to the sales manager, C5.5.2 to the general manager).
    private static readonly Guard IsReported = Guard.Require(
        (complaint, context) =>
            MeetingGrounds.OpenRules(complaint, context).Any(rule => MeetingGrounds.IsReported(complaint, rule)),
        code: "not-reported",
        rule: "C5.5.1",
        missing: ["report"],
        suppliedBy: Conveners
    );

    private static readonly Guard NotCalledYet = Guard.Require(
        (complaint, context) => MeetingGrounds.ToCall(complaint, context).Count > 0,
        code: "meeting-called-already",
        rule: "C5.5.1",
        missing: ["minutes"],
        suppliedBy: Conveners
    );

    private static readonly Guard RightConvener = Guard.RequirePeople(
        (complaint, context) =>
            People.Of([
                .. MeetingGrounds.ToCall(complaint, context).Select(rule => new Taker(MeetingGrounds.ConvenerOf(rule))),
            ]),
        code: "other-convener",
        rule: "C5.5.1",
        missing: ["convener"],
        suppliedBy: Conveners
    );

    private static readonly Guard GroundOfRule = Guard.RequireInput<MeetingInput>(
        (complaint, context, meeting) => MeetingGrounds.OpenBy(complaint, meeting.Rule, context).Count > 0,
        code: "no-ground-of-this-rule",
        rule: "C5.5.1",
        missing: ["meeting-ground"],
        suppliedBy: Conveners
    );

    private static readonly Guard MeetingDayPossible = Guard.RequireInput<MeetingInput>(
        (complaint, context, meeting) =>
            meeting.HeldOn <= context.Today && meeting.HeldOn >= context.DateOf(complaint.OpenedAt),
        code: "meeting-day-impossible",
        rule: "C5.5.1",
        missing: ["meeting-date"],
        suppliedBy: Conveners
    );

    private static readonly Guard MeetingToRequire = Guard.Require(
        (complaint, context) =>
            complaint.MeetingRequiredOn is null && MeetingGrounds.IsUnclearTooLong(complaint, context.Today),
        code: "no-meeting-to-require",
        rule: "C5.5.1",
        missing: ["days-unclear"],
        suppliedBy: System
    );

    private static readonly Guard ReminderDue = Guard.Require(
        (complaint, context) => complaint.RemindAt is { } at && at <= context.Now,
        code: "no-reminder-due",
        rule: "C1",
        missing: ["reminder-time"],
        suppliedBy: System
    );

    private static readonly Guard ClockReminderDue = Guard.Require(
        (complaint, context) => complaint.ClockRemindAt is { } at && at <= context.Now,
        code: "no-clock-due",
        rule: "C1",
        missing: ["reminder-time"],
        suppliedBy: System
    );

    private static readonly Guard NotRepeatedYet = Guard.Require(
        (complaint, _) => !complaint.HasRepeatedFault,
        code: "fault-noted-already",
        rule: "C5.5.2",
        missing: ["fault-not-noted"],
        suppliedBy: System
    );

    private static readonly Guard IsReleased = Guard.Require(
        (complaint, _) => complaint.Release is not null,
        code: "conclusion-not-released",
        rule: "C5.6.1",
        missing: ["release"],
        suppliedBy: Quality
    );

    // Customer service may add to what QC released, and alters none of it.
    private static readonly Guard AddsOnly = Guard.RequireInput<AnswerInput>(
        (complaint, _, answer) => ReleasedText.AddsOnly(complaint.Release!, answer),
        code: "released-text-altered",
        rule: "C5.6.1",
        missing: ["released-text"],
        suppliedBy: Quality
    );

    private static readonly Guard NothingOpen = Guard.Require(
        (complaint, _) => !complaint.Actions.Any(item => item.IsOpen),
        code: "action-open",
        rule: "C3.1.4",
        missing: ["settled-actions"],
        suppliedBy: [.. ServiceDesk, .. Quality]
    );

    private static readonly Guard LotsSettled = Guard.Require(
        (complaint, _) => NonconformingGoods.AreSettled(complaint.Lots),
        code: "lot-unsettled",
        rule: "C5.3.3",
        missing: ["disposition"],
        suppliedBy: Quality
    );

    // What is our liability is remedied; what customer service settled alone was its remedy.
    private static readonly Guard HasRemedy = Guard.Require(
        (complaint, _) =>
            complaint.LiabilityRuling?.Liability != Liability.Ours
            || complaint.RemediesNow.Any(item => item.State == ActionItemState.Settled),
        code: "remedy-missing",
        rule: "C5.3.1",
        missing: ["remedy"],
        suppliedBy: Planners
    );

    private static readonly Guard HasUnreceivedNotice = Guard.Require(
        (complaint, _) => complaint.NoticesNow.Any(notice => notice.Received is null),
        code: "no-notice",
        rule: "C5.3.1",
        missing: ["notice"],
        suppliedBy: Quality
    );

    private static readonly Guard NotifiedDepartment = Guard.RequirePeople(
        (complaint, _) =>
            People.Of([
                .. complaint
                    .NoticesNow.Where(notice => notice.Received is null)
                    .Select(notice => new Taker(Department: notice.Department))
                    .Distinct(),
            ]),
        code: "notice-of-another",
        rule: "C5.3.1",
        missing: ["own-department"],
        suppliedBy: Departments
    );

    private static readonly Guard InformedOrQuality = Guard.RequirePeople(
        (complaint, _) =>
            People.Of([
                .. Quality.Select(role => new Taker(role)),
                .. complaint
                    .NoticesNow.Where(notice => notice.Received is not null)
                    .Select(notice => new Taker(Department: notice.Department))
                    .Distinct(),
            ]),
        code: "notice-not-received",
        rule: "C5.3.1",
        missing: ["notice"],
        suppliedBy: Quality
    );

    private static readonly Guard CountsAdd = Guard.RequireInput<LotResult>(
        (_, _, lot) => lot is { Passed: >= 0, Failed: >= 0 } && lot.Inspected == lot.Passed + lot.Failed,
        code: "counts-differ",
        rule: "C5.3.3",
        missing: ["counts"],
        suppliedBy: Quality
    );

    private static readonly Guard AllInspected = Guard.RequireInput<LotResult>(
        (_, _, lot) => lot.Inspected == lot.Quantity,
        code: "not-all-inspected",
        rule: "C5.3.3",
        missing: ["inspected-quantity"],
        suppliedBy: Quality
    );

    private static readonly Guard Segregated = Guard.RequireInput<LotResult>(
        (_, _, lot) => lot.Failed == 0 || !TextFolding.IsBlank(lot.Place),
        code: "not-segregated",
        rule: "C7",
        missing: ["segregated-place"],
        suppliedBy: Quality
    );

    private static readonly Guard ReworkFits = Guard.RequireInput<LotResult>(
        (complaint, _, lot) => NonconformingGoods.IsFirstOrRework(complaint.Lots, lot),
        code: "rework-does-not-fit",
        rule: "C7",
        missing: ["reworked-quantity"],
        suppliedBy: Quality
    );

    private static readonly Guard HasUndisposedLot = Guard.Require(
        (complaint, _) => complaint.Lots.Any(NonconformingGoods.IsUndisposed),
        code: "no-failed-lot",
        rule: "C7",
        missing: ["failed-lot"],
        suppliedBy: Quality
    );

    private static readonly Guard LotToDispose = Guard.RequireInput<DisposeInput>(
        (complaint, _, given) => complaint.Lots.Any(lot => lot.No == given.No && NonconformingGoods.IsUndisposed(lot)),
        code: "lot-not-to-dispose",
        rule: "C5.3.3",
        missing: ["failed-lot-number"],
        suppliedBy: Quality
    );

    private static readonly Guard HasAuthority = Guard.RequireInput<DisposeInput>(
        (_, context, given) =>
            context.Actor.HasAny(NonconformingGoods.AuthorityOf(given.Kind, context.Policy.Complaints)),
        code: "disposition-authority",
        rule: "C7",
        missing: ["authority"],
        suppliedBy: Disposers
    );

    private static readonly Guard IsNotOurs = Guard.Require(
        (complaint, _) =>
            complaint.LiabilityRuling?.Liability == Liability.NotOurs
            || complaint.Triage?.Outcome == TriageOutcome.Explained,
        code: "liability-is-ours",
        rule: "C5.3.2",
        missing: ["liability-not-ours"],
        suppliedBy: Quality
    );

    private static readonly Guard NoReportYet = Guard.Require(
        (complaint, _) => complaint.ServiceReport is null,
        code: "service-report-made-out",
        rule: "C5.3.2",
        missing: ["first-report"],
        suppliedBy: Reporting
    );

    private static readonly Guard ReportDaysPossible = Guard.RequireInput<ServiceReportInput>(
        (_, context, days) => !(days.From > days.To) && !(days.To > context.Today) && !(days.From > context.Today),
        code: "service-days-impossible",
        rule: "C5.3.2",
        missing: ["service-days"],
        suppliedBy: Reporting
    );

    private static readonly Guard PromisedFromToday = Guard.RequireInput<DateOnly>(
        (_, context, until) => until >= context.Today,
        code: "promise-in-the-past",
        rule: "C1",
        missing: ["promised-date"],
        suppliedBy: Takers
    );

    private static readonly Guard HasNoChildren = Guard.Require(
        (complaint, _) => complaint.Children.Count == 0,
        code: "has-merged-complaints",
        rule: "S4",
        missing: ["no-merged-complaints"],
        suppliedBy: Takers
    );

    private static readonly Guard ParentFits = Guard.RequireInput<MergeInput>(
        (complaint, _, parent) =>
            parent.ParentId != complaint.Id
            && !parent.ParentIsMerged
            && parent.ParentState
                is Registered
                    or Responded
                    or WithQc
                    or LiabilityUnclear
                    or NotOurLiability
                    or OurLiability,
        code: "parent-does-not-fit",
        rule: "S4",
        missing: ["open-parent"],
        suppliedBy: Takers
    );

    private static readonly Guard MergedLately = Guard.Require(
        (complaint, context) =>
            complaint.MergedInto is { } into
            && context.Today <= context.DateOf(into.By.At).AddDays(context.Policy.Complaints.UnmergeDays),
        code: "merged-too-long-ago",
        rule: "S4",
        missing: ["days-since-merge"],
        suppliedBy: Takers
    );
}
