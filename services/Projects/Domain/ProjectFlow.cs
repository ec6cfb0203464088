using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>A date that is entered for something that has happened.</summary>
/// <param name="On">The day.</param>
/// <param name="NotBefore">The policy's earliest day; null where another date is the limit.</param>
internal sealed record Happened(DateOnly On, DateOnly? NotBefore = null);

/// <summary>Acceptance and handover as they should have been entered; no handover where there was none yet.</summary>
internal sealed record CorrectedDates(DateOnly Acceptance, DateOnly? Handover);

/// <summary>Corrected dates with what they are judged by.</summary>
/// <param name="Dates">The dates.</param>
/// <param name="NotBefore">The policy's earliest day of an acceptance.</param>
/// <param name="Held">The days on which revisits were held.</param>
/// <param name="Horizon">Last day of the plan that follows from the dates; null as long as it is not worked
/// out.</param>
internal sealed record DateCorrection(
    CorrectedDates Dates,
    DateOnly NotBefore,
    IReadOnlyList<DateOnly> Held,
    DateOnly? Horizon = null
);

/// <summary>Other commitments, with what they are judged by.</summary>
/// <param name="Held">The days on which revisits were held.</param>
/// <param name="Horizon">Last day of the plan that follows from them; null as long as it is not worked out.</param>
internal sealed record CommitmentChange(IReadOnlyList<DateOnly> Held, DateOnly? Horizon = null);

/// <summary>The life of a project from its registration to the end of its last warranty term.</summary>
internal static class ProjectFlow
{
    private static readonly string[] Writers =
    [
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Production,
        Roles.Administrator,
    ];
    private static readonly string[] Engineers = [Roles.Engineering, Roles.EngineeringHead];

