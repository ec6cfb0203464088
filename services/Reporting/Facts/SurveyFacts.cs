using CustomerService.Contracts.Surveys.V1;

namespace CustomerService.Reporting.Facts;

internal sealed class InvitationFact : Fact, IApplies<InvitationSent>
{
    public string? SurveyKind { get; set; }
    public Guid? CustomerId { get; set; }
    public string? CustomerName { get; set; }
    public string? Source { get; set; }
    public Guid? SourceId { get; set; }

    /// <summary>Department that the form judges, where the invitation says.</summary>
    public string? Department { get; set; }

    public DateOnly? SentOn { get; set; }

    public void Apply(InvitationSent e)
    {
        SurveyKind = e.SurveyKind;
        CustomerId = e.CustomerId;
        CustomerName = e.CustomerName;
        Source = e.Source;
        SourceId = e.SourceId;
        Department = e.Department;
        SentOn = e.SentOn;
        AdvanceState("sent", e.Version);
    }
}

internal sealed class ResponseFact : Fact, IApplies<ResponseReceived>, IApplies<ResponseDissatisfied>
{
    // bi.sql leaves these out: a row of its own would show a single answer (C5.8).
    private const string Anonymous = "anonymous";

    public Guid? InvitationId { get; set; }
    public string? SurveyKind { get; set; }
    public Guid? CustomerId { get; set; }
    public string? CustomerName { get; set; }
    public string? Department { get; set; }
    public string? Overall { get; set; }

    /// <summary>The departments that the form counts for (C5.10): the one that its invitation names, else each whose
    /// items it asks.</summary>
    public string[] Departments { get; set; } = [];

    /// <summary>How it came: <c>online</c>, <c>interview</c>, <c>paper</c>, <c>anonymous</c>.</summary>
    public string? Mode { get; set; }

    public DateOnly? ReceivedOn { get; set; }
    public bool Dissatisfied { get; set; }
    public List<ResponseItemFact> Items { get; } = [];

    public void Apply(ResponseReceived e)
    {
        InvitationId = e.InvitationId;
        SurveyKind = e.SurveyKind;
        CustomerId = e.CustomerId;
        CustomerName = e.CustomerName;
        Department = e.Department;
        Overall = e.Overall;
        Departments = e.Department is { } named
            ? [named]
            : [.. (e.Departments ?? []).Distinct().Order(StringComparer.Ordinal)];
        Mode = e.Mode ?? Mode;
        ReceivedOn = e.ReceivedOn;
        foreach (var item in e.Items.Where(i => Items.TrueForAll(known => known.Item != i.Item)))
        {
            Items.Add(
                new ResponseItemFact
                {
                    Item = item.Item,
                    Grade = item.Grade,
                    Comment = item.Comment,
                }
            );
        }

        AdvanceState("received", e.Version);
    }

    public void Apply(ResponseDissatisfied e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Dissatisfied = true;
        if (e.Anonymous)
        {
            Mode = Anonymous;
        }
    }
}

internal sealed class ResponseItemFact
{
    public required string Item { get; init; }
    public required string Grade { get; init; }
    public string? Comment { get; init; }
}

/// <summary>A department measured against its quality goal, and what followed (C5.10).</summary>
internal sealed class EvaluationFact
    : Fact,
        IApplies<DepartmentEvaluated>,
        IApplies<RewardGranted>,
        IApplies<CorrectiveOrderIssued>,
        IApplies<DepartmentMeasuredAgain>
{
    public string? Department { get; set; }
    public DateOnly? FromOn { get; set; }
    public DateOnly? ToOn { get; set; }
    public decimal? GoalPercent { get; set; }
    public int? Recovered { get; set; }
    public int? Satisfied { get; set; }
    public decimal? Percent { get; set; }
    public string? Outcome { get; set; }
    public DateOnly? EvaluatedOn { get; set; }
    public DateOnly? RewardedOn { get; set; }
    public DateOnly? OrderedOn { get; set; }
    public DateOnly? DueOn { get; set; }
    public DateOnly? MeasuredAgainOn { get; set; }
    public bool? ReachedAgain { get; set; }

    public long DepartmentVersion { get; set; }
    public long EvaluatedVersion { get; set; }
    public long RewardedVersion { get; set; }
    public long OrderedVersion { get; set; }
    public long MeasuredVersion { get; set; }

    public void Apply(DepartmentEvaluated e)
    {
        Judge(e.Department, e.Version);
        if (IsNewer(e.Version, EvaluatedVersion, v => EvaluatedVersion = v))
        {
            (FromOn, ToOn, GoalPercent, Recovered) = (e.From, e.To, e.GoalPercent, e.Recovered);
            (Satisfied, Percent, Outcome, EvaluatedOn) = (e.Satisfied, e.Percent, e.Outcome, e.EvaluatedOn);
        }

        AdvanceState("evaluated", e.Version);
    }

    public void Apply(RewardGranted e)
    {
        Judge(e.Department, e.Version);
        if (IsNewer(e.Version, RewardedVersion, v => RewardedVersion = v))
        {
            RewardedOn = e.GrantedOn;
        }

        AdvanceState("rewarded", e.Version);
    }

    public void Apply(CorrectiveOrderIssued e)
    {
        Judge(e.Department, e.Version);
        if (IsNewer(e.Version, OrderedVersion, v => OrderedVersion = v))
        {
            (OrderedOn, DueOn) = (e.OrderedOn, e.DueOn);
        }

        AdvanceState("ordered", e.Version);
    }

    public void Apply(DepartmentMeasuredAgain e)
    {
        Judge(e.Department, e.Version);
        if (IsNewer(e.Version, MeasuredVersion, v => MeasuredVersion = v))
        {
            (MeasuredAgainOn, ReachedAgain) = (e.MeasuredOn, e.Reached);
        }

        AdvanceState("measured-again", e.Version);
    }

    private void Judge(string department, long version)
    {
        if (IsNewer(version, DepartmentVersion, v => DepartmentVersion = v))
        {
            Department = department;
        }
    }
}
