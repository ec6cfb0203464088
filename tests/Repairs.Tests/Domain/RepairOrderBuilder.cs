using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Who takes part in the orders of the tests.</summary>
internal static class Parties
{
    public static readonly Guid Owner = Guid.CreateVersion7();
    public static readonly Guid Subcontractor = Guid.CreateVersion7();
    public static readonly Guid Manager = Guid.CreateVersion7();

    public static readonly RepairUnit Unit = new(Subcontractor, "宏達防水", UnitKind.Subcontractor);
    public static readonly RepairUnit OwnUnit = new(Guid.CreateVersion7(), "本公司維修隊", UnitKind.Own);
    public static readonly ProjectRef Project = new(
        Guid.CreateVersion7(),
        "濱江花園",
        "HT-1",
        Owner,
        "業主",
        "王",
        "021-5555"
    );

    public static readonly LeaderCandidate OriginalManager = new(LeaderBasis.OriginalManager, Manager, "張經理");

    public static Actor UnitMan { get; } = Someone.InRepairUnit(Subcontractor);

    public static Actor OwnerMan { get; } = Someone.AtCustomer(Owner);
}

/// <summary>Orders and what they are made of.</summary>
internal static class RepairOrderBuilding
{
    extension(A)
    {
        public static RepairOrderBuilder RepairOrder(DefectSeverity severity = DefectSeverity.Major) =>
            new() { Severity = severity };

        public static Notice Notice(DefectSeverity severity = DefectSeverity.Major, DateOnly? notifiedOn = null) =>
            new()
            {
                Source = OrderSource.Notice,
                Project = Parties.Project,
                PartCode = "roof",
                Location = "屋面",
                Description = "滲漏",
                Severity = severity,
                NotifiedOn = notifiedOn ?? A.Today,
            };

        /// <summary>Under warranty; the subcontractor's part, unless said otherwise.</summary>
        public static WarrantyStanding Warranty(Guid? unit, params PartUnit[] units) =>
            new()
            {
                Covered = WarrantyCover.Yes,
                On = A.Today,
                ResponsibleUnitId = unit,
                ResponsibleUnitName = unit is null ? null : Parties.Unit.Name,
                Units = units,
                AnsweredAt = A.Moment,
                TriedAt = A.Moment,
            };

        public static WarrantyStanding NoAnswer(AskProblem problem = AskProblem.NoAnswer) =>
            WarrantyStanding.Unanswered(A.Today, A.Moment, problem);

        public static DispatchInput DispatchInput() =>
            new()
            {
                Leader = Parties.OriginalManager,
                Proposals = LeaderProposals.None(AskProblem.NoAnswer),
                OwnUnit = Parties.OwnUnit,
                EmergencyReason = EmergencyReason.Safety,
            };

        public static IReadOnlyList<BriefingParticipant> Crew() =>
            [
                new("張經理", BriefingRole.Leader, null),
                new("小李", BriefingRole.Crew, "crew-1"),
                new("無帳號師傅", BriefingRole.Crew, null),
                new("listener", BriefingRole.Observer, "listener"),
            ];

        public static BriefingPrinciples Principles() => new(true, true, true, true);

        public static WorkInput Work(DateOnly? finishedOn = null) =>
            new("重做附加層", "卷材 12 m²", "RW-7", ["小李", "臨時工"], finishedOn ?? A.Today) { Photos = A.Photos() };

        /// <summary>One photo before the work and one after it.</summary>
        public static WorkPhotos Photos(int before = 1, int after = 1) =>
            new(
                [.. Enumerable.Range(0, before).Select(_ => Guid.CreateVersion7())],
                [.. Enumerable.Range(0, after).Select(_ => Guid.CreateVersion7())]
            );

        /// <summary>The four texts of a construction fault.</summary>
        public static FaultLessons Lessons(
            FaultLiability liability = FaultLiability.Subcontractor,
            FaultCause cause = FaultCause.Jointing,
            bool systemic = false
        ) =>
            new(
                liability,
                cause,
                systemic,
                "收頭未壓條",
                "未驗收",
                "補做",
                "停止點",
                Stamp.Of(A.Context(Someone.InEngineering()))
            );

        /// <summary>Signed by the owner themselves.</summary>
        public static OwnerDecision Decision() => new("滿意", "王先生");

