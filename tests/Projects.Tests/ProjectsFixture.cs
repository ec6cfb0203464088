using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Projects.Sweep;
using CustomerService.Projects.Tests;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

[assembly: AssemblyFixture(typeof(ProjectsFixture))]

namespace CustomerService.Projects.Tests;

/// <summary>An event as it came from the exchange.</summary>
public sealed record SeenEvent(string RoutingKey, IReadOnlyDictionary<string, string> Headers, JsonNode Body);

/// <summary>The real service on real servers, a listener on the exchange, and short ways to what a test begins
/// with.</summary>
public sealed class ProjectsFixture : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private readonly RabbitMqFixture _broker = new();
    private readonly ConcurrentQueue<SeenEvent> _seen = new();
    private readonly string _blobs = Directory.CreateTempSubdirectory("cs-blobs").FullName;
    private TestIssuer? _issuer;
    private RunningService? _service;
    private IConnection? _connection;
    private IChannel? _channel;

    public RunningService Service => _service!;

    public TestIssuer Issuer => _issuer!;

    public ApiClient Engineering => Service.As("陳工", [Roles.Engineering], "engineering");

    public ApiClient EngineeringHead => Service.As("周部長", [Roles.EngineeringHead], "engineering");

    public ApiClient Production => Service.As("林生產", [Roles.Production], "production");

    public ApiClient QcHead => Service.As("何質量", [Roles.QcHead], "quality");

    public ApiClient Sales => Service.As("黃銷售", [Roles.Sales], "sales");

    public DateOnly Today => Service.Services.GetRequiredService<CompanyClock>().Today;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        var address = await _broker.NewVirtualHostAsync("projects");
        _service = await StartAsync(address);
        _connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await ListenAsync(_channel, _seen);
        await Eventually.IsTrue(
            async () =>
                (await new HttpClient().GetAsync(new Uri(Service.Management, "/health/ready"))).IsSuccessStatusCode,
            "the service is ready"
        );
    }

    /// <summary>Another service of its own, with its own database; the sweep is left to the test.</summary>
    public async Task<RunningService> StartAsync(
        Uri address,
        IReadOnlyDictionary<string, string>? settings = null,
        TimeProvider? clock = null
    )
    {
        var database = await _postgres.NewDatabaseAsync("projects");
        return await RunningService.StartAsync(
            args =>
                ProjectsService.Build(
                    args,
                    services =>
                    {
                        if (clock is not null)
                        {
                            services.AddSingleton(clock);
                        }
                    }
                ),
            Issuer,
            database.ConnectionString,
            address.ToString(),
            new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
            {
                ["Sweep:Minutes"] = "0",
                ["Blobs:Folder"] = settings?.GetValueOrDefault("Blobs:Folder") ?? _blobs,
            }
        );
    }

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

    public async Task<Uri> NewBrokerAsync() => await _broker.NewVirtualHostAsync("projects");

    /// <summary>Listens on another virtual host, until the connection is disposed of.</summary>
    public static async Task<(IConnection Connection, ConcurrentQueue<SeenEvent> Seen)> ListenAsync(Uri address)
    {
        var seen = new ConcurrentQueue<SeenEvent>();
        var connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        await ListenAsync(await connection.CreateChannelAsync(), seen);
        return (connection, seen);
    }

    private static async Task ListenAsync(IChannel channel, ConcurrentQueue<SeenEvent> seen)
    {
        await channel.ExchangeDeclareAsync(Topology.Exchange, ExchangeType.Topic, durable: true, autoDelete: false);
        var queue = await channel.QueueDeclareAsync(exclusive: true);
        await channel.QueueBindAsync(queue.QueueName, Topology.Exchange, "projects.#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var headers = (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
                h => h.Key,
                h => h.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : h.Value?.ToString() ?? ""
            );
            seen.Enqueue(new SeenEvent(delivery.RoutingKey, headers, JsonNode.Parse(delivery.Body.Span)!));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
    }

    /// <summary>Events of the service with this routing key and a body for which the question is true.</summary>
    public IReadOnlyList<SeenEvent> Seen(string routingKey, Func<JsonNode, bool> which) =>
        _seen.Where(e => e.RoutingKey == routingKey && which(e.Body)).ToList();

    public Task<SeenEvent> EventAsync(string routingKey, Func<JsonNode, bool> which) =>
        Eventually.Gives(() => Task.FromResult(Seen(routingKey, which).FirstOrDefault()), $"an event {routingKey}");

    /// <summary>Publishes an event as another service would.</summary>
    public async Task<Guid> PublishAsync(IIntegrationEvent happened, Guid? messageId = null)
    {
        var id = messageId ?? Guid.CreateVersion7();
        await _channel!.BasicPublishAsync(
            Topology.Exchange,
            EventNames.Of(happened.GetType()),
            mandatory: true,
            new BasicProperties
            {
                MessageId = id.ToString(),
                ContentType = "application/json",
                Persistent = true,
            },
            Encoding.UTF8.GetBytes(EventJson.Serialize(happened))
        );
        return id;
    }

    /// <summary>Runs the sweep as it would run on that day.</summary>
    public static Task<int> SweepAsync(RunningService service, DateOnly today) =>
        service
            .Services.GetRequiredService<DeadlineSweep>()
            .RunAsync(new DateTimeOffset(today, new TimeOnly(2, 0), TimeSpan.Zero), today, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }

        Directory.Delete(_blobs, recursive: true);
        await _postgres.DisposeAsync();
        await _broker.DisposeAsync();
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
            ).Ok().Id, Subcontractor = (await engineering.PostAsync("/v1/organisations", new { name = "安固防水工程有限公司", kind = "subcontractor" })).Ok().Id };
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
                            parts = new[] { "waterproofing" },
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
        (await Service.As(Roles.Production).GetAsync($"/v1/revisits?project={project}&limit=200"))
            .Ok()["items"]
            .AsArray()
            .Select(r =>
                (
                    Guid.Parse(r!["id"]!.ToString()),
                    DateOnly.Parse(r["dueOn"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture)
                )
            )
            .ToList();

    public object[] Attendees(string? substituteReason = null) =>
        [
            new { seat = "lead", personId = People[1] },
            new { seat = "chief-engineer", personId = People[2] },
            new { seat = "technical-head", personId = People[3] },
            new { seat = "engineering-head", personId = People[4] },
            new { seat = "quality-head", personId = People[5] },
        ];

    public static object Leak(bool correctiveAction = true) =>
        new
        {
            part = "waterproofing",
            location = "屋面東南角",
            description = "屋面滲漏",
            severity = "major",
            repairWanted = true,
            correctiveActionWanted = correctiveAction,
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
