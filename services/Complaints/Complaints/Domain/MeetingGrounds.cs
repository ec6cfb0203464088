using CustomerService.Complaints.Capas.Domain;
using CustomerService.Rules;
using static CustomerService.Complaints.Complaints.Domain.EscalationReason;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>
/// The grounds on which the department heads must meet (C5.5.1, C5.5.2). While one stands and no meeting of this round
/// dealt with it, the customer is not answered and the complaint is not closed.
/// </summary>
internal static class MeetingGrounds
{
    /// <summary>Major quality problems.</summary>
    public const string MajorRule = "C5.5.2";

    /// <summary>What cannot be improved in time, or is not known.</summary>
    public const string UnsettledRule = "C5.5.1";

    public static string RuleOf(EscalationReason reason) => reason == MajorQualityProblem ? MajorRule : UnsettledRule;

    /// <summary>The grounds as things stand.</summary>
    public static IReadOnlyList<EscalationReason> Standing(Complaint complaint, CommandContext context) =>
        complaint.State == ComplaintState.Closed
            ? []
            : [.. Enum.GetValues<EscalationReason>().Where(reason => Stands(reason, complaint, context))];

    /// <summary>Those with which no meeting of this round dealt.</summary>
    public static IReadOnlyList<EscalationReason> Open(Complaint complaint, CommandContext context) =>
        [.. Standing(complaint, context).Where(reason => !IsDealtWith(complaint, reason))];

    /// <summary>Those of the open ones that a meeting by this rule deals with.</summary>
    public static IReadOnlyList<EscalationReason> OpenBy(Complaint complaint, string rule, CommandContext context) =>
        [.. Open(complaint, context).Where(reason => RuleOf(reason) == rule)];

    /// <summary>The rules whose grounds are open.</summary>
    public static IReadOnlyList<string> OpenRules(Complaint complaint, CommandContext context) =>
        [.. Open(complaint, context).Select(RuleOf).Distinct()];

    /// <summary>The rules by which a meeting is to be called now: reported, and none called yet.</summary>
    public static IReadOnlyList<string> ToCall(Complaint complaint, CommandContext context) =>
        [
            .. OpenRules(complaint, context)
                .Where(rule => IsReported(complaint, rule) && complaint.CalledBy(rule) is null),
        ];

    /// <summary>The report to the management that the rule asks for was made.</summary>
    public static bool IsReported(Complaint complaint, string rule) =>
        complaint.EscalationsNow.Any(escalation => escalation.Rule == rule);

    /// <summary>Something happened by which the sales manager is told (C5.5.1): unclear for too long, late, or disputed
    /// again.</summary>
    public static bool WantsReport(Complaint complaint) =>
        complaint.MeetingRequiredOn is not null
        || (
            complaint is { ResolvedAt: null, Reminded: { Target: ComplaintTarget.Resolution, IsOver: true } told }
            && complaint.ResolutionDueAt <= told.DueAt
        )
        || complaint.ObjectionsNow.Any(objection => objection.IsOneTooMany);

    /// <summary>Who calls the heads together: customer service by C5.5.1, the head of QC by C5.5.2.</summary>
    public static string ConvenerOf(string rule) => rule == MajorRule ? Roles.QcHead : Roles.CustomerService;

    /// <summary>A major quality problem (C5.5.2): critical, a matter of safety, spread, or costly.</summary>
    public static bool IsMajor(Complaint complaint, CommandContext context) =>
        complaint.Severity == Severity.Critical
        || complaint.HasRepeatedFault
        || complaint.Assessment is { Safety: true }
        || complaint.Assessment?.Cost > context.Policy.Complaints.MajorProblem.CostAbove;

    /// <summary>The liability was unclear for longer than the policy allows.</summary>
    public static bool IsUnclearTooLong(Complaint complaint, DateOnly today) =>
        complaint.UnclearThrough is { } through && Deadlines.IsOverdue(through, today);

    // A dispute that came after the meeting wants another one. What was answered with a parent was met about there.
    private static bool IsDealtWith(Complaint complaint, EscalationReason reason) =>
        complaint.CustomerAnswer?.MetWithParent.Contains(reason) == true
        || complaint.MeetingsNow.Any(meeting =>
            meeting.Reasons.Contains(reason)
            && (reason != DisputedAgain || complaint.ObjectionsNow.All(objection => objection.By.At <= meeting.By.At))
        );

    private static bool Stands(EscalationReason reason, Complaint complaint, CommandContext context) =>
        reason switch
        {
            MajorQualityProblem => IsMajor(complaint, context),
            DisputedAgain => complaint.ObjectionsNow.Count() > context.Policy.Complaints.DisputesBeforeMeeting,
            NotImprovableInTime => IsLate(complaint, context) || Reported(complaint, reason) is not null,
            LiabilityUnclear => complaint.State == ComplaintState.LiabilityUnclear
                || complaint.MeetingRequiredOn is not null
                || IsUnsettled(complaint, reason, ruling => ruling.Liability != Liability.Unclear),
            _ => IsUnsettled(complaint, reason, ruling => ruling.CauseCode is not null),
        };

    // What was reported stands until QC rules on it.
    private static bool IsUnsettled(
        Complaint complaint,
        EscalationReason reason,
        Func<LiabilityRuling, bool> settles
    ) =>
        Reported(complaint, reason) is { } report
        && !(complaint.LiabilityRuling is { } ruling && settles(ruling) && ruling.By.At > report.By.At);

    private static Escalation? Reported(Complaint complaint, EscalationReason reason) =>
        complaint.EscalationsNow.LastOrDefault(escalation => escalation.Reason == reason);

    private static bool IsLate(Complaint complaint, CommandContext context) =>
        ComplaintDeadlines.IsResolutionOverdue(complaint, context.Now)
        || complaint.Capas.Any(capa => CapaDeadlines.IsOverdue(capa.State, capa.DueOn, context.Today));
}
