using CustomerService.Contracts.Projects.V1;

namespace CustomerService.Reporting.Facts;

/// <summary>An organisation, and the one into which it was merged (S4). Facts keep the identity that their service told
/// last; who counts by customer joins here and takes <see cref="MergedInto"/> where it is set.</summary>
internal sealed class OrganisationFact
    : Fact,
        IApplies<OrganisationRegistered>,
        IApplies<OrganisationRevised>,
        IApplies<OrganisationMerged>,
        IApplies<OrganisationUnmerged>
{
    public string? Name { get; set; }
    public string? Kind { get; set; }
    public string? Code { get; set; }

    /// <summary>Sales region of a product customer (C5.1.5).</summary>
    public string? Region { get; set; }

    /// <summary>The organisation that stays; null for all that were not merged.</summary>
    public Guid? MergedInto { get; set; }

    public DateTimeOffset? MergedAt { get; set; }

    public long DescribedVersion { get; set; }
    public long MergedVersion { get; set; }

    public void Apply(OrganisationRegistered e)
    {
        Describe(e.Name, e.Kind, e.Code, e.Region, e.Version);
        AdvanceState("registered", e.Version);
    }

    public void Apply(OrganisationRevised e) => Describe(e.Name, e.Kind, e.Code, e.Region, e.Version);

    public void Apply(OrganisationMerged e)
    {
        Name ??= e.FromName;
        Merge(e.IntoId, e.MergedAt.ToUniversalTime(), e.Version);
    }

    public void Apply(OrganisationUnmerged e)
    {
        Name ??= e.FromName;
        Merge(null, null, e.Version);
    }

    private void Describe(string name, string kind, string? code, string? region, long version)
    {
        if (IsNewer(version, DescribedVersion, v => DescribedVersion = v))
        {
            (Name, Kind, Code, Region) = (name, kind, code, region);
        }
    }

    private void Merge(Guid? into, DateTimeOffset? at, long version)
    {
        AdvanceState(into is null ? "registered" : "merged", version);
        if (IsNewer(version, MergedVersion, v => MergedVersion = v))
        {
            (MergedInto, MergedAt) = (into, at);
        }
    }
}
