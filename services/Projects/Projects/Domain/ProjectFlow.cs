using CustomerService.Rules;
using static CustomerService.Projects.Projects.Domain.ProjectAction;
using static CustomerService.Projects.Projects.Domain.ProjectState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Projects.Projects.Domain.Project,
    CustomerService.Projects.Projects.Domain.ProjectState,
    CustomerService.Projects.Projects.Domain.ProjectAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Projects.Projects.Domain.Project>;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>The life of a project from its registration to the end of its last warranty term (P1, P3).</summary>
internal static class ProjectFlow
{
    // `field ??=`: roles and guards below are initialised before the first use, whatever the order of the members.
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("project")
        .Start(Register, Registered, "P3.3", Writers)

        .From(Registered)
            .Stay(Revise,                        "P3.3",   Writers)
            .On(Withdraw,         Withdrawn,     "P3.3",   Withdrawers)
            .On(Accept,           Accepted,      "P1",     Engineers,  DayHasCome, AcceptedNotTooEarly)
        .From(Accepted)
            .Stay(Revise,                        "P3.3",   Writers,    SameOwner, SamePlannedAcceptance)
            .Stay(CorrectDates,                  "P1",     Head,       SoundAcceptance)
            .On(HandOver,         HandedOver,    "P3",     Engineers,  HandedOverFromAcceptance, HandedOverByToday)
        .From(HandedOver)
            .Stay(Revise,                        "P3.3",   Writers,    NothingFixed)
            .Stay(RegeneratePlan,                "P2.1.1", Planners)
            .Stay(GrantGoodwill,                 "P3.1.2", Grantors,   GoodwillIsLonger, GoodwillNotTooLong)
            .Stay(MarkBreach,                    "P2.1.1", SystemOnly, InBreach)
            .On(EndWarranty,      WarrantyEnded, "P3.1.2", SystemOnly, WarrantyIsOver)
        .In(Registered, Accepted, HandedOver)
            .MustStay(RecordContract,            "P3",     Contractors, LacksContract, SoundContract)
        .In(Accepted, HandedOver)
            .MustStay(ClearSite,                 "P1",     Clearers,   IsNotCleared, SoundClearance)
            .Stay(RemindOfClearance,             "P1",     SystemOnly, ClearanceReminderDue)
            .Stay(MarkClearanceOverdue,          "P1",     SystemOnly, ClearanceIsOverdue)
        // What is found wrong after the last term, the design life, has ended is corrected all the same.
        .From(HandedOver, WarrantyEnded)
            .On(CorrectDates,      HandedOver,   "P3",     Head,       SoundDates)
            .On(ChangeCommitments, HandedOver,   "P3.1.2", Committers, HeldWithinTerms)

        .EndsButReopens(WarrantyEnded)
        .Abandons(Withdrawn)
        .Build();

