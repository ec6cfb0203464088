using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Jobs;
using CustomerService.Projects.Revisits.Jobs;
using CustomerService.Projects.Tests;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

[assembly: AssemblyFixture(typeof(ProjectsFixture))]

namespace CustomerService.Projects.Tests;

/// <summary>The real service on real servers, and short ways to what a test begins with.</summary>
public sealed class ProjectsFixture() : ServiceFixture("projects", typeof(ProjectsDb))
{
    private readonly string _blobs = Directory.CreateTempSubdirectory("cs-blobs").FullName;

    public ApiClient Engineering => Service.As("陳工", [Roles.Engineering], "engineering");

    public ApiClient EngineeringHead => Service.As("周部長", [Roles.EngineeringHead], "engineering");

    public ApiClient Production => Service.As("林生產", [Roles.Production], "production");

    public ApiClient QcHead => Service.As("何質量", [Roles.QcHead], "quality");

    public ApiClient Sales => Service.As("黃銷售", [Roles.Sales], "sales");

    // Sweeps are left to the tests.
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Sweep:Minutes"] = "0", ["Blobs:Folder"] = _blobs };

    protected override WebApplication Build(string[] args, Action<IServiceCollection> replace) =>
        ProjectsService.Build(args, replace);

    /// <summary>Another service of its own, with its own database.</summary>
    public Task<RunningService> StartAsync(
        Uri address,
        IReadOnlyDictionary<string, string>? settings = null,
        TimeProvider? clock = null
    ) => AnotherAsync(settings, clock ?? TimeProvider.System, address);

    public async Task<Uri> NewBrokerAsync() => await Broker.NewVirtualHostAsync("projects");

    /// <summary>Calls what ApiClient does not: forms, files, plain text.</summary>
    public async Task<(HttpResponseMessage Answer, byte[] Body)> SendAsync(
        string role,
        HttpMethod method,
        string path,
        HttpContent? content = null,
        Guid? organisation = null
    )
    {
        using var client = new HttpClient { BaseAddress = Service.Http };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new("Bearer", Issuer.Token(role, role, [role], null, organisation));
        request.Headers.AcceptLanguage.ParseAdd("en");
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString("N"));
        }

        var answer = await client.SendAsync(request);
        return (answer, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Events of the service with this routing key and a body for which the question is true.</summary>
    public IReadOnlyList<SeenEvent> Told(string routingKey, Func<JsonNode, bool> which) =>
        [.. Seen.Where(e => e.RoutingKey == routingKey && which(e.Body))];

    public Task<SeenEvent> ToldAsync(string routingKey, Func<JsonNode, bool> which) =>
        EventAsync(routingKey, e => which(e.Body));

    /// <summary>Runs the sweeps as they would run on that day.</summary>
    public static async Task<int> SweepAsync(RunningService service, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(service);
        var clock = new FakeTimeProvider(new DateTimeOffset(today, new TimeOnly(2, 0), TimeSpan.Zero));
        var contexts = new CommandContexts(
            new CompanyClock(clock),
            service.Services.GetRequiredService<PolicyCatalogue>()
        );
        Type[] sweeps =
        [
            typeof(MarkClearancesOverdue),
            typeof(RemindOfClearances),
            typeof(MarkBreaches),
            typeof(EndWarranties),
            typeof(MarkRevisitsOverdue),
            typeof(RemindOfRevisits),
        ];
        var taken = 0;
        foreach (var type in sweeps)
        {
            using var sweep = (DueSweep)ActivatorUtilities.CreateInstance(service.Services, type, contexts);
            taken += await sweep.SweepAsync(CancellationToken.None);
        }

        return taken;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_blobs, recursive: true);
    }
}

/// <summary>What a story begins with: an owner, a subcontractor, the people, and a project.</summary>
internal sealed class Site
{
    private static int _number;

    private Site(RunningService service) => Service = service;

    public RunningService Service { get; }

    public Guid Owner { get; private set; }

    public Guid Subcontractor { get; private set; }

    /// <summary>Manager, authorised person, chief engineer, technical, engineering, quality.</summary>
    public Guid[] People { get; private set; } = [];

    /// <summary>The same, as another service on the same store knows it.</summary>
    public Site At(RunningService service) =>
        new(service)
        {
            Owner = Owner,
            Subcontractor = Subcontractor,
            People = People,
        };

    public static async Task<Site> NewAsync(RunningService service)
    {
        var engineering = service.As("陳工", [Roles.Engineering]);
        var site = new Site(service) { Owner = (
                await service
                    .As(Roles.Sales)
                    .PostAsync(
                        "/v1/organisations",
                        new
                        {
                            name = "濱江置業有限公司",
                            kind = "owner",
                            isNew = true,
                            newReason = "另一單位",
                            address = "濱江路 1 號",
                            contacts = new[]
                            {
                                new
                                {
                                    name = "王經理",
                                    phone = "021-5555 0101",
                                    title = "工程部",
                                },
                            },
                        }
                    )
            ).Ok().Id, Subcontractor = (
                await engineering.PostAsync(
                    "/v1/organisations",
                    new
                    {
                        name = "安固防水工程有限公司",
                        kind = "subcontractor",
                        isNew = true,
                        newReason = "另一單位",
                    }
                )
            ).Ok().Id };
        var people = new List<Guid>();
        foreach (
            var (name, title) in new[]
            {
                ("李項目", "項目經理"),
                ("趙法人", "法人授權人"),
                ("錢總工", "總工程師"),
                ("孫技術", "技術部負責人"),
                ("周工程", "工程部負責人"),
                ("吳質量", "質量部負責人"),
            }
        )
        {
            people.Add((
                    await engineering.PostAsync(
                        "/v1/people",
                        new
                        {
                            name,
                            roleTitle = title,
                            phone = "138 0000 0000",
                            isNew = true,
                            newReason = "另一人",
                        }
                    )
                ).Ok().Id);
        }

        site.People = [.. people];
        return site;
    }

