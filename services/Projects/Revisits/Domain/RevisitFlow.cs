using System.Runtime.CompilerServices;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using static CustomerService.Projects.Revisits.Domain.RevisitAction;
using static CustomerService.Projects.Revisits.Domain.RevisitState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Projects.Revisits.Domain.Revisit,
    CustomerService.Projects.Revisits.Domain.RevisitState,
    CustomerService.Projects.Revisits.Domain.RevisitAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Projects.Revisits.Domain.Revisit>;

namespace CustomerService.Projects.Revisits.Domain;

/// <summary>The life of a revisit (回訪), P2.1.1 to P2.2.3 and form 3.3.1.</summary>
internal static class RevisitFlow
{
    // `field ??=`: roles and guards below are initialised before the first use, whatever the order of the members.
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("revisit")
        .Start(Plan, Planned, "P2.1.1", Generators)
        .Start(Add,  Planned, "P2.1.2", Production)

        .In(Planned, Opened)
            .Stay(FollowPlan,                        "P2.1.1",    SystemOnly)
            .Stay(Move,                              "P2.1.1",    Movers,          InsidePlan)
            .Stay(Remind,                            "P2.1.1",    SystemOnly,      ReminderDue)
            .Stay(MarkOverdue,                       "P2.1.1",    SystemOnly,      Overdue)
            .On(Cancel,         Cancelled,           "P2.1.1",    Movers,          NotTheLast)
        .From(Planned)
            .On(Open,           Opened,              "P2.1.2",    Production,      InsidePlan)
        .From(Opened)
            .On(Hold,           Held,                "P2.2.1",    Recorders,       ProperlyHeld)
        .From(Held)
            .Stay(RecordFinding,                     "P2.2.2",    Recorders,       NotSigned, FaultsAreExplained)
            .On(AssessLiability, Assessed,           "P2.2.3",    Assessors,       Assessable)
            .On(Close,          Closed,              "Form3.3.1", Recorders,       [HasNoFindings, .. Complete])
        .From(Assessed)
            .Stay(AssessLiability,                   "P2.2.3",    QualityHead,     Assessable)
            .On(SetDisposition, DispositionDecided,  "P2.2.3",    EngineeringHead)
        .From(DispositionDecided)
            .On(Close,          Closed,              "Form3.3.1", Recorders,       Complete)
        .In(Held, Assessed, DispositionDecided)
            .MustStay(FollowUp,                      "P2.2.3",    Followers,       IsIncomplete, ProperFollowUp)
            .MustStay(Sign,                          "Form3.3.1", SignatureTakers, IsUnconfirmed, ProperlySigned)
            .MustStay(RecordOpinion,                 "Form3.3.1", OpinionTakers,   IsUnconfirmed, ProperlyRecorded)

        .Ends(Closed)
        .Abandons(Cancelled)
        .Build();

    /// <summary>Code of the refusal where lesson or measures of a construction fault are missing.</summary>
    public const string TextsMissing = "prevention-missing";

    /// <summary>Code of the refusal where a CAPA must open.</summary>
    public const string CapaMissing = "capa-missing";

