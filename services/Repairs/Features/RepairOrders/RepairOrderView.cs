using System.Text.Json.Serialization;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Features.RepairOrders;

/// <summary>A repair order as the API shows it.</summary>
/// <param name="ConfirmationOverdue">Not confirmed with the owner, and the due day is over (P3.2.1).</param>
/// <param name="ConfirmationOverdueOn">Day on which that was marked; stays when it is confirmed late.</param>
/// <param name="Round">1 for the first repair, one more after each return to repair.</param>
/// <param name="Actions">What the caller can do now.</param>
internal sealed record RepairOrderView(
    Guid Id,
    string Number,
    RepairOrderState State,
    long Version,
    OrderSource Source,
    Guid? SourceId,
    Guid? RevisitId,
    Guid ProjectId,
    string ProjectName,
    string ContractNumber,
    Guid OwnerId,
    string OwnerName,
    string Contact,
    string Phone,
    string PartCode,
    string Location,
    string Description,
    DefectSeverity Severity,
    EmergencyKind? EmergencyKind,
    DateOnly NotifiedOn,
    DateOnly OpenedOn,
    string OpenedBy,
    DateOnly ConfirmDueOn,
    bool ConfirmationOverdue,
    DateOnly? ConfirmationOverdueOn,
    int PolicyVersion,
    WarrantyView Warranty,
    Confirmation? Confirmation,
    Analysis? Analysis,
    IReadOnlyList<Analysis> Revisions,
    Opinion? Review,
    Opinion? Approval,
    IReadOnlyList<SentBack> SentBacks,
    DispatchView? Dispatch,
    Briefing? Briefing,
    DateOnly? StartedOn,
    string? StartedBy,
    int Round,
    IReadOnlyList<WorkReport> WorkReports,
    IReadOnlyList<Inspection> Inspections,
    IReadOnlyList<OwnerResponse> OwnerResponses,
    int FailedInspections,
    int OwnerRefusals,
    ReturnedRecord? Returned,
    string? WithdrawnBecause,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    /// <summary>Every step so far; where one order is read, not in the answer to a command.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    public static RepairOrderView From(RepairOrder order, Caller caller)
    {
        // What is between contractor and subcontractor, and the drafts of the record, are no business of the
        // owner or of a repair unit.
        var staff = caller.Actor.HasAny(Roles.Staff);
        return new RepairOrderView(
            order.Id,
            order.Number,
            order.State,
            order.Version,
            order.Source,
            order.SourceId,
            order.RevisitId,
            order.ProjectId,
            order.ProjectName,
            order.ContractNumber,
            order.OwnerId,
            order.OwnerName,
            order.Contact,
            order.Phone,
            order.PartCode,
            order.Location,
            order.Description,
            order.Severity,
            order.EmergencyKind,
            order.NotifiedOn,
            order.OpenedOn,
            order.OpenedBy.Name,
            order.ConfirmDueOn,
            RepairOrderSummary.IsOverdue(order, caller.Today),
            order.ConfirmationOverdueOn,
            order.PolicyVersion,
            WarrantyView.From(order.Warranty, staff),
            order.Confirmation,
            staff || order.Approval is not null ? order.Analysis : null,
            staff ? order.Analyses : [],
            order.Review,
            order.Approval,
            staff ? order.SentBacks : [],
            DispatchView.From(order, staff),
            order.Briefing,
            order.StartedOn,
            order.StartedBy?.Name,
            order.Round,
            order.WorkReports,
            order.Inspections,
            order.OwnerResponses,
            order.FailedInspections,
            order.OwnerRefusals,
            order.Returned,
            order.WithdrawnBecause,
            order.AllowedActions(caller.Flow(order.PolicyVersion))
        );
    }
}

