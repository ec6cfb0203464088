using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Contracts;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Tests;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

[assembly: AssemblyFixture(typeof(RepairsFixture))]

namespace CustomerService.Repairs.Tests;

/// <summary>An event as an outsider sees it on the exchange.</summary>
internal sealed record SeenEvent(
    string RoutingKey,
    string? MessageId,
    IReadOnlyDictionary<string, string> Headers,
    JsonNode Body
)
{
    public string Text(string name) => Body[name]?.ToString() ?? "";
}

/// <summary>The real service on real PostgreSQL and RabbitMQ; Projects is a real gRPC server with chosen
/// answers.</summary>
public sealed class RepairsFixture : IAsyncLifetime
{
    /// <summary>The contractor's own unit, as the settings have it by default.</summary>
    internal static readonly Guid OwnUnit = Guid.Parse("00000000-0000-0000-0000-000000000001");

    private readonly SemaphoreSlim _turn = new(1);
    private readonly PostgresFixture _postgres = new();
    private readonly RabbitMqFixture _broker = new();
    private readonly ConcurrentQueue<SeenEvent> _seen = new();
    private readonly List<RunningService> _further = [];
    private ProjectsDouble? _projects;
    private TestIssuer? _issuer;
    private RunningService? _service;
    private IConnection? _connection;
    private IChannel? _channel;

    public RunningService Service => _service!;

    internal ProjectsDouble Projects => _projects!;

    /// <summary>Today as the company counts it.</summary>
    public static DateOnly Today =>
        DateOnly.FromDateTime(
            TimeZoneInfo
                .ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"))
                .DateTime
        );

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts everything with the first test that needs it: what needs no server does not wait for
    /// one.</summary>
    public async Task StartedAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_service is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task StartAsync()
    {
        _projects = await ProjectsDouble.StartAsync();
        _issuer = await TestIssuer.StartAsync();
        var address = await _broker.NewVirtualHostAsync("repairs");
        var service = await StartAsync(
            address,
            new Dictionary<string, string>
            {
                ["Services:Projects:Grpc"] = _projects.Address,
                ["Repairs:AskMilliseconds"] = "1500",
                ["Repairs:SweepSeconds"] = "1",
            }
        );
        _connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        using var client = new HttpClient();
        await Eventually.IsTrue(
            async () => (await client.GetAsync(new Uri(service.Management, "/health/ready"))).IsSuccessStatusCode,
            "the service is ready"
        );
        await ListenAsync();
        _service = service;
    }

    /// <summary>One more instance with its own database and broker, for another policy or another
    /// surrounding.</summary>
    public async Task<RunningService> AnotherAsync(IReadOnlyDictionary<string, string> settings)
    {
        var service = await StartAsync(await _broker.NewVirtualHostAsync("repairs"), settings);
        lock (_further)
        {
            _further.Add(service);
        }

        return service;
    }

    /// <summary>Publishes an event as Projects would, and returns its message id so that it can be sent
    /// again.</summary>
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

    /// <summary>Waits until a message has had its effect, if any: deliveries are handled side by side, so a
    /// later one says nothing about it.</summary>
    public async Task ConsumedAsync(Guid messageId)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        await Eventually.IsTrue(
            () => store.Set<InboxEntry>().AnyAsync(e => e.MessageId == messageId),
            $"{messageId} is consumed"
        );
    }

    /// <summary>The events of an order so far, in the order of their arrival.</summary>
    internal IReadOnlyList<SeenEvent> EventsOf(Guid order) =>
        [.. _seen.Where(e => e.Text("repairOrderId") == order.ToString())];

    /// <summary>Waits for the event of an order.</summary>
    internal Task<SeenEvent> EventAsync(Guid order, string name) =>
        Eventually.Gives(
            () =>
                Task.FromResult(EventsOf(order).FirstOrDefault(e => e.RoutingKey == $"repairs.repair-order.{name}.v1")),
            $"{name} of {order}"
        );

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        foreach (var service in _service is null ? _further : [.. _further, _service])
        {
            await service.DisposeAsync();
        }

        if (_projects is not null)
        {
            await _projects.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }

        await _broker.DisposeAsync();
        await _postgres.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<RunningService> StartAsync(Uri address, IReadOnlyDictionary<string, string> settings)
    {
        var database = await _postgres.NewDatabaseAsync("repairs");
        return await RunningService.StartAsync(
            RepairsService.Build,
            _issuer!,
            database.ConnectionString,
            address.ToString(),
            settings
        );
    }

    private async Task ListenAsync()
    {
        var channel = await _connection!.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, Topology.Exchange, "repairs.#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var headers = (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(
                h => h.Key,
                h =>
                    h.Value is byte[] bytes
                        ? Encoding.UTF8.GetString(bytes)
                        : Convert.ToString(h.Value, CultureInfo.InvariantCulture) ?? ""
            );
            _seen.Enqueue(
                new SeenEvent(
                    delivery.RoutingKey,
                    delivery.BasicProperties.MessageId,
                    headers,
                    JsonNode.Parse(delivery.Body.Span)!
                )
            );
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
    }
}