    private static readonly string[] SystemOnly = [Roles.System];
    private static readonly string[] Production = [Roles.Production];
    private static readonly string[] EngineeringHead = [Roles.EngineeringHead];
    private static readonly string[] QualityHead = [Roles.QcHead];
    private static readonly string[] Generators =
    [
        Roles.System,
        Roles.Production,
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.SalesManager,
    ];
    private static readonly string[] Planners = [Roles.Production, Roles.EngineeringHead];
    private static readonly string[] Movers = [.. Planners, Roles.System];
    private static readonly string[] Recorders = [Roles.Engineering, Roles.EngineeringHead, Roles.Production];
    private static readonly string[] OpinionTakers =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.CustomerService,
    ];
    private static readonly string[] SignatureTakers = [.. OpinionTakers, Roles.Customer];
    private static readonly string[] Assessors = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Followers = [.. Recorders, .. Assessors];

    // While there is a step for somebody.
    private static readonly Func<Revisit, bool> IsUnconfirmed = revisit => !revisit.IsConfirmed;
    private static readonly Func<Revisit, bool> IsIncomplete = revisit =>
        !revisit.AreFaultsAnswered || revisit.WithoutTexts.Any() || revisit.WithoutCapa.Any();

    // The date.
    private static readonly Guard FromHandover = Guard.RequireInput<PlannedDate>(
        (_, _, given) => given.On >= given.From,
        code: "revisit-before-handover",
        rule: "P2.1.1",
        missing: ["date-from-handover"],
        suppliedBy: Planners
    );

    private static readonly Guard ThroughHorizon = Guard.RequireInput<PlannedDate>(
        (_, _, given) => given.On <= given.Through,
        code: "revisit-after-horizon",
        rule: "P2.1.1",
        missing: ["date-inside-warranty"],
        suppliedBy: Planners
    );

    private static readonly Guard ChangeIsExplained = Guard.RequireInput<PlannedDate>(
        (_, _, given) => given.IsExplained,
        code: "move-reason-missing",
        rule: "P2.1.1",
        missing: ["move-reason"],
        suppliedBy: Planners
    );

    private static readonly Guard NotTheLast = Guard.RequireInput<CancelInput>(
        (_, _, given) => RevisitPlanning.MayCancel(given.Active),
        code: "last-revisit",
        rule: "P2.1.1",
        missing: ["another-planned-revisit"],
        suppliedBy: Planners
    );

    private static readonly Guard ReminderDue = Guard.Require(
        (revisit, context) =>
            RevisitDeadlines.IsReminderDue(revisit, context.Policy.Revisits.ReminderDays, context.Today),
        code: "reminder-not-due",
        rule: "P2.1.1",
        missing: ["reminder-day"],
        suppliedBy: SystemOnly
    );

    private static readonly Guard Overdue = Guard.Require(
        (revisit, context) =>
            revisit.MarkedOverdueFor != revisit.DueOn && RevisitDeadlines.IsOverdue(revisit, context.Today),
        code: "revisit-not-overdue",
        rule: "P2.1.1",
        missing: ["passed-due-date"],
        suppliedBy: SystemOnly
    );

    // The visit.
    private static readonly Guard HeldByToday = Guard.RequireInput<HoldInput>(
        (_, context, given) => given.Record.On <= context.Today,
        code: "date-in-future",
        rule: "P2.2.1",
        missing: ["past-date"],
        suppliedBy: Recorders
    );

    private static readonly Guard HeldFromHandover = Guard.RequireInput<HoldInput>(
        (_, _, given) => given.Record.On >= given.From,
        code: "revisit-before-handover",
        rule: "P2.1.1",
        missing: ["date-from-handover"],
        suppliedBy: Recorders
    );

    private static readonly Guard HeldThroughHorizon = Guard.RequireInput<HoldInput>(
        (_, _, given) => given.Record.On <= given.Through,
        code: "revisit-after-horizon",
        rule: "P2.1.1",
        missing: ["date-inside-warranty"],
        suppliedBy: Recorders
    );

    private static readonly Guard LeadAttends = Attends(Seat.Lead);
    private static readonly Guard ChiefEngineerAttends = Attends(Seat.ChiefEngineer);
    private static readonly Guard TechnicalHeadAttends = Attends(Seat.TechnicalHead);
    private static readonly Guard EngineeringHeadAttends = Attends(Seat.EngineeringHead);
    private static readonly Guard QualityHeadAttends = Attends(Seat.QualityHead);

    private static readonly Guard SubstitutesAreExplained = Guard.RequireInput<HoldInput>(
        (_, _, given) =>
            given
                .Record.Attendees.Where(a => a.Seat != Seat.Other)
                .All(a => a.PersonId == given.Team.InSeat(a.Seat).Id || !string.IsNullOrWhiteSpace(a.SubstituteReason)),
        code: "substitute-reason-missing",
        rule: "P2.2.1",
        missing: ["substitute-reason"],
        suppliedBy: Recorders
    );

    private static readonly Guard FaultsAreExplained = Guard.RequireInput<IFindings>(
        (revisit, _, given) => given.On(revisit).All(f => f.IsAnswered),
        code: "solution-missing",
        rule: "P2.2.2",
        missing: ["explanation", "proposed-solution"],
        suppliedBy: Recorders
    );

    // Findings.
    private static readonly Guard NotSigned = Guard.Require(
        (revisit, _) => !revisit.IsConfirmed,
        code: "already-signed",
        rule: "Form3.3.1",
        missing: ["unsigned-record"],
        suppliedBy: Recorders
    );

    private static readonly Guard FindingIsThere = Guard.RequireInput<FollowUpInput>(
        (revisit, _, given) => revisit.Finding(given.FindingId) is not null,
        code: "finding-unknown",
        rule: "P2.2.3",
        missing: ["finding"],
        suppliedBy: Recorders
    );

    private static readonly Guard NothingTakenBack = Guard.RequireInput<FollowUpInput>(
        (revisit, _, given) => !given.TakesBack(revisit.Finding(given.FindingId)!),
        code: "follow-up-asked-for",
        rule: "P2.2.3",
        missing: ["withdrawal-there"],
        suppliedBy: Followers
    );

    // Liability.
    private static readonly Guard HasFindings = Guard.Require(
        (revisit, _) => revisit.Findings.Count > 0,
        code: "finding-missing",
        rule: "P2.2.2",
        missing: ["finding"],
        suppliedBy: Recorders
    );

    private static readonly Guard EachIsAssessed = Guard.RequireInput<AssessInput>(
        (revisit, _, given) =>
            revisit.Findings.All(f => given.Assessment.Findings.Any(decided => decided.FindingId == f.Id)),
        code: "finding-not-assessed",
        rule: "P2.2.3",
        missing: ["liability", "cause"],
        suppliedBy: Assessors
    );

    private static readonly Guard EachIsAFinding = Guard.RequireInput<AssessInput>(
        (revisit, _, given) => given.Assessment.Findings.All(decided => revisit.Finding(decided.FindingId) is not null),
        code: "finding-unknown",
        rule: "P2.2.3",
        missing: ["finding"],
        suppliedBy: Assessors
    );

    private static readonly Guard EachIsAssessedOnce = Guard.RequireInput<AssessInput>(
        (_, _, given) =>
            given.Assessment.Findings.DistinctBy(decided => decided.FindingId).Count()
            == given.Assessment.Findings.Count,
        code: "finding-assessed-twice",
        rule: "P2.2.3",
        missing: ["liability", "cause"],
        suppliedBy: Assessors
    );

    private static readonly Guard SubcontractorsDidTheirPart = Guard.RequireInput<AssessInput>(
        (revisit, _, given) =>
            given
                .Assessment.Findings.Where(decided => decided.Liability == Liability.Subcontractor)
                .All(decided =>
                    given.Packages.Any(p =>
                        p.SubcontractorId == decided.ResponsibleUnitId
                        && p.Parts.Contains(revisit.Finding(decided.FindingId)!.Part)
                    )
                ),
        code: "subcontractor-not-of-part",
        rule: "P3.1.1",
        missing: ["subcontractor"],
        suppliedBy: Assessors
    );

    private static readonly Guard HasNoFindings = Guard.Require(
        (revisit, _) => revisit.Findings.Count == 0,
        code: "liability-missing",
        rule: "P2.2.3",
        missing: ["liability", "cause"],
        suppliedBy: Assessors
    );

    // The owner's signature.
    private static readonly Guard SignedOnce = Guard.Require(
        (revisit, _) => !revisit.IsConfirmed,
        code: "already-signed",
        rule: "Form3.3.1",
        missing: ["unsigned-record"],
        suppliedBy: SignatureTakers
    );

    private static readonly Guard ImageIsOfRevisit = Guard.RequireInput<SignInput>(
        (_, _, given) => given.ImageId is null || given.ImageIsKnown,
        code: "signature-image-unknown",
        rule: "Form3.3.1",
        missing: ["signature-image"],
        suppliedBy: FileSuppliers.All
    );

    // Staff cannot sign for the owner by writing a name.
    private static readonly Guard ImageIsThere = Guard.RequireInput<SignInput>(
        (revisit, context, given) =>
            given.ImageId is not null
            || (context.Actor.Has(Roles.Customer) && context.Actor.OrganisationId == revisit.OwnerId),
        code: "signature-image-missing",
        rule: "Form3.3.1",
        missing: ["signature-image"],
        suppliedBy: SignatureTakers
    );

    // A recorded opinion.
    private static readonly Guard GivenByToday = Guard.RequireInput<OpinionInput>(
        (_, context, given) => given.On <= context.Today,
        code: "date-in-future",
        rule: "Form3.3.1",
        missing: ["past-date"],
        suppliedBy: OpinionTakers
    );

    private static readonly Guard GivenFromVisit = Guard.RequireInput<OpinionInput>(
        (revisit, _, given) => given.On >= revisit.HeldOn,
        code: "opinion-before-visit",
        rule: "Form3.3.1",
        missing: ["date-from-visit"],
        suppliedBy: OpinionTakers
    );

    // After a phone call or a letter there is nothing to sign.
    private static readonly Guard UnsignedIsExplained = Guard.RequireInput<OpinionInput>(
        (revisit, _, given) =>
            revisit.Form is RevisitForm.Phone or RevisitForm.Letter || !TextFolding.IsBlank(given.WhyUnsigned),
        code: "unsigned-reason-missing",
        rule: "Form3.3.1",
        missing: ["unsigned-reason"],
        suppliedBy: OpinionTakers
    );

    // The signature stands under an opinion.
    private static readonly Guard OpinionIsThere = Guard.RequireInput<INeedsOpinion>(
        (revisit, _, given) => !string.IsNullOrWhiteSpace(given.OpinionOn(revisit)),
        code: "owner-opinion-missing",
        rule: "P2.2.2",
        missing: ["owner-opinion"],
        suppliedBy: SignatureTakers
    );

    // The complete form.
    private static readonly Guard FaultsAreAnswered = Guard.Require(
        (revisit, _) => revisit.AreFaultsAnswered,
        code: "solution-missing",
        rule: "P2.2.2",
        missing: ["explanation", "proposed-solution"],
        suppliedBy: Followers
    );

    private static readonly Guard TextsAreThere = Guard.Require(
        (revisit, _) => !revisit.WithoutTexts.Any(),
        code: TextsMissing,
        rule: "P2.2.3",
        missing: ["lesson", "corrective-measure", "countermeasure"],
        suppliedBy: Followers
    );

    private static readonly Guard CapasAreAskedFor = Guard.Require(
        (revisit, _) => !revisit.WithoutCapa.Any(),
        code: CapaMissing,
        rule: "P2.2.3",
        missing: ["capa"],
        suppliedBy: Followers
    );

    private static readonly Guard IsSignedOrRecorded = Guard.Require(
        (revisit, _) => revisit.IsConfirmed,
        code: "owner-signature-missing",
        rule: "Form3.3.1",
        missing: ["owner-signature"],
        suppliedBy: SignatureTakers
    );

    private static Guard[] InsidePlan => [FromHandover, ThroughHorizon, ChangeIsExplained];

    private static Guard[] ProperlyHeld =>
        [
            HeldByToday,
            HeldFromHandover,
            HeldThroughHorizon,
            LeadAttends,
            ChiefEngineerAttends,
            TechnicalHeadAttends,
            EngineeringHeadAttends,
            QualityHeadAttends,
            SubstitutesAreExplained,
            FaultsAreExplained,
        ];

    private static Guard[] Assessable =>
        [HasFindings, EachIsAssessed, EachIsAFinding, EachIsAssessedOnce, SubcontractorsDidTheirPart];

    private static Guard[] ProperFollowUp => [FindingIsThere, NothingTakenBack, FaultsAreExplained];

    private static Guard[] ProperlyRecorded =>
        [SignedOnce, GivenFromVisit, GivenByToday, UnsignedIsExplained, OpinionIsThere];

    private static Guard[] ProperlySigned => [SignedOnce, ImageIsOfRevisit, ImageIsThere, OpinionIsThere];

    // Form 3.3.1 has no empty row when it goes to the files.
    private static Guard[] Complete =>
        [FaultsAreAnswered, TextsAreThere, CapasAreAskedFor, OpinionIsThere, IsSignedOrRecorded];

    private static Guard Attends(Seat seat, [CallerMemberName] string name = "") =>
        Guard.RequireInput<HoldInput>(
            (_, _, given) => given.Record.Attendees.Any(a => a.Seat == seat),
            code: seat.ToKebab() + "-missing",
            rule: "P2.2.1",
            missing: [seat.ToKebab()],
            suppliedBy: Recorders,
            name: name
        );
}
