using CustomerService.Contracts.Repairs.V1;

namespace CustomerService.Reporting.Facts;

/// <summary>A trip of a unit to a project, for several orders at once (P3.2.2).</summary>
internal sealed class TripFact : Fact, IApplies<RepairTripPlanned>, IApplies<RepairTripEnded>
{
    public string? Number { get; set; }
    public Guid? ProjectId { get; set; }
    public Guid? RepairUnitId { get; set; }
    public string? RepairUnitName { get; set; }
    public DateOnly? Day { get; set; }
    public int Orders { get; set; }
    public string? End { get; set; }
    public decimal? Cost { get; set; }
    public DateOnly? EndedOn { get; set; }

    public long DescribedVersion { get; set; }
    public long PlannedVersion { get; set; }
    public long OrdersVersion { get; set; }
    public long EndedVersion { get; set; }

    public void Apply(RepairTripPlanned e)
    {
        Describe(e.Number, e.ProjectId, e.RepairUnitId, e.Version);
        if (IsNewer(e.Version, PlannedVersion, v => PlannedVersion = v))
        {
            (RepairUnitName, Day) = (e.RepairUnitName, e.Day);
        }

        Count(e.RepairOrderIds.Count, e.Version);
        AdvanceState("planned", e.Version);
    }

    public void Apply(RepairTripEnded e)
    {
        Describe(e.Number, e.ProjectId, e.RepairUnitId, e.Version);
        if (IsNewer(e.Version, EndedVersion, v => EndedVersion = v))
        {
            (End, Cost, EndedOn) = (e.End, e.Cost, e.EndedOn);
        }

        Count(e.RepairOrderIds.Count, e.Version);
        AdvanceState(e.End, e.Version);
    }

    private void Describe(string number, Guid project, Guid unit, long version)
    {
        if (IsNewer(version, DescribedVersion, v => DescribedVersion = v))
        {
            (Number, ProjectId, RepairUnitId) = (number, project, unit);
        }
    }

    private void Count(int orders, long version)
    {
        if (IsNewer(version, OrdersVersion, v => OrdersVersion = v))
        {
            Orders = orders;
        }
    }
}

/// <summary>A component that was sent to its maker (C3.1.1).</summary>
internal sealed class MakerClaimFact
    : Fact,
        IApplies<ComponentSentToMaker>,
        IApplies<MakerAnswerOverdue>,
        IApplies<MakerAnswered>,
        IApplies<MakerClaimSettled>
{
    public string? Number { get; set; }
    public string? Maker { get; set; }
    public Guid? RmaId { get; set; }
    public Guid? RmaUnitId { get; set; }
    public string? ComponentCode { get; set; }
    public int? Quantity { get; set; }
    public DateOnly? SentOn { get; set; }
    public DateOnly? ExpectedOn { get; set; }
    public bool Overdue { get; set; }
    public string? Answer { get; set; }
    public int? Back { get; set; }
    public DateOnly? AnsweredOn { get; set; }
    public decimal? Claimed { get; set; }
    public decimal? Recovered { get; set; }
    public string? Currency { get; set; }
    public DateOnly? SettledOn { get; set; }

    public long DescribedVersion { get; set; }
    public long SentVersion { get; set; }
    public long ExpectedVersion { get; set; }
    public long AnsweredVersion { get; set; }
    public long SettledVersion { get; set; }

    public void Apply(ComponentSentToMaker e)
    {
        Describe(e.Number, e.Maker, e.RmaId, e.Version);
        if (IsNewer(e.Version, SentVersion, v => SentVersion = v))
        {
            (RmaUnitId, ComponentCode, Quantity, SentOn) = (e.UnitId, e.ComponentCode, e.Quantity, e.SentOn);
        }

        Expect(e.ExpectedOn, e.Version);
        AdvanceState("sent", e.Version);
    }

    public void Apply(MakerAnswerOverdue e)
    {
        Describe(e.Number, e.Maker, e.RmaId, e.Version);
        Overdue = true;
        Expect(e.ExpectedOn, e.Version);
    }

    public void Apply(MakerAnswered e)
    {
        Describe(e.Number, e.Maker, e.RmaId, e.Version);
        if (IsNewer(e.Version, AnsweredVersion, v => AnsweredVersion = v))
        {
            (Answer, Back, AnsweredOn) = (e.Answer, e.Back, e.AnsweredOn);
        }

        AdvanceState("answered", e.Version);
    }

    public void Apply(MakerClaimSettled e)
    {
        Describe(e.Number, e.Maker, e.RmaId, e.Version);
        if (IsNewer(e.Version, SettledVersion, v => SettledVersion = v))
        {
            (Claimed, Recovered, Currency, SettledOn) = (e.Claimed, e.Recovered, e.Currency, e.SettledOn);
        }

        AdvanceState("settled", e.Version);
    }

    private void Describe(string number, string maker, Guid rma, long version)
    {
        if (IsNewer(version, DescribedVersion, v => DescribedVersion = v))
        {
            (Number, Maker, RmaId) = (number, maker, rma);
        }
    }

    private void Expect(DateOnly on, long version)
    {
        if (IsNewer(version, ExpectedVersion, v => ExpectedVersion = v))
        {
            ExpectedOn = on;
        }
    }
}
