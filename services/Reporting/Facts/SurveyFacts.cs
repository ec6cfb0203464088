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
    public Guid? InvitationId { get; set; }
    public string? SurveyKind { get; set; }
    public Guid? CustomerId { get; set; }
    public string? CustomerName { get; set; }
    public string? Department { get; set; }
    public string? Overall { get; set; }
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
    }
}

internal sealed class ResponseItemFact
{
    public required string Item { get; init; }
    public required string Grade { get; init; }
    public string? Comment { get; init; }
}
