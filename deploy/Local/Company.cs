using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Client;

namespace CustomerService.Local;

/// <summary>
/// The contractor of the demonstration data: its organisations, people and projects, entered through the public API by
/// the people whose work it is. What exists already is found by what it is called, so a load that broke off is simply
/// repeated, however much later.
/// </summary>
internal sealed class Company(People people, DateOnly today)
{
    private readonly JsonNode _data = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "company.json"))
    )!;

    /// <summary>Ids by the keys of company.json.</summary>
    public Dictionary<string, Guid> Organisations { get; } = [];

    public Dictionary<string, Guid> Persons { get; } = [];

    /// <summary>Enters owners, subcontractors and people of the company.</summary>
    public async Task RegisterAsync()
    {
        var projects = people["wang.jianguo"].Api.Projects;
        foreach (var (key, body) in Rows<OrganisationRequest>("organisations"))
        {
            var known = (await projects.ListOrganisationsAsync(search: body.Name)).Result.Items;
            Organisations[key] =
                known.FirstOrDefault(o => o.Name == body.Name)?.Id
                ?? (await projects.RegisterOrganisationAsync(body, $"seed:organisation:{key}")).Result.Id;
        }

        foreach (var (key, body) in Rows<PersonRequest>("people"))
        {
            var known = (await projects.ListPeopleAsync(search: body.StaffNumber)).Result.Items;
            Persons[key] =
                known.FirstOrDefault(p => p.Number == body.StaffNumber)?.Id
                ?? (await projects.RegisterPersonAsync(body, $"seed:person:{key}")).Result.Id;
        }
    }

    /// <summary>Enters the projects and takes each as far as its dates say.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> BuildAsync()
    {
        var rows = _data["projects"]!.AsArray();
        foreach (var row in rows.Select(p => p!.AsObject()))
        {
            await BuildAsync(row);
        }

        return rows.Count;
    }

    /// <summary>Registers what customers have complained of by telephone.</summary>
    public async Task ComplainAsync()
    {
        var complaints = people["lin.yating"].Api.Complaints;
        foreach (var row in _data["complaints"]!.AsArray().Select(c => c!.AsObject()))
        {
            var customer = (string)row["customer"]!;
            var (id, subject) = (Organisations[customer], (string)row["subject"]!);
            var known = (await complaints.ListComplaintsAsync(customerId: id)).Result.Items;
            if (known.Any(c => c.Subject == subject))
            {
                continue;
            }

            var organisation = Rows<OrganisationRequest>("organisations").Single(o => o.Key == customer).Body;
            await complaints.RegisterComplaintAsync(
                new()
                {
                    CustomerId = id,
                    Contact = organisation.Contacts![0].Name,
                    Phone = organisation.Contacts[0].Phone,
                    Channel = Read<Channel>(row["channel"]!),
                    Subject = subject,
                    Description = (string)row["description"]!,
                    Severity = Read<Severity>(row["severity"]!),
                },
                $"seed:complaint:{(string)row["key"]!}"
            );
        }
    }

    /// <summary>What is sent to register a project; heads and leaders are the company's.</summary>
    public ProjectRequest ProjectBody(JsonObject project) =>
        new()
        {
            ContractNumber = (string)project["contractNumber"]!,
            Name = (string)project["name"]!,
            OwnerId = Organisations[(string)project["owner"]!],
            City = (string)project["city"]!,
            SiteAddress = (string)project["siteAddress"]!,
            Latitude = (double)project["latitude"]!,
            Longitude = (double)project["longitude"]!,
            BuildingAreaSquareMetres = (double)(decimal)project["buildingAreaSquareMetres"]!,
            StructureType = (string)project["structureType"]!,
            QualityGrade = (string)project["qualityGrade"]!,
            ManagerId = Persons[(string)project["manager"]!],
            AuthorisedPersonId = Persons["zhou"],
            ChiefEngineerId = Persons["gu"],
            TechnicalHeadId = Persons["ye"],
            EngineeringHeadId = Persons["chen"],
            QualityHeadId = Persons["qiu"],
            DesignLifeYears = (int)project["designLifeYears"]!,
            Packages =
            [
                .. project["packages"]!
                    .AsArray()
                    .Select(p => new PackageRequest
                    {
                        SubcontractorId = Organisations[(string)p!["subcontractor"]!],
                        Parts = [.. p["parts"]!.AsArray().Select(part => (string)part!)],
                        Scope = (string?)p["scope"],
                    }),
            ],
            Commitments = Read<IReadOnlyList<CommitmentRequest>>(project["commitments"]!),
        };

    private static T Read<T>(JsonNode node) => node.Deserialize<T>(ApiClient.Options)!;

    private async Task BuildAsync(JsonObject row)
    {
        var (clerk, head) = (people["wang.jianguo"].Api.Projects, people["chen.zhenghao"].Api.Projects);
        var body = ProjectBody(row);
        var known = (await clerk.ListProjectsAsync(search: body.ContractNumber)).Result.Items;
        var id =
            known.FirstOrDefault(p => p.Number == body.ContractNumber)?.Id
            ?? (await clerk.RegisterProjectAsync(body, $"seed:project:{(string)row["key"]!}")).Result.Id;
        if (row["acceptedDaysAgo"] is not { } acceptedAgo)
        {
            return;
        }

        var accepted = today.AddDays(-(int)acceptedAgo);
        await AdvanceAsync(
            head,
            id,
            "accept",
            version => head.AcceptProjectAsync(id, new() { On = accepted }, version, DemoClient.NewKey())
        );
        if (row["clearedDaysAfterAcceptance"] is { } cleared)
        {
            await AdvanceAsync(
                head,
                id,
                "clear-site",
                version =>
                    head.ClearSiteAsync(
                        id,
                        new()
                        {
                            On = accepted.AddDays((int)cleared),
                            LandReturned = true,
                            Retained = [],
                            Restoration = new()
                            {
                                What = (string)_data["restoration"]!,
                                Word = new() { By = "業主代表", On = accepted.AddDays((int)cleared) },
                            },
                        },
                        version,
                        DemoClient.NewKey()
                    )
            );
        }

        if (row["handedOverDaysAgo"] is { } handedOver)
        {
            var on = today.AddDays(-(int)handedOver);
            await AdvanceAsync(
                head,
                id,
                "hand-over",
                version => head.HandOverProjectAsync(id, new() { On = on }, version, DemoClient.NewKey())
            );
        }
    }

    /// <summary>Takes the step where the record says that it can be taken now.</summary>
    private static async Task AdvanceAsync(
        ProjectsClient who,
        Guid id,
        string action,
        Func<string?, Task<ApiResponse<ProjectView>>> step
    )
    {
        var seen = await who.GetProjectAsync(id);
        if (seen.Result.Actions.Contains(action))
        {
            await step(seen.ETag);
        }
    }

    private List<(string Key, T Body)> Rows<T>(string name) =>
        [.. _data[name]!.AsArray().Select(row => ((string)row!["key"]!, Read<T>(row)))];
}