/// <summary>What is known about the warranty.</summary>
/// <param name="Covered"><c>unknown</c> as long as Projects has not answered.</param>
/// <param name="On">The day that the question is about: the day of notice.</param>
/// <param name="Until">Last day of the term; null for an unlimited one.</param>
/// <param name="ResponsibleUnitName">The subcontractor whose part it is, of several the one that is asked first
/// (P3.1.1); null: the contractor itself. For staff.</param>
/// <param name="Problem">Why the last question brought no answer. For staff.</param>
/// <param name="Units">Every subcontractor of the part and what of it is his (P3.1.1). For staff.</param>
internal sealed record WarrantyView(
    WarrantyCover Covered,
    DateOnly On,
    DateOnly? Until,
    string? Rule,
    int? PolicyVersion,
    string? Basis,
    Guid? ResponsibleUnitId,
    string? ResponsibleUnitName,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? TriedAt,
    string? Problem,
    IReadOnlyList<PartUnit> Units
)
{
    public static WarrantyView From(WarrantyStanding standing, bool staff) =>
        new(
            standing.Covered,
            standing.On,
            standing.Until,
            standing.Rule,
            standing.PolicyVersion,
            standing.Basis,
            staff ? standing.ResponsibleUnitId : null,
            staff ? standing.ResponsibleUnitName : null,
            standing.AnsweredAt,
            staff ? standing.TriedAt : null,
            staff ? standing.Problem : null,
            staff ? standing.Units ?? [] : []
        );
}

/// <summary>The issued record.</summary>
/// <param name="BeforeApproval">True for an emergency that was issued before approval.</param>
/// <param name="Proposed">Leader that the system proposed. For staff, like the reasons and the charge-back.</param>
internal sealed record DispatchView(
    Guid RepairUnitId,
    string RepairUnitName,
    bool RepairUnitIsOwn,
    string LeaderName,
    Guid? LeaderId,
    LeaderBasis LeaderBasis,
    DateOnly DispatchedOn,
    string DispatchedBy,
    bool BeforeApproval,
    LeaderCandidate? Proposed,
    string? LeaderReason,
    string? UnitReason,
    bool? ChargeBack
)
{
    public static DispatchView? From(RepairOrder order, bool staff) =>
        order.Issue is not { } issue
            ? null
            : new(
                order.RepairUnitId!.Value,
                order.RepairUnitName!,
                order.RepairUnitIsOwn,
                issue.Leader.PersonName ?? "",
                issue.Leader.PersonId,
                issue.Leader.Basis,
                issue.On,
                issue.By.Name,
                issue.BeforeApproval,
                staff ? issue.Proposed : null,
                staff ? issue.LeaderReason : null,
                staff ? issue.UnitReason : null,
                staff ? issue.ChargeBack : null
            );
}

/// <summary>A repair order in a list.</summary>
internal sealed record RepairOrderSummary(
    Guid Id,
    string Number,
    RepairOrderState State,
    long Version,
    OrderSource Source,
    Guid ProjectId,
    string ProjectName,
    Guid OwnerId,
    string OwnerName,
    string PartCode,
    string Location,
    DefectSeverity Severity,
    DateOnly NotifiedOn,
    DateOnly OpenedOn,
    DateOnly ConfirmDueOn,
    bool ConfirmationOverdue,
    WarrantyCover UnderWarranty,
    Guid? RepairUnitId,
    string? RepairUnitName,
    int FailedInspections,
    int OwnerRefusals,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions
)
{
    public static RepairOrderSummary From(RepairOrder order, Caller caller) =>
        new(
            order.Id,
            order.Number,
            order.State,
            order.Version,
            order.Source,
            order.ProjectId,
            order.ProjectName,
            order.OwnerId,
            order.OwnerName,
            order.PartCode,
            order.Location,
            order.Severity,
            order.NotifiedOn,
            order.OpenedOn,
            order.ConfirmDueOn,
            IsOverdue(order, caller.Today),
            order.Warranty.Covered,
            order.RepairUnitId,
            order.RepairUnitName,
            order.FailedInspections,
            order.OwnerRefusals,
            order.AllowedActions(caller.Flow(order.PolicyVersion))
        );

    /// <summary>Said by the date, so that it is right before the sweep has come by.</summary>
    public static bool IsOverdue(RepairOrder order, DateOnly today) =>
        order.State == RepairOrderState.Opened && Deadlines.IsOverdue(order.ConfirmDueOn, today);
}

/// <summary>One step in the life of an order.</summary>
internal sealed record HistoryEntry(
    long Sequence,
    string Action,
    string? From,
    string To,
    string By,
    DateTimeOffset At,
    string? Why
);
