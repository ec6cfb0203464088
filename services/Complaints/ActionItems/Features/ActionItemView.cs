using System.Text.Json.Serialization;
using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.ActionItems.Features;

/// <summary>What a department or a person has to do by a day.</summary>
internal sealed record ActionItemView
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>AI-2026-000012</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required ActionItemState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary><c>pass-on</c> (C3.1.4), <c>remedy</c> (C5.3.1), <c>capa</c> (C5.6.2), <c>decision</c> (C5.5),
    /// <c>review</c> (C5.7).</summary>
    public required ActionPurpose Purpose { get; init; }

    /// <summary>The rule by which it was given.</summary>
    public required string Rule { get; init; }

    /// <summary>Of an action of a CAPA.</summary>
    public ActionType? Type { get; init; }

    /// <summary>Kind of the record that it belongs to: <c>complaint</c>, <c>capa</c>, <c>meeting</c>,
    /// <c>year-report</c>.</summary>
    public required string SourceKind { get; init; }

    public required Guid SourceId { get; init; }

    public required string SourceNumber { get; init; }

    public Guid? ComplaintId { get; init; }

    public required string What { get; init; }

    /// <summary>Code of the department that carries it out.</summary>
    public required string Department { get; init; }

    /// <summary>Account of the person, where one is named.</summary>
    public string? OwnerId { get; init; }

    public string? OwnerName { get; init; }

    /// <summary>Last day that is in time.</summary>
    public required DateOnly DueOn { get; init; }

    public required bool Overdue { get; init; }

    public required string IssuedBy { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Who received it, by name.</summary>
    public string? ReceivedBy { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public ActionResultView? Result { get; init; }

    /// <summary>Results that were sent back.</summary>
    public required IReadOnlyList<ActionResultView> SentBack { get; init; }

    public string? SettledBy { get; init; }

    public string? SettledOpinion { get; init; }

    public string? WithdrawnBecause { get; init; }

    public required IReadOnlyList<ActionExtensionView> Extensions { get; init; }

    /// <summary>How often a later day was granted.</summary>
    public required int ExtensionsGranted { get; init; }

    /// <summary>What supervisors noted on the way.</summary>
    public required IReadOnlyList<SupervisionNoteView> Notes { get; init; }

    /// <summary>Levels before which it was brought.</summary>
    public required IReadOnlyList<ActionEscalationView> Escalations { get; init; }

    public static ActionItemView From(ActionItem item, Caller caller) =>
        new()
        {
            Id = item.Id,
            Number = item.Number,
            State = item.State,
            Version = item.Version,
            Actions = item.AllowedActions(caller.Context(item)),
            Purpose = item.Purpose,
            Rule = item.Rule,
            Type = item.Type,
            SourceKind = item.Source.Kind,
            SourceId = item.SourceId,
            SourceNumber = item.Source.Number,
            ComplaintId = item.ComplaintId,
            What = item.What,
            Department = item.Department,
            OwnerId = item.OwnerId,
            OwnerName = item.OwnerName,
            DueOn = item.DueOn,
            Overdue = ActionItemDeadlines.IsOverdue(item, caller.Today),
            IssuedBy = item.IssuedBy.Name,
            IssuedAt = item.IssuedBy.At,
            ReceivedBy = item.ReceivedBy?.Name,
            ReceivedAt = item.ReceivedBy?.At,
            Result = item.Result is null ? null : ActionResultView.From(item.Result),
            SentBack = [.. item.SentBack.Select(ActionResultView.From)],
            SettledBy = item.SettledBy?.Name,
            SettledOpinion = item.SettledOpinion,
            WithdrawnBecause = item.WithdrawnBecause,
            Extensions = [.. item.Extensions.Select(ActionExtensionView.From)],
            ExtensionsGranted = item.ExtensionsGranted,
            Notes = [.. item.Notes.Select(n => new SupervisionNoteView(n.Text, n.By.Name, n.By.At))],
            Escalations = [.. item.Escalations.Select(e => new ActionEscalationView(e.Level, e.To, e.DueOn, e.At))],
        };
}

internal sealed record ActionResultView(string Report, string? Evidence, DateOnly DoneOn, bool InTime, string By)
{
    public static ActionResultView From(ActionResult r) => new(r.Report, r.Evidence, r.DoneOn, r.InTime, r.By.Name);
}

/// <param name="Granted">Null while nobody has decided.</param>
internal sealed record ActionExtensionView(
    DateOnly DueBefore,
    DateOnly To,
    string Reason,
    string AskedBy,
    bool? Granted,
    string? Opinion,
    string? DecidedBy
)
{
    public static ActionExtensionView From(ActionExtension e) =>
        new(e.From, e.To, e.Reason, e.AskedBy.Name, e.Granted, e.Opinion, e.DecidedBy?.Name);
}

internal sealed record SupervisionNoteView(string Text, string By, DateTimeOffset At);

/// <param name="To">Role.</param>
internal sealed record ActionEscalationView(int Level, string To, DateOnly DueOn, DateTimeOffset At);
