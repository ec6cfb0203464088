using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Surveys.V1;

namespace CustomerService.Reporting.Facts;

/// <summary>An action that a department owes: a slip, a remedy, an action of a CAPA, a decision of a meeting or of the
/// year's review (C3.1.4, C5.3.1, C5.4, C5.5, C5.7).</summary>
internal sealed class ActionItemFact
    : Fact,
        IApplies<ActionItemIssued>,
        IApplies<ActionItemReceived>,
        IApplies<ActionItemDone>,
        IApplies<ActionItemSettled>,
        IApplies<ActionItemOverdue>
{
    public string? Number { get; set; }
    public string? Purpose { get; set; }
    public string? SourceKind { get; set; }
    public Guid? SourceId { get; set; }
    public string? Department { get; set; }
    public DateOnly? DueOn { get; set; }
    public DateOnly? ReceivedOn { get; set; }
    public DateOnly? DoneOn { get; set; }
    public bool? DoneInTime { get; set; }
    public DateOnly? SettledOn { get; set; }
    public bool? Accepted { get; set; }
    public int Escalations { get; set; }

    public long IssuedVersion { get; set; }
    public long DueVersion { get; set; }
    public long ReceivedVersion { get; set; }
    public long DoneVersion { get; set; }
    public long SettledVersion { get; set; }

    public void Apply(ActionItemIssued e)
    {
        if (IsNewer(e.Version, IssuedVersion, v => IssuedVersion = v))
        {
            (Number, Purpose, SourceKind, SourceId) = (e.Number, e.Purpose, e.SourceKind, e.SourceId);
        }

        Owe(e.Department, e.DueOn, e.Version);
        AdvanceState("issued", e.Version);
    }

    public void Apply(ActionItemReceived e)
    {
        if (IsNewer(e.Version, ReceivedVersion, v => ReceivedVersion = v))
        {
            ReceivedOn = e.ReceivedOn;
        }

        AdvanceState("received", e.Version);
    }

    public void Apply(ActionItemDone e)
    {
        if (IsNewer(e.Version, DoneVersion, v => DoneVersion = v))
        {
            (DoneOn, DoneInTime) = (e.DoneOn, e.InTime);
        }

        AdvanceState("done", e.Version);
    }

    public void Apply(ActionItemSettled e)
    {
        if (IsNewer(e.Version, SettledVersion, v => SettledVersion = v))
        {
            (SettledOn, Accepted) = (e.SettledOn, e.Accepted);
        }

        AdvanceState(e.Accepted ? "accepted" : "sent-back", e.Version);
    }

    public void Apply(ActionItemOverdue e)
    {
        Escalations = Math.Max(Escalations, e.Level);
        Owe(e.Department, e.DueOn, e.Version);
        AdvanceState("overdue", e.Version);
    }

    private void Owe(string department, DateOnly due, long version)
    {
        if (IsNewer(version, DueVersion, v => DueVersion = v))
        {
            (Department, DueOn) = (department, due);
        }
    }
}

/// <summary>A review meeting on a complaint (C5.5).</summary>
internal sealed class MeetingFact : Fact, IApplies<MeetingCalled>, IApplies<MeetingCancelled>, IApplies<MeetingSigned>
{
    public string? Number { get; set; }
    public Guid? ComplaintId { get; set; }
    public string? Rule { get; set; }
    public DateTimeOffset? CalledFor { get; set; }
    public DateOnly? HeldOn { get; set; }
    public bool Cancelled { get; set; }

    public long CalledVersion { get; set; }
    public long CancelledVersion { get; set; }
    public long SignedVersion { get; set; }

    public void Apply(MeetingCalled e)
    {
        if (IsNewer(e.Version, CalledVersion, v => CalledVersion = v))
        {
            (Number, ComplaintId, Rule, CalledFor) = (e.Number, e.ComplaintId, e.Rule, e.From.ToUniversalTime());
        }

        AdvanceState("called", e.Version);
    }

    public void Apply(MeetingCancelled e)
    {
        if (IsNewer(e.Version, CancelledVersion, v => CancelledVersion = v))
        {
            Cancelled = true;
        }

        AdvanceState("cancelled", e.Version);
    }

    public void Apply(MeetingSigned e)
    {
        if (IsNewer(e.Version, SignedVersion, v => SignedVersion = v))
        {
            HeldOn = e.HeldOn;
        }

        AdvanceState("signed", e.Version);
    }
}

/// <summary>A service point assessed against T1 to T3.</summary>
internal sealed class AssessmentFact : Fact, IApplies<ServicePointAssessed>
{
    public string? Number { get; set; }
    public Guid? PointId { get; set; }
    public string? PointName { get; set; }
    public bool? Mystery { get; set; }
    public decimal? Percent { get; set; }
    public bool? Passed { get; set; }
    public int FailedItems { get; set; }

    /// <summary>Codes of the items below their goal.</summary>
    public string[] FailedCodes { get; set; } = [];

    public DateOnly? HeldOn { get; set; }

    public long AssessedVersion { get; set; }

    public void Apply(ServicePointAssessed e)
    {
        if (IsNewer(e.Version, AssessedVersion, v => AssessedVersion = v))
        {
            (Number, PointId, PointName, Mystery) = (e.Number, e.PointId, e.PointName, e.Mystery);
            (Percent, Passed, FailedItems, HeldOn) = (e.Percent, e.Passed, e.FailedItems.Count, e.HeldOn);
            FailedCodes = [.. e.FailedItems];
        }

        AdvanceState("assessed", e.Version);
    }
}

/// <summary>A letter to a customer whose goods are affected by a fault (C5.6.1, C7).</summary>
internal sealed class LetterFact : Fact, IApplies<AffectedLetterSent>, IApplies<AffectedLetterReminded>
{
    public Guid? ComplaintId { get; set; }
    public Guid? CustomerId { get; set; }
    public DateOnly? AnswerDueOn { get; set; }
    public DateOnly? SentOn { get; set; }
    public int Reminders { get; set; }

    public long SentVersion { get; set; }
    public long DueVersion { get; set; }

    public void Apply(AffectedLetterSent e)
    {
        if (IsNewer(e.Version, SentVersion, v => SentVersion = v))
        {
            SentOn = e.SentOn;
        }

        Owe(e.ComplaintId, e.CustomerId, e.AnswerDueOn, e.Version);
        AdvanceState("sent", e.Version);
    }

    public void Apply(AffectedLetterReminded e)
    {
        Reminders = Math.Max(Reminders, e.Reminder);
        Owe(e.ComplaintId, e.CustomerId, e.AnswerDueOn, e.Version);
        AdvanceState("reminded", e.Version);
    }

    private void Owe(Guid complaint, Guid customer, DateOnly due, long version)
    {
        if (IsNewer(version, DueVersion, v => DueVersion = v))
        {
            (ComplaintId, CustomerId, AnswerDueOn) = (complaint, customer, due);
        }
    }
}
