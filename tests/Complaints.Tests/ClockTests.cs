using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Capas.Jobs;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using CustomerService.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Complaints.Tests;

/// <summary>What only the passing of time shows, on services with a clock of their own.</summary>
public sealed class ClockTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C10")]
    public async Task Given_the_last_day_of_the_year_When_midnight_passes_in_Shanghai_Then_numbers_begin_again()
    {
        var (service, clock) = await AtAsync("2026-12-31 23:30");
        var (sales, desk) = (service.As(Someone.InSales()), service.As(Someone.InCustomerService()));
        async Task<ApiAnswer> ToQcAsync()
        {
            var record = Steps.Complaint(
                (
                    await sales.PostAsync(
                        "/v1/complaints",
                        Steps.Intake(await ComplaintsFixture.CustomerOfAsync(service))
                    )
                ).Ok()
            );
            await desk.DoAsync(record, "respond", new RespondToComplaint.Request("收到"));
            return await desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("需勘查"));
        }

        var old = await ToQcAsync();
        clock.Move(TimeSpan.FromHours(1));
        var first = await ToQcAsync();

        (old.Number, old.Text("formNumber")).ShouldBe(("TS-2026-000001", "FM004-2026-0001"));
        (first.Number, first.Text("formNumber"), first.Text("registeredOn")).ShouldBe(
            ("TS-2027-000001", "FM004-2027-0001", "2027-01-01")
        );
    }

    [Fact]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C5.6.2")]
    public async Task Given_targets_and_due_days_When_they_pass_Then_the_lists_find_what_is_overdue()
    {
        var (service, clock) = await AtAsync("2026-03-10 10:00");
        var (sales, desk, qc) = (
            service.As(Someone.InSales()),
            service.As(Someone.InCustomerService()),
            service.As(Someone.InQuality())
        );
        async Task<int> CountAsync(string list) => (await qc.GetAsync("/v1/" + list)).Ok().Items.Count;
        var record = Steps.Complaint(
            (
                await sales.PostAsync("/v1/complaints", Steps.Intake(await ComplaintsFixture.CustomerOfAsync(service)))
            ).Ok()
        );
        (await CountAsync("complaints?overdue=response,resolution")).ShouldBe(0);

        clock.Move(TimeSpan.FromDays(1));
        (await CountAsync("complaints?overdue=response")).ShouldBe(1);
        (await CountAsync("complaints?overdue=resolution")).ShouldBe(0);
        var late = await desk.DoAsync(record, "respond", new RespondToComplaint.Request("抱歉"));
        late["targets"]["respondedInTime"]!.GetValue<bool>().ShouldBeFalse();
        await desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("需勘查"));
        await qc.DoAsync(record, "decide-ours", new DecideOurs.Request("production", "W", "查明"));
        var capa = await qc.DoAsync(
            record,
            "open-capa",
            new OpenCapa.Request(null, new DateOnly(2026, 3, 11), "防止再次發生")
        );
        (await CountAsync("capas?overdue=true")).ShouldBe(0);

        clock.Move(TimeSpan.FromDays(14));
        (await CountAsync("complaints?overdue=response")).ShouldBe(0);
        (await CountAsync("complaints?overdue=resolution")).ShouldBe(1);
        (await CountAsync("capas?overdue=true")).ShouldBe(1);
        (await qc.GetAsync(Steps.Capa(capa)))["overdue"].GetValue<bool>().ShouldBeTrue();
        (await qc.GetAsync(record))["meetingGrounds"]
            .AsArray()
            .Select(reason => reason!.ToString())
            .ShouldBe(["not-improvable-in-time"]);
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public async Task Given_an_unclear_liability_When_three_working_days_pass_Then_the_service_requires_the_meeting()
    {
        var clock = new MovableClock();
        clock.MoveTo(A.At("2026-03-06 10:00"));
        var service = await Fixture.AnotherAsync(
            new Dictionary<string, string> { ["Complaints:SweepSeconds"] = "1" },
            clock
        );
        var (sales, desk, qc) = (
            service.As(Someone.InSales()),
            service.As(Someone.InCustomerService()),
            service.As(Someone.InQuality())
        );
        var customer = await ComplaintsFixture.CustomerOfAsync(service);
        var record = Steps.Complaint((await sales.PostAsync("/v1/complaints", Steps.Intake(customer))).Ok());
        await desk.DoAsync(record, "respond", new RespondToComplaint.Request("收到"));
        await desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("需勘查"));
        var unclear = await qc.DoAsync(record, "decide-unclear", new DecideUnclear.Request("需檢測"));
        unclear.Text("unclearThrough").ShouldBe("2026-03-11");

        clock.MoveTo(A.At("2026-03-12 00:30"));

        var trail = "/v1/audit/" + unclear.Id;
        await Eventually.IsTrue(
            async () => (await desk.GetAsync(trail)).Readable().Contains("require-meeting", StringComparison.Ordinal),
            "the meeting is required"
        );
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task Given_a_window_that_ends_When_the_day_comes_Then_the_verification_is_on_the_list_though_nobody_acted()
    {
        var (service, clock) = await AtAsync("2026-03-06 10:00");
        var qc = service.As(Someone.InQuality());
        var capa = await WatchedAsync(service);
        (await ListedAsync(qc, capa)).ShouldBeEmpty("the window is open");
        var refresh = service.Services.GetRequiredService<RefreshWork>();
        (await refresh.SweepAsync(CancellationToken.None)).ShouldBe(0, "nothing has changed");

        clock.MoveTo(A.At("2026-04-20 10:00"));
        await refresh.SweepAsync(CancellationToken.None);

        (await ListedAsync(service.As(Someone.InQuality()), capa)).ShouldContain("verify-effective");
        (await qc.GetAsync(Steps.Capa(capa)))
            .Ok()["_actions"]
            .AsArray()
            .Select(action => action!.ToString())
            .ShouldContain("verify-effective");
    }

    [Theory]
    [InlineData(4, "verification")]
    [InlineData(3, "analysis")]
    [Trait("Rule", "C5.6.2")]
    public async Task Given_a_rate_of_80_percent_When_its_window_ends_Then_it_is_measured_by_itself(
        int good,
        string state
    )
    {
        var (service, clock) = await AtAsync("2026-03-06 10:00");
        var capa = await WatchedAsync(service, new(EffectMetric.FirstPassRate, "M-1", 80, 30));
        await SampleAsync(service, good, all: 5);
        await SampleAsync(service, good, all: 5);
        var job = service.Services.GetServices<IHostedService>().OfType<MeasureRates>().Single();
        (await job.SweepAsync(CancellationToken.None)).ShouldBe(0, "the window is open");

        clock.MoveTo(A.At("2026-04-20 10:00"));
        await job.SweepAsync(CancellationToken.None);

        var seen = (await service.As(Someone.InQuality()).GetAsync(Steps.Capa(capa))).Ok();
        seen.State.ShouldBe(state);
        var rate = state == "analysis" ? seen["rounds"][0]!["rate"]! : seen["rate"];
        (rate["good"]!.GetValue<int>(), rate["counted"]!.GetValue<int>()).ShouldBe((good, 5), "each counts once");
    }

    private static async Task SampleAsync(RunningService service, int good, int all)
    {
        for (var i = 0; i < all; i++)
        {
            await using var scope = service.Services.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<EffectMeasurement>()
                .SampleAsync(
                    new Dictionary<string, bool> { [EffectWatch.OfFirstPass("M-1")] = i < good },
                    new Guid(i + 1, 0, 0, new byte[8]),
                    new DateOnly(2026, 3, 10),
                    CancellationToken.None
                );
            await scope.ServiceProvider.GetRequiredService<ICommandStore>().CommitAsync(null, CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<string>> ListedAsync(ApiClient reader, ApiAnswer record) =>
        [
            .. (await reader.GetAsync("/v1/work-items?kind=capa"))
                .Ok()
                .Items.Where(step => step["id"]!.ToString() == record.Id.ToString())
                .Select(step => step["action"]!.ToString()),
        ];

    /// <summary>A CAPA that is executed, and whose effect is watched for 30 days.</summary>
    private static async Task<ApiAnswer> WatchedAsync(RunningService service, ProposeCapa.EffectRequest? effect = null)
    {
        var (desk, qc) = (service.As(Someone.InCustomerService()), service.As(Someone.InQuality()));
        var customer = await ComplaintsFixture.CustomerOfAsync(service);
        var record = Steps.Complaint((await desk.PostAsync("/v1/complaints", Steps.Intake(customer))).Ok());
        await desk.DoAsync(record, "respond", new RespondToComplaint.Request("收到"));
        await desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request("需勘查"));
        await qc.DoAsync(record, "decide-ours", new DecideOurs.Request("production", null, "虛焊"));
        await qc.DoAsync(record, "assess", new AssessComplaint.Request(false, "M-1", "E-07", null, "附註"));
        var opened = await qc.DoAsync(
            record,
            "open-capa",
            new OpenCapa.Request(null, new DateOnly(2026, 3, 26), "防止再次發生。")
        );
        var capa = Steps.Capa(opened);
        await service
            .As(Someone.InResponsible())
            .DoAsync(
                capa,
                "propose",
                Steps.Proposal with
                {
                    Effect = effect ?? new(EffectMetric.RecurrencesOfFault, null, 0, 30),
                }
            );
        await service.As(Someone.ManagementRepresentative()).DoAsync(capa, "approve", new ReviewCapa.Request("同意。"));
        await service.As(Someone.HeadOf()).DoAsync(capa, "execute", new ExecuteCapa.Request("已調整爐溫。", null));
        return opened;
    }

    private async Task<(RunningService Service, MovableClock Clock)> AtAsync(string shanghai)
    {
        var clock = new MovableClock();
        clock.MoveTo(A.At(shanghai));
        return (await Fixture.AnotherAsync(clock: clock), clock);
    }
}
