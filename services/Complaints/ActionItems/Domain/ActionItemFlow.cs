using CustomerService.Rules;
using static CustomerService.Complaints.ActionItems.Domain.ActionItemState;
using Do = CustomerService.Complaints.ActionItems.Domain.ActionItemAction;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Complaints.ActionItems.Domain.ActionItem,
    CustomerService.Complaints.ActionItems.Domain.ActionItemState,
    CustomerService.Complaints.ActionItems.Domain.ActionItemAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Complaints.ActionItems.Domain.ActionItem>;

namespace CustomerService.Complaints.ActionItems.Domain;

/// <summary>The life of an action item, rules C3.1.4, C5.3.1, C5.5, C5.6.2 and C5.7.</summary>
internal static class ActionItemFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("action-item")
        .Start(Do.Issue, Issued, "C3.1.4", Givers)

        .From(Issued)
            .On(Do.Receive,         Received, "C3.1.4", Owners, IsOwner)
        .From(Received)
            .On(Do.Complete,        Done,     "C3.1.4", Owners, IsOwner, DoneByToday, HasEvidence)
        .From(Done)
            .On(Do.Accept,          Settled,  "C3.1.4", Checkers, IsChecker, NotTheDoer)
            .MustOn(Do.SendBack,    Received, "C3.1.4", Checkers, IsChecker, NotTheDoer)
        .In(Issued, Received)
            .Stay(Do.AskExtension,            "C5.6.2", Owners, IsOwner, NoneAsked, LaterThanDue)
            .MustStay(Do.GrantExtension,      "C5.6.2", Checkers, ExtensionAsked, IsGranter, AskedDayAhead)
            .MustStay(Do.RefuseExtension,     "C5.6.2", Checkers, ExtensionAsked, IsGranter)
            .MayOn(Do.Withdraw,   Withdrawn,  "C3.1.4", Checkers, IsGranter)
            .Stay(Do.Escalate,                "C5.5.1", System, IsDueForNextLevel)
        .In(Issued, Received, Done)
            .Stay(Do.Supervise,               "C5.3.1", Supervisors)
        .Ends(Settled)
        .Abandons(Withdrawn)
        .Build();

    /// <summary>Who may check action items of one purpose or another.</summary>
    public static readonly string[] Checkers =
    [
        Roles.CustomerService,
        Roles.Sales,
        Roles.SalesManager,
        Roles.Qc,
        Roles.QcHead,
        Roles.DepartmentHead,
        Roles.ManagementRepresentative,
    ];

    private static readonly string[] System = [Roles.System];
    private static readonly string[] Supervisors =
    [
        Roles.Qc,
        Roles.QcHead,
        Roles.CustomerService,
        Roles.ManagementRepresentative,
    ];
    private static readonly string[] Owners =
    [
        Roles.DepartmentHead,
        Roles.ResponsibleDepartment,
        Roles.Production,
        Roles.Engineering,
        Roles.EngineeringHead,
        Roles.Repair,
        Roles.RepairGroup,
        Roles.AfterSales,
        Roles.Finance,
        Roles.ProductDevelopment,
        Roles.Sales,
        Roles.SalesManager,
        Roles.CustomerService,
        Roles.Qc,
        Roles.QcHead,
    ];
    private static readonly string[] Givers =
    [
        .. Owners,
        Roles.ManagementRepresentative,
        Roles.GeneralManager,
        Roles.DeputyGeneralManager,
        .. System,
    ];

    private static readonly Guard IsOwner = Guard.RequirePeople(
        (item, _) =>
            People.Of(
                item.OwnerId is { } person
                    ? [new Taker(PersonId: person), new Taker(Roles.DepartmentHead, Department: item.Department)]
                    : [new Taker(Department: item.Department)]
            ),
        code: "not-the-owner",
        rule: "C3.1.4",
        missing: ["owner"],
        suppliedBy: Owners
    );

    private static readonly Guard IsChecker = Guard.RequirePeople(
        (item, _) => People.Of(ActionRules.CheckersOf(item)),
        code: "not-the-checker",
        rule: "C3.1.4",
        missing: ["checker"],
        suppliedBy: Checkers
    );

    private static readonly Guard IsGranter = Guard.RequirePeople(
        (item, _) => People.Of(ActionRules.GrantersOf(item)),
        code: "not-the-granter",
        rule: "C5.6.2",
        missing: ["granter"],
        suppliedBy: Checkers
    );

    private static readonly Guard NotTheDoer = Guard.RequirePeople(
        (item, _) => item.Purpose == ActionPurpose.Capa ? People.Anyone : People.Not(item.Result?.By),
        code: "checker-is-doer",
        rule: "C5.3.1",
        missing: ["other-checker"],
        suppliedBy: Checkers
    );

    private static readonly Guard DoneByToday = Guard.RequireInput<ActionDoneInput>(
        (item, context, done) => done.On <= context.Today && done.On >= context.DateOf(item.IssuedBy.At),
        code: "done-day-impossible",
        rule: "C3.1.4",
        missing: ["done-date"],
        suppliedBy: Owners
    );

    private static readonly Guard HasEvidence = Guard.RequireInput<ActionDoneInput>(
        (item, _, done) =>
            item.Purpose is not (ActionPurpose.Capa or ActionPurpose.Remedy) || !TextFolding.IsBlank(done.Evidence),
        code: "evidence-missing",
        rule: "C5.6.2",
        missing: ["evidence"],
        suppliedBy: Owners
    );

    private static readonly Guard NoneAsked = Guard.Require(
        (item, _) => item.AskedExtension is null,
        code: "extension-asked-already",
        rule: "C5.6.2",
        missing: ["decision-on-extension"],
        suppliedBy: Checkers
    );

    private static readonly Guard LaterThanDue = Guard.RequireInput<DateOnly>(
        (item, context, to) => to > item.DueOn && to >= context.Today,
        code: "extension-not-later",
        rule: "C5.6.2",
        missing: ["later-date"],
        suppliedBy: Owners
    );

    private static readonly Guard ExtensionAsked = Guard.Require(
        (item, _) => item.AskedExtension is not null,
        code: "no-extension-asked",
        rule: "C5.6.2",
        missing: ["asked-extension"],
        suppliedBy: Owners
    );

    private static readonly Guard AskedDayAhead = Guard.Require(
        (item, context) => item.AskedExtension is null || item.AskedExtension.To >= context.Today,
        code: "extension-passed",
        rule: "C5.6.2",
        missing: ["day-ahead"],
        suppliedBy: Owners
    );

    private static readonly Guard IsDueForNextLevel = Guard.Require(
        (item, context) =>
            item.EscalateAfter is { } day
            && Deadlines.IsOverdue(day, context.Today)
            && ActionRules.NextLevelOf(item) is not null,
        code: "not-to-escalate",
        rule: "C5.5.1",
        missing: ["overdue-action"],
        suppliedBy: System
    );
}