    public static Flow<Project, ProjectState, ProjectAction> Table { get; } =
        Flow<Project, ProjectState, ProjectAction>
            .Named("project")
            .Begins(ProjectAction.Register, ProjectState.Registered, "P3.3", Writers)
            .On(ProjectState.Registered, ProjectAction.Revise, ProjectState.Registered, "P3.3", Writers)
            .On(
                ProjectState.Registered,
                ProjectAction.Withdraw,
                ProjectState.Withdrawn,
                "P3.3",
                Roles.EngineeringHead,
                Roles.Administrator
            )
            .On(ProjectState.Registered, ProjectAction.Accept, ProjectState.Accepted, "P1", Engineers)
            .Given<Happened>(
                (_, context, given) => given.On <= context.Today,
                "date-in-future",
                "P1",
                ["past-date"],
                Engineers
            )
            .Given<Happened>(
                (_, _, given) => given.NotBefore is null || given.On >= given.NotBefore,
                "date-too-early",
                "P1",
                ["later-date"],
                Engineers
            )
            .On(ProjectState.Accepted, ProjectAction.CorrectDates, ProjectState.Accepted, "P1", Roles.EngineeringHead)
            .Given<DateCorrection>(
                (_, _, given) => given.Dates.Handover is null,
                "not-handed-over",
                "P3",
                ["handover"],
                Engineers
            )
            .Given<DateCorrection>(
                (_, context, given) => given.Dates.Acceptance <= context.Today,
                "date-in-future",
                "P1",
                ["past-date"],
                Roles.EngineeringHead
            )
            .AfterTheFloorAndBeforeTheClearance()
            .On(ProjectState.Accepted, ProjectAction.Revise, ProjectState.Accepted, "P3.3", Writers)
            .SameOwner()
            .On(
                ProjectState.Accepted,
                ProjectAction.ClearSite,
                ProjectState.Accepted,
                "P1",
                [.. Engineers, Roles.Production]
            )
            .Clearing()
            .On(ProjectState.Accepted, ProjectAction.RemindOfClearance, ProjectState.Accepted, "P1", Roles.System)
            .ReminderDue()
            .On(ProjectState.Accepted, ProjectAction.NoteClearanceOverdue, ProjectState.Accepted, "P1", Roles.System)
            .Overdue()
            .On(ProjectState.Accepted, ProjectAction.HandOver, ProjectState.HandedOver, "P3", Engineers)
            .Given<Happened>(
                (project, _, given) => given.On >= project.AcceptedOn,
                "handover-before-acceptance",
                "P3",
                ["date-from-acceptance"],
                Engineers
            )
            .Given<Happened>(
                (_, context, given) => given.On <= context.Today,
                "date-in-future",
                "P3",
                ["past-date"],
                Engineers
            )
            .On(ProjectState.HandedOver, ProjectAction.Revise, ProjectState.HandedOver, "P3.3", Writers)
            .SameOwner()
            .Given<ProjectDetails>(
                (project, _, details) => details.Team.Manager.Id == project.Team.Manager.Id,
                "original-manager-fixed",
                "P3.2.2",
                ["present-manager"],
                Writers
            )
            .Given<ProjectDetails>(
                (project, _, details) => project.HasSameWarrantyBasis(details),
                "warranty-basis-fixed",
                "P3.1.2",
                ["change-of-commitments"],
                Roles.EngineeringHead
            )
            .On(
                ProjectState.HandedOver,
                ProjectAction.ClearSite,
                ProjectState.HandedOver,
                "P1",
                [.. Engineers, Roles.Production]
            )
            .Clearing()
            .On(ProjectState.HandedOver, ProjectAction.RemindOfClearance, ProjectState.HandedOver, "P1", Roles.System)
            .ReminderDue()
            .On(
                ProjectState.HandedOver,
                ProjectAction.NoteClearanceOverdue,
                ProjectState.HandedOver,
                "P1",
                Roles.System
            )
            .Overdue()
            .CorrectedFrom(ProjectState.HandedOver)
            .On(
                ProjectState.HandedOver,
                ProjectAction.RegeneratePlan,
                ProjectState.HandedOver,
                "P2.1.1",
                Roles.EngineeringHead,
                Roles.Administrator
            )
            .On(
                ProjectState.HandedOver,
                ProjectAction.GrantGoodwill,
                ProjectState.HandedOver,
                "P3.1.2",
                Roles.EngineeringHead,
                Roles.GeneralManager
            )
            .Given<Goodwill>(
                (project, _, grant) => grant.Through > project.ThroughOf(grant.Part),
                "goodwill-not-longer",
                "P3.1.2",
                ["later-date"],
                Roles.EngineeringHead,
                Roles.GeneralManager
            )
            .Given<Goodwill>(
                (project, _, grant) => grant.Through <= project.LatestGoodwill,
                "goodwill-too-long",
                "P3.1.2",
                ["earlier-date"],
                Roles.EngineeringHead,
                Roles.GeneralManager
            )
            .On(ProjectState.HandedOver, ProjectAction.NoteBreach, ProjectState.HandedOver, "P2.1.1", Roles.System)
            .When(
                (project, context) =>
                    project.BreachNotedOn is null
                    && RevisitPlan.IsInBreach(project.HorizonEndsOn!.Value, project.HeldRevisits, context.Today),
                "not-in-breach",
                "P2.1.1",
                ["ended-horizon"],
                Roles.System
            )
            .On(ProjectState.HandedOver, ProjectAction.EndWarranty, ProjectState.WarrantyEnded, "P3.1.2", Roles.System)
            .When(
                (project, context) => project.WarrantyEndsOn < context.Today,
                "warranty-runs",
                "P3.1.2",
                ["ended-term"],
                Roles.System
            )
            // The last term, the design life, has ended. What is found wrong after that is put right all the
            // same; the warranty then runs again or ends again.
            .CorrectedFrom(ProjectState.WarrantyEnded)
            .RestsIn(ProjectState.WarrantyEnded)
            .EndsIn(ProjectState.Withdrawn)
            .Build();

