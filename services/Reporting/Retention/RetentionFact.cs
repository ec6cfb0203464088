using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Retention;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Reporting.Facts;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.Retention;

/// <summary>A line of the retention register (C8): one for each closed record of any service.</summary>
internal sealed class RetentionFact
    : Fact,
        IApplies<ProjectsRecordKept>,
        IApplies<ProjectsRecordErased>,
        IApplies<RepairsRecordKept>,
        IApplies<RepairsRecordErased>,
        IApplies<ComplaintsRecordKept>,
        IApplies<ComplaintsRecordErased>,
        IApplies<SurveysRecordKept>,
        IApplies<SurveysRecordErased>
{
    public string Service { get; set; } = "";
    public string RecordKind { get; set; } = "";
    public string? Number { get; set; }
    public string? Department { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public DateOnly? KeepThrough { get; set; }
    public bool Held { get; set; }
    public DateOnly? HoldThrough { get; set; }
    public string? AskedBy { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }
    public string? ErasedBy { get; set; }
    public string? ErasedBecause { get; set; }
    public string? Sha256 { get; set; }

    public long KeptVersion { get; set; }

    public void Apply(ProjectsRecordKept e) => Kept("projects", e);

    public void Apply(ProjectsRecordErased e) => Erased("projects", e);

    public void Apply(RepairsRecordKept e) => Kept("repairs", e);

    public void Apply(RepairsRecordErased e) => Erased("repairs", e);

    public void Apply(ComplaintsRecordKept e) => Kept("complaints", e);

    public void Apply(ComplaintsRecordErased e) => Erased("complaints", e);

    public void Apply(SurveysRecordKept e) => Kept("surveys", e);

    public void Apply(SurveysRecordErased e) => Erased("surveys", e);

    private void Kept(string service, IRecordKeptEvent e)
    {
        var record = e.Record;
        AdvanceState(
            record.Held ? "held"
                : record.ClosedOn is null ? "open"
                : "kept",
            e.Version
        );
        if (!IsNewer(e.Version, KeptVersion, v => KeptVersion = v))
        {
            return;
        }

        (Service, RecordKind, Number, Department) = (service, record.RecordKind, record.Number, record.Department);
        (ClosedOn, KeepThrough) = (record.ClosedOn, record.KeepThrough);
        (Held, HoldThrough, AskedBy) = (record.Held, record.HoldThrough, record.AskedBy);
    }

    private void Erased(string service, IRecordErasedEvent e)
    {
        var record = e.Record;
        AdvanceState("erased", e.Version);
        (ErasedAt, ErasedBy, ErasedBecause, Sha256) = (record.ErasedAt, record.ErasedBy, record.Reason, record.Sha256);
        if (IsNewer(e.Version, KeptVersion, v => KeptVersion = v))
        {
            (Service, RecordKind, Number) = (service, record.RecordKind, record.Number);
            (ClosedOn, KeepThrough, Held, HoldThrough) = (record.ClosedOn, record.KeptThrough, false, null);
        }
    }
}

internal sealed class RetentionFactMapping() : FactMapping<RetentionFact>("fact_retention")
{
    protected override void More(EntityTypeBuilder<RetentionFact> builder)
    {
        builder.HasIndex(fact => fact.KeepThrough);
        builder.HasIndex(fact => fact.Number);
    }
}
