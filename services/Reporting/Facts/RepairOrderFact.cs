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
        IApplies<RepairCostChanged>,
        IApplies<RepairOrderRecurred>
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

    public DateTimeOffset? StartDueAt { get; set; }
    public DateTimeOffset? FinishDueAt { get; set; }

    /// <summary>When the unit said last that it is done.</summary>
    public DateOnly? FinishedOn { get; set; }

    /// <summary>Labour, material and the rest, whoever paid.</summary>
    public decimal? CostTotal { get; set; }

    /// <summary>The defect came back after the owner had accepted its repair (P2.2.3).</summary>
    public DateOnly? RecurredOn { get; set; }

    /// <summary>How long it waited, by whom it waited for; told when the record comes back.</summary>
    public List<RepairWaitFact> Waits { get; } = [];

    public long UnitVersion { get; set; }
    public long PassedVersion { get; set; }
    public long FailedVersion { get; set; }
    public long TargetsVersion { get; set; }
    public long ReceivedVersion { get; set; }
    public long FinishedVersion { get; set; }
    public long ReceiptMissedVersion { get; set; }
    public long StartMissedVersion { get; set; }
    public long CompletionMissedVersion { get; set; }
    public long CostVersion { get; set; }
    public long RecurredVersion { get; set; }
    public long WaitsVersion { get; set; }

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

    private void Aim(DateTimeOffset? start, DateTimeOffset? finish, long version)
    {
        if (IsNewer(version, TargetsVersion, v => TargetsVersion = v))
        {
            (StartDueAt, FinishDueAt) = (start?.ToUniversalTime(), finish?.ToUniversalTime());
        }
    }

    // What was done in time and told after its target takes the miss back.
    private void MissReceipt(bool missed, long version)
    {
        if (IsNewer(version, ReceiptMissedVersion, v => ReceiptMissedVersion = v))
        {
            ReceiptMissed = missed;
        }
    }

    private void MissStart(bool missed, long version)
    {
        if (IsNewer(version, StartMissedVersion, v => StartMissedVersion = v))
        {
            StartMissed = missed;
        }
    }

    private void MissCompletion(bool missed, long version)
    {
        if (IsNewer(version, CompletionMissedVersion, v => CompletionMissedVersion = v))
        {
            CompletionMissed = missed;
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
