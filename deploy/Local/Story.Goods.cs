using System.Net.Http.Headers;
using CustomerService.Client;

namespace CustomerService.Local;

/// <summary>Two machines come back: one is repaired for money with the customer's consent and sent back, the other is sent
/// back unrepaired; and visitors of a booth are asked on paper.</summary>
internal sealed partial class Story
{
    private const string GoodsDesk = "lin.yating";
    private const string Handler = "su.jingyi";
    private const string Repairer = "cao.zhengang";
    private const string Buyer = "wu.jiahui";

    private async Task GoodsAsync(Company company)
    {
        var customer = company.Organisations["haihe"];
        var run = DemoClient.NewKey()[^6..].ToUpperInvariant();
        string[] serials = [$"BP-{run}-1", $"BP-{run}-2"];
        var model = await DoneAsync(
            GoodsDesk,
            "registers a model of machines",
            api =>
                api.Repairs.RegisterProductModelAsync(
                    new()
                    {
                        Code = $"BP-{run}",
                        Name = T("goods.model"),
                        WarrantyMonths = 24,
                        Components = [new() { Code = "MAINBOARD", Name = T("goods.component") }],
                    },
                    DemoClient.NewKey()
                )
        );
        foreach (var serial in serials)
        {
            await DoneAsync(
                GoodsDesk,
                $"registers {serial}, sold 30 months ago",
                api =>
                    api.Repairs.RegisterProductSerialAsync(
                        new()
                        {
                            Number = serial,
                            ModelId = model.Id,
                            CustomerId = customer,
                            ExFactoryOn = _today.AddMonths(-30),
                            PurchasedOn = _today.AddMonths(-30),
                        },
                        DemoClient.NewKey()
                    )
            );
        }

        var rma = await DoneAsync(
            Buyer,
            "declares both for repair (C5.1.1)",
            api =>
                api.Repairs.DeclareRmaAsync(
                    new()
                    {
                        Lines =
                        [
                            new()
                            {
                                ModelId = model.Id,
                                Serials = serials,
                                Words = T("goods.fault"),
                            },
                        ],
                    },
                    DemoClient.NewKey()
                )
        );
        await DoneAsync(
            GoodsDesk,
            "counts what came",
            async api =>
                await api.Repairs.ReceiveRmaAsync(
                    rma.Id,
                    new() { Items = [.. serials.Select(serial => new ReceiveRmaItemRequest { Serial = serial })] },
                    await VersionAsync(api.Repairs.GetRmaAsync(rma.Id)),
                    DemoClient.NewKey()
                )
        );
        var units = (await _people[GoodsDesk].Api.Repairs.ListRmaUnitsAsync(rmaId: rma.Id)).Result.Items;
        var (repaired, returned) = (units[0].Id, units[1].Id);
        await PhotoAsync(repaired);
        await OfferAsync(repaired);
        var consented = (await _people[Buyer].Api.Repairs.GetRmaUnitAsync(repaired)).Result;
        await UnitAsync(
            Buyer,
            "consents in writing: 同意維修 (C5.1.1.1)",
            repaired,
            (api, version) =>
                api.ConsentToOfferAsync(
                    repaired,
                    new()
                    {
                        OfferVersion = 1,
                        Hash = consented.Offers![0].Hash,
                        Words = T("goods.consent"),
                        PrintedName = T("goods.buyer"),
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await UnitAsync(
            GoodsDesk,
            "makes out FM002",
            repaired,
            (api, version) => api.MakeOutChargeAsync(repaired, new() { Amount = 720 }, version, DemoClient.NewKey())
        );
        await AnnotateAsync(repaired);
        await UnitAsync(
            Repairer,
            "has repaired it",
            repaired,
            (api, version) =>
                api.RepairRmaUnitAsync(
                    repaired,
                    new()
                    {
                        WorkDone = T("goods.done"),
                        FinishedOn = _today,
                        Replaced = ["MAINBOARD"],
                        Hours = 1.5,
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await UnitAsync(
            "he.xiaofeng",
            "passes it (C5.1.2)",
            repaired,
            (api, version) =>
                api.PassRmaUnitAsync(repaired, new() { Opinion = T("goods.passed") }, version, DemoClient.NewKey())
        );
        await OfferAsync(returned);
        await UnitAsync(
            GoodsDesk,
            "records that the customer refused by telephone",
            returned,
            (api, version) =>
                api.RefuseOfferAsync(
                    returned,
                    new()
                    {
                        OfferVersion = 1,
                        Recorded = new()
                        {
                            By = T("goods.buyer"),
                            How = WordBy.Phone,
                            On = _today,
                        },
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await AnnotateAsync(returned);
        await UnitAsync(
            Repairer,
            "reassembles it",
            returned,
            (api, version) => api.ReassembleRmaUnitAsync(returned, version, DemoClient.NewKey())
        );
        await SendBackAsync([repaired, returned]);
        await AskOnPaperAsync();
    }

    private static MultipartFormDataContent Picture(string name)
    {
        var photo = new ByteArrayContent(Convert.FromBase64String(OnePixel));
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return new() { { photo, "file", name } };
    }

    /// <summary>Photos before and after the work, as the policy wants them (P3.2.3).</summary>
    private async Task PhotographAsync(Guid order)
    {
        foreach (var purpose in (string[])["before", "after"])
        {
            using var body = Picture(purpose + ".png");
            await DoneAsync(
                "zhao.fangshui",
                $"adds a photo {purpose} the work (P3.2.3)",
                api => api.Repairs.AddRepairOrderFileAsync(order, body, purpose, idempotencyKey: DemoClient.NewKey())
            );
        }
    }

    private async Task PhotoAsync(Guid unit)
    {
        using var body = Picture("fault.png");
        await DoneAsync(
            Buyer,
            "adds a photo of the fault (S2)",
            api => api.Repairs.AddRmaUnitFileAsync(unit, body, idempotencyKey: DemoClient.NewKey())
        );
    }

    private const string OnePixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>Out of warranty with a damaged main component: FM001 goes out.</summary>
    private async Task OfferAsync(Guid unit)
    {
        await UnitAsync(
            GoodsDesk,
            "hands it to the repair group",
            unit,
            (api, version) => api.HandOverRmaUnitAsync(unit, version, DemoClient.NewKey())
        );
        await UnitAsync(
            Repairer,
            "finds a main component damaged",
            unit,
            (api, version) =>
                api.DiagnoseRmaUnitAsync(
                    unit,
                    new()
                    {
                        Finding = T("goods.finding"),
                        FaultCode = "F-12",
                        Damaged = ["MAINBOARD"],
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await UnitAsync(
            Repairer,
            "makes out FM001 (C5.1.1.1)",
            unit,
            (api, version) =>
                api.MakeOutOfferAsync(
                    unit,
                    new()
                    {
                        Lines =
                        [
                            new()
                            {
                                Description = T("goods.line"),
                                Quantity = 1,
                                UnitPrice = 720,
                                Component = "MAINBOARD",
                            },
                        ],
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await UnitAsync(
            GoodsDesk,
            "sends it",
            unit,
            (api, version) =>
                api.SendOfferAsync(unit, new() { Through = ContactChannel.Fax }, version, DemoClient.NewKey())
        );
    }

    private async Task AnnotateAsync(Guid unit)
    {
        await UnitAsync(
            Handler,
            "annotates the original",
            unit,
            (api, version) =>
                api.AnnotateOfferAsync(
                    unit,
                    new() { PrintedName = _persons[Handler].DisplayName },
                    version,
                    DemoClient.NewKey()
                )
        );
        await UnitAsync(
            Repairer,
            "receives the original",
            unit,
            (api, version) => api.ReceiveOfferOriginalAsync(unit, version, DemoClient.NewKey())
        );
    }

    private async Task SendBackAsync(IReadOnlyList<Guid> units)
    {
        var shipment = await DoneAsync(
            GoodsDesk,
            "makes out FM003 (C5.1.2)",
            api =>
                api.Repairs.IssueShipmentAsync(
                    new()
                    {
                        UnitIds = units,
                        ShipAt = DateTimeOffset.UtcNow,
                        CustomerName = T("goods.customer"),
                        Quantity = units.Count,
                        Method = ShippingMethod.Express,
                    },
                    DemoClient.NewKey()
                )
        );
        await DoneAsync(
            GoodsDesk,
            "sends them",
            async api =>
                await api.Repairs.DispatchShipmentAsync(
                    shipment.Id,
                    new() { Carrier = T("goods.carrier"), TrackingNumber = "SF-1" },
                    await VersionAsync(api.Repairs.GetShipmentAsync(shipment.Id)),
                    DemoClient.NewKey()
                )
        );
        await DoneAsync(
            Buyer,
            "has them back",
            async api =>
                await api.Repairs.ConfirmShipmentReceiptAsync(
                    shipment.Id,
                    new()
                    {
                        Proof = ReceiptProof.Portal,
                        On = _today,
                        Person = T("goods.buyer"),
                    },
                    await VersionAsync(api.Repairs.GetShipmentAsync(shipment.Id)),
                    DemoClient.NewKey()
                )
        );
    }

    private async Task AskOnPaperAsync()
    {
        var campaign = await DoneAsync(
            GoodsDesk,
            "plans a survey on paper (C5.8.2 A)",
            api =>
                api.Surveys.PlanCampaignAsync(
                    new()
                    {
                        Title = T("goods.campaign"),
                        Kind = "A",
                        LastDay = _today.AddDays(20),
                    },
                    DemoClient.NewKey()
                )
        );
        await DoneAsync(
            GoodsDesk,
            "begins it",
            async api =>
                await api.Surveys.BeginCampaignAsync(
                    campaign.Id,
                    await VersionAsync(api.Surveys.GetCampaignAsync(campaign.Id)),
                    DemoClient.NewKey()
                )
        );
        await DoneAsync(
            GoodsDesk,
            "prints five sheets of codes",
            async api =>
                await api.Surveys.PrintSheetsAsync(
                    campaign.Id,
                    new() { Sheets = 5 },
                    await VersionAsync(api.Surveys.GetCampaignAsync(campaign.Id)),
                    DemoClient.NewKey()
                )
        );
    }

    private Task<RmaUnitView> UnitAsync(
        string who,
        string what,
        Guid id,
        Func<RepairsClient, string?, Task<ApiResponse<RmaUnitView>>> act
    ) => DoneAsync(who, what, async api => await act(api.Repairs, await VersionAsync(api.Repairs.GetRmaUnitAsync(id))));

    /// <summary>One list and one call of counts over all services (S1).</summary>
    private async Task WorkAsync()
    {
        var api = _people[GoodsDesk].Api;
        var counts = (await api.Work.CountWorkItemsAsync()).Result;
        Check(counts.Unavailable.Count == 0, $"all services tell their work: {string.Join(", ", counts.Unavailable)}");
        var steps = new List<ServiceWorkItemView>();
        string? after = null;
        do
        {
            var page = (await api.Work.ListWorkItemsAsync(after: after, limit: 3)).Result;
            steps.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);

        Check(steps.Count == counts.Mine, $"the list has as many steps as are counted: {steps.Count}, {counts.Mine}");
        Step(
            GoodsDesk,
            $"reads the one work list over all services: {counts.Mine} steps, {counts.Overdue} overdue (S1)"
        );
        foreach (var step in steps.Take(5))
        {
            Note($"{step.Service}: {step.Kind} {step.Number}, {step.Action}: {step.Title}");
        }
    }
}
