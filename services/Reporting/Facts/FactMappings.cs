using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.Facts;

/// <summary>What every fact's table has.</summary>
internal abstract class FactMapping<T>(string table) : IEntityTypeConfiguration<T>
    where T : Fact
{
    public void Configure(EntityTypeBuilder<T> builder)
    {
        builder.ToTable(table);
        builder.HasKey(fact => fact.Id);
        builder.Property(fact => fact.Id).ValueGeneratedNever();
        // Two events of one subject at the same moment: the loser is retried on the winner's row.
        builder.Property<uint>("xmin").IsRowVersion();
        builder.HasIndex(fact => fact.ChangedAt);
        More(builder);
    }

    protected virtual void More(EntityTypeBuilder<T> builder) { }
}

internal sealed class OrganisationFactMapping() : FactMapping<OrganisationFact>("dim_organisation")
{
    protected override void More(EntityTypeBuilder<OrganisationFact> builder) =>
        builder.HasIndex(fact => fact.MergedInto);
}

internal sealed class ProjectFactMapping() : FactMapping<ProjectFact>("dim_project");

internal sealed class RevisitFactMapping() : FactMapping<RevisitFact>("fact_revisit")
{
    protected override void More(EntityTypeBuilder<RevisitFact> builder)
    {
        builder.HasIndex(fact => fact.DueOn);
        builder.HasIndex(fact => fact.HeldOn);
        builder.HasIndex(fact => fact.ProjectId);
        builder.OwnsMany(
            fact => fact.Findings,
            finding =>
            {
                finding.ToTable("fact_finding");
                finding.WithOwner().HasForeignKey("RevisitId");
                finding.HasKey("RevisitId", nameof(FindingFact.FindingId));
                finding.Property(f => f.FindingId).ValueGeneratedNever();
                finding.HasIndex(f => f.FoundOn);
            }
        );
    }
}

internal sealed class RepairOrderFactMapping() : FactMapping<RepairOrderFact>("fact_repair_order")
{
    protected override void More(EntityTypeBuilder<RepairOrderFact> builder)
    {
        builder.HasIndex(fact => fact.NotifiedOn);
        builder.HasIndex(fact => fact.ReturnedOn);
        builder.HasIndex(fact => fact.WithdrawnOn);
        builder.HasIndex(fact => fact.DispatchedOn);
        builder.HasIndex(fact => fact.RecurredOn);
        // The order of a finding is found by it.
        builder.HasIndex(fact => fact.SourceId);
        builder.OwnsMany(
            fact => fact.Waits,
            wait =>
            {
                wait.ToTable("fact_repair_wait");
                wait.WithOwner().HasForeignKey("RepairOrderId");
                wait.HasKey("RepairOrderId", nameof(RepairWaitFact.Party));
            }
        );
        // Read with the row: joins of several collections would multiply. Replaced whole, because EF Core tells the
        // members of an owned list apart by their places, and an event that comes late moves them.
        builder.Property(fact => fact.ClockWords).IsJson();
        builder.Property(fact => fact.Replaced).IsJson();
    }
}

internal sealed class ComplaintFactMapping() : FactMapping<ComplaintFact>("fact_complaint")
{
    protected override void More(EntityTypeBuilder<ComplaintFact> builder)
    {
        builder.HasIndex(fact => fact.RegisteredOn);
        builder.HasIndex(fact => fact.ClosedOn);
    }
}

internal sealed class CapaFactMapping() : FactMapping<CapaFact>("fact_capa")
{
    protected override void More(EntityTypeBuilder<CapaFact> builder)
    {
        builder.HasIndex(fact => fact.SourceId);
        builder.HasIndex(fact => fact.OpenedOn);
    }
}

internal sealed class InvitationFactMapping() : FactMapping<InvitationFact>("fact_invitation")
{
    protected override void More(EntityTypeBuilder<InvitationFact> builder) => builder.HasIndex(fact => fact.SentOn);
}

internal sealed class ResponseFactMapping() : FactMapping<ResponseFact>("fact_response")
{
    protected override void More(EntityTypeBuilder<ResponseFact> builder)
    {
        builder.HasIndex(fact => fact.ReceivedOn);
        builder.HasIndex(fact => fact.InvitationId);
        builder.OwnsMany(
            fact => fact.Items,
            item =>
            {
                item.ToTable("fact_response_item");
                item.WithOwner().HasForeignKey("ResponseId");
                item.HasKey("ResponseId", nameof(ResponseItemFact.Item));
                item.HasIndex(i => new { i.Item, i.Grade });
            }
        );
    }
}

internal sealed class RmaUnitFactMapping() : FactMapping<RmaUnitFact>("fact_rma_unit")
{
    protected override void More(EntityTypeBuilder<RmaUnitFact> builder)
    {
        builder.HasIndex(fact => fact.ReceivedOn);
        builder.HasIndex(fact => fact.EndedOn);
    }
}

internal sealed class ReturnFactMapping() : FactMapping<ReturnFact>("fact_return")
{
    protected override void More(EntityTypeBuilder<ReturnFact> builder) => builder.HasIndex(fact => fact.RequestedOn);
}

internal sealed class ChargeBackFactMapping() : FactMapping<ChargeBackFact>("fact_charge_back")
{
    protected override void More(EntityTypeBuilder<ChargeBackFact> builder) =>
        builder.HasIndex(fact => fact.RepairOrderId);
}

internal sealed class ActionItemFactMapping() : FactMapping<ActionItemFact>("fact_action_item")
{
    protected override void More(EntityTypeBuilder<ActionItemFact> builder)
    {
        builder.HasIndex(fact => fact.SourceId);
        builder.HasIndex(fact => fact.DueOn);
    }
}

internal sealed class MeetingFactMapping() : FactMapping<MeetingFact>("fact_meeting")
{
    protected override void More(EntityTypeBuilder<MeetingFact> builder) => builder.HasIndex(fact => fact.ComplaintId);
}

internal sealed class AssessmentFactMapping() : FactMapping<AssessmentFact>("fact_assessment")
{
    protected override void More(EntityTypeBuilder<AssessmentFact> builder) => builder.HasIndex(fact => fact.HeldOn);
}

internal sealed class EvaluationFactMapping() : FactMapping<EvaluationFact>("fact_evaluation")
{
    protected override void More(EntityTypeBuilder<EvaluationFact> builder) => builder.HasIndex(fact => fact.ToOn);
}

internal sealed class LetterFactMapping() : FactMapping<LetterFact>("fact_letter")
{
    protected override void More(EntityTypeBuilder<LetterFact> builder) => builder.HasIndex(fact => fact.ComplaintId);
}

internal sealed class TripFactMapping() : FactMapping<TripFact>("fact_trip")
{
    protected override void More(EntityTypeBuilder<TripFact> builder) => builder.HasIndex(fact => fact.Day);
}

internal sealed class MakerClaimFactMapping() : FactMapping<MakerClaimFact>("fact_maker_claim")
{
    protected override void More(EntityTypeBuilder<MakerClaimFact> builder) => builder.HasIndex(fact => fact.SentOn);
}

internal sealed class WorkFactMapping() : FactMapping<WorkFact>("fact_work")
{
    protected override void More(EntityTypeBuilder<WorkFact> builder) =>
        builder.OwnsMany(
            fact => fact.Items,
            item =>
            {
                item.ToTable("fact_work_item");
                item.WithOwner().HasForeignKey("RecordId");
                item.HasKey("RecordId", nameof(WorkItemFact.Ordinal));
                item.Property(i => i.Ordinal).ValueGeneratedNever();
                item.HasIndex(i => i.DueAt);
            }
        );
}
