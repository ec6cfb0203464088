using System.Text.Json.Serialization;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.WorkLinks.Features;

/// <summary>What the holder of a link sees: nothing but what the work needs.</summary>
internal sealed record LinkedWorkView(
    string UnitName,
    string HolderName,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<LinkedOrderView> Orders
);

/// <summary>How many photos of this round of work are there, and how many its end needs (P3.2.3).</summary>
internal sealed record RoundPhotosView(int Before, int BeforeNeeded, int After, int AfterNeeded)
{
    public static RoundPhotosView Of(WorkPhotos photos, RepairPolicy policy) =>
        new(photos.Before.Count, policy.PhotosBefore, photos.After.Count, policy.PhotosAfter);
}

/// <summary>An order as its repairer sees it.</summary>
internal sealed record LinkedOrderView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required RepairOrderState State { get; init; }

    /// <summary>How many steps the order has had; sent with a step as `seen`.</summary>
    public required long Seen { get; init; }

    /// <summary>The steps that the holder could take now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string ProjectName { get; init; }

    public required string Location { get; init; }

    public required string Description { get; init; }

    public required DefectSeverity Severity { get; init; }

    /// <summary>The person to be met.</summary>
    public required string Contact { get; init; }

    public required string Phone { get; init; }

    /// <summary>What was agreed with the owner.</summary>
    public string? Scope { get; init; }

    public required IReadOnlyList<string> Measures { get; init; }

    public string? TaskSheetNumber { get; init; }

    public string? Materials { get; init; }

    public string? Safety { get; init; }

    public string? Briefing { get; init; }

    public DateOnly? PlannedFrom { get; init; }

    public DateOnly? PlannedTo { get; init; }

    public DateTimeOffset? StartDueAt { get; init; }

    public DateTimeOffset? FinishDueAt { get; init; }

    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>The photos of the round that runs, while the work is on.</summary>
    public RoundPhotosView? Photos { get; init; }

    /// <summary>From where the holder is, great circle, km; null where either place is not known.</summary>
    public double? DistanceKm { get; init; }

    /// <summary>Steps that were told later than they were done.</summary>
    public required IReadOnlyList<FieldStep> FieldSteps { get; init; }

    public static LinkedOrderView From(RepairOrder order, WorkLink link, CommandContext holder) =>
        new()
        {
            Id = order.Id,
            Number = order.Number,
            State = order.State,
            Seen = order.AuditSequence,
            Actions = [.. order.AllowedActions(holder).Intersect(WorkLink.Steps.Select(step => step.ToKebab()))],
            ProjectName = order.ProjectName,
            Location = order.Location,
            Description = order.Description,
            Severity = order.Severity,
            Contact = order.SiteContact?.Name ?? order.Contact,
            Phone = order.SiteContact?.Phone ?? order.Phone,
            Scope = order.Confirmation?.ReworkAgreed,
            Measures = RepairOrderRelease.To(link.Holder, order).Analysis?.Measures ?? [],
            TaskSheetNumber = order.TaskSheetNumber,
            Materials = order.DispatchRecord?.Materials,
            Safety = order.DispatchRecord?.Safety,
            Briefing = order.Briefing?.Content,
            PlannedFrom = order.Plan?.From,
            PlannedTo = order.Plan?.To,
            StartDueAt = order.StartDueAt,
            FinishDueAt = order.FinishDueAt,
            PausedSince = order.PausedSince,
            FieldSteps = order.FieldSteps,
        };
}