    private static FlowBuilder<Project, ProjectState, ProjectAction> CorrectedFrom(
        this FlowBuilder<Project, ProjectState, ProjectAction> flow,
        ProjectState from
    ) =>
        flow.On(from, ProjectAction.CorrectDates, ProjectState.HandedOver, "P3", Roles.EngineeringHead)
            .Given<DateCorrection>(
                (_, _, given) => given.Dates.Handover is not null,
                "handover-missing",
                "P3",
                ["handover"],
                Roles.EngineeringHead
            )
            .Given<DateCorrection>(
                (_, _, given) => given.Dates.Handover >= given.Dates.Acceptance,
                "handover-before-acceptance",
                "P3",
                ["date-from-acceptance"],
                Roles.EngineeringHead
            )
            .Given<DateCorrection>(
                (_, context, given) => given.Dates.Handover <= context.Today,
                "date-in-future",
                "P3",
                ["past-date"],
                Roles.EngineeringHead
            )
            .AfterTheFloorAndBeforeTheClearance()
            .Given<DateCorrection>(
                (_, _, given) =>
                    given.Held.All(on => on >= given.Dates.Handover && (given.Horizon is null || on <= given.Horizon)),
                "held-outside-warranty",
                "P2.1.1",
                ["dates-with-held-revisits"],
                Roles.EngineeringHead
            )
            .On(
                from,
                ProjectAction.ChangeCommitments,
                ProjectState.HandedOver,
                "P3.1.2",
                Roles.EngineeringHead,
                Roles.SalesManager
            )
            .Given<CommitmentChange>(
                (_, _, given) => given.Horizon is null || given.Held.All(on => on <= given.Horizon),
                "held-outside-warranty",
                "P2.1.1",
                ["terms-with-held-revisits"],
                Roles.EngineeringHead,
                Roles.SalesManager
            );

    // Acceptance is the owner's own act: from then on the works are his, and what was agreed was agreed with him.
    private static FlowBuilder<Project, ProjectState, ProjectAction> SameOwner(
        this FlowBuilder<Project, ProjectState, ProjectAction> flow
    ) =>
        flow.Given<ProjectDetails>(
            (project, _, details) => details.OwnerId == project.OwnerId,
            "owner-fixed",
            "P3.3",
            ["present-owner"],
            Writers
        );

    private static FlowBuilder<Project, ProjectState, ProjectAction> AfterTheFloorAndBeforeTheClearance(
        this FlowBuilder<Project, ProjectState, ProjectAction> flow
    ) =>
        flow.Given<DateCorrection>(
                (_, _, given) => given.Dates.Acceptance >= given.NotBefore,
                "date-too-early",
                "P1",
                ["later-date"],
                Roles.EngineeringHead
            )
            .Given<DateCorrection>(
                (project, _, given) => project.Clearance is null || project.Clearance.On >= given.Dates.Acceptance,
                "clearance-before-acceptance",
                "P1",
                ["date-up-to-clearance"],
                Roles.EngineeringHead
            );

    private static FlowBuilder<Project, ProjectState, ProjectAction> Clearing(
        this FlowBuilder<Project, ProjectState, ProjectAction> flow
    ) =>
        flow.When((project, _) => project.Clearance is null, "already-cleared", "P1", ["open-clearance"], Engineers)
            .Given<SiteClearance>(
                (project, _, clearance) => clearance.On >= project.AcceptedOn,
                "clearance-before-acceptance",
                "P1",
                ["date-from-acceptance"],
                Engineers
            )
            .Given<SiteClearance>(
                (_, context, clearance) => clearance.On <= context.Today,
                "date-in-future",
                "P1",
                ["past-date"],
                Engineers
            )
            .Given<SiteClearance>(
                (_, _, clearance) => clearance.LandReturned,
                "land-not-returned",
                "P1",
                ["returned-land"],
                Engineers
            );

    private static FlowBuilder<Project, ProjectState, ProjectAction> ReminderDue(
        this FlowBuilder<Project, ProjectState, ProjectAction> flow
    ) =>
        flow.Given<ClearancePolicy>(
            (project, context, policy) => project.IsClearanceReminderDue(policy, context.Today),
            "reminder-not-due",
            "P1",
            ["reminder-day"],
            Roles.System
        );

    private static FlowBuilder<Project, ProjectState, ProjectAction> Overdue(
        this FlowBuilder<Project, ProjectState, ProjectAction> flow
    ) =>
        flow.When(
            (project, context) =>
                project is { Clearance: null, ClearanceOverdueNotedOn: null, ClearanceDueOn: { } due }
                && Deadlines.IsOverdue(due, context.Today),
            "clearance-not-overdue",
            "P1",
            ["passed-due-date"],
            Roles.System
        );
}
