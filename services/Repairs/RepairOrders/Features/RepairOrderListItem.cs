using System.Text.Json.Serialization;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>A repair order in a list.</summary>
internal sealed record RepairOrderListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required RepairOrderState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required OrderSource Source { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required Guid OwnerId { get; init; }

    public required string OwnerName { get; init; }

    /// <summary>Part of Table 3.1.</summary>
    public required string PartCode { get; init; }

    public required string Location { get; init; }

    public required DefectSeverity Severity { get; init; }

    public required DateOnly NotifiedOn { get; init; }

    public required DateOnly OpenedOn { get; init; }

    public required DateOnly ConfirmDueOn { get; init; }

    /// <summary>Not confirmed with the owner, and the due day is over (P3.2.1).</summary>
    public required bool ConfirmationOverdue { get; init; }

    public required WarrantyCover UnderWarranty { get; init; }

    public Guid? RepairUnitId { get; init; }

    public string? RepairUnitName { get; init; }

    public required int FailedInspections { get; init; }

    public required int OwnerRefusals { get; init; }

    /// <summary>Rule P3.1.1: not received by the unit, and past the due day. For staff.</summary>
    public bool? ReceiptOverdue { get; init; }

    /// <summary>Rule P3.2.2: not begun, and past the target. For staff.</summary>
    public bool? StartOverdue { get; init; }

    /// <summary>Rule P3.2.2: not finished, and past the target. For staff.</summary>
    public bool? FinishOverdue { get; init; }

    /// <summary>Whether the clocks stand still. For staff.</summary>
    public bool? Paused { get; init; }

    public static RepairOrderListItem From(RepairOrder order, Caller caller) =>
        new()
        {
            Id = order.Id,
            Number = order.Number,
            State = order.State,
            Version = order.Version,
            Actions = order.AllowedActions(caller.Context(order)),
            Source = order.Source,
            ProjectId = order.ProjectId,
            ProjectName = order.ProjectName,
            OwnerId = order.OwnerId,
            OwnerName = order.OwnerName,
            PartCode = order.PartCode,
            Location = order.Location,
            Severity = order.Severity,
            NotifiedOn = order.NotifiedOn,
            OpenedOn = order.OpenedOn,
            ConfirmDueOn = order.ConfirmDueOn,
            ConfirmationOverdue = RepairOrderDeadlines.IsConfirmationOverdue(order, caller.Today),
            UnderWarranty = order.Warranty.Covered,
            RepairUnitId = order.RepairUnitId,
            RepairUnitName = order.RepairUnitName,
            FailedInspections = order.FailedInspections,
            OwnerRefusals = order.OwnerRefusals,
            ReceiptOverdue = caller.IsStaff ? RepairOrderDeadlines.IsReceiptOverdue(order, caller.Today) : null,
            StartOverdue = caller.IsStaff ? RepairOrderDeadlines.IsStartOverdue(order, caller.Now) : null,
            FinishOverdue = caller.IsStaff ? RepairOrderDeadlines.IsFinishOverdue(order, caller.Now) : null,
            Paused = caller.IsStaff ? order.PausedSince is not null : null,
        };
}