    private static readonly string[] SystemOnly = [Roles.System];
    internal static readonly string[] Writers =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.Administrator,
    ];
    private static readonly string[] Withdrawers = [Roles.EngineeringHead, Roles.Administrator];
    private static readonly string[] Engineers = [Roles.Engineering, Roles.EngineeringHead];
    private static readonly string[] Clearers = [.. Engineers, Roles.Production];
    private static readonly string[] Contractors = [.. Engineers, Roles.Production, Roles.Sales, Roles.SalesManager];
    private static readonly string[] Head = [Roles.EngineeringHead];
    private static readonly string[] Committers = [Roles.EngineeringHead, Roles.SalesManager];
    internal static readonly string[] Planners = [Roles.EngineeringHead, Roles.Administrator];
    private static readonly string[] Grantors = [Roles.EngineeringHead, Roles.GeneralManager];

    // While there is a step for somebody.
    private static readonly Func<Project, bool> LacksContract = project => project.WarrantyContract is null;
    private static readonly Func<Project, bool> IsNotCleared = project => project.Clearance is null;

    // Acceptance and handover.
    private static readonly Guard DayHasCome = Guard.RequireInput<IHappened>(
        (_, context, given) => given.On <= context.Today,
        code: "date-in-future",
        rule: "P1",
        missing: ["past-date"],
        suppliedBy: Engineers
    );

    private static readonly Guard AcceptedNotTooEarly = Guard.RequireInput<DateInput>(
        (_, context, given) => given.On >= context.Policy.Warranty.EarliestAcceptance,
        code: "date-too-early",
        rule: "P1",
        missing: ["later-date"],
        suppliedBy: Engineers
    );

    private static readonly Guard HandedOverFromAcceptance = Guard.RequireInput<DateInput>(
        (project, _, given) => given.On >= project.AcceptedOn,
        code: "handover-before-acceptance",
        rule: "P3",
        missing: ["date-from-acceptance"],
        suppliedBy: Engineers
    );

    private static readonly Guard HandedOverByToday = Guard.RequireInput<DateInput>(
        (_, context, given) => given.On <= context.Today,
        code: "handover-in-future",
        rule: "P3",
        missing: ["past-date"],
        suppliedBy: Engineers
    );

    // Acceptance is the owner's own act: what was agreed from then on was agreed with this owner.
    private static readonly Guard SameOwner = Guard.RequireInput<ProjectDetails>(
        (project, _, details) => details.OwnerId == project.OwnerId,
        code: "owner-fixed",
        rule: "P3.3",
        missing: ["present-owner"],
        suppliedBy: Writers
    );

    // By it 按計劃 is judged: once the day has come it is no plan any more.
    private static readonly Guard SamePlannedAcceptance = Guard.RequireInput<ProjectDetails>(
        (project, _, details) => details.PlannedAcceptanceOn == project.PlannedAcceptanceOn,
        code: "planned-acceptance-fixed",
        rule: "P1",
        missing: ["present-planned-acceptance"],
        suppliedBy: Writers
    );

    private static readonly Guard SameManager = Guard.RequireInput<ProjectDetails>(
        (project, _, details) => details.Team.Manager.Id == project.Team.Manager.Id,
        code: "original-manager-fixed",
        rule: "P3.2.2",
        missing: ["present-manager"],
        suppliedBy: Writers
    );

    private static readonly Guard SameWarrantyBasis = Guard.RequireInput<ProjectDetails>(
        (project, _, details) => project.HasSameWarrantyBasis(details),
        code: "warranty-basis-fixed",
        rule: "P3.1.2",
        missing: ["change-of-commitments"],
        suppliedBy: Head
    );

    // Corrected dates.
    private static readonly Guard NotHandedOver = Guard.RequireInput<DateCorrection>(
        (_, _, given) => given.Dates.Handover is null,
        code: "not-handed-over",
        rule: "P3",
        missing: ["handover"],
        suppliedBy: Engineers
    );

    private static readonly Guard AcceptanceByToday = Guard.RequireInput<DateCorrection>(
        (_, context, given) => given.Dates.Acceptance <= context.Today,
        code: "date-in-future",
        rule: "P1",
        missing: ["past-date"],
        suppliedBy: Head
    );

    private static readonly Guard AcceptanceNotTooEarly = Guard.RequireInput<DateCorrection>(
        (_, context, given) => given.Dates.Acceptance >= context.Policy.Warranty.EarliestAcceptance,
        code: "date-too-early",
        rule: "P1",
        missing: ["later-date"],
        suppliedBy: Head
    );

    private static readonly Guard AcceptanceUpToClearance = Guard.RequireInput<DateCorrection>(
        (project, _, given) => project.Clearance is null || project.Clearance.On >= given.Dates.Acceptance,
        code: "clearance-before-acceptance",
        rule: "P1",
        missing: ["date-up-to-clearance"],
        suppliedBy: Head
    );

    private static readonly Guard HandoverIsGiven = Guard.RequireInput<DateCorrection>(
        (_, _, given) => given.Dates.Handover is not null,
        code: "handover-missing",
        rule: "P3",
        missing: ["handover"],
        suppliedBy: Head
    );

    private static readonly Guard HandoverIsFromAcceptance = Guard.RequireInput<DateCorrection>(
        (_, _, given) => given.Dates.Handover >= given.Dates.Acceptance,
        code: "handover-before-acceptance",
        rule: "P3",
        missing: ["date-from-acceptance"],
        suppliedBy: Head
    );

    private static readonly Guard HandoverByToday = Guard.RequireInput<DateCorrection>(
        (_, context, given) => given.Dates.Handover <= context.Today,
        code: "handover-in-future",
        rule: "P3",
        missing: ["past-date"],
        suppliedBy: Head
    );

    private static readonly Guard HeldWithinDates = Guard.RequireInput<DateCorrection>(
        (_, _, given) =>
            given.Held.All(on => on >= given.Dates.Handover && (given.Horizon is null || on <= given.Horizon)),
        code: "held-outside-warranty",
        rule: "P2.1.1",
        missing: ["dates-with-held-revisits"],
        suppliedBy: Head
    );

    private static readonly Guard HeldWithinTerms = Guard.RequireInput<CommitmentChange>(
        (_, _, given) => given.Horizon is null || given.Held.All(on => on <= given.Horizon),
        code: "held-outside-warranty",
        rule: "P2.1.1",
        missing: ["terms-with-held-revisits"],
        suppliedBy: Committers
    );

    // The clearing of the site.
    private static readonly Guard NotCleared = Guard.Require(
        (project, _) => project.Clearance is null,
        code: "already-cleared",
        rule: "P1",
        missing: ["open-clearance"],
        suppliedBy: Engineers
    );

    private static readonly Guard ClearedFromAcceptance = Guard.RequireInput<SiteClearance>(
        (project, _, clearance) => clearance.On >= project.AcceptedOn,
        code: "clearance-before-acceptance",
        rule: "P1",
        missing: ["date-from-acceptance"],
        suppliedBy: Engineers
    );

    private static readonly Guard LandIsReturned = Guard.RequireInput<SiteClearance>(
        (_, _, clearance) => clearance.LandReturned,
        code: "land-not-returned",
        rule: "P1",
        missing: ["returned-land"],
        suppliedBy: Engineers
    );

    private static readonly Guard RestorationIsShown = Guard.RequireInput<SiteClearance>(
        (_, _, clearance) => clearance.Restoration?.IsShown == true,
        code: "restoration-not-shown",
        rule: "P1",
        missing: ["restoration"],
        suppliedBy: Clearers
    );

    private static readonly Guard WordByToday = Guard.RequireInput<SiteClearance>(
        (_, context, clearance) => !(clearance.Restoration?.Word?.On > context.Today),
        code: "date-in-future",
        rule: "P1",
        missing: ["past-date"],
        suppliedBy: Clearers
    );

    private static readonly Guard ClearanceReminderDue = Guard.Require(
        (project, context) =>
            ProjectDeadlines.IsClearanceReminderDue(project, context.Policy.Clearance.ReminderDays, context.Today),
        code: "reminder-not-due",
        rule: "P1",
        missing: ["reminder-day"],
        suppliedBy: SystemOnly
    );

    private static readonly Guard ClearanceIsOverdue = Guard.Require(
        (project, context) =>
            project.ClearanceMarkedOverdueOn is null && ProjectDeadlines.IsClearanceOverdue(project, context.Today),
        code: "clearance-not-overdue",
        rule: "P1",
        missing: ["passed-due-date"],
        suppliedBy: SystemOnly
    );

    // The warranty contract.
    private static readonly Guard ContractByToday = Guard.RequireInput<ContractInput>(
        (_, context, given) => given.Contract.SignedOn <= context.Today,
        code: "date-in-future",
        rule: "P3",
        missing: ["past-date"],
        suppliedBy: Contractors
    );

    private static readonly Guard ContractFileIsKnown = Guard.RequireInput<ContractInput>(
        (_, _, given) => given.FileIsKnown,
        code: "contract-file-unknown",
        rule: "P3",
        missing: ["contract-file"],
        suppliedBy: Contractors
    );

    // The warranty.
    private static readonly Guard GoodwillIsLonger = Guard.RequireInput<Goodwill>(
        (project, _, grant) => grant.Through > project.ThroughOf(grant.Part),
        code: "goodwill-not-longer",
        rule: "P3.1.2",
        missing: ["later-date"],
        suppliedBy: Grantors
    );

    private static readonly Guard GoodwillNotTooLong = Guard.RequireInput<Goodwill>(
        (project, _, grant) => grant.Through <= project.LatestGoodwill,
        code: "goodwill-too-long",
        rule: "P3.1.2",
        missing: ["earlier-date"],
        suppliedBy: Grantors
    );

    private static readonly Guard InBreach = Guard.Require(
        (project, context) => project.BreachMarkedOn is null && ProjectDeadlines.IsInBreach(project, context.Today),
        code: "not-in-breach",
        rule: "P2.1.1",
        missing: ["ended-horizon"],
        suppliedBy: SystemOnly
    );

    private static readonly Guard WarrantyIsOver = Guard.Require(
        (project, context) => ProjectDeadlines.IsWarrantyOver(project, context.Today),
        code: "warranty-runs",
        rule: "P3.1.2",
        missing: ["ended-term"],
        suppliedBy: SystemOnly
    );

    private static Guard[] SoundAcceptance =>
        [NotHandedOver, AcceptanceByToday, AcceptanceNotTooEarly, AcceptanceUpToClearance];

    private static Guard[] SoundDates =>
        [
            HandoverIsGiven,
            HandoverIsFromAcceptance,
            HandoverByToday,
            AcceptanceNotTooEarly,
            AcceptanceUpToClearance,
            HeldWithinDates,
        ];

    private static Guard[] NothingFixed => [SameOwner, SamePlannedAcceptance, SameManager, SameWarrantyBasis];

    private static Guard[] SoundContract => [ContractByToday, ContractFileIsKnown];

    private static Guard[] SoundClearance =>
        [NotCleared, ClearedFromAcceptance, DayHasCome, LandIsReturned, RestorationIsShown, WordByToday];
}
