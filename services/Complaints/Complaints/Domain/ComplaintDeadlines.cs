using System.Linq.Expressions;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>The targets of a complaint that can be missed (C1).</summary>
internal enum ComplaintTarget
{
    Response,
    Resolution,
}

/// <summary>Which targets are missed now (C1). While a pause lasts no resolution is overdue.</summary>
internal static class ComplaintDeadlines
{
    public static bool IsResponseOverdue(Complaint complaint, DateTimeOffset now) =>
        complaint.RespondedAt is null && !complaint.IsAnonymous && complaint.ResponseDueAt < now;

    public static bool IsResolutionOverdue(Complaint complaint, DateTimeOffset now) =>
        complaint.ResolvedAt is null && complaint.ResolutionDueAt < now;

    /// <summary>Unclear for too long, and not marked yet (C5.5.1); for the store.</summary>
    public static Expression<Func<Complaint, bool>> MeetingToRequire(DateOnly today) =>
        complaint =>
            complaint.State == ComplaintState.LiabilityUnclear
            && complaint.MeetingRequiredOn == null
            && complaint.UnclearThrough != null
            && complaint.UnclearThrough < today;

    /// <summary>A target is to be called to mind, or escalates (C1); for the store.</summary>
    public static Expression<Func<Complaint, bool>> ToRemind(DateTimeOffset now) =>
        complaint => complaint.RemindAt != null && complaint.RemindAt <= now;

    /// <summary>The same for the store: the complaints of which one of these targets is missed.</summary>
    public static Expression<Func<Complaint, bool>> Overdue(IReadOnlyList<ComplaintTarget> targets, DateTimeOffset now)
    {
        var response = targets.Contains(ComplaintTarget.Response);
        var resolution = targets.Contains(ComplaintTarget.Resolution);
        return complaint =>
            (
                response
                && complaint.RespondedAt == null
                && complaint.CustomerId != Guid.Empty
                && complaint.ResponseDueAt < now
            ) || (resolution && complaint.ResolvedAt == null && complaint.ResolutionDueAt < now);
    }
}
