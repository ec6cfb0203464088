using CustomerService.Contracts.Repairs.V1;

namespace CustomerService.Reporting.Facts;

/// <summary>A machine, or a lot of them, that came back for repair (C5.1).</summary>
internal sealed class RmaUnitFact
    : Fact,
        IApplies<RmaUnitDiagnosed>,
        IApplies<RepairOffered>,
        IApplies<RepairOfferAnswered>,
        IApplies<RepairCharged>,
        IApplies<RmaUnitInspected>,
        IApplies<RmaUnitEnded>
{
    public string? Number { get; set; }
    public Guid? RmaId { get; set; }
    public Guid? CustomerId { get; set; }
    public string? ModelCode { get; set; }
    public int Quantity { get; set; }
    public string? FaultCode { get; set; }
    public bool? MainComponentDamaged { get; set; }
    public bool? UnderWarranty { get; set; }
    public DateOnly? ReceivedOn { get; set; }
    public DateOnly? DiagnosedOn { get; set; }
    public string? OfferNumber { get; set; }
    public decimal? OfferedSum { get; set; }
    public bool? Consented { get; set; }
    public decimal? ChargedSum { get; set; }
    public string? Currency { get; set; }
    public int FailedInspections { get; set; }
    public DateOnly? InspectedOn { get; set; }
    public bool? Passed { get; set; }
    public string? Result { get; set; }
    public DateOnly? EndedOn { get; set; }

    public long DescribedVersion { get; set; }
    public long ReceivedVersion { get; set; }
    public long DiagnosedVersion { get; set; }
    public long OfferedVersion { get; set; }
    public long AnsweredVersion { get; set; }
    public long ChargedVersion { get; set; }
    public long CurrencyVersion { get; set; }
    public long InspectedVersion { get; set; }
    public long EndedVersion { get; set; }

    public void Apply(RmaUnitDiagnosed e)
    {
        Describe(e.Number, e.RmaId, e.CustomerId, e.ModelCode, e.Quantity, e.FaultCode, e.UnderWarranty, e.Version);
        if (IsNewer(e.Version, DiagnosedVersion, v => DiagnosedVersion = v))
        {
            (MainComponentDamaged, DiagnosedOn) = (e.MainComponentDamaged, e.DiagnosedOn);
        }

        AdvanceState("diagnosed", e.Version);
    }

    public void Apply(RepairOffered e)
    {
        Pay(e.Currency, e.Version);
        if (IsNewer(e.Version, OfferedVersion, v => OfferedVersion = v))
        {
            (OfferNumber, OfferedSum) = (e.OfferNumber, e.Sum);
        }

        AdvanceState("offered", e.Version);
    }

    public void Apply(RepairOfferAnswered e)
    {
        Pay(e.Currency, e.Version);
        if (IsNewer(e.Version, AnsweredVersion, v => AnsweredVersion = v))
        {
            Consented = e.Consented;
        }

        AdvanceState(e.Consented ? "consented" : "refused", e.Version);
    }

    public void Apply(RepairCharged e)
    {
        Pay(e.Currency, e.Version);
        if (IsNewer(e.Version, ChargedVersion, v => ChargedVersion = v))
        {
            ChargedSum = e.Amount;
        }

        AdvanceState("charged", e.Version);
    }

    public void Apply(RmaUnitInspected e)
    {
        Describe(e.Number, e.RmaId, e.CustomerId, e.ModelCode, e.Quantity, e.FaultCode, e.UnderWarranty, e.Version);
        Receive(e.ReceivedOn, e.Version);
        FailedInspections += e.Passed ? 0 : 1;
        if (IsNewer(e.Version, InspectedVersion, v => InspectedVersion = v))
        {
            (InspectedOn, Passed) = (e.InspectedOn, e.Passed);
        }

        AdvanceState(e.Passed ? "passed" : "failed", e.Version);
    }

    public void Apply(RmaUnitEnded e)
    {
        Describe(e.Number, e.RmaId, e.CustomerId, e.ModelCode, e.Quantity, e.FaultCode, e.UnderWarranty, e.Version);
        Receive(e.ReceivedOn, e.Version);
        if (IsNewer(e.Version, EndedVersion, v => EndedVersion = v))
        {
            (Result, EndedOn) = (e.Result, e.EndedOn);
        }

        AdvanceState("ended", e.Version);
    }

    private void Describe(
        string number,
        Guid rma,
        Guid customer,
        string? model,
        int quantity,
        string? fault,
        bool? warranty,
        long version
    )
    {
        if (IsNewer(version, DescribedVersion, v => DescribedVersion = v))
        {
            (Number, RmaId, CustomerId, ModelCode, Quantity) = (number, rma, customer, model, quantity);
            (FaultCode, UnderWarranty) = (fault, warranty);
        }
    }

    private void Receive(DateOnly on, long version)
    {
        if (IsNewer(version, ReceivedVersion, v => ReceivedVersion = v))
        {
            ReceivedOn = on;
        }
    }

    private void Pay(string currency, long version)
    {
        if (IsNewer(version, CurrencyVersion, v => CurrencyVersion = v))
        {
            Currency = currency;
        }
    }
}

