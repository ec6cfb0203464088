using System.Text.Json.Serialization;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>A complaint as the caller may see it. What is internal (liability, CAPAs, pauses, escalations …) is null
/// for customers.</summary>
internal sealed record ComplaintView
{
    public required Guid Id { get; init; }

    /// <summary>The complaint's own number, for example <c>TS-2026-000123</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required ComplaintState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Number of form FM004, without gaps; null until the complaint first goes to QC (C5.2).</summary>
    public string? FormNumber { get; init; }

    /// <summary>1, and one more with each reopening.</summary>
    public required int Round { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public required string Contact { get; init; }

    public required string Phone { get; init; }

    public required Channel Channel { get; init; }

    public required string Subject { get; init; }

    public required string Description { get; init; }

    public required Severity Severity { get; init; }

    public required ReferenceView Reference { get; init; }

    public OriginView? Origin { get; init; }

    public required string TakenBy { get; init; }

    /// <summary>Targets of the present round.</summary>
    public required TargetsView Targets { get; init; }

    public ResponseView? Response { get; init; }

    /// <summary>For customers null where it went to QC.</summary>
    public TriageView? Triage { get; init; }

    public AnswerView? Answer { get; init; }

    public ConfirmationView? Confirmation { get; init; }

    public required IReadOnlyList<ObjectionView> Objections { get; init; }

    public DateOnly? ClosedOn { get; init; }

    /// <summary>QC's ruling in this round; staff only.</summary>
    public LiabilityView? Liability { get; init; }

    /// <summary>Staff only.</summary>
    public IReadOnlyList<CapaSummaryView>? Capas { get; init; }

    /// <summary>Staff only.</summary>
    public IReadOnlyList<PauseView>? Pauses { get; init; }

    /// <summary>Staff only.</summary>
    public IReadOnlyList<EscalationView>? Escalations { get; init; }

    /// <summary>Why the department heads should meet as things stand (C5.5); staff only.</summary>
    public IReadOnlyList<EscalationReason>? EscalationReasons { get; init; }

    /// <summary>Earlier rounds; staff only.</summary>
    public IReadOnlyList<RoundView>? Rounds { get; init; }

    /// <summary>Reason; staff only.</summary>
    public string? ClosedWithoutConfirmation { get; init; }

    /// <summary>Staff only.</summary>
    public int? PolicyVersion { get; init; }

    public static ComplaintView From(Complaint complaint, Caller caller)
    {
        var context = caller.Context(complaint);
        var shown = ForOutsiders(complaint, context);
        return caller.IsStaff ? WithInternals(shown, complaint, context) : shown;
    }

    private static ComplaintView ForOutsiders(Complaint complaint, CommandContext context) =>
        new()
        {
            Id = complaint.Id,
            Number = complaint.Number,
            State = complaint.State,
            Version = complaint.Version,
            Actions = complaint.AllowedActions(context),
            FormNumber = complaint.FormNumber,
            Round = complaint.Round,
            RegisteredOn = complaint.RegisteredOn,
            CustomerId = complaint.CustomerId,
            CustomerName = complaint.CustomerName,
            Contact = complaint.Contact,
            Phone = complaint.Phone,
            Channel = complaint.Channel,
            Subject = complaint.Subject,
            Description = complaint.Description,
            Severity = complaint.Severity,
            Reference = ReferenceView.From(complaint.Reference),
            Origin = complaint.OriginKind is { } kind
                ? new OriginView(kind, complaint.OriginId, complaint.OriginNumber)
                : null,
            TakenBy = complaint.TakenBy.Name,
            Targets = TargetsView.From(complaint),
            Response = ResponseView.From(complaint.Response),
            Triage = complaint.Triage?.Outcome == TriageOutcome.ToQc ? null : TriageView.From(complaint.Triage),
            Answer = AnswerView.From(complaint.CustomerAnswer),
            Confirmation = ConfirmationView.From(complaint.Confirmation),
            Objections = [.. complaint.Objections.Select(ObjectionView.From)],
            ClosedOn = complaint.ClosedOn,
        };

    private static ComplaintView WithInternals(ComplaintView shown, Complaint complaint, CommandContext context) =>
        shown with
        {
            Triage = TriageView.From(complaint.Triage),
            Liability = LiabilityView.From(complaint.LiabilityRuling),
            Capas = [.. complaint.Capas.Select(CapaSummaryView.From)],
            Pauses = [.. complaint.Pauses.Select(PauseView.Of)],
            Escalations = [.. complaint.Escalations.Select(EscalationView.From)],
            EscalationReasons = complaint.EscalationReasons(context),
            Rounds = [.. complaint.Rounds.Select(RoundView.From)],
            ClosedWithoutConfirmation = complaint.ClosedWithoutConfirmation,
            PolicyVersion = complaint.PolicyVersion,
        };
}
