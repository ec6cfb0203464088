using System.Text.Json.Serialization;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Capas.Features;

/// <summary>A corrective and preventive action (CAPA).</summary>
internal sealed record CapaView
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>CAPA-2026-000012</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required CapaState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required CapaSource Source { get; init; }

    /// <summary>The complaint or the finding.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>Number of the complaint or of the contract.</summary>
    public required string SourceNumber { get; init; }

    public Guid? ComplaintId { get; init; }

    public Guid? ProjectId { get; init; }

    public required string Subject { get; init; }

    /// <summary>What must not recur.</summary>
    public required string Description { get; init; }

    /// <summary>Code of the responsible department; null until QC has assigned one.</summary>
    public string? Department { get; init; }

    public required DateOnly OpenedOn { get; init; }

    /// <summary>Last day of execution that is in time; null until QC has set it.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Not executed by the due day.</summary>
    public required bool Overdue { get; init; }

    public ProposalView? Proposal { get; init; }

    public ReviewView? Review { get; init; }

    public ExecutionView? Execution { get; init; }

    /// <summary>What QC and customer service said of this execution.</summary>
    public required IReadOnlyList<VerificationView> Verifications { get; init; }

    /// <summary>Whose verification is awaited: <c>quality</c>, <c>customer-service</c>.</summary>
    public required IReadOnlyList<VerifyingSide> MissingVerifications { get; init; }

    /// <summary>How often the effect was not there.</summary>
    public required int Ineffective { get; init; }

    /// <summary>How often the fault came back after the CAPA had been found effective.</summary>
    public required int Recurrences { get; init; }

    public DateOnly? ClosedOn { get; init; }

    public required IReadOnlyList<CapaRoundView> Rounds { get; init; }

    public required int PolicyVersion { get; init; }

    public static CapaView From(Capa capa, Caller caller) =>
        new()
        {
            Id = capa.Id,
            Number = capa.Number,
            State = capa.State,
            Version = capa.Version,
            Actions = capa.AllowedActions(caller.Context(capa)),
            Source = capa.Source,
            SourceId = capa.SourceId,
            SourceNumber = capa.SourceNumber,
            ComplaintId = capa.ComplaintId,
            ProjectId = capa.ProjectId,
            Subject = capa.Subject,
            Description = capa.Description,
            Department = capa.Department,
            OpenedOn = capa.OpenedOn,
            DueOn = capa.DueOn,
            Overdue = CapaDeadlines.IsOverdue(capa.State, capa.DueOn, caller.Today),
            Proposal = ProposalView.From(capa.Proposal),
            Review = ReviewView.From(capa.Review),
            Execution = ExecutionView.From(capa.Execution),
            Verifications = [.. capa.Verifications.Select(VerificationView.From)],
            MissingVerifications = capa.Execution is null ? [] : EffectVerification.Missing(capa),
            Ineffective = capa.Ineffective,
            Recurrences = capa.Recurrences,
            ClosedOn = capa.ClosedOn,
            Rounds = [.. capa.Rounds.Select(CapaRoundView.From)],
            PolicyVersion = capa.PolicyVersion,
        };
}

internal sealed record ProposalView(
    string Disposition,
    string Cause,
    string CorrectiveAction,
    string PreventiveAction,
    string By,
    string? Department,
    DateOnly On
)
{
    public static ProposalView? From(CapaProposal? p) =>
        p is null ? null : new(p.Disposition, p.Cause, p.Correction, p.Prevention, p.By.Name, p.By.Department, p.On);
}

internal sealed record ReviewView(bool Approved, string Opinion, string By, DateOnly On)
{
    public static ReviewView? From(CapaReview? r) => r is null ? null : new(r.Approved, r.Opinion, r.By.Name, r.On);
}

internal sealed record ExecutionView(string Record, DateOnly ExecutedOn, bool InTime, string By)
{
    public static ExecutionView? From(CapaExecution? e) => e is null ? null : new(e.Record, e.On, e.InTime, e.By.Name);
}

internal sealed record VerificationView(VerifyingSide Side, bool Effective, string Evidence, string By, DateOnly On)
{
    public static VerificationView From(CapaVerification v) => new(v.Side, v.Effective, v.Evidence, v.By.Name, v.On);
}

/// <summary>A pass that did not last.</summary>
internal sealed record CapaRoundView
{
    public required int Number { get; init; }

    public DateOnly? DueOn { get; init; }

    public ProposalView? Proposal { get; init; }

    public ReviewView? Review { get; init; }

    public ExecutionView? Execution { get; init; }

    public required IReadOnlyList<VerificationView> Verifications { get; init; }

    public required CapaRoundEnd EndedBy { get; init; }

    public required string Reason { get; init; }

    public required DateOnly EndedOn { get; init; }

    public static CapaRoundView From(CapaRound round) =>
        new()
        {
            Number = round.Number,
            DueOn = round.DueOn,
            Proposal = ProposalView.From(round.Proposal),
            Review = ReviewView.From(round.Review),
            Execution = ExecutionView.From(round.Execution),
            Verifications = [.. round.Verifications.Select(VerificationView.From)],
            EndedBy = round.EndedBy,
            Reason = round.Reason,
            EndedOn = round.EndedOn,
        };
}