/// <summary>Tests that need the running service.</summary>
public abstract class OnRealServers(RepairsFixture fixture) : IAsyncLifetime
{
    protected RepairsFixture Fixture { get; } = fixture;

    public async ValueTask InitializeAsync() => await Fixture.StartedAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>One order with its people, driven through the API as far as a test needs it.</summary>
internal sealed class Case
{
    private readonly RunningService _service;

    private Case(RunningService service) => _service = service;

    public Guid ProjectId { get; } = Guid.CreateVersion7();

    public Guid OwnerId { get; } = Guid.CreateVersion7();

    public Guid UnitId { get; } = Guid.CreateVersion7();

    public Guid ManagerId { get; } = Guid.CreateVersion7();

    public Guid NeighbourId { get; } = Guid.CreateVersion7();

    public Guid Id { get; private set; }

    public string Record => $"/v1/repair-orders/{Id}";

    public ApiClient Service => _service.As("客服小陳", [Roles.CustomerService]);

    public ApiClient Engineer => _service.As("工程師老吳", [Roles.Engineering]);

    public ApiClient Head => _service.As("工程部長", [Roles.EngineeringHead]);

    public ApiClient Leader => _service.As("單位負責人", [Roles.UnitLeader]);

    public ApiClient Qc => _service.As("質檢員", [Roles.Qc]);

    public ApiClient Unit => _service.As("維修班長", [Roles.RepairUnit], organisation: UnitId);

    public ApiClient Owner => _service.As("王先生", [Roles.Customer], organisation: OwnerId);

    /// <summary>A project of its own that the other side knows: waterproofing is a subcontractor's and under
    /// warranty.</summary>
    public static Case Of(RepairsFixture fixture, RunningService? service = null)
    {
        var made = new Case(service ?? fixture.Service);
        fixture.Projects.Projects[made.ProjectId] = new ProjectAnswers
        {
            Warranty = (_, _) => Task.FromResult(made.Covered()),
            Leader = (_, _) => Task.FromResult(made.Proposal()),
        };
        return made;
    }

    /// <summary>A case around an order that is there already.</summary>
    public static Case Around(RunningService service, Guid id) => new(service) { Id = id };

    public WarrantyAnswer Covered() =>
        new()
        {
            Covered = true,
            Until = "2030-12-31",
            Rule = "P3.1.2",
            PolicyVersion = 1,
            Basis = "prescribed",
            ResponsibleUnitId = UnitId.ToString(),
            ResponsibleUnitName = "宏達防水分包",
        };

    public LeaderProposal Proposal() =>
        new()
        {
            Proposed = new LeaderCandidate
            {
                Basis = "original-manager",
                PersonId = ManagerId.ToString(),
                PersonName = "張經理",
                ProjectId = ProjectId.ToString(),
                ProjectName = "濱江花園",
                Reason = "original manager",
            },
            Alternatives =
            {
                new LeaderCandidate
                {
                    Basis = "nearest-project",
                    PersonId = NeighbourId.ToString(),
                    PersonName = "李經理",
                    ProjectId = Guid.CreateVersion7().ToString(),
                    ProjectName = "城南廣場",
                    DistanceKm = 12.34,
                    Reason = "near",
                },
                new LeaderCandidate { Basis = "special-dispatch", Reason = "special" },
            },
        };

    public JsonObject Notice(string severity = "major", DateOnly? notifiedOn = null) =>
        new()
        {
            ["projectId"] = ProjectId.ToString(),
            ["project"] = new JsonObject
            {
                ["name"] = "濱江花園",
                ["contractNumber"] = "HT-2024-018",
                ["ownerId"] = OwnerId.ToString(),
                ["ownerName"] = "濱江業主委員會",
            },
            ["partCode"] = "waterproofing",
            ["location"] = "3 號樓屋面",
            ["description"] = "屋面滲漏",
            ["severity"] = severity,
            ["emergencyKind"] = severity == "emergency" ? "essential-function" : null,
            ["notifiedOn"] = RepairsFixture.Iso(notifiedOn ?? RepairsFixture.Today),
            ["contact"] = "王先生",
            ["phone"] = "021-5555",
        };

    public async Task<Case> OpenedAsync(string severity = "major", DateOnly? notifiedOn = null)
    {
        Id = (await Service.PostAsync("/v1/repair-orders", Notice(severity, notifiedOn))).Ok().Id;
        return this;
    }

    public Task<ApiAnswer> ReadAsync() => Service.GetAsync(Record);

