using System.Text;
using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Campaigns.Features;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace CustomerService.Surveys.Tests;

/// <summary>
/// Each of the four populations of C5.8.2 is asked by its own way and judges a department. All four are below their goal,
/// are ordered to correct and criticised, and are measured again at the deadline: by what came since the order.
/// </summary>
public sealed class FourPopulationsStory(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private static readonly string[] Before =
    [
        "satisfied",
        "satisfied",
        "satisfied",
        "rather-dissatisfied",
        "rather-dissatisfied",
    ];

    private static readonly string[] Better =
    [
        "very-satisfied",
        "satisfied",
        "fairly-satisfied",
        "fairly-satisfied",
        "satisfied",
    ];

    private readonly MovableClock _clock = new();
    private Uri _broker = null!;
    private RunningService _service = null!;

    [Fact]
    [
        Trait("Rule", "C5.8.2"),
        Trait("Rule", "C5.8.3"),
        Trait("Rule", "C5.9"),
        Trait("Rule", "C5.10"),
        Trait("Rule", "C3.1.6")
    ]
    public async Task Each_population_is_asked_its_own_way_and_its_department_is_measured_again()
    {
        _broker = await Fixture.Broker.NewVirtualHostAsync("surveys");
        _service = await Fixture.AnotherAsync(clock: _clock, address: _broker);
        var (testers, visited, special) = (
            await CampaignAsync("A", "quality"),
            await CampaignAsync("C", "sales"),
            await CampaignAsync("D", "product-development")
        );
        await PrintedAsync(testers, Before);
        await AfterRepairsAsync(Before);
        await InterviewedAsync(visited, Before);
        await OpenlyAsync(special, Before);
        var day = Today;

        _clock.Move(TimeSpan.FromDays(1));
        var orders = new Dictionary<string, ApiAnswer>();
        foreach (var department in (string[])["quality", "engineering", "sales", "product-development"])
        {
            var body = new
            {
                department,
                from = day,
                to = day,
            };
            var order = (await Service.PostAsync("/v1/evaluations", body)).Ok();
            (order.State, order["percent"]!.GetValue<decimal>(), order["recovered"]!.GetValue<int>()).ShouldBe(
                ("ordered", 60.0m, 5),
                department
            );
            orders[department] = order;
        }

        (await Service.GetAsync("/v1/notices")).Ok()["items"]!.AsArray().Count.ShouldBe(4);
        (await MeasureAsync(orders["quality"], "reach")).Code.ShouldBe("deadline-not-over");

        _clock.Move(TimeSpan.FromDays(1));
        await PrintedAsync(testers, Better);
        await AfterRepairsAsync(Better);
        await InterviewedAsync(visited, Better);
        await OpenlyAsync(special, Before);
        _clock.Move(TimeSpan.FromDays(40));

        foreach (var department in (string[])["quality", "engineering", "sales"])
        {
            var measured = (await MeasureAsync(orders[department], "reach")).Ok();
            (
                measured.State,
                measured["percentAgain"]!.GetValue<decimal>(),
                measured["recoveredAgain"]!.GetValue<int>()
            ).ShouldBe(("corrected", 100.0m, 5), department);
        }

        var missed = (await MeasureAsync(orders["product-development"], "miss")).Ok();
        (missed.State, missed["percentAgain"]!.GetValue<decimal>()).ShouldBe(("meeting-due", 60.0m));
        (
            await _service
                .As(Someone.GeneralManager())
                .PostAsync($"/v1/evaluations/{missed.Id}/hold-meeting", new { text = "加派設計人員" }, missed.ETag)
        )
            .Ok()
            .State.ShouldBe("meeting-held");
    }

    private ApiClient Service => _service.As(Someone.InCustomerService());

    private ApiClient Sales => _service.As(Someone.InSales());

    private DateOnly Today => new Rules.CompanyClock(_clock).Today;

    private Task<ApiAnswer> MeasureAsync(ApiAnswer order, string how) =>
        Service.PostAsync($"/v1/evaluations/{order.Id}/{how}", new { }, order.ETag);

    private async Task<Guid> CampaignAsync(string kind, string department)
    {
        var body = new
        {
            title = $"調查 {kind}",
            kind,
            department,
            lastDay = Today.AddDays(20),
            open = kind == "D",
        };
        var planned = (await Sales.PostAsync("/v1/campaigns", body)).Ok();
        return (await Sales.PostAsync($"/v1/campaigns/{planned.Id}/begin", new { }, planned.ETag)).Ok().Id;
    }

    // A: a sheet with a code in each sample's package.
    private async Task PrintedAsync(Guid campaign, string[] grades)
    {
        var read = (await Sales.GetAsync($"/v1/campaigns/{campaign}")).Ok();
        var print = new { sheets = grades.Length };
        var batch = (await Sales.PostAsync($"/v1/campaigns/{campaign}/print", print, read.ETag)).Ok();
        var codes = await WithStoreAsync(
            async (store, tokens) =>
            {
                var of = DocumentQuery<SheetBatch>.All.Where(b => b.Id, batch.Id);
                var seed = (await store.ListAsync(of, null, 1, default))[0].Seed;
                return Enumerable.Range(0, grades.Length).Select(sheet => tokens.CodeOf(seed, sheet)).ToList();
            }
        );
        await AnswerAsync(codes, grades, "A.performance");
    }

    // B: by itself, when a repair is done.
    private async Task AfterRepairsAsync(string[] grades)
    {
        var returned = grades.Select(_ => SurveysFixture.Returned()).ToList();
        foreach (var one in returned)
        {
            await PublishAsync(one);
        }

        var links = new List<string>();
        foreach (var order in returned.Select(one => one.RepairOrderId))
        {
            var of = DocumentQuery<Invitation>.All.Where(i => i.SourceId, order);
            await Eventually.Holds(async () =>
                links.Add(
                    await WithStoreAsync(
                        async (store, tokens) =>
                            tokens.TokenOf((await store.ListAsync(of, null, 1, default))[0].Seed!.Value)
                    )
                )
            );
        }

        await AnswerAsync(links, grades, "E.speed");
    }

    // C: sales asks those whom they visit, from a list.
    private async Task InterviewedAsync(Guid campaign, string[] grades)
    {
        var people = grades
            .Select(
                (_, place) => new InviteList.Person(Guid.CreateVersion7(), "永安置業", $"訪談 {place}", "010-6555-0101")
            )
            .ToList();
        var read = (await Sales.GetAsync($"/v1/campaigns/{campaign}")).Ok();
        var invited = (
            await Sales.PostAsync(
                $"/v1/campaigns/{campaign}/invite",
                new InviteList.Request(people, Interview: true),
                read.ETag
            )
        ).Ok();
        read = (await Sales.GetAsync($"/v1/campaigns/{campaign}")).Ok();
        var made = (await Sales.PostAsync($"/v1/campaigns/{campaign}/interview", new { }, read.ETag)).Ok();
        using var browser = new HttpClient();
        browser.DefaultRequestHeaders.Add("Accept", "application/json");
        foreach (var (outcome, grade) in invited["outcomes"]!.AsArray().Zip(grades))
        {
            using var form = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["key"] = Guid.CreateVersion7().ToString("N"),
                    ["person"] = outcome!["invitationId"]!.ToString(),
                    ["overall"] = grade,
                    ["competitor"] = "同行甲",
                }
            );
            var token = made.Text("link").Split('/')[^1];
            using var answer = await browser.PostAsync(new Uri(_service.Http, $"/v1/f/i/{token}"), form);
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        }
    }

    // D: whoever follows the link of a promotion.
    private async Task OpenlyAsync(Guid campaign, string[] grades)
    {
        var link = (await Sales.GetAsync($"/v1/campaigns/{campaign}")).Ok().Text("openLink").Split('/')[^1];
        await AnswerAsync([.. grades.Select(_ => link)], grades, "E.speed");
    }

    private async Task AnswerAsync(IReadOnlyList<string> links, string[] grades, string item)
    {
        foreach (var (link, grade) in links.Zip(grades))
        {
            var form = new FilledForm
            {
                Overall = grade,
                Items = [new(item, grade)],
                Competitor = "同行甲",
            };
            (await _service.Anonymous().PostAsync($"/v1/f/{link}", form)).Ok();
        }
    }

    private async Task<T> WithStoreAsync<T>(Func<IDocumentStore, LinkTokens, Task<T>> read)
    {
        await using var scope = _service.Services.CreateAsyncScope();
        return await read(
            scope.ServiceProvider.GetRequiredService<IDocumentStore>(),
            scope.ServiceProvider.GetRequiredService<LinkTokens>()
        );
    }

    private async Task PublishAsync(IIntegrationEvent happened)
    {
        await using var connection = await new ConnectionFactory { Uri = _broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync(
            Topology.Exchange,
            EventNames.Of(happened.GetType()),
            mandatory: true,
            new BasicProperties { MessageId = Guid.CreateVersion7().ToString(), ContentType = "application/json" },
            Encoding.UTF8.GetBytes(EventJson.Serialize(happened))
        );
    }
}
