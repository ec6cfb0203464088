using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Local;

/// <summary>
/// The contractor of the demonstration data: its organisations, people and projects, entered through the public
/// API by the people whose work
/// it is. What exists already is found again by what it is called, so a load that broke off is
/// simply repeated, however much later.
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
    public async Task RegisterAsync(CancellationToken cancellation)
    {
        var engineering = people["wang.jianguo"];
        foreach (var organisation in _data["organisations"]!.AsArray().Select(o => o!.AsObject()))
        {
            Organisations[Key(organisation)] = await EnsureAsync(
                engineering,
                "/api/projects/v1/organisations",
                "search",
                "name",
                organisation,
                Key(organisation),
                cancellation
            );
        }

        foreach (var person in _data["people"]!.AsArray().Select(p => p!.AsObject()))
        {
            Persons[Key(person)] = await EnsureAsync(
                engineering,
                "/api/projects/v1/people",
                "search",
                "staffNumber",
                person,
                Key(person),
                cancellation
            );
        }
    }

    /// <summary>Enters the projects and takes each as far as its dates say.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> BuildAsync(CancellationToken cancellation)
    {
        var projects = _data["projects"]!.AsArray();
        foreach (var project in projects.Select(p => p!.AsObject()))
        {
            var body = JsonSerializer.SerializeToNode(ProjectBody(project))!.AsObject();
            var id = await EnsureAsync(
                people["wang.jianguo"],
                "/api/projects/v1/projects",
                "search",
                "contractNumber",
                body,
                Key(project),
                cancellation
            );
            var record = $"/api/projects/v1/projects/{id}";
            if (project["acceptedDaysAgo"] is not { } acceptedAgo)
            {
                continue;
            }

            var accepted = today.AddDays(-(int)acceptedAgo);
            var head = people["chen.zhenghao"];
            await AdvanceAsync(head, record, "registered", "accept", new { on = accepted }, cancellation);
            if (project["clearedDaysAfterAcceptance"] is { } cleared)
            {
                (
                    await head.DoAsync(
                        record,
                        "clear-site",
                        new
                        {
                            on = accepted.AddDays((int)cleared),
                            landReturned = true,
                            stays = Array.Empty<object>(),
                        },
                        cancellation
                    )
                ).MustBe(HttpStatusCode.OK, HttpStatusCode.Conflict);
            }

            if (project["handedOverDaysAgo"] is { } handedOver)
            {
                await AdvanceAsync(
                    head,
                    record,
                    "accepted",
                    "hand-over",
                    new { on = today.AddDays(-(int)handedOver) },
                    cancellation
                );
            }
        }

        return projects.Count;
    }

    /// <summary>Registers what customers have complained of by telephone.</summary>
    public async Task ComplainAsync(CancellationToken cancellation)
    {
        foreach (var complaint in _data["complaints"]!.AsArray().Select(c => c!.AsObject()))
        {
            var customer = _data["organisations"]!
                .AsArray()
                .Single(o => Key(o!.AsObject()) == (string)complaint["customer"]!)!;
            await EnsureAsync(
                people["lin.yating"],
                "/api/complaints/v1/complaints",
                "customerId",
                "subject",
                JsonSerializer
                    .SerializeToNode(
                        new
                        {
                            customerId = Organisations[(string)complaint["customer"]!],
                            customerName = (string)customer["name"]!,
                            contact = (string)customer["contacts"]![0]!["name"]!,
                            phone = (string)customer["contacts"]![0]!["phone"]!,
                            channel = (string)complaint["channel"]!,
                            subject = (string)complaint["subject"]!,
                            description = (string)complaint["description"]!,
                            severity = (string)complaint["severity"]!,
                        }
                    )!
                    .AsObject(),
                Key(complaint),
                cancellation
            );
        }
    }

    /// <summary>What is sent to register a project; heads and leaders are the company's.</summary>
    public object ProjectBody(JsonObject project) =>
        new
        {
            contractNumber = (string)project["contractNumber"]!,
            name = (string)project["name"]!,
            ownerId = Organisations[(string)project["owner"]!],
            city = (string)project["city"]!,
            siteAddress = (string)project["siteAddress"]!,
            latitude = (double)project["latitude"]!,
            longitude = (double)project["longitude"]!,
            buildingAreaSquareMetres = (decimal)project["buildingAreaSquareMetres"]!,
            structureType = (string)project["structureType"]!,
            qualityGrade = (string)project["qualityGrade"]!,
            managerId = Persons[(string)project["manager"]!],
            authorisedPersonId = Persons["zhou"],
            chiefEngineerId = Persons["gu"],
            technicalHeadId = Persons["ye"],
            engineeringHeadId = Persons["chen"],
            qualityHeadId = Persons["qiu"],
            designLifeYears = (int)project["designLifeYears"]!,
            packages = project["packages"]!
                .AsArray()
                .Select(p => new
                {
                    subcontractorId = Organisations[(string)p!["subcontractor"]!],
                    parts = p["parts"]!.AsArray().Select(part => (string)part!).ToArray(),
                    scope = (string?)p["scope"],
                })
                .ToArray(),
            commitments = project["commitments"]!.DeepClone(),
        };

    private static string Key(JsonObject row) => (string)row["key"]!;

    /// <summary>Finds it in the list, asked for by a filter, where the member that names it is the same; else
    /// enters it.</summary>
    private static async Task<Guid> EnsureAsync(
        DemoClient who,
        string path,
        string filter,
        string member,
        JsonObject body,
        string key,
        CancellationToken cancellation
    )
    {
        var question = body[filter == "search" ? member : filter]!.ToString();
        var list = (
            await who.GetAsync($"{path}?{filter}={Uri.EscapeDataString(question)}&limit=200", cancellation)
        ).MustBe(HttpStatusCode.OK);
        if (
            list.Body!["items"]!
                .AsArray()
                .FirstOrDefault(item => item![member]?.ToString() == body[member]!.ToString()) is
            { } found
        )
        {
            return Guid.Parse(found["id"]!.ToString());
        }

        var without = body.DeepClone().AsObject();
        without.Remove("key");
        return Guid.Parse(
            (await who.PostAsync(path, without, $"seed:{path}:{key}", cancellation)).MustBe(HttpStatusCode.Created)[
                "id"
            ]!
        );
    }

    private static async Task AdvanceAsync(
        DemoClient who,
        string record,
        string from,
        string verb,
        object body,
        CancellationToken cancellation
    )
    {
        if ((await who.GetAsync(record, cancellation)).MustBe(HttpStatusCode.OK)["state"] == from)
        {
            (await who.DoAsync(record, verb, body, cancellation)).MustBe(HttpStatusCode.OK);
        }
    }
}