    /// <summary>A request that is in order; the caller changes what it wants to see refused.</summary>
    public JsonObject Request(
        double latitude = 31.2304,
        double longitude = 121.4737,
        object? commitments = null,
        Guid? manager = null
    ) =>
        System
            .Text.Json.JsonSerializer.SerializeToNode(
                new
                {
                    contractNumber = $"JC-{Interlocked.Increment(ref _number):0000}-{Guid.CreateVersion7().ToString("N")[^6..]}",
                    name = "濱江花園一期",
                    ownerId = Owner,
                    city = "shanghai",
                    siteAddress = "上海市濱江路 88 號",
                    latitude,
                    longitude,
                    buildingAreaSquareMetres = 23500.5m,
                    structureType = "frame-shear-wall",
                    qualityGrade = "合格",
                    managerId = manager ?? People[0],
                    managerSince = "2020-01-01",
                    authorisedPersonId = People[1],
                    chiefEngineerId = People[2],
                    technicalHeadId = People[3],
                    engineeringHeadId = People[4],
                    qualityHeadId = People[5],
                    designLifeYears = 50,
                    packages = new[]
                    {
                        new
                        {
                            subcontractorId = Subcontractor,
                            parts = new[] { "roof" },
                            scope = "屋面防水",
                        },
                    },
                    commitments = commitments ?? Array.Empty<object>(),
                }
            )!
            .AsObject();

    public async Task<Guid> RegisterAsync(JsonObject? request = null) =>
        (await Service.As("陳工", [Roles.Engineering]).PostAsync("/v1/projects", request ?? Request())).Ok().Id;

    public async Task<Guid> HandedOverAsync(string accepted, string? handedOver = null, JsonObject? request = null)
    {
        var id = await RegisterAsync(request);
        var engineering = Service.As("陳工", [Roles.Engineering]);
        (await engineering.ChangeAsync($"/v1/projects/{id}", "accept", new { on = accepted })).Ok();
        (await engineering.ChangeAsync($"/v1/projects/{id}", "hand-over", new { on = handedOver ?? accepted })).Ok();
        return id;
    }

    public async Task<List<(Guid Id, DateOnly DueOn)>> PlanAsync(Guid project) =>
        (await Service.As(Roles.Production).GetAsync($"/v1/revisits?projectId={project}&limit=200"))
            .Ok()["items"]
            .AsArray()
            .Select(r =>
                (
                    Id: Guid.Parse(r!["id"]!.ToString()),
                    DueOn: DateOnly.Parse(r["dueOn"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture)
                )
            )
            .Reverse()
            .ToList();

    public object[] Attendees(string? substituteReason = null) =>
        [
            new { seat = "lead", personId = People[1] },
            new { seat = "chief-engineer", personId = People[2] },
            new { seat = "technical-head", personId = People[3] },
            new { seat = "engineering-head", personId = People[4] },
            new { seat = "quality-head", personId = People[5] },
        ];

    /// <summary>The ground was restored, by the owner's word (P1).</summary>
    public static object Restored { get; } = new { what = "綠地復原", word = new { by = "王經理", on = "2024-02-01" } };

    /// <summary>What a construction fault needs before the file closes (P2.2.3).</summary>
    public static object Texts(Guid findingId) =>
        new
        {
            findingId,
            lesson = "泛水高度須逐處驗收",
            correctiveMeasure = "全部落水口返工",
            countermeasure = "列入隱蔽工程驗收清單",
        };

    public static object Leak(bool capa = true) =>
        new
        {
            part = "roof",
            location = "屋面東南角",
            description = "屋面滲漏",
            severity = "major",
            repairWanted = true,
            capaWanted = capa,
            explanation = "泛水高度不足",
            proposedSolution = "重做泛水及附加層",
        };

    /// <summary>Opens the file of the first revisit and holds it with these findings.</summary>
    public Task<Guid> HeldAsync(Guid project, string on, params object[] findings) =>
        HeldAsync(project, on, findings, "請儘快修復");

    public async Task<Guid> HeldAsync(Guid project, string on, object[] findings, string? ownerOpinion)
    {
        var (revisit, _) = (await PlanAsync(project))[0];
        (
            await Service
                .As(Roles.Production)
                .ChangeAsync($"/v1/revisits/{revisit}", "open", new { on, reason = "業主約定" })
        ).Ok();
        (
            await Service
                .As(Roles.Engineering)
                .ChangeAsync(
                    $"/v1/revisits/{revisit}",
                    "hold",
                    new
                    {
                        on,
                        form = "visit",
                        attendees = Attendees(),
                        findings,
                        ownerOpinion,
                    }
                )
        ).Ok();
        return revisit;
    }
}