/// <summary>A return or an exchange (C5.1.3 to C5.1.5).</summary>
internal sealed class ReturnFact
    : Fact,
        IApplies<ReturnRequested>,
        IApplies<ReturnQualityDoubted>,
        IApplies<ReturnInspected>,
        IApplies<ReturnDecided>,
        IApplies<ExchangeShipped>,
        IApplies<AdvanceExchangeOverdue>,
        IApplies<ReturnClosed>
{
    public string? Number { get; set; }
    public string? Kind { get; set; }
    public Guid? CustomerId { get; set; }
    public string? ModelCode { get; set; }
    public int? Quantity { get; set; }
    public DateOnly? RequestedOn { get; set; }
    public bool QualityDoubted { get; set; }
    public bool? QualityFault { get; set; }
    public string? Liability { get; set; }
    public bool? Accepted { get; set; }
    public string? Clause { get; set; }
    public bool? ByException { get; set; }
    public DateOnly? DecidedOn { get; set; }
    public DateOnly? ExchangeShippedOn { get; set; }
    public bool? InAdvance { get; set; }
    public bool AdvanceOverdue { get; set; }
    public DateOnly? ClosedOn { get; set; }

    public long DescribedVersion { get; set; }
    public long RequestedVersion { get; set; }
    public long InspectedVersion { get; set; }
    public long DecidedVersion { get; set; }
    public long ShippedVersion { get; set; }
    public long ClosedVersion { get; set; }

    public void Apply(ReturnRequested e)
    {
        if (IsNewer(e.Version, RequestedVersion, v => RequestedVersion = v))
        {
            RequestedOn = e.RequestedOn;
        }

        Describe(e.Number, e.Kind, e.CustomerId, e.ModelCode, e.Quantity, e.Version);
        AdvanceState("requested", e.Version);
    }

    public void Apply(ReturnQualityDoubted e)
    {
        QualityDoubted = true;
        AdvanceState("doubted", e.Version);
    }

    public void Apply(ReturnInspected e)
    {
        if (IsNewer(e.Version, InspectedVersion, v => InspectedVersion = v))
        {
            (QualityFault, Liability) = (e.QualityFault, e.Liability);
        }

        AdvanceState("inspected", e.Version);
    }

    public void Apply(ReturnDecided e)
    {
        if (IsNewer(e.Version, DecidedVersion, v => DecidedVersion = v))
        {
            (Accepted, Clause, ByException, DecidedOn) = (e.Accepted, e.Clause, e.ByException, e.DecidedOn);
        }

        AdvanceState(e.Accepted ? "accepted" : "declined", e.Version);
    }

    public void Apply(ExchangeShipped e)
    {
        if (IsNewer(e.Version, ShippedVersion, v => ShippedVersion = v))
        {
            (ExchangeShippedOn, InAdvance) = (e.ShippedOn, e.InAdvance);
        }

        AdvanceState("exchange-shipped", e.Version);
    }

    public void Apply(AdvanceExchangeOverdue e)
    {
        AdvanceOverdue = true;
        AdvanceState("advance-overdue", e.Version);
    }

    public void Apply(ReturnClosed e)
    {
        Describe(e.Number, e.Kind, e.CustomerId, e.ModelCode, e.Quantity, e.Version);
        if (IsNewer(e.Version, ClosedVersion, v => ClosedVersion = v))
        {
            ClosedOn = e.ClosedOn;
        }

        AdvanceState("closed", e.Version);
    }

    private void Describe(string number, string kind, Guid customer, string? model, int quantity, long version)
    {
        if (IsNewer(version, DescribedVersion, v => DescribedVersion = v))
        {
            (Number, Kind, CustomerId, ModelCode, Quantity) = (number, kind, customer, model, quantity);
        }
    }
}

/// <summary>What a subcontractor is charged for a repair that others did (case 9).</summary>
internal sealed class ChargeBackFact
    : Fact,
        IApplies<ChargeBackProposed>,
        IApplies<ChargeBackAnswered>,
        IApplies<ChargeBackEnded>
{
    public string? Number { get; set; }
    public Guid? RepairOrderId { get; set; }
    public Guid? ProjectId { get; set; }
    public string? PartCode { get; set; }
    public Guid? RepairUnitId { get; set; }
    public string? RepairUnitName { get; set; }
    public decimal? ProposedAmount { get; set; }
    public DateOnly? ProposedOn { get; set; }
    public string? Answer { get; set; }
    public DateOnly? AnsweredOn { get; set; }
    public decimal? Amount { get; set; }
    public string? Outcome { get; set; }
    public DateOnly? EndedOn { get; set; }

    public long ProposedVersion { get; set; }
    public long AmountVersion { get; set; }
    public long AnsweredVersion { get; set; }
    public long EndedVersion { get; set; }

    public void Apply(ChargeBackProposed e)
    {
        if (IsNewer(e.Version, ProposedVersion, v => ProposedVersion = v))
        {
            (Number, ProjectId, PartCode) = (e.Number, e.ProjectId, e.PartCode);
            (RepairUnitName, ProposedAmount, ProposedOn) = (e.RepairUnitName, e.Amount, e.ProposedOn);
        }

        Count(e.RepairOrderId, e.RepairUnitId, e.Amount, e.Version);
        AdvanceState("proposed", e.Version);
    }

    public void Apply(ChargeBackAnswered e)
    {
        if (IsNewer(e.Version, AnsweredVersion, v => AnsweredVersion = v))
        {
            (Answer, AnsweredOn) = (e.Answer, e.AnsweredOn);
        }

        Count(e.RepairOrderId, e.RepairUnitId, e.Amount, e.Version);
        AdvanceState(e.Answer, e.Version);
    }

    public void Apply(ChargeBackEnded e)
    {
        if (IsNewer(e.Version, EndedVersion, v => EndedVersion = v))
        {
            (Outcome, EndedOn) = (e.Outcome, e.EndedOn);
        }

        Count(e.RepairOrderId, e.RepairUnitId, e.Amount, e.Version);
        AdvanceState(e.Outcome, e.Version);
    }

    private void Count(Guid order, Guid unit, decimal amount, long version)
    {
        if (IsNewer(version, AmountVersion, v => AmountVersion = v))
        {
            (RepairOrderId, RepairUnitId, Amount) = (order, unit, amount);
        }
    }
}
