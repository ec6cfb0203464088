using System.Net.Http.Headers;
using System.Text.Json;
using CustomerService.Client;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using CostKind = CustomerService.Repairs.RepairOrders.Domain.CostKind;
using Wire = CustomerService.Client.ApiClient;

namespace CustomerService.Repairs.Tests;

/// <summary>
/// Worked case 9 with nothing but the generated client, as another program would use it, and with its own days: a
/// defect from the owner's report to the signed record, with a subcontractor that does not come.
/// </summary>
public sealed class SubcontractorByClientTests(RepairsFixture fixture) : OnRealServers(fixture)
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly DateOnly Wednesday = Monday.AddDays(2);

    [Fact]
    [Trait("Rule", "P3.1.1")]
    [Trait("Rule", "P3.2.3")]
    [Trait("Case", "9")]
    public async Task Given_a_subcontractor_that_does_not_come_When_others_repair_Then_it_pays_and_the_record_is_signed()
    {
        var clock = new MovableClock();
        clock.MoveTo(A.At("2026-03-02 10:00"));
        var service = await Fixture.AnotherAsync(clock: clock);
        var it = Case.Of(Fixture, service);
        var at = new People(Fixture, service, it);

        var notice = it.Notice(notifiedOn: Monday);
        it.Around((await at.Owner.OpenRepairOrderAsync(Said<OpenRepairOrderRequest>(notice), Key())).Result.Id);
        var id = it.Id;
        await at.Do(
            at.Desk,
            (api, tag) => api.ConfirmDefectAsync(id, Said<ConfirmDefectRequest>(it.Confirming(Monday)), tag, Key())
        );
        await at.Do(
            at.Engineer,
            (api, tag) => api.AnalyseDefectAsync(id, Said<AnalyseDefectRequest>(Case.Analysing()), tag, Key())
        );
        await at.Do(at.Head, (api, tag) => api.ReviewRepairOrderAsync(id, new() { Opinion = "同意" }, tag, Key()));
        await at.Do(at.Leader, (api, tag) => api.ApproveRepairOrderAsync(id, new() { Opinion = "批准" }, tag, Key()));
        await at.Do(
            at.Production,
            (api, tag) =>
                api.PlanRepairDaysAsync(
                    id,
                    Said<PlanRepairDaysRequest>(new PlanRepairDays.Request { From = Monday, To = Monday.AddDays(5) }),
                    tag,
                    Key()
                )
        );
        await at.Do(
            at.Engineer,
            (api, tag) =>
                api.DispatchRepairOrderAsync(id, Said<DispatchRepairOrderRequest>(it.Dispatching()), tag, Key())
        );

        // Tuesday is theirs to its last minute.
        clock.MoveTo(A.At("2026-03-03 23:50"));
        var stepIn = Said<DispatchRepairOrderRequest>(it.Dispatching() with { RepairUnitId = RepairsFixture.OwnUnit });
        var early = await Should.ThrowAsync<ApiException>(
            at.Do(at.Head, (api, tag) => api.StepInForUnitAsync(id, stepIn, tag, Key()))
        );
        (early.StatusCode, early.Problem!.Code, early.Problem.Rule).ShouldBe((409, "unit-not-late", "P3.1.1"));

        clock.MoveTo(A.At("2026-03-04 00:10"));
        await Eventually.IsTrue(
            async () => (await at.Head.ListRepairOrdersAsync(receiptOverdue: true)).Result.Items.Any(o => o.Id == id),
            "the order is listed as not received in time"
        );
        (
            await Should.ThrowAsync<ApiException>(
                at.Do(at.Head, (api, tag) => api.StepInForUnitAsync(id, stepIn, tag, Key()))
            )
        ).Problem!.Code.ShouldBe("notice-missing");
        await at.Do(
            at.Head,
            (api, tag) =>
                api.GiveUnitNoticeAsync(id, Said<GiveUnitNoticeRequest>(it.CallOf("give-notice").Body!), tag, Key())
        );
        await at.Do(at.Head, (api, tag) => api.StepInForUnitAsync(id, stepIn, tag, Key()));
        (await Should.ThrowAsync<ApiException>(at.Unit.GetRepairOrderAsync(id))).StatusCode.ShouldBe(404);

        await at.Do(
            at.Head,
            (api, tag) =>
                api.BriefRepairCrewAsync(
                    id,
                    Said<BriefRepairCrewRequest>(it.Briefing() with { On = Wednesday }),
                    tag,
                    Key()
                )
        );
        await at.Do(at.Repairer, (api, tag) => api.StartRepairAsync(id, tag, Key()));
        foreach (var (kind, amount) in new[] { (CostKind.Labour, 1200.00m), (CostKind.Material, 350.00m) })
        {
            var cost = new AddRepairCost.Request
            {
                Kind = kind,
                Text = "代修",
                Amount = amount,
            };
            await at.Do(
                at.Repairer,
                (api, tag) => api.AddRepairCostAsync(id, Said<AddRepairCostRequest>(cost), tag, Key())
            );
        }

        foreach (var purpose in (string[])["before", "after"])
        {
            await at.Repairer.AddRepairOrderFileAsync(
                id,
                TestPictures.Form(TestPictures.NewPng(), "屋面.png"),
                purpose,
                idempotencyKey: Key()
            );
        }

        await at.Do(
            at.Repairer,
            (api, tag) =>
                api.FinishRepairAsync(
                    id,
                    Said<FinishRepairRequest>(it.Finishing() with { FinishedOn = Wednesday }),
                    tag,
                    Key()
                )
        );
        await at.Do(at.Qc, (api, tag) => api.PassInspectionAsync(id, new() { Opinion = "符合要求" }, tag, Key()));
        await at.Do(
            at.Owner,
            (api, tag) => api.AcceptRepairAsync(id, Said<RespondToRepairRequest>(Case.Responding()), tag, Key())
        );
        await at.Do(
            at.Engineer,
            (api, tag) => api.DrawLessonsAsync(id, Said<DrawLessonsRequest>(Case.Lessons()), tag, Key())
        );
        await at.Do(
            at.Head,
            (api, tag) => api.ProposeChargeBackAsync(id, new() { Reason = "逾期未簽收，由他方代修" }, tag, Key())
        );
        await at.Do(
            at.Engineer,
            (api, tag) => api.ReturnRepairRecordAsync(id, new() { Remark = "資料齊全" }, tag, Key())
        );
        (await at.Owner.GetRepairOrderAsync(id)).Result.State.ShouldBe(Client.RepairOrderState.Closed);

        var charge = (await at.Unit.ListChargeBacksAsync()).Result.Items.Single();
        charge.Amount.ShouldBe(1550.00);
        await at.Charge(
            at.Unit,
            charge.Id,
            (api, tag) => api.DisputeChargeBackAsync(charge.Id, new() { Reason = "未收到通知" }, tag, Key())
        );
        await at.Charge(
            at.Head,
            charge.Id,
            (api, tag) =>
                api.ReviseChargeBackAsync(charge.Id, new() { Amount = 1550.00, Reason = "附掛號回執" }, tag, Key())
        );
        await at.Charge(
            at.Unit,
            charge.Id,
            (api, tag) => api.AcceptChargeBackAsync(charge.Id, new() { Remark = "同意" }, tag, Key())
        );
        await at.Charge(
            at.Finance,
            charge.Id,
            (api, tag) =>
                api.SettleChargeBackAsync(charge.Id, new() { On = Wednesday, Reference = "抵扣質保金" }, tag, Key())
        );
        (await at.Finance.GetChargeBackAsync(charge.Id)).Result.State.ShouldBe(Client.ChargeBackState.Settled);

        var part = (await at.Finance.GetWarrantyCostsAsync("part", it.ProjectId)).Result.Single();
        (part.Cost, part.ChargedBack, part.Net).ShouldBe((1550.00, -1550.00, 0.00));
    }

    // What the service's own type says, in the client's type: both spell it alike.
    private static T Said<T>(object request) =>
        JsonSerializer.Deserialize<T>(
            JsonSerializer.Serialize(request, request.GetType(), Json.Options),
            Wire.Options
        )!;

    private static string Key() => Guid.CreateVersion7().ToString("N");

    private sealed class People(RepairsFixture fixture, RunningService service, Case it)
    {
        private const int MostTries = 5;

        public RepairsClient Owner { get; } = ClientOf(fixture, service, "王先生", Roles.Customer, it.OwnerId);
        public RepairsClient Unit { get; } = ClientOf(fixture, service, "維修班長", Roles.RepairUnit, it.UnitId);
        public RepairsClient Desk { get; } = ClientOf(fixture, service, "客服小陳", Roles.CustomerService);
        public RepairsClient Engineer { get; } = ClientOf(fixture, service, "工程師老吳", Roles.Engineering);
        public RepairsClient Head { get; } = ClientOf(fixture, service, "工程部長", Roles.EngineeringHead);
        public RepairsClient Leader { get; } = ClientOf(fixture, service, "單位負責人", Roles.UnitLeader);
        public RepairsClient Production { get; } = ClientOf(fixture, service, "生產計劃員", Roles.Production);
        public RepairsClient Repairer { get; } = ClientOf(fixture, service, "馬師傅", Roles.Repair);
        public RepairsClient Qc { get; } = ClientOf(fixture, service, "質檢員", Roles.Qc);
        public RepairsClient Finance { get; } = ClientOf(fixture, service, "財務", Roles.Finance);

        /// <summary>As a program does it: where a sweep wrote between its read and its write, it reads again.</summary>
        public async Task Do(RepairsClient by, Func<RepairsClient, string?, Task> act)
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await act(by, (await by.GetRepairOrderAsync(it.Id)).ETag);
                    return;
                }
                catch (ApiException stale) when (stale.StatusCode == 412 && tries < MostTries) { }
            }
        }

        public async Task Charge(RepairsClient by, Guid id, Func<RepairsClient, string?, Task> act) =>
            await act(by, (await by.GetChargeBackAsync(id)).ETag);

        private static RepairsClient ClientOf(
            RepairsFixture fixture,
            RunningService service,
            string name,
            string role,
            Guid? organisation = null
        )
        {
            var http = new HttpClient(new BehindGateway()) { BaseAddress = service.Http };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                fixture.Issuer.Token(name, name, [role], null, organisation)
            );
            return new RepairsClient(http);
        }
    }

    // The client knows the gateway's addresses.
    private sealed class BehindGateway() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var path = request.RequestUri!.PathAndQuery;
            request.RequestUri = new Uri(request.RequestUri, path["/api/repairs".Length..]);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
