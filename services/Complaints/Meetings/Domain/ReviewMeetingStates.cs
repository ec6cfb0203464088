namespace CustomerService.Complaints.Meetings.Domain;

/// <summary>States of a meeting of the department heads (C5.5).</summary>
internal enum ReviewMeetingState
{
    /// <summary>The heads are invited.</summary>
    Called,

    /// <summary>Held; the minutes wait for the chair's signature.</summary>
    Minuted,

    /// <summary>The minutes are signed, the decisions on their owners' lists.</summary>
    Signed,

    /// <summary>It does not take place.</summary>
    Cancelled,
}

/// <summary>Each but the start is also the last part of the route under which it is called.</summary>
internal enum ReviewMeetingAction
{
    Call,
    Move,
    Cancel,
    RecordMinutes,
    Sign,
}
