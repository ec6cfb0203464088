using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Contracts.Work;

namespace CustomerService.Reporting.Facts;

/// <summary>What must be done now on a record of whichever service (S1). People are not kept.</summary>
internal sealed class WorkFact
    : Fact,
        IApplies<ProjectsWorkChanged>,
        IApplies<RepairsWorkChanged>,
        IApplies<ComplaintsWorkChanged>,
        IApplies<SurveysWorkChanged>
{
    public string? RecordKind { get; set; }
    public string? Number { get; set; }
    public string? Severity { get; set; }

    /// <summary>Department of the person whose record it is, where one is named.</summary>
    public string? Department { get; set; }

    public List<WorkItemFact> Items { get; } = [];

    public long WorkVersion { get; set; }

    public void Apply(ProjectsWorkChanged e) => Take(e);

    public void Apply(RepairsWorkChanged e) => Take(e);

    public void Apply(ComplaintsWorkChanged e) => Take(e);

    public void Apply(SurveysWorkChanged e) => Take(e);

    private void Take(IWorkChangedEvent e)
    {
        foreach (var work in e.Records.Where(work => work.RecordId == Id))
        {
            Take(work);
        }
    }

    private void Take(WorkOfRecord work)
    {
        AdvanceState(work.State, work.Version);
        if (!IsNewer(work.Version, WorkVersion, v => WorkVersion = v))
        {
            return;
        }

        (RecordKind, Number, Severity) = (work.RecordKind, work.Number, work.Severity);
        Department = work.Assignee?.Department;
        // Rows are kept by their place: a step that goes and one that comes are one update.
        Items.RemoveAll(item => item.Ordinal >= work.Items.Count);
        for (var i = 0; i < work.Items.Count; i++)
        {
            var known = Items.Find(item => item.Ordinal == i);
            if (known is null)
            {
                Items.Add(known = new WorkItemFact { Ordinal = i });
            }

            var step = work.Items[i];
            (known.Action, known.Rule, known.DueAt) = (step.Action, step.Rule, step.DueAt?.ToUniversalTime());
            known.Roles = [.. step.Takers.Select(RoleOf).Distinct().Order(StringComparer.Ordinal)];
            known.WaitsFor = [.. step.WaitsFor];
        }
    }

    private static string RoleOf(string taker) => taker.Split('@', '#', '!')[0];
}

/// <summary>A step that somebody must take now.</summary>
internal sealed class WorkItemFact
{
    /// <summary>Its place among the steps of the record.</summary>
    public required int Ordinal { get; init; }

    public string Action { get; set; } = "";
    public string Rule { get; set; } = "";

    /// <summary>By when, UTC.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Roles that may take it.</summary>
    public string[] Roles { get; set; } = [];

    /// <summary>Roles that can supply what keeps everybody from taking it.</summary>
    public string[] WaitsFor { get; set; } = [];
}
