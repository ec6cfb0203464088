using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.ActionItems.Domain;

/// <summary>What an action item is for.</summary>
internal enum ActionPurpose
{
    /// <summary>A slip by which a complaint is passed on (C3.1.4).</summary>
    PassOn,

    /// <summary>補救對策, under QC's supervision (C5.3.1).</summary>
    Remedy,

    /// <summary>An action of a CAPA (C5.6.2).</summary>
    Capa,

    /// <summary>A decision of a meeting (C5.5).</summary>
    Decision,

    /// <summary>A decision of the management review on a year's statistics (C5.7).</summary>
    Review,
}

/// <summary>What kind of action a CAPA holds (C3.2.3, C5.4).</summary>
internal enum ActionType
{
    Remedy,
    Corrective,
    PreventiveProduct,
    PreventiveSystem,
}

/// <summary>The record that an action item belongs to.</summary>
/// <param name="Kind"><c>complaint</c>, <c>capa</c>, <c>meeting</c>, <c>year-report</c>.</param>
/// <param name="ComplaintId">The complaint behind it, where there is one.</param>
internal sealed record ActionSource(string Kind, Guid Id, string Number, Guid? ComplaintId, string Subject)
{
    public static ActionSource Of(Complaint complaint) =>
        new(complaint.Kind, complaint.Id, complaint.Number, complaint.Id, complaint.Subject);

    public static ActionSource Of(Capa capa) => new(capa.Kind, capa.Id, capa.Number, null, capa.Subject);

    public static ActionSource Of(ReviewMeeting meeting) =>
        new(meeting.Kind, meeting.Id, meeting.Number, meeting.ComplaintId, meeting.Subject);
}

/// <summary>What is asked for.</summary>
/// <param name="Department">Code of the department that carries it out.</param>
/// <param name="OwnerId">The person, where one is named; else everybody of the department.</param>
/// <param name="DueOn">Last day that is in time.</param>
/// <param name="Rule">The rule of the meeting, for a decision; null: that of the purpose.</param>
internal sealed record ActionOrder(
    ActionPurpose Purpose,
    string What,
    string Department,
    string? OwnerId,
    string? OwnerName,
    DateOnly DueOn,
    ActionType? Type = null,
    string? Rule = null
)
{
    /// <summary>It is the repair of the customer's goods.</summary>
    public bool RepairsGoods { get; init; }
}

/// <summary>How it was carried out.</summary>
internal sealed record ActionResult(string Report, string? Evidence, DateOnly DoneOn, bool InTime, Stamp By);

/// <summary>A later day that was asked for.</summary>
/// <param name="Granted">Null while nobody has decided.</param>
internal sealed record ActionExtension(
    DateOnly From,
    DateOnly To,
    string Reason,
    Stamp AskedBy,
    bool? Granted,
    string? Opinion,
    Stamp? DecidedBy
);

/// <summary>What a supervisor noted on the way (C5.3.1).</summary>
internal sealed record SupervisionNote(string Text, Stamp By);

/// <summary>It was brought before a higher level, because it is overdue (C5.5).</summary>
/// <param name="Level">1, 2 …</param>
/// <param name="To">Role.</param>
internal sealed record ActionEscalation(int Level, string To, DateOnly DueOn, DateTimeOffset At);
