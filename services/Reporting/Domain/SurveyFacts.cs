using CustomerService.Contracts.Surveys.V1;

namespace CustomerService.Reporting.Domain;

internal sealed class InvitationFact : Fact
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
        Reach("sent", e.Version);
    }
}

internal sealed class FormFact : Fact
{
    public Guid? InvitationId { get; set; }
    public string? SurveyKind { get; set; }
    public Guid? CustomerId { get; set; }
    public string? CustomerName { get; set; }
    public string? Department { get; set; }
    public string? Overall { get; set; }
    public DateOnly? RecoveredOn { get; set; }
    public bool Dissatisfied { get; set; }
    public List<FormItemFact> Items { get; } = [];

    public void Apply(FormRecovered e)
    {
        InvitationId = e.InvitationId;
        SurveyKind = e.SurveyKind;
        CustomerId = e.CustomerId;
        CustomerName = e.CustomerName;
        Department = e.Department;
        Overall = e.Overall;
        RecoveredOn = e.RecoveredOn;
        foreach (var item in e.Items.Where(i => Items.TrueForAll(known => known.Item != i.Item)))
        {
            Items.Add(
                new FormItemFact
                {
                    Item = item.Item,
                    Grade = item.Grade,
                    Comment = item.Comment,
                }
            );
        }

        Reach("recovered", e.Version);
    }

    public void Apply(FormDissatisfied e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Dissatisfied = true;
    }
}

internal sealed class FormItemFact
{
    public required string Item { get; init; }
    public required string Grade { get; init; }
    public string? Comment { get; init; }
}
