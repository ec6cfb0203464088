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
        .From(Responded)
            .On(Do.Explain,       Explained,        "C5.2",   ServiceDesk)
            .On(Do.Solve,         Solved,           "C5.2",   ServiceDesk)
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
            .On(Do.Answer,        Answered,         "C5.3.2", Takers, NoMeetingDue)
        .From(OurLiability)
            .On(Do.Answer,        Answered,         "C5.6.1", Takers, HasCapa, CapasReviewed, NoMeetingDue)
        .From(Answered)
            .On(Do.Object,        WithQc,           "C5.6.1", Confirmers)
        .From(Explained, Solved)
            .On(Do.Object,        Responded,        "C5.6.1", Confirmers)
        .From(Explained, Solved, Answered)
            .On(Do.Confirm,       Confirmed,        "C5.6.1", Confirmers, NamesWhoConfirmed)
        .From(OurLiability)
            .On(Do.Close,         Closed,           "C5.6.1", Takers, NoCapaOpen, NoMeetingDue, IsAnswered)
        .From(Explained, Solved, Answered)
            .MayOn(Do.Close,         Closed,           "C5.6.1", Takers, NoCapaOpen, NoMeetingDue, MayCloseUnconfirmed, SaysWhy)
        .From(Confirmed)
            .On(Do.Close,         Closed,           "C5.6.1", Takers, NoCapaOpen, NoMeetingDue)
        .From(Closed)
            .On(Do.Reopen,        Registered,       "C5.6.2", Reporters)
        .In(OurLiability, Answered, Confirmed)
            .MustStay(Do.OpenCapa,                  "C5.4",   Quality, LacksCapa, IsOurLiability, DueFromToday)
        .In(Registered, Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability)
            .Stay(Do.Pause,                         "C1",     Schedulers, IsRunning)
            .Stay(Do.Resume,                        "C1",     Schedulers, IsPaused)
            .Stay(Do.Reclassify,                    "C1",     Schedulers, OtherSeverity)
        .In(Registered, Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability, Explained, Solved, Answered, Confirmed)
            .Stay(Do.Assess,                        "C5.5.2", Schedulers)
            .Stay(Do.NoteRepeatedFault,             "C5.5.2", System, NotRepeatedYet)
        .In(Responded, WithQc, LiabilityUnclear, NotOurLiability, OurLiability, Explained, Solved, Answered, Confirmed)
            .Stay(Do.EscalateToSalesManager,        "C5.5.1", ServiceDesk)
            .Stay(Do.EscalateToGeneralManager,      "C5.5.2", HeadOfQuality, IsMajorProblem)
            .MustStay(Do.HoldMeeting,               "C5.5.1", Conveners, MeetingDue, IsReported, MeetingDayPossible)
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
    private static readonly string[] Reporters = [.. Takers, .. Quality];

    private static readonly Func<Complaint, bool> LacksCapa = complaint => complaint.Capas.Count == 0;

    private static readonly Guard NoCapaOpen = Guard.Require(
        (complaint, _) => !complaint.HasOpenCapa,
        code: "capa-open",
        rule: "C5.6.2",
        missing: ["verified-capas"],
        suppliedBy: [Roles.Qc, Roles.CustomerService]
    );

    private static readonly Guard HasCapa = Guard.Require(
        (complaint, _) => complaint.Capas.Count > 0,
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

    private static readonly Guard DueFromToday = Guard.RequireInput<DateOnly>(
        (_, context, due) => due >= context.Today,
        code: "due-in-the-past",
        rule: "C5.6.2",
        missing: ["due-date"],
        suppliedBy: Quality
    );

    // Staff confirm nothing themselves: they record who did.
    private static readonly Guard NamesWhoConfirmed = Guard.RequireInput<ConfirmInput>(
        (_, context, given) => given.ConfirmedBy is not null || !context.Actor.IsStaff(),
        code: "confirmed-by-missing",
        rule: "C5.6.1",
        missing: ["confirmed-by"],
        suppliedBy: Takers
    );

    // Refuses always in the state of its row: the refusal names the answer that is missing.
    private static readonly Guard IsAnswered = Guard.Require(
        (complaint, _) => complaint.IsAnswered,
        code: "customer-not-answered",
        rule: "C5.6.1",
        missing: ["answer"],
        suppliedBy: Takers
    );

    // A customer who never answers must not keep a complaint open for ever.
    private static readonly Guard MayCloseUnconfirmed = Guard.RequirePeople(
        (_, _) => People.Of(new Taker(Roles.SalesManager)),
        code: "customer-not-confirmed",
        rule: "C5.6.1",
        missing: ["customer-confirmation"],
        suppliedBy: [Roles.Customer, Roles.CustomerService, Roles.SalesManager]
    );

    private static readonly Guard SaysWhy = Guard.RequireInput<CloseInput>(
        (_, _, given) => !string.IsNullOrWhiteSpace(given.WithoutConfirmationReason),
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
        (complaint, context) => MeetingGrounds.OpenTo(complaint, context).Count > 0,
        code: "no-ground-for-meeting",
        rule: "C5.5.1",
        missing: ["meeting-ground"],
        suppliedBy: Conveners
    );

    // The heads meet about what was reported (C5.5.1 to the sales manager, C5.5.2 to the general manager).
    private static readonly Guard IsReported = Guard.Require(
        (complaint, context) =>
            MeetingGrounds
                .OpenTo(complaint, context)
                .Select(MeetingGrounds.RuleOf)
                .All(rule => complaint.EscalationsNow.Any(escalation => escalation.Rule == rule)),
        code: "not-reported",
        rule: "C5.5.1",
        missing: ["report"],
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

    private static readonly Guard NotRepeatedYet = Guard.Require(
        (complaint, _) => !complaint.HasRepeatedFault,
        code: "fault-noted-already",
        rule: "C5.5.2",
        missing: ["fault-not-noted"],
        suppliedBy: System
    );
}
