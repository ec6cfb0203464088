using CustomerService.Reporting.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CustomerService.Reporting.OData;

/// <summary>Rows of the views of schema <c>bi</c>, see docs/bi.md: what they mean is said there.</summary>
internal abstract class RowMapping<T>(string view, params string[] keys) : IEntityTypeConfiguration<T>
    where T : class
{
    public void Configure(EntityTypeBuilder<T> builder)
    {
        builder.ToView(view, BiViews.Schema);
        builder.HasKey(keys);
        builder.HasInstants();
    }
}

internal static class InstantColumns
{
    private static readonly ValueConverter<DateTimeOffset, DateTimeOffset> Utc = new(
        at => at.ToUniversalTime(),
        at => at
    );

    /// <summary>Instants of a question may have any offset; the store compares them in UTC.</summary>
    public static void HasInstants<T>(this EntityTypeBuilder<T> builder)
        where T : class
    {
        foreach (
            var instant in typeof(T)
                .GetProperties()
                .Where(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) == typeof(DateTimeOffset))
        )
        {
            builder.Property(instant.Name).HasConversion(Utc);
        }
    }
}

internal sealed class ActionItemRow
{
    public Guid ActionItemId { get; init; }
    public string? Number { get; init; }
    public string? Purpose { get; init; }
    public string? SourceKind { get; init; }
    public Guid? SourceId { get; init; }
    public string? Department { get; init; }
    public string? State { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateOnly? ReceivedOn { get; init; }
    public DateOnly? DoneOn { get; init; }
    public bool? DoneInTime { get; init; }
    public DateOnly? SettledOn { get; init; }
    public bool? Accepted { get; init; }
    public int? Escalations { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class ActionItemRowMapping()
    : RowMapping<ActionItemRow>("action_items", nameof(ActionItemRow.ActionItemId));

internal sealed class AssessmentFailureRow
{
    public Guid AssessmentId { get; init; }
    public required string Item { get; init; }
    public string? Element { get; init; }
    public string? Number { get; init; }
    public Guid? PointId { get; init; }
    public string? PointName { get; init; }
    public DateOnly? HeldOn { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class AssessmentFailureRowMapping()
    : RowMapping<AssessmentFailureRow>(
        "assessment_failures",
        nameof(AssessmentFailureRow.AssessmentId),
        nameof(AssessmentFailureRow.Item)
    );

internal sealed class AssessmentRow
{
    public Guid AssessmentId { get; init; }
    public string? Number { get; init; }
    public Guid? PointId { get; init; }
    public string? PointName { get; init; }
    public bool? Mystery { get; init; }
    public decimal? Percent { get; init; }
    public bool? Passed { get; init; }
    public int? FailedItems { get; init; }
    public DateOnly? HeldOn { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class AssessmentRowMapping()
    : RowMapping<AssessmentRow>("assessments", nameof(AssessmentRow.AssessmentId));

internal sealed class CapaRow
{
    public Guid CapaId { get; init; }
    public string? Number { get; init; }
    public string? Source { get; init; }
    public Guid? SourceId { get; init; }
    public string? Department { get; init; }
    public string? State { get; init; }
    public DateOnly? OpenedOn { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateOnly? AnalysedOn { get; init; }
    public DateOnly? ReviewedOn { get; init; }
    public DateOnly? ExecutedOn { get; init; }
    public bool? ExecutedInTime { get; init; }
    public DateOnly? VerifiedOn { get; init; }
    public bool? Effective { get; init; }
    public int? IneffectiveRounds { get; init; }
    public int? Recurrences { get; init; }
    public int? JoinedCases { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class CapaRowMapping() : RowMapping<CapaRow>("capas", nameof(CapaRow.CapaId));

internal sealed class ChargeBackRow
{
    public Guid ChargeBackId { get; init; }
    public string? Number { get; init; }
    public Guid? RepairOrderId { get; init; }
    public Guid? ProjectId { get; init; }
    public string? PartCode { get; init; }
    public Guid? RepairUnitId { get; init; }
    public string? RepairUnitName { get; init; }
    public string? State { get; init; }
    public decimal? ProposedAmount { get; init; }
    public DateOnly? ProposedOn { get; init; }
    public string? Answer { get; init; }
    public DateOnly? AnsweredOn { get; init; }
    public decimal? Amount { get; init; }
    public string? Outcome { get; init; }
    public DateOnly? EndedOn { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class ChargeBackRowMapping()
    : RowMapping<ChargeBackRow>("charge_backs", nameof(ChargeBackRow.ChargeBackId));

internal sealed class ComplaintRow
{
    public Guid ComplaintId { get; init; }
    public string? Number { get; init; }
    public Guid? CustomerId { get; init; }
    public string? Channel { get; init; }
    public Guid? SourceId { get; init; }
    public string? Severity { get; init; }
    public string? State { get; init; }
    public string? Triage { get; init; }
    public string? Liability { get; init; }
    public string? Department { get; init; }
    public string? CauseCode { get; init; }
    public DateOnly? RegisteredOn { get; init; }
    public DateTimeOffset? ResponseDueAt { get; init; }
    public DateTimeOffset? RespondedAt { get; init; }
    public bool? RespondedInTime { get; init; }
    public DateTimeOffset? ResolutionDueAt { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public bool? CustomerConfirmed { get; init; }
    public int? TimesReopened { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class ComplaintRowMapping() : RowMapping<ComplaintRow>("complaints", nameof(ComplaintRow.ComplaintId));

internal sealed class CustomerRow
{
    public Guid CustomerId { get; init; }

    [Personal]
    public string? CustomerName { get; init; }
    public string? Kind { get; init; }
    public string? Code { get; init; }
    public string? Region { get; init; }
    public bool? IsMerged { get; init; }
    public Guid? SurvivorId { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class CustomerRowMapping() : RowMapping<CustomerRow>("customers", nameof(CustomerRow.CustomerId));

internal sealed class DateRow
{
    public DateOnly Day { get; init; }
    public int? Year { get; init; }
    public int? Quarter { get; init; }
    public int? Month { get; init; }
    public string? YearMonth { get; init; }
    public int? IsoWeekday { get; init; }
}

internal sealed class DateRowMapping() : RowMapping<DateRow>("dates", nameof(DateRow.Day));

internal sealed class EvaluationRow
{
    public Guid EvaluationId { get; init; }
    public string? Department { get; init; }
    public DateOnly? FromOn { get; init; }
    public DateOnly? ToOn { get; init; }
    public decimal? GoalPercent { get; init; }
    public int? Recovered { get; init; }
    public int? Satisfied { get; init; }
    public decimal? Percent { get; init; }
    public string? Outcome { get; init; }
    public string? State { get; init; }
    public DateOnly? EvaluatedOn { get; init; }
    public DateOnly? RewardedOn { get; init; }
    public DateOnly? OrderedOn { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateOnly? MeasuredAgainOn { get; init; }
    public bool? ReachedAgain { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class EvaluationRowMapping()
    : RowMapping<EvaluationRow>("evaluations", nameof(EvaluationRow.EvaluationId));

internal sealed class FindingRow
{
    public Guid FindingId { get; init; }
    public Guid? RevisitId { get; init; }
    public Guid? ProjectId { get; init; }
    public Guid? OwnerId { get; init; }
    public string? PartCode { get; init; }
    public string? Severity { get; init; }
    public DateOnly? FoundOn { get; init; }
    public string? Liability { get; init; }
    public string? CauseCode { get; init; }
    public string? ResponsibleUnit { get; init; }
    public bool? Systemic { get; init; }
    public DateOnly? AssessedOn { get; init; }
    public string? RepairOrderNumber { get; init; }
    public string? RepairState { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class FindingRowMapping() : RowMapping<FindingRow>("findings", nameof(FindingRow.FindingId));

internal sealed class LetterRow
{
    public Guid LetterId { get; init; }
    public Guid? ComplaintId { get; init; }
    public Guid? CustomerId { get; init; }
    public string? State { get; init; }
    public DateOnly? SentOn { get; init; }
    public DateOnly? AnswerDueOn { get; init; }
    public int? Reminders { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class LetterRowMapping() : RowMapping<LetterRow>("letters", nameof(LetterRow.LetterId));

internal sealed class MakerClaimRow
{
    public Guid MakerClaimId { get; init; }
    public string? Number { get; init; }
    public string? Maker { get; init; }
    public Guid? RmaId { get; init; }
    public Guid? RmaUnitId { get; init; }
    public string? ComponentCode { get; init; }
    public int? Quantity { get; init; }
    public string? State { get; init; }
    public DateOnly? SentOn { get; init; }
    public DateOnly? ExpectedOn { get; init; }
    public bool? Overdue { get; init; }
    public string? Answer { get; init; }
    public int? Back { get; init; }
    public DateOnly? AnsweredOn { get; init; }
    public decimal? Claimed { get; init; }
    public decimal? Recovered { get; init; }
    public string? Currency { get; init; }
    public DateOnly? SettledOn { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class MakerClaimRowMapping()
    : RowMapping<MakerClaimRow>("maker_claims", nameof(MakerClaimRow.MakerClaimId));

internal sealed class MeetingRow
{
    public Guid MeetingId { get; init; }
    public string? Number { get; init; }
    public Guid? ComplaintId { get; init; }
    public string? Rule { get; init; }
    public string? State { get; init; }
    public string? CalledFor { get; init; }
    public DateOnly? HeldOn { get; init; }
    public bool? Cancelled { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class MeetingRowMapping() : RowMapping<MeetingRow>("meetings", nameof(MeetingRow.MeetingId));

internal sealed class ProjectRow
{
    public Guid ProjectId { get; init; }
    public string? ContractNumber { get; init; }
    public string? ProjectName { get; init; }
    public Guid? OwnerId { get; init; }
    public string? City { get; init; }
    public string? StructureType { get; init; }
    public decimal? BuildingAreaSquareMetres { get; init; }
    public string? State { get; init; }
    public DateOnly? AcceptedOn { get; init; }
    public DateOnly? HandedOverOn { get; init; }
    public DateOnly? WarrantyEndsOn { get; init; }
    public DateOnly? ClearanceDueOn { get; init; }
    public DateOnly? ClearedOn { get; init; }
    public string? ClearanceOverdueSince { get; init; }
    public DateOnly? ClearanceMissedOn { get; init; }
    public DateOnly? RevisitBreachedOn { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class ProjectRowMapping() : RowMapping<ProjectRow>("projects", nameof(ProjectRow.ProjectId));

internal sealed class RepairOrderRow
{
    public Guid RepairOrderId { get; init; }
    public string? Number { get; init; }
    public Guid? ProjectId { get; init; }
    public Guid? OwnerId { get; init; }
    public string? PartCode { get; init; }
    public string? Severity { get; init; }
    public string? Source { get; init; }
    public Guid? SourceId { get; init; }
    public Guid? RepairUnitId { get; init; }
    public string? RepairUnitName { get; init; }
    public string? UnderWarranty { get; init; }
    public string? State { get; init; }
    public DateOnly? NotifiedOn { get; init; }
    public DateOnly? ConfirmDueOn { get; init; }
    public DateOnly? ConfirmedOn { get; init; }
    public bool? ConfirmedInTime { get; init; }
    public DateOnly? ApprovedOn { get; init; }
    public DateOnly? DispatchedOn { get; init; }
    public DateOnly? StartedOn { get; init; }
    public DateOnly? PassedOn { get; init; }
    public DateOnly? AcceptedOn { get; init; }
    public DateOnly? ReturnedOn { get; init; }
    public DateOnly? WithdrawnOn { get; init; }
    public int? FailedInspections { get; init; }
    public int? OwnerRefusals { get; init; }
    public int? TurnaroundDays { get; init; }
    public bool? ReceivedInTime { get; init; }
    public bool? ReceiptMissed { get; init; }
    public DateTimeOffset? StartDueAt { get; init; }
    public bool? StartMissed { get; init; }
    public DateTimeOffset? FinishDueAt { get; init; }
    public bool? CompletionMissed { get; init; }
    public DateOnly? FinishedOn { get; init; }
    public decimal? CostTotal { get; init; }
    public DateOnly? RecurredOn { get; init; }
    public string? ReceiptMissedBy { get; init; }
    public string? StartMissedBy { get; init; }
    public string? CompletionMissedBy { get; init; }
    public int? Attempts { get; init; }
    public int? Pauses { get; init; }
    public long? PausedSeconds { get; init; }
    public string? FaultLiability { get; init; }
    public string? FaultCause { get; init; }
    public bool? FaultSystemic { get; init; }
    public DateOnly? LessonsOn { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class RepairOrderRowMapping()
    : RowMapping<RepairOrderRow>("repair_orders", nameof(RepairOrderRow.RepairOrderId));

internal sealed class RepairWaitRow
{
    public Guid RepairOrderId { get; init; }
    public required string Party { get; init; }
    public long? Seconds { get; init; }
    public string? Number { get; init; }
    public Guid? ProjectId { get; init; }
    public string? PartCode { get; init; }
    public string? RepairUnitName { get; init; }
    public string? Severity { get; init; }
    public DateOnly? ReturnedOn { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class RepairWaitRowMapping()
    : RowMapping<RepairWaitRow>("repair_waits", nameof(RepairWaitRow.RepairOrderId), nameof(RepairWaitRow.Party));

internal sealed class ReturnRow
{
    public Guid ReturnId { get; init; }
    public string? Number { get; init; }
    public string? Kind { get; init; }
    public Guid? CustomerId { get; init; }
    public string? ModelCode { get; init; }
    public int? Quantity { get; init; }
    public string? State { get; init; }
    public DateOnly? RequestedOn { get; init; }
    public bool? QualityDoubted { get; init; }
    public bool? QualityFault { get; init; }
    public string? Liability { get; init; }
    public bool? Accepted { get; init; }
    public string? Clause { get; init; }
    public bool? ByException { get; init; }
    public DateOnly? DecidedOn { get; init; }
    public DateOnly? ExchangeShippedOn { get; init; }
    public bool? InAdvance { get; init; }
    public bool? AdvanceOverdue { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class ReturnRowMapping() : RowMapping<ReturnRow>("returns", nameof(ReturnRow.ReturnId));

internal sealed class RetentionRow
{
    public Guid RecordId { get; init; }
    public string? Service { get; init; }
    public string? RecordKind { get; init; }
    public string? Number { get; init; }
    public string? Department { get; init; }
    public string? State { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public DateOnly? KeepThrough { get; init; }
    public bool? Held { get; init; }
    public DateOnly? HoldThrough { get; init; }
    public string? AskedByDepartment { get; init; }
    public DateOnly? ErasedOn { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class RetentionRowMapping()
    : RowMapping<RetentionRow>("retention_records", nameof(RetentionRow.RecordId));

internal sealed class RevisitRow
{
    public Guid RevisitId { get; init; }
    public Guid? ProjectId { get; init; }
    public int? Ordinal { get; init; }
    public string? State { get; init; }
    public DateOnly? PlannedOn { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateOnly? HeldOn { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public bool? Cancelled { get; init; }
    public bool? Overdue { get; init; }
    public int? FindingCount { get; init; }
    public bool? HeldInTime { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class RevisitRowMapping() : RowMapping<RevisitRow>("revisits", nameof(RevisitRow.RevisitId));

internal sealed class RmaUnitRow
{
    public Guid RmaUnitId { get; init; }
    public string? Number { get; init; }
    public Guid? RmaId { get; init; }
    public Guid? CustomerId { get; init; }
    public string? ModelCode { get; init; }
    public int? Quantity { get; init; }
    public string? FaultCode { get; init; }
    public bool? MainComponentDamaged { get; init; }
    public bool? UnderWarranty { get; init; }
    public string? State { get; init; }
    public DateOnly? ReceivedOn { get; init; }
    public DateOnly? DiagnosedOn { get; init; }
    public string? OfferNumber { get; init; }
    public decimal? OfferedSum { get; init; }
    public bool? Consented { get; init; }
    public decimal? ChargedSum { get; init; }
    public string? Currency { get; init; }
    public int? FailedInspections { get; init; }
    public DateOnly? InspectedOn { get; init; }
    public bool? Passed { get; init; }
    public string? Result { get; init; }
    public DateOnly? EndedOn { get; init; }
    public int? TurnaroundDays { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class RmaUnitRowMapping() : RowMapping<RmaUnitRow>("rma_units", nameof(RmaUnitRow.RmaUnitId));

internal sealed class SurveyAnswerRow
{
    public Guid ResponseId { get; init; }
    public required string Item { get; init; }
    public string? Grade { get; init; }
    public DateOnly? ReceivedOn { get; init; }
    public string? Department { get; init; }
    public string? SurveyKind { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class SurveyAnswerRowMapping()
    : RowMapping<SurveyAnswerRow>("survey_answers", nameof(SurveyAnswerRow.ResponseId), nameof(SurveyAnswerRow.Item));

internal sealed class SurveyDepartmentRow
{
    public Guid ResponseId { get; init; }
    public required string Department { get; init; }
    public string? SurveyKind { get; init; }
    public string? Overall { get; init; }
    public DateOnly? ReceivedOn { get; init; }
    public bool? IsSatisfied { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class SurveyDepartmentRowMapping()
    : RowMapping<SurveyDepartmentRow>(
        "survey_departments",
        nameof(SurveyDepartmentRow.ResponseId),
        nameof(SurveyDepartmentRow.Department)
    );

internal sealed class SurveyInvitationRow
{
    public Guid InvitationId { get; init; }
    public string? SurveyKind { get; init; }
    public Guid? CustomerId { get; init; }
    public string? Source { get; init; }
    public Guid? SourceId { get; init; }
    public string? Department { get; init; }
    public string? State { get; init; }
    public DateOnly? SentOn { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class SurveyInvitationRowMapping()
    : RowMapping<SurveyInvitationRow>("survey_invitations", nameof(SurveyInvitationRow.InvitationId));

internal sealed class SurveyResponseRow
{
    public Guid ResponseId { get; init; }
    public Guid? InvitationId { get; init; }
    public string? SurveyKind { get; init; }
    public Guid? CustomerId { get; init; }
    public string? Department { get; init; }
    public string? Overall { get; init; }
    public DateOnly? ReceivedOn { get; init; }
    public bool? Dissatisfied { get; init; }
    public bool? IsSatisfied { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class SurveyResponseRowMapping()
    : RowMapping<SurveyResponseRow>("survey_responses", nameof(SurveyResponseRow.ResponseId));

internal sealed class TripRow
{
    public Guid TripId { get; init; }
    public string? Number { get; init; }
    public Guid? ProjectId { get; init; }
    public Guid? RepairUnitId { get; init; }
    public string? RepairUnitName { get; init; }
    public string? State { get; init; }
    public DateOnly? Day { get; init; }
    public int? Orders { get; init; }
    public string? Outcome { get; init; }
    public decimal? Cost { get; init; }
    public DateOnly? EndedOn { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class TripRowMapping() : RowMapping<TripRow>("trips", nameof(TripRow.TripId));

internal sealed class WorkItemRow
{
    public Guid RecordId { get; init; }
    public int Ordinal { get; init; }
    public string? RecordKind { get; init; }
    public string? Number { get; init; }
    public string? Severity { get; init; }
    public string? State { get; init; }
    public string? Department { get; init; }
    public string? Action { get; init; }
    public string? Rule { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateOnly? DueOn { get; init; }
    public string? Roles { get; init; }
    public string? WaitsFor { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
}

internal sealed class WorkItemRowMapping()
    : RowMapping<WorkItemRow>("work_items", nameof(WorkItemRow.RecordId), nameof(WorkItemRow.Ordinal));
