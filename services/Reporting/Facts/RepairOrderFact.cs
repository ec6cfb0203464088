using CustomerService.Contracts.Repairs.V1;

namespace CustomerService.Reporting.Facts;

internal sealed class RepairOrderFact
    : Fact,
        IApplies<RepairOrderOpened>,
        IApplies<RepairOrderConfirmed>,
        IApplies<RepairOrderApproved>,
        IApplies<RepairOrderDispatched>,
        IApplies<RepairOrderStarted>,
        IApplies<RepairOrderInspected>,
        IApplies<RepairOrderOwnerResponded>,
        IApplies<RepairOrderReturned>,
        IApplies<RepairOrderWithdrawn>,
        IApplies<RepairOrderReceived>,
        IApplies<RepairOrderReceiptOverdue>,
        IApplies<RepairOrderStartOverdue>,
        IApplies<RepairOrderCompletionOverdue>,
        IApplies<RepairOrderFinished>,
        IApplies<RepairUnitReplaced>,
        IApplies<RepairCostChanged>,
        IApplies<RepairOrderRecurred>,
        IApplies<RepairOrderAttempted>,
        IApplies<RepairOrderPaused>,
        IApplies<RepairOrderResumed>,
        IApplies<RepairLessonsDrawn>
{
    public string? Number { get; set; }
    public Guid? ProjectId { get; set; }
    public string? ProjectName { get; set; }
    public Guid? OwnerId { get; set; }
    public string? PartCode { get; set; }
    public string? Severity { get; set; }
    public string? Source { get; set; }
    public Guid? SourceId { get; set; }
    public Guid? RepairUnitId { get; set; }
    public string? RepairUnitName { get; set; }

    /// <summary><c>yes</c>, <c>no</c>, <c>unknown</c>.</summary>
    public string? UnderWarranty { get; set; }

    public DateOnly? NotifiedOn { get; set; }
    public DateOnly? ConfirmDueOn { get; set; }
    public DateOnly? ConfirmedOn { get; set; }
    public bool? ConfirmedInTime { get; set; }
    public DateOnly? ApprovedOn { get; set; }
    public DateOnly? DispatchedOn { get; set; }
    public DateOnly? StartedOn { get; set; }
    public DateOnly? PassedOn { get; set; }
    public DateOnly? AcceptedOn { get; set; }
    public DateOnly? ReturnedOn { get; set; }
    public DateOnly? WithdrawnOn { get; set; }
    public int FailedInspections { get; set; }
    public int OwnerRefusals { get; set; }

    /// <summary>Whether the unit that received last did so by its day (P3.1.1).</summary>
    public bool? ReceivedInTime { get; set; }

    /// <summary>A unit had not received the order by its day.</summary>
    public bool ReceiptMissed { get; set; }

    /// <summary>The work had not begun by its target (P3.2.2).</summary>
    public bool StartMissed { get; set; }

    /// <summary>The work was not done by its target (P3.2.2).</summary>
    public bool CompletionMissed { get; set; }

    /// <summary>The unit that missed its receipt, where another has the order now (P3.1.1).</summary>
    public string? ReceiptMissedByName { get; set; }

    /// <summary>The unit that missed the start, where another has the order now.</summary>
    public string? StartMissedByName { get; set; }

    /// <summary>The unit that missed the end, where another has the order now.</summary>
    public string? CompletionMissedByName { get; set; }

    /// <summary>What was said of its clocks, by version.</summary>
    public IReadOnlyList<ClockWordFact> ClockWords { get; private set; } = [];

    /// <summary>The units that others stepped in for, by version.</summary>
    public IReadOnlyList<ReplacedUnitFact> Replaced { get; private set; } = [];

    public DateTimeOffset? StartDueAt { get; set; }
    public DateTimeOffset? FinishDueAt { get; set; }

    /// <summary>When the unit said last that it is done.</summary>
    public DateOnly? FinishedOn { get; set; }

    /// <summary>Labour, material and the rest, whoever paid.</summary>
    public decimal? CostTotal { get; set; }

    /// <summary>The defect came back after the owner had accepted its repair (P2.2.3).</summary>
    public DateOnly? RecurredOn { get; set; }

    /// <summary>How often somebody came and nobody was there (P3.2.1).</summary>
    public int Attempts { get; set; }

    /// <summary>How often its clocks stood still (P3.2.2).</summary>
    public int Pauses { get; set; }

    /// <summary>How long, all pauses that are over.</summary>
    public long PausedSeconds { get; set; }

    /// <summary>Who answers for the defect (P2.2.3).</summary>
    public string? FaultLiability { get; set; }

    /// <summary>Its main cause.</summary>
    public string? FaultCause { get; set; }

    public bool? FaultSystemic { get; set; }

    public DateOnly? LessonsOn { get; set; }

    /// <summary>How long it waited, by whom it waited for; told when the record comes back.</summary>
    public List<RepairWaitFact> Waits { get; } = [];

    public long UnitVersion { get; set; }
    public long PassedVersion { get; set; }
    public long FailedVersion { get; set; }
    public long TargetsVersion { get; set; }
    public long ReceivedVersion { get; set; }
    public long FinishedVersion { get; set; }
    public long CostVersion { get; set; }
    public long RecurredVersion { get; set; }
    public long WaitsVersion { get; set; }
    public long LessonsVersion { get; set; }

    public void Apply(RepairOrderOpened e)
    {
        OwnerId = e.OwnerId;
        Describe(e.Number, e.ProjectId, e.ProjectName, e.PartCode);
        Severity = e.Severity;
        Source = e.Source;
        SourceId = e.SourceId;
        NotifiedOn = e.NotifiedOn;
        ConfirmDueOn = e.ConfirmDueOn;
        AdvanceState("opened", e.Version);
    }

    public void Apply(RepairOrderConfirmed e)
    {
        OwnerId = e.OwnerId;
        ConfirmedOn = e.ConfirmedOn;
        ConfirmedInTime = e.InTime;
        AdvanceState("confirmed", e.Version);
    }

    public void Apply(RepairOrderApproved e)
    {
        OwnerId = e.OwnerId;
        ApprovedOn = e.ApprovedOn;
        if (!e.Ratified)
        {
            AdvanceState("approved", e.Version);
        }
    }

    public void Apply(RepairOrderDispatched e)
    {
        OwnerId = e.OwnerId;
        Unit(e.RepairUnitId, e.RepairUnitName, e.UnderWarranty, e.Version);
        DispatchedOn = e.DispatchedOn;
        Aim(e.StartDueAt, e.FinishDueAt, e.Version);
        AdvanceState("dispatched", e.Version);
    }

    public void Apply(RepairOrderStarted e)
    {
        OwnerId = e.OwnerId;
        StartedOn = e.StartedOn;
        if (e.StartMissed is { } missed)
        {
            MissStart(missed, e.Version);
        }

        AdvanceState("in-repair", e.Version);
    }

    public void Apply(RepairOrderInspected e)
    {
        OwnerId = e.OwnerId;
        if (e.Passed && IsNewer(e.Version, PassedVersion, v => PassedVersion = v))
        {
            PassedOn = e.InspectedOn;
        }

        // Events of before the number was told: the round counts an owner's refusals too, and the record's
        // return puts that right.
        if ((e.FailedInspections ?? (e.Passed ? null : e.Round)) is { } failed)
        {
            Failed(failed, e.Version);
        }

        AdvanceState(e.Passed ? "passed" : "in-repair", e.Version);
    }

    public void Apply(RepairOrderOwnerResponded e)
    {
        OwnerId = e.OwnerId;
        if (e.Accepted)
        {
            AcceptedOn = e.RespondedOn;
        }

        AdvanceState(e.Accepted ? "accepted" : "in-repair", e.Version);
    }

    public void Apply(RepairOrderReturned e)
    {
        OwnerId = e.OwnerId;
        Describe(e.Number, e.ProjectId, e.ProjectName, e.PartCode);
        Unit(e.RepairUnitId, e.RepairUnitName, e.UnderWarranty, e.Version);
        ReturnedOn = e.ReturnedOn;
        Failed(e.FailedInspections, e.Version);
        OwnerRefusals = e.OwnerRefusals;
        if (e.CostTotal is { } cost)
        {
            Cost(cost, e.Version);
        }

        if (IsNewer(e.Version, WaitsVersion, v => WaitsVersion = v))
        {
            Wait(e.Waited ?? []);
        }

        AdvanceState("returned", e.Version);
    }

    public void Apply(RepairOrderWithdrawn e)
    {
        OwnerId = e.OwnerId;
        WithdrawnOn = e.WithdrawnOn;
        AdvanceState("withdrawn", e.Version);
    }

    public void Apply(RepairOrderReceived e)
    {
        OwnerId = e.OwnerId;
        if (IsNewer(e.Version, ReceivedVersion, v => ReceivedVersion = v))
        {
            ReceivedInTime = e.InTime;
        }

        if (e.ReceiptMissed is { } missed)
        {
            MissReceipt(missed, e.Version);
        }

        AdvanceState("received", e.Version);
    }

    public void Apply(RepairOrderReceiptOverdue e)
    {
        OwnerId = e.OwnerId;
        MissReceipt(true, e.Version);
    }

    public void Apply(RepairOrderStartOverdue e)
    {
        OwnerId = e.OwnerId;
        MissStart(true, e.Version);
    }

    public void Apply(RepairOrderCompletionOverdue e)
    {
        OwnerId = e.OwnerId;
        MissCompletion(true, e.Version);
    }

    public void Apply(RepairOrderFinished e)
    {
        OwnerId = e.OwnerId;
        if (IsNewer(e.Version, FinishedVersion, v => FinishedVersion = v))
        {
            FinishedOn = e.FinishedOn;
        }

        if (e.CompletionMissed is { } missed)
        {
            MissCompletion(missed, e.Version);
        }

        AdvanceState("finished", e.Version);
    }

    public void Apply(RepairCostChanged e)
    {
        OwnerId = e.OwnerId;
        Cost(e.CostTotal, e.Version);
    }

    public void Apply(RepairOrderRecurred e)
    {
        OwnerId = e.OwnerId;
        if (IsNewer(e.Version, RecurredVersion, v => RecurredVersion = v))
        {
            RecurredOn = e.RecurredOn;
        }
    }

    public void Apply(RepairUnitReplaced e)
    {
        OwnerId = e.OwnerId;
        if (Replaced.All(known => known.Version != e.Version))
        {
            Replaced =
            [
                .. Replaced
                    .Append(new ReplacedUnitFact { Version = e.Version, UnitName = e.FirstUnitName })
                    .OrderBy(unit => unit.Version),
            ];
            Attribute();
        }
    }

    private void Attribute()
    {
        (ReceiptMissed, ReceiptMissedByName) = MissOf("receipt");
        (StartMissed, StartMissedByName) = MissOf("start");
        (CompletionMissed, CompletionMissedByName) = MissOf("completion");
    }

    // What was done in time and told after its target takes the miss back, of the same unit only: what was missed before
    // another stepped in stays with the unit that missed it.
    private (bool Missed, string? ByName) MissOf(string clock)
    {
        var words = ClockWords.Where(word => word.Clock == clock).ToList();
        var since = 0L;
        foreach (var unit in Replaced)
        {
            if (words.FindLast(word => word.Version > since && word.Version < unit.Version) is { Missed: true })
            {
                return (true, unit.UnitName);
            }

            since = unit.Version;
        }

        return (words.FindLast(word => word.Version > since) is { Missed: true }, null);
    }

    // These only grow: whichever comes last, the greatest is the newest.
    public void Apply(RepairOrderAttempted e)
    {
        OwnerId = e.OwnerId;
        Attempts = Math.Max(Attempts, e.Attempts);
    }

    public void Apply(RepairOrderPaused e)
    {
        OwnerId = e.OwnerId;
        Pauses = Math.Max(Pauses, e.Pauses);
    }

    public void Apply(RepairOrderResumed e)
    {
        OwnerId = e.OwnerId;
        PausedSeconds = Math.Max(PausedSeconds, e.PausedSeconds);
    }

    public void Apply(RepairLessonsDrawn e)
    {
        OwnerId = e.OwnerId;
        if (IsNewer(e.Version, LessonsVersion, v => LessonsVersion = v))
        {
            (FaultLiability, FaultCause, FaultSystemic) = (e.Liability, e.CauseCode, e.Systemic);
            LessonsOn = e.DrawnOn;
        }
    }

    private void Aim(DateTimeOffset? start, DateTimeOffset? finish, long version)
    {
        if (IsNewer(version, TargetsVersion, v => TargetsVersion = v))
        {
            (StartDueAt, FinishDueAt) = (start?.ToUniversalTime(), finish?.ToUniversalTime());
        }
    }

    private void MissReceipt(bool missed, long version) => Say("receipt", missed, version);

    private void MissStart(bool missed, long version) => Say("start", missed, version);

    private void MissCompletion(bool missed, long version) => Say("completion", missed, version);

    private void Say(string clock, bool missed, long version)
    {
        if (ClockWords.All(word => (word.Clock, word.Version) != (clock, version)))
        {
            var word = new ClockWordFact
            {
                Clock = clock,
                Version = version,
                Missed = missed,
            };
            ClockWords =
            [
                .. ClockWords.Append(word).OrderBy(w => w.Version).ThenBy(w => w.Clock, StringComparer.Ordinal),
            ];
            Attribute();
        }
    }

    private void Cost(decimal total, long version)
    {
        if (IsNewer(version, CostVersion, v => CostVersion = v))
        {
            CostTotal = total;
        }
    }

    private void Wait(IReadOnlyList<WaitingTime> waited)
    {
        Waits.RemoveAll(known => waited.All(w => w.For != known.Party));
        foreach (var wait in waited.GroupBy(w => w.For, StringComparer.Ordinal))
        {
            var known = Waits.Find(w => w.Party == wait.Key);
            if (known is null)
            {
                Waits.Add(known = new RepairWaitFact { Party = wait.Key });
            }

            known.Seconds = wait.Sum(w => w.Seconds);
        }

        Waits.Sort((one, other) => string.CompareOrdinal(one.Party, other.Party));
    }

    // An order keeps these from its opening on, so that whoever tells them tells the same.
    private void Describe(string number, Guid project, string projectName, string part) =>
        (Number, ProjectId, ProjectName, PartCode) = (number, project, projectName, part);

    private void Unit(Guid unit, string name, string underWarranty, long version)
    {
        if (IsNewer(version, UnitVersion, v => UnitVersion = v))
        {
            RepairUnitId = unit;
            RepairUnitName = name;
            UnderWarranty = underWarranty;
        }
    }

    private void Failed(int failed, long version)
    {
        if (IsNewer(version, FailedVersion, v => FailedVersion = v))
        {
            FailedInspections = failed;
        }
    }
}

/// <summary>How long an order waited for somebody (P3.2.2).</summary>
internal sealed class RepairWaitFact
{
    /// <summary>Whom it waited for.</summary>
    public required string Party { get; init; }

    public long Seconds { get; set; }
}

/// <summary>A unit that another one stepped in for (P3.1.1).</summary>
internal sealed class ReplacedUnitFact
{
    /// <summary>Version of the order since which another has it.</summary>
    public required long Version { get; init; }

    public required string UnitName { get; init; }
}

/// <summary>That a clock of an order was missed, or was not after all (P3.2.2).</summary>
internal sealed class ClockWordFact
{
    /// <summary><c>receipt</c>, <c>start</c>, <c>completion</c>.</summary>
    public required string Clock { get; init; }

    /// <summary>Version of the event that says it.</summary>
    public required long Version { get; init; }

    public required bool Missed { get; init; }
}
