using CustomerService.Contracts.Projects.V1;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Features;
using CustomerService.Repairs.Returns.Features;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>A product customer with a model and machines, and the people who deal with them, over HTTP.</summary>
internal sealed class GoodsCase
{
    private readonly RunningService _service;

    private GoodsCase(RunningService service, DateOnly today) => (_service, Today) = (service, today);

    public DateOnly Today { get; }

    /// <summary>Where mails to the customer go.</summary>
    public string Mail => $"li-{CustomerId:N}@yongan.example";

    public Guid CustomerId { get; } = Guid.CreateVersion7();

    public string CustomerName { get; } = $"永安機電 {Guid.CreateVersion7():N}";

    /// <summary>What the serial numbers of this case begin with.</summary>
    public string Prefix { get; } = $"SN{Guid.CreateVersion7():N}"[..20];

    public Guid ModelId { get; private set; }

    public ApiClient Service => _service.As("客服小陳", [Roles.CustomerService]);

    public ApiClient Handler => _service.As("客服小林", [Roles.CustomerService]);

    public ApiClient AfterSales => _service.As("售后小侯", [Roles.AfterSales]);

    public ApiClient Repairer => _service.As("維修高師傅", [Roles.RepairGroup]);

    public ApiClient Qc => _service.As("質檢員", [Roles.Qc]);

    public ApiClient SalesManager => _service.As("銷售洪經理", [Roles.SalesManager]);

    public ApiClient Sales => _service.As("銷售小黃", [Roles.Sales]);

    public ApiClient Finance => _service.As("財務小方", [Roles.Finance]);

    public ApiClient Customer => _service.As("李經理", [Roles.Customer], organisation: CustomerId);

    public ApiClient Stranger => _service.As("別家", [Roles.Customer], organisation: Guid.CreateVersion7());

    public ApiClient Salesman =>
        _service.As(Someone.With("東區業務", "sales", Roles.RegionalSales) with { Regions = ["east"] });

    public static async Task<GoodsCase> NewAsync(RepairsFixture fixture)
    {
        var made = new GoodsCase(fixture.Service, fixture.Today);
        var customer = new OrganisationCopy { Id = made.CustomerId };
        customer.Apply(
            new OrganisationRegistered(
                made.CustomerId,
                1,
                made.CustomerName,
                "customer",
                null,
                "上海市浦東新區",
                "李經理",
                "021-6666",
                "east",
                Language: "zh-Hant",
                Addresses: [new("delivery", "上海市浦東新區倉庫 3 號門")]
            )
            {
                Email = made.Mail,
            }
        );
        using (var scope = fixture.Service.Services.CreateScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
            db.Add(customer);
            await db.SaveChangesAsync();
        }

        made.ModelId = (
            await made.Service.PostAsync(
                "/v1/product-models",
                new ProductModelRequest(made.Prefix, "變頻電機", 24, Components: [new("MAINBOARD", "主控板")])
            )
        )
            .Ok()
            .Id;
        return made;
    }

    public string Serial(int number) => $"{Prefix}-{number}";

    /// <summary>Enters a machine that left the factory so many months ago.</summary>
    public async Task<Guid> MachineAsync(int number, int monthsAgo = 1) =>
        (
            await Service.PostAsync(
                "/v1/product-serials",
                new RegisterProductSerial.Request(
                    Serial(number),
                    ModelId,
                    CustomerId,
                    Today.AddMonths(-monthsAgo),
                    Today.AddMonths(-monthsAgo)
                )
            )
        )
            .Ok()
            .Id;

    public Task<ApiAnswer> DeclareAsync(params IReadOnlyList<DeclareRma.LineRequest> lines) =>
        Service.PostAsync("/v1/rmas", new DeclareRma.Request(CustomerId, lines));