    public Task<ApiAnswer> ConfirmAsync(DateOnly? on = null) =>
        Service.ChangeAsync(
            Record,
            "confirm",
            new
            {
                way = "on-site",
                on = RepairsFixture.Iso(on ?? RepairsFixture.Today),
                ownerRepresentative = "王先生",
                reworkAgreed = "拆除重做防水層",
            }
        );

    public Task<ApiAnswer> AnalyseAsync(ApiClient? author = null) =>
        (author ?? Engineer).ChangeAsync(
            Record,
            "analyse",
            new
            {
                facts = "女兒牆根部滲水",
                causes = "收口開裂",
                mainCause = "附加層漏做",
                measures = new[] { "鏟除重做附加層", "閉水試驗 24 小時" },
            }
        );

    public Task<ApiAnswer> ReviewAsync(ApiClient? reviewer = null) =>
        (reviewer ?? Head).ChangeAsync(Record, "review", new { opinion = "同意" });

    public Task<ApiAnswer> ApproveAsync(ApiClient? approver = null) =>
        (approver ?? Leader).ChangeAsync(Record, "approve", new { opinion = "批准" });

    public object Dispatching(Guid? leader = null, string? reason = null, bool chargeBack = true) =>
        new
        {
            leader = new
            {
                basis = "original-manager",
                personId = leader ?? ManagerId,
                personName = "張經理",
            },
            leaderReason = reason,
            chargeBack,
        };

    public Task<ApiAnswer> DispatchAsync(object? body = null) =>
        Engineer.ChangeAsync(Record, "dispatch", body ?? Dispatching());

    public static JsonObject Briefing() =>
        new()
        {
            ["on"] = RepairsFixture.Iso(RepairsFixture.Today),
            ["content"] = "工藝要求與成品保護",
            ["participants"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "張經理",
                    ["part"] = "leader",
                    ["personId"] = "zhang",
                },
                new JsonObject
                {
                    ["name"] = "維修班長",
                    ["part"] = "crew",
                    ["personId"] = null,
                }
            ),
            ["servicePrinciples"] = true,
            ["cooperateWithOwner"] = true,
            ["satisfyReasonableWishes"] = true,
            ["neverQuarrel"] = true,
        };

    public Task<ApiAnswer> BriefAsync(object? body = null) => Head.ChangeAsync(Record, "brief", body ?? Briefing());

    public Task<ApiAnswer> StartAsync() => Unit.ChangeAsync(Record, "start");

    public Task<ApiAnswer> FinishAsync() =>
        Unit.ChangeAsync(
            Record,
            "finish",
            new
            {
                workDone = "重做附加層，閉水試驗合格",
                materials = "SBS 卷材 12 m²",
                taskSheet = "RW-7",
                crew = new[] { "維修班長", "小李" },
                finishedOn = RepairsFixture.Iso(RepairsFixture.Today),
            }
        );

    public Task<ApiAnswer> InspectAsync(bool passed = true, ApiClient? inspector = null) =>
        (inspector ?? Qc).ChangeAsync(Record, "inspect", new { passed, opinion = passed ? "符合要求" : "收口不嚴" });

    public Task<ApiAnswer> AcceptAsync(ApiClient? signer = null, object? body = null) =>
        (signer ?? Owner).ChangeAsync(Record, "accept", body ?? new { opinion = "滿意", printedName = "王先生" });

    public Task<ApiAnswer> ReturnAsync(ApiClient? by = null) =>
        (by ?? Unit).ChangeAsync(Record, "return", new { remark = "資料齊全" });

    /// <summary>Goes the normal way as far as the state.</summary>
    public async Task<Case> ToAsync(string state, string severity = "major")
    {
        (string State, Func<Task<ApiAnswer>> Step)[] way =
        [
            ("confirmed", () => ConfirmAsync()),
            ("analysed", () => AnalyseAsync()),
            ("reviewed", () => ReviewAsync()),
            ("approved", () => ApproveAsync()),
            ("dispatched", () => DispatchAsync()),
            ("briefed", () => BriefAsync()),
            ("in-repair", StartAsync),
            ("done", FinishAsync),
            ("inspected", () => InspectAsync()),
            ("accepted", () => AcceptAsync()),
            ("closed", () => ReturnAsync()),
        ];
        if (Id == Guid.Empty)
        {
            await OpenedAsync(severity);
        }

        var reached = (await ReadAsync()).Text("state");
        foreach (
            var (next, step) in way.SkipWhile(_ => reached != "opened")
                .Concat(reached == "opened" ? [] : way.SkipWhile(w => w.State != reached).Skip(1))
        )
        {
            if (reached == state)
            {
                break;
            }

            var answer = (await step()).Ok();
            reached = answer.Text("state");
            reached.ShouldBe(next);
        }

        reached.ShouldBe(state);
        return this;
    }
}