        /// <summary>Taken down by customer service.</summary>
        public static OwnerDecision Word(DateOnly? on = null, WordBy how = WordBy.Phone) =>
            new("滿意", null, new RecordedWord("王先生", how, on ?? A.Today));
    }
}

internal sealed class RepairOrderBuilder : RecordBuilder<RepairOrder, RepairOrderState, RepairOrderAction>
{
    public DefectSeverity Severity { get; init; } = DefectSeverity.Major;

    public EmergencyReason? EmergencyReason { get; init; }

    public DateOnly NotifiedOn { get; init; } = A.Today;

    public SiteContact? SiteContact { get; init; }

    public WarrantyStanding Warranty { get; init; } = A.Warranty(Parties.Subcontractor);

    /// <summary>The first steps as an emergency takes them: dispatched without approval.</summary>
    public bool BeforeApproval { get; init; }

    /// <summary>Cause, lesson and measures are not on record.</summary>
    public bool WithoutLessons { get; init; }

    /// <summary>The accepted order whose defect came back.</summary>
    public EarlierOrder? RecurrenceOf { get; init; }

    /// <summary>Who repairs, where it is not the subcontractor.</summary>
    public DispatchInput? Decision { get; init; }

    /// <summary>Production has not fixed the days.</summary>
    public bool Unplanned { get; init; }

    protected override RepairOrder Start() =>
        RepairOrder
            .Open(
                A.Context(Someone.InCustomerService()),
                "WX-2026-000001",
                A.Notice(Severity, NotifiedOn) with
                {
                    EmergencyReason = EmergencyReason,
                    SiteContact = SiteContact,
                    RecurrenceOf = RecurrenceOf,
                },
                Warranty
            )
            .Required();

    protected override Refusal? Next(RepairOrder order, RepairOrderState towards)
    {
        var today = A.Today;
        return order.State switch
        {
            _ when towards == RepairOrderState.Withdrawn => order.Withdraw(
                A.Context(Someone.InCustomerService()),
                "twice"
            ),
            RepairOrderState.Confirmed when BeforeApproval => order.Dispatch(
                A.Context(Someone.InEngineering()),
                A.DispatchInput()
            ),
            RepairOrderState.Opened => order.Confirm(
                A.Context(Someone.InCustomerService()),
                ConfirmationMethod.OnSite,
                today,
                "王先生",
                "重做"
            ),
            RepairOrderState.Confirmed => order.Analyse(A.Context(Someone.InEngineering()), "f", "c", "m", ["x"]),
            RepairOrderState.Analysed => order.Review(A.Context(Someone.HeadOfEngineering()), "fine"),
            RepairOrderState.Reviewed => Plan(order) ?? order.Approve(A.Context(Someone.UnitLeader()), "ok"),
            RepairOrderState.Approved => order.Dispatch(
                A.Context(Someone.InEngineering()),
                Decision ?? A.DispatchInput()
            ),
            RepairOrderState.Dispatched => order.Brief(
                A.Context(Someone.HeadOfEngineering()),
                today,
                "how",
                A.Crew(),
                A.Principles()
            ),
            RepairOrderState.Briefed => order.Start(A.Context(Parties.UnitMan)),
            RepairOrderState.InRepair => order.Finish(A.Context(Parties.UnitMan), A.Work()),
            RepairOrderState.Done => order.PassInspection(A.Context(Someone.InQuality()), "ok"),
            RepairOrderState.Inspected => Learn(order) ?? order.Accept(A.Context(Parties.OwnerMan), A.Decision()),
            RepairOrderState.Accepted => Plan(order) ?? order.Return(A.Context(Parties.UnitMan), "complete"),
            _ => throw new InvalidOperationException($"{order.State} leads nowhere."),
        };
    }

    private Refusal? Learn(RepairOrder order) =>
        WithoutLessons || order.Lessons is not null
            ? null
            : order.DrawLessons(A.Context(Someone.InEngineering()), A.Lessons(), FaultCounts.None);

    private Refusal? Plan(RepairOrder order) =>
        Unplanned || order.Plan is not null
            ? null
            : order.PlanDays(A.Context(Someone.InProduction()), A.Today, A.Today.AddDays(3));
}
