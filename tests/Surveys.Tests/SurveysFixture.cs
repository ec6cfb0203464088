using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Campaigns.Features;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Features;
using CustomerService.Surveys.Questionnaires.Features;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Store.Mongo;
using CustomerService.Surveys.Store.Postgres;
using CustomerService.Surveys.Tests;
using CustomerService.Surveys.Tests.Domain;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(MongoFixture))]
[assembly: AssemblyFixture(typeof(SurveysFixture))]

namespace CustomerService.Surveys.Tests;

/// <summary>The Surveys service on RabbitMQ and on PostgreSQL, or on the server that <c>CS_MONGO</c> names.</summary>
public sealed class SurveysFixture() : ServiceFixture("surveys", typeof(SurveysDb))
{
    private readonly MongoFixture _mongo = new();

    public ApiClient Sales => As(Someone.InSales());

    /// <summary>Holds a look-up where a test wants it.</summary>
    public Gate Gate { get; } = new();

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>
        {
            ["Company:PublicUrl"] = "https://care.example/",
            ["Surveys:SweepSeconds"] = "3600",
        };

    /// <summary>Asks a customer; the invitation and the token in its link.</summary>
    public async Task<(Guid Id, string Token)> InviteAsync(Guid? customer = null)
    {
        // Nobody is asked twice in a month: each is another person.
        var request = Request(customer: customer) with
        {
            Contact = $"李主任 {Guid.CreateVersion7():N}",
        };
        var sent = (await Sales.PostAsync("/v1/invitations", request)).Ok();
        return (sent.Id, sent.Text("link").Split('/')[^1]);
    }

