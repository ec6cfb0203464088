using CustomerService.Contracts.Complaints.V1;

namespace CustomerService.Reporting.Facts;

internal sealed class ComplaintFact
    : Fact,
        IApplies<ComplaintRegistered>,
        IApplies<ComplaintCustomerRenamed>,
        IApplies<ComplaintReclassified>,
        IApplies<ComplaintPaused>,
        IApplies<ComplaintResumed>,
        IApplies<ComplaintObjected>,
        IApplies<ComplaintResponded>,
        IApplies<ComplaintTriaged>,
        IApplies<ComplaintLiabilityDecided>,
        IApplies<ComplaintClosed>,
        IApplies<ComplaintReopened>
{
    public string? Number { get; set; }
    public Guid? CustomerId { get; set; }
    public string? CustomerName { get; set; }
    public string? Channel { get; set; }
    public Guid? SourceId { get; set; }
    public string? Subject { get; set; }
    public string? Severity { get; set; }
    public DateOnly? RegisteredOn { get; set; }
    public DateTimeOffset? ResponseDueAt { get; set; }
    public DateTimeOffset? ResolutionDueAt { get; set; }
    public DateTimeOffset? RespondedAt { get; set; }
    public bool? RespondedInTime { get; set; }
    public string? Triage { get; set; }
    public string? Liability { get; set; }
    public string? Department { get; set; }
    public string? CauseCode { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public long ClosedVersion { get; set; }
    public bool? CustomerConfirmed { get; set; }
    public int Reopened { get; set; }

    public long CustomerVersion { get; set; }
    public long TargetsVersion { get; set; }
    public long ResolutionVersion { get; set; }
    public long RespondedVersion { get; set; }
    public long TriageVersion { get; set; }
    public long LiabilityVersion { get; set; }

    public void Apply(ComplaintRegistered e)
    {
        CustomerId = e.CustomerId;
        Number = e.Number;
        Named(e.CustomerName, e.Version);
        Channel = e.Channel;
        SourceId = e.SourceId;
        Subject = e.Subject;
        RegisteredOn = e.RegisteredOn;
        Targets(e.Severity, e.ResponseDueAt, e.ResolutionDueAt, e.Version);
        AdvanceState("registered", e.Version);
    }

    public void Apply(ComplaintCustomerRenamed e)
    {
        CustomerId = e.CustomerId;
        Named(e.CustomerName, e.Version);
    }

    /// <summary>The state is where it was: only the severity and what follows from it are new.</summary>
    public void Apply(ComplaintReclassified e)
    {
        CustomerId = e.CustomerId;
        Targets(e.Severity, e.ResponseDueAt, e.ResolutionDueAt, e.Version);
    }

    /// <summary>Nobody can say when it must be resolved while the clock stands.</summary>
    public void Apply(ComplaintPaused e)
    {
        CustomerId = e.CustomerId;
        Resolution(null, e.Version);
    }

    public void Apply(ComplaintResumed e)
    {
        CustomerId = e.CustomerId;
        Resolution(e.ResolutionDueAt, e.Version);
    }

    public void Apply(ComplaintObjected e)
    {
        CustomerId = e.CustomerId;
        Resolution(e.ResolutionDueAt, e.Version);
    }

    public void Apply(ComplaintResponded e)
    {
        CustomerId = e.CustomerId;
        Responded(e.RespondedAt.ToUniversalTime(), e.InTime, e.Version);
        AdvanceState("responded", e.Version);
    }

    public void Apply(ComplaintTriaged e)
    {
        CustomerId = e.CustomerId;
        Triaged(e.Outcome, e.Version);
        AdvanceState("triaged", e.Version);
    }

    public void Apply(ComplaintLiabilityDecided e)
    {
        CustomerId = e.CustomerId;
        DecideLiability(e.Liability, e.ResponsibleDepartment, e.CauseCode, e.Version);
        AdvanceState("liability-decided", e.Version);
    }

    public void Apply(ComplaintClosed e)
    {
        CustomerId = e.CustomerId;
        Close(e.ClosedOn, e.CustomerConfirmed, e.Version);
        AdvanceState("closed", e.Version);
    }

    public void Apply(ComplaintReopened e)
    {
        CustomerId = e.CustomerId;
        Reopened++;
        Close(null, null, e.Version);
        if (e is { Severity: { } severity, ResponseDueAt: { } responseDue })
        {
            Targets(severity, responseDue, e.ResolutionDueAt, e.Version);
        }

        Responded(null, null, e.Version);
        Triaged(null, e.Version);
        DecideLiability(null, null, null, e.Version);
        AdvanceState("reopened", e.Version);
    }

    private void Named(string customer, long version)
    {
        if (IsNewer(version, CustomerVersion, v => CustomerVersion = v))
        {
            CustomerName = customer;
        }
    }

    private void Responded(DateTimeOffset? at, bool? inTime, long version)
    {
        if (IsNewer(version, RespondedVersion, v => RespondedVersion = v))
        {
            RespondedAt = at;
            RespondedInTime = inTime;
        }
    }

    private void Triaged(string? outcome, long version)
    {
        if (IsNewer(version, TriageVersion, v => TriageVersion = v))
        {
            Triage = outcome;
        }
    }

    private void DecideLiability(string? liability, string? department, string? causeCode, long version)
    {
        if (IsNewer(version, LiabilityVersion, v => LiabilityVersion = v))
        {
            Liability = liability;
            Department = department;
            CauseCode = causeCode;
        }
    }

    private void Targets(string severity, DateTimeOffset responseDue, DateTimeOffset? resolutionDue, long version)
    {
        if (IsNewer(version, TargetsVersion, v => TargetsVersion = v))
        {
            Severity = severity;
            ResponseDueAt = responseDue.ToUniversalTime();
        }

        Resolution(resolutionDue, version);
    }

    private void Resolution(DateTimeOffset? due, long version)
    {
        if (IsNewer(version, ResolutionVersion, v => ResolutionVersion = v))
        {
            ResolutionDueAt = due?.ToUniversalTime();
        }
    }

    private void Close(DateOnly? on, bool? confirmed, long version)
    {
        if (IsNewer(version, ClosedVersion, v => ClosedVersion = v))
        {
            ClosedOn = on;
            CustomerConfirmed = confirmed;
        }
    }
}
