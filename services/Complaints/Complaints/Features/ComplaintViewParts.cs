using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;

namespace CustomerService.Complaints.Complaints.Features;

internal sealed record ReferenceView(
    Guid? ProjectId,
    string? ProjectName,
    string? ProductModel,
    string? SerialNumber,
    string? OrderNumber
)
{
    public static ReferenceView From(Reference about) =>
        new(about.ProjectId, about.ProjectName, about.ProductModel, about.SerialNumber, about.OrderNumber);
}

internal sealed record OriginView(OriginKind Kind, Guid? Id, string? Number);

/// <summary>Targets (C1), UTC.</summary>
/// <param name="RespondedInTime">Null until it was responded.</param>
/// <param name="ResolutionDueAt">Null while a pause lasts.</param>
/// <param name="ResolvedInTime">Null until it was resolved.</param>
internal sealed record TargetsView(
    DateTimeOffset OpenedAt,
    DateTimeOffset ResponseDueAt,
    DateTimeOffset? RespondedAt,
    bool? RespondedInTime,
    DateTimeOffset? ResolutionDueAt,
    DateTimeOffset? ResolvedAt,
    bool? ResolvedInTime,
    bool Paused
)
{
    public static TargetsView From(Complaint complaint) =>
        new(
            complaint.OpenedAt,
            complaint.ResponseDueAt,
            complaint.RespondedAt,
            complaint.Response?.InTime,
            complaint.ResolutionDueAt,
            complaint.ResolvedAt,
            complaint.ResolvedInTime,
            complaint.IsPaused
        );
}

internal sealed record ResponseView(DateTimeOffset At, string By, string Message)
{
    public static ResponseView? From(FirstResponse? response) =>
        response is null ? null : new(response.By.At, response.By.Name, response.Message);
}

internal sealed record TriageView(TriageOutcome Outcome, string Note, string By, DateOnly On)
{
    public static TriageView? From(Triage? triage) =>
        triage is null ? null : new(triage.Outcome, triage.Note, triage.By.Name, triage.On);
}

internal sealed record AnswerView(string Cause, string Traceability, string Conclusion, string By, DateTimeOffset At)
{
    public static AnswerView? From(CustomerAnswer? answer) =>
        answer is null ? null : new(answer.Cause, answer.Traceability, answer.Conclusion, answer.By.Name, answer.By.At);
}

internal sealed record ConfirmationView(string ConfirmedBy, DateTimeOffset At, string? Opinion, string RecordedBy)
{
    public static ConfirmationView? From(Confirmation? confirmation) =>
        confirmation is null
            ? null
            : new(
                confirmation.Signature.PrintedName,
                confirmation.Signature.At,
                confirmation.Opinion,
                confirmation.RecordedBy.Name
            );
}

internal sealed record ObjectionView(string Reason, string By, DateTimeOffset At, string RejectedConclusion)
{
    public static ObjectionView From(Objection objection) =>
        new(objection.Reason, objection.By.Name, objection.By.At, objection.RejectedConclusion);
}

internal sealed record LiabilityView(
    Liability Liability,
    string? ResponsibleDepartment,
    string? CauseCode,
    string Findings,
    string By,
    DateOnly On
)
{
    public static LiabilityView? From(LiabilityRuling? ruling) =>
        ruling is null
            ? null
            : new(ruling.Liability, ruling.Department, ruling.CauseCode, ruling.Findings, ruling.By.Name, ruling.On);
}

internal sealed record CapaSummaryView(Guid Id, string Number, string Department, CapaState State, DateOnly? DueOn)
{
    public static CapaSummaryView From(CapaSummary capa) =>
        new(capa.Id, capa.Number, capa.Department, capa.State, capa.DueOn);
}

internal sealed record PauseView(DateTimeOffset From, DateTimeOffset? To, PauseReason Reason, string? Note, string By)
{
    public static PauseView Of(ComplaintPause pause) =>
        new(pause.From, pause.To, pause.Reason, pause.Note, pause.By.Name);
}

/// <param name="Rule"><c>C5.5.1</c> or <c>C5.5.2</c>.</param>
/// <param name="EscalatedTo">Role.</param>
internal sealed record EscalationView(
    string Rule,
    EscalationReason Reason,
    string Note,
    string EscalatedTo,
    string By,
    DateTimeOffset At
)
{
    public static EscalationView From(Escalation escalation) =>
        new(
            escalation.Rule,
            escalation.Reason,
            escalation.Note,
            escalation.EscalatedTo,
            escalation.By.Name,
            escalation.By.At
        );
}

/// <summary>What was said before the fault recurred.</summary>
internal sealed record RoundView
{
    public required int Number { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? RespondedAt { get; init; }

    public TriageOutcome? Triage { get; init; }

    public Liability? Liability { get; init; }

    public string? ResponsibleDepartment { get; init; }

    public string? CauseCode { get; init; }

    /// <summary>Of the answer, or of triage where customer service settled it alone.</summary>
    public string? Conclusion { get; init; }

    public required DateOnly ClosedOn { get; init; }

    public required string ReopenReason { get; init; }

    public required string ReopenedBy { get; init; }

    public required DateOnly ReopenedOn { get; init; }

    public static RoundView From(ComplaintRound round) =>
        new()
        {
            Number = round.Number,
            OpenedAt = round.OpenedAt,
            RespondedAt = round.Response?.By.At,
            Triage = round.Triage?.Outcome,
            Liability = round.Ruling?.Liability,
            ResponsibleDepartment = round.Ruling?.Department,
            CauseCode = round.Ruling?.CauseCode,
            Conclusion = round.Answer?.Conclusion ?? round.Triage?.Note,
            ClosedOn = round.ClosedOn,
            ReopenReason = round.ReopenReason,
            ReopenedBy = round.ReopenedBy.Name,
            ReopenedOn = round.ReopenedOn,
        };
}