    /// <summary>A running campaign with so many people to be interviewed, and the token of an interviewer's link.</summary>
    public async Task<(ApiAnswer Campaign, string Token)> ToInterviewAsync(string kind, int people)
    {
        var lastDay = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8)).AddDays(10);
        var planned = (
            await Sales.PostAsync(
                "/v1/campaigns",
                new
                {
                    title = "走訪調查",
                    kind,
                    lastDay,
                }
            )
        ).Ok();
        var campaign = (await Sales.PostAsync($"/v1/campaigns/{planned.Id}/begin", new { }, planned.ETag)).Ok();
        var path = $"/v1/campaigns/{campaign.Id}";
        if (people > 0)
        {
            var list = Enumerable
                .Range(1, people)
                .Select(place => new InviteList.Person(
                    Guid.CreateVersion7(),
                    $"永安置業第 {place} 分公司",
                    $"受訪者 {place}",
                    $"010-6555-01{place:00}"
                ))
                .ToList();
            (await Sales.PostAsync(path + "/invite", new InviteList.Request(list, true), campaign.ETag)).Ok();
        }

        var read = (await Sales.GetAsync(path)).Ok();
        var made = (await Sales.PostAsync(path + "/interview", new { }, read.ETag)).Ok();
        return ((await Sales.GetAsync(path)).Ok(), made.Text("link").Split('/')[^1]);
    }

    /// <summary>A running campaign whose form has a branch in a branch, and the token of its open link.</summary>
    public async Task<(ApiAnswer Campaign, string Token)> ToBranchAsync()
    {
        var content = EditionRules.Branched();
        var drafted = (
            await Sales.PostAsync(
                "/v1/editions",
                new WriteEdition.Request
                {
                    Title = "分支",
                    Items =
                    [
                        .. content.Items.Select(item =>
                            item.Code == "F.why" ? item with { Names = new("Why not", "為何不滿", "为何不满") } : item
                        ),
                    ],
                    Kinds = [.. content.Kinds.Select(k => new KindContent(k.Kind.ToString(), k.Items))],
                }
            )
        ).Ok();
        var preview = (await Sales.GetAsync($"/v1/editions/{drafted.Id}/preview", "zh-Hant")).Ok();
        var why = preview["dimensions"][5]!["items"]![1]!;
        (why["text"]!.ToString(), why["required"]!.GetValue<bool>(), why["branch"]!["item"]!.ToString()).ShouldBe(
            ("為何不滿", true, "F.one")
        );
        var published = (
            await As(Someone.SalesManager())
                .PostAsync(
                    $"/v1/editions/{drafted.Id}/publish",
                    new { effectiveFrom = Today.AddYears(5) },
                    drafted.ETag
                )
        ).Ok();
        var plan = new
        {
            title = "分支",
            kind = "D",
            lastDay = Today.AddDays(10),
            open = true,
        };
        var version = published["questionnaireVersion"].GetValue<int>();
        var early = new
        {
            plan.title,
            plan.kind,
            plan.lastDay,
            questionnaireVersion = version,
        };
        (await Sales.PostAsync("/v1/campaigns", early)).Code.ShouldBe("questionnaire-not-in-force");
        var planned = (await Sales.PostAsync("/v1/campaigns", plan)).Ok();
        var begun = (await Sales.PostAsync($"/v1/campaigns/{planned.Id}/begin", new { }, planned.ETag)).Ok();
        // A version in force would be asked by every other test, too.
        await PastTheRulesAsync(store => store.SetVersionAsync(begun.Id, version));
        return (begun, begun.Text("openLink").Split('/')[^1]);
    }

    /// <summary>The codes on the sheets of a batch, as they are printed.</summary>
    public async Task<IReadOnlyList<string>> CodesAsync(Guid batch, int count)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IDocumentStore>();
        var printed = await store.ListAsync(DocumentQuery<SheetBatch>.All.Where(b => b.Id, batch), null, 1, default);
        var tokens = scope.ServiceProvider.GetRequiredService<LinkTokens>();
        return [.. Enumerable.Range(0, count).Select(sheet => tokens.CodeOf(printed[0].Seed, sheet))];
    }

    /// <summary>A repair that is done.</summary>
    public static RepairOrderReturned Returned() =>
        new(
            Guid.CreateVersion7(),
            9,
            "WX-2026-000007",
            Guid.CreateVersion7(),
            "永安花園二期",
            Guid.CreateVersion7(),
            "永安置業有限公司",
            "李主任",
            "010-6555-0101",
            "roof",
            Guid.CreateVersion7(),
            "自有維修隊",
            "yes",
            new DateOnly(2026, 3, 2),
            new DateOnly(2026, 3, 9),
            0,
            0
        );

    /// <summary>Puts the end of an invitation into the past, past all rules.</summary>
    /// <summary>An assessment of a new service point of the department <c>repair</c>.</summary>
    public async Task<(ApiAnswer Planned, Guid Point, Guid Assessor)> PlanAssessmentAsync(
        string assessorName,
        bool mystery = false
    )
    {
        var quality = As(Someone.InQuality());
        var assessor = Guid.CreateVersion7();
        await DeliverAsync(
            new UserChanged(assessor, 1, assessorName, [Roles.Assessor], [], "quality", null, true, null)
        );
        var point = (
            await quality.PostAsync(
                "/v1/service-points",
                new
                {
                    code = $"FW-{Guid.CreateVersion7().ToString("N")[20..]}",
                    name = "亦莊服務中心",
                    type = "service-centre",
                    address = "北京市",
                    department = "repair",
                }
            )
        ).Ok();
        var planned = (
            await quality.PostAsync(
                "/v1/assessments",
                new
                {
                    pointIds = new[] { point.Id },
                    assessorId = assessor,
                    dueOn = "2030-01-31",
                    round = mystery ? null : "第一輪",
                    mystery,
                }
            )
        ).Ok();
        return (planned, point.Id, assessor);
    }

    public Task ExpireAsync(Guid id) =>
        PastTheRulesAsync(store => store.SetAsync(id, "expiresAt", "2026-01-01T00:00:00.000Z"));

    /// <summary>Looks into the store, or changes it past all rules.</summary>
    public async Task PastTheRulesAsync(Func<PastTheRules, Task> change)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        await change(StoreOf(scope.ServiceProvider));
    }

    /// <inheritdoc/>
    protected override WebApplication Build(string[] args, Action<IServiceCollection> replace) =>
        SurveysService.Build(args, replace);

    /// <inheritdoc/>
    protected override void Replace(IServiceCollection services)
    {
        if (MongoFixture.Given is not null)
        {
            services.AddScoped(provider => HeldStore.Of(provider.GetRequiredService<MongoDocumentStore>(), Gate));
            return;
        }

        services.AddScoped<PostgresDocumentStore>();
        services.AddScoped(provider => HeldStore.Of(provider.GetRequiredService<PostgresDocumentStore>(), Gate));
    }

    /// <inheritdoc/>
    protected override async Task<IReadOnlyDictionary<string, string>> NewStoreAsync() =>
        MongoFixture.Given is null ? await base.NewStoreAsync() : await MongoStore.NewAsync(_mongo);

    /// <inheritdoc/>
    protected override Task<bool> IsConsumedAsync(IServiceProvider services, Guid messageId) =>
        StoreOf(services).IsConsumedAsync(messageId);

    private static PastTheRules StoreOf(IServiceProvider services) =>
        MongoFixture.Given is null
            ? new PastTheRulesOfPostgres(services.GetRequiredService<SurveysDb>())
            : new PastTheRulesOfMongo(services.GetRequiredService<MongoDatabase>());

    internal static SendInvitation.Request Request(string kind = "D", Guid? customer = null) =>
        new()
        {
            Kind = kind,
            CustomerId = customer ?? Guid.CreateVersion7(),
            CustomerName = "永安置業有限公司",
            Contact = "李主任",
            Phone = "010-6555-0101",
        };
}
