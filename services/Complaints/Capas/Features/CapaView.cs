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

    /// <summary>The complaint, the finding, the form …</summary>
    public required Guid SourceId { get; init; }

    /// <summary>Number of the complaint, of the contract …</summary>
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

    /// <summary>Complaints, findings, repair orders, forms, assessments that it serves, the first one opened it.</summary>
    public required IReadOnlyList<ServedCaseView> Serves { get; init; }

    /// <summary>Its actions with owner, day and state; given with the approval.</summary>
    public required IReadOnlyList<CapaActionView> ActionItems { get; init; }

    /// <summary>What the present proposal says otherwise than the last one.</summary>
    public required IReadOnlyList<ProposalChangeView> Changes { get; init; }

    /// <summary>Last day on which what happens counts against the effect; before it is over nobody verifies.</summary>
    public DateOnly? WatchThrough { get; init; }

    /// <summary>What was counted against the effect.</summary>
    public required IReadOnlyList<OccurrenceView> Occurrences { get; init; }

    /// <summary>The rate of the window, where the plan measures one and the window is over.</summary>
    public EffectRateView? Rate { get; init; }

    /// <summary>How long each department took (C1).</summary>
    public required IReadOnlyList<CapaStageView> Stages { get; init; }

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
            Serves = [.. capa.Serves.Select(s => new ServedCaseView(s.Kind, s.Id, s.Number, s.Since))],
            ActionItems =
            [
                .. capa.Actions.Select(a => new CapaActionView(a.Id, a.Number, a.Department, a.State, a.DueOn)),
            ],
            Changes = ProposalChangeView.Of(capa),
            WatchThrough = capa.WatchThrough,
            Occurrences = [.. capa.Occurrences.Select(o => new OccurrenceView(o.ComplaintId, o.ComplaintNumber, o.On))],
            Rate = EffectRateView.From(capa.Rate),
            Stages = [.. capa.Stages.Select(s => new CapaStageView(s.Stage, s.Since, s.DueAt, s.Until, s.InTime))],
            PolicyVersion = capa.PolicyVersion,
        };
}

internal sealed record ProposalView
{
    public required string Disposition { get; init; }

    public required string Cause { get; init; }

    public required string CorrectiveAction { get; init; }

    public required string PreventiveAction { get; init; }

    public required string By { get; init; }

    public string? Department { get; init; }

    public required DateOnly On { get; init; }

    public required IReadOnlyList<ProposedActionView> Actions { get; init; }

    /// <summary>5 why.</summary>
    public required IReadOnlyList<WhyView> Whys { get; init; }

    public required IReadOnlyList<FishboneView> Fishbone { get; init; }

    /// <summary>How the effect will be measured.</summary>
    public EffectPlanView? Effect { get; init; }

    public static ProposalView? From(CapaProposal? p) =>
        p is null
            ? null
            : new()
            {
                Disposition = p.Disposition,
                Cause = p.Cause,
                CorrectiveAction = p.Correction,
                PreventiveAction = p.Prevention,
                By = p.By.Name,
                Department = p.By.Department,
                On = p.On,
                Actions =
                [
                    .. p.Detail.Actions.Select(a => new ProposedActionView(
                        a.Type,
                        a.What,
                        a.Department,
                        a.OwnerName,
                        a.DueOn
                    )),
                ],
                Whys = [.. p.Detail.Whys.Select(w => new WhyView(w.Question, w.Answer, w.Evidence))],
                Fishbone =
                [
                    .. p.Detail.Fishbone.Select(c => new FishboneView(c.Category, c.Cause, c.Evidence, c.IsRoot)),
                ],
                Effect = p.Detail.Effect is { } e ? new(e.Metric, e.Item, e.Target, e.WindowDays) : null,
            };
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

    /// <summary>The rate that was measured at the end of its window.</summary>
    public EffectRateView? Rate { get; init; }

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
            Rate = EffectRateView.From(round.Rate),
        };
}
