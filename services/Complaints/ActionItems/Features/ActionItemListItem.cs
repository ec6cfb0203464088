using System.Text.Json.Serialization;
using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.ActionItems.Features;

/// <summary>An action item in a list.</summary>
internal sealed record ActionItemListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required ActionItemState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required ActionPurpose Purpose { get; init; }

    public required string SourceNumber { get; init; }

    public Guid? ComplaintId { get; init; }

    public required string What { get; init; }

    public required string Department { get; init; }

    public string? OwnerName { get; init; }

    public required DateOnly DueOn { get; init; }

    public required bool Overdue { get; init; }

    /// <summary>Levels before which it was brought.</summary>
    public required int EscalationLevel { get; init; }

    public static ActionItemListItem From(ActionItem item, Caller caller) =>
        new()
        {
            Id = item.Id,
            Number = item.Number,
            State = item.State,
            Version = item.Version,
            Actions = item.AllowedActions(caller.Context(item)),
            Purpose = item.Purpose,
            SourceNumber = item.Source.Number,
            ComplaintId = item.ComplaintId,
            What = item.What,
            Department = item.Department,
            OwnerName = item.OwnerName,
            DueOn = item.DueOn,
            Overdue = ActionItemDeadlines.IsOverdue(item, caller.Today),
            EscalationLevel = item.Escalations.Count,
        };
}