    /// <summary>An RMA of these machines, received as declared.</summary>
    public async Task<ApiAnswer> ReceivedAsync(params IReadOnlyList<string> serials)
    {
        var rma = (await DeclareAsync(new DeclareRma.LineRequest(ModelId, serials, Words: "開機無反應"))).Ok();
        return (
            await Service.ChangeAsync(
                $"/v1/rmas/{rma.Id}",
                "receive",
                new ReceiveRma.Request([.. serials.Select(serial => new ReceiveRma.ItemRequest(serial))])
            )
        ).Ok();
    }

    public async Task<IReadOnlyList<Guid>> UnitsAsync(Guid rma) =>
        [
            .. (await Service.GetAsync($"/v1/rma-units?rmaId={rma}&limit=200"))
                .Ok()
                .Items.OrderBy(item => item["number"]!.ToString(), StringComparer.Ordinal)
                .Select(item => Guid.Parse(item["id"]!.ToString())),
        ];

    public Task<ApiAnswer> DoAsync(Guid unit, ApiClient by, string action, object? body = null) =>
        by.ChangeAsync($"/v1/rma-units/{unit}", action, body);

    public Task<ApiAnswer> ReturnAsync(Guid id, ApiClient by, string action, object? body = null) =>
        by.ChangeAsync($"/v1/return-cases/{id}", action, body);

    /// <summary>Up to the diagnosis: a main component is damaged.</summary>
    public async Task DiagnosedAsync(Guid unit)
    {
        (await DoAsync(unit, Service, "hand-over")).Ok();
        (
            await DoAsync(unit, Repairer, "diagnose", new DiagnoseRmaUnit.Request("主控板燒毀", "F-12", ["MAINBOARD"]))
        ).Ok();
    }

    /// <summary>From the repair to the quality department's word.</summary>
    public async Task PassedAsync(Guid unit, string from = "start-repair")
    {
        if (from == "start-repair")
        {
            (await DoAsync(unit, Repairer, "start-repair")).Ok();
        }

        (
            await DoAsync(
                unit,
                Repairer,
                "finish-repair",
                new RepairRmaUnit.Request("更換主控板", Today, ["MAINBOARD"], Hours: 1.5m)
            )
        ).Ok();
        (await DoAsync(unit, Qc, "pass-qc", new RepairRmaUnit.OpinionRequest("合格"))).Ok();
    }

    /// <summary>FM001 made out and sent; its answer as it is to be signed.</summary>
    public async Task<AnswerOffer.Request> OfferedAsync(Guid unit)
    {
        (
            await DoAsync(
                unit,
                Repairer,
                "make-out-offer",
                new MakeOutOffer.Request(
                    [new("更換主控板", 1, 680.00m, "MAINBOARD"), new("工時", 2, 90.00m)],
                    5m,
                    "老客戶"
                )
            )
        ).Ok();
        var sent = (
            await DoAsync(unit, Service, "send-offer", new MakeOutOffer.SendRequest(Rmas.Domain.ContactChannel.Fax))
        ).Ok();
        return new(1, sent["offers"][0]!["hash"]!.ToString(), "同意維修", "李經理");
    }

    /// <summary>FM003 for these units.</summary>
    public Task<ApiAnswer> ShipAsync(int quantity, params IReadOnlyList<Guid> units) =>
        Service.PostAsync(
            "/v1/shipments",
            new IssueShipment.Request(
                units,
                new DateTimeOffset(Today, new TimeOnly(2, 0), TimeSpan.Zero),
                CustomerName,
                quantity,
                Rmas.Domain.ShippingMethod.Express
            )
        );

    /// <summary>An edition of the terms that holds today.</summary>
    public async Task TermsAsync()
    {
        var draft = (
            await Sales.PostAsync(
                "/v1/terms-editions",
                new DraftTerms.Request("售後條款", Today, [new("4.2", "三個月內品質問題可退換")], Prefix)
            )
        ).Ok();
        (await SalesManager.ChangeAsync($"/v1/terms-editions/{draft.Id}", "publish")).Ok();
    }
}
