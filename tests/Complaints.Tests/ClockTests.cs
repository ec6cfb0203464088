using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Testing;

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

    private async Task<(RunningService Service, MovableClock Clock)> AtAsync(string shanghai)
    {
        var clock = new MovableClock();
        clock.MoveTo(A.At(shanghai));
        return (await Fixture.AnotherAsync(clock: clock), clock);
    }
}
