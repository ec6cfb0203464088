using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Complaints.Tests;

/// <summary>Worked case 3 through the API: the service runs in March 2019, on a 10:00–18:00 calendar with 5
/// March as a holiday.</summary>
public sealed class TargetTests(March2019 then) : IClassFixture<March2019>
{
    private MovableClock Clock => then.Clock;

    private RunningService Service => then.Service;

    private ApiClient CustomerService => Service.As("customer-service-1", [Roles.CustomerService], "customer-service");

    private ApiClient Qc => Service.As("qc-1", [Roles.Qc], "quality");

    [Theory]
    [Trait("Rule", "C1")]
    [InlineData("2019-03-04 14:00", "2019-03-04 18:00", "2019-03-06 12:00")]
    [InlineData("2019-03-04 20:00", "2019-03-06 14:00", "2019-03-06 16:00")]
    public async Task Case_3_targets_count_working_hours_from_the_receipt(string opened, string respond, string resolve)
    {
        Clock.Now = At(opened);
        var complaint = await RegisterAsync(null);
        Due(complaint).ShouldBe((At(respond), At(resolve)));
        complaint.Text("policyVersion").ShouldBe("1");

        // Logged later, received then: the same.
        Clock.Now = At("2019-03-06 11:00");
        Due(await RegisterAsync(At(opened))).ShouldBe((At(respond), At(resolve)));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task Case_3_a_pause_outside_business_hours_moves_nothing_and_one_within_moves_only_the_resolution()
    {
        Clock.Now = At("2019-03-04 14:00");
        var complaint = await RegisterAsync(null);
        var record = Story.Of(complaint);

        Clock.Now = At("2019-03-04 18:00");
        var paused = (await Qc.ChangeAsync(record, "pause", new { reason = "waiting-for-sample" })).Ok();
        paused["targets"]!["resolutionDueAt"].ShouldBeNull();
        paused["targets"]!["paused"]!.GetValue<bool>().ShouldBeTrue();
        (await Qc.ChangeAsync(record, "pause", new { reason = "waiting-for-sample" })).Refused(
            System.Net.HttpStatusCode.Conflict,
            "already-paused",
            "C1"
        );
        Clock.Now = At("2019-03-06 10:00");
        Due((await Qc.ChangeAsync(record, "resume")).Ok()).ShouldBe((At("2019-03-04 18:00"), At("2019-03-06 12:00")));
        (await Qc.ChangeAsync(record, "resume")).Refused(System.Net.HttpStatusCode.Conflict, "not-paused", "C1");

        Clock.Now = At("2019-03-06 10:30");
        (
            await Qc.ChangeAsync(record, "pause", new { reason = "waiting-for-customer", note = "等客戶提供照片。" })
        ).Ok();
        Clock.Now = At("2019-03-06 11:15");
        Due((await Qc.ChangeAsync(record, "resume")).Ok()).ShouldBe((At("2019-03-04 18:00"), At("2019-03-06 12:45")));

        // The response came late, pause or not; the resolution in time.
        var responded = (await CustomerService.ChangeAsync(record, "respond", new { message = "抱歉。" })).Ok();
        responded["targets"]!["respondedInTime"]!.GetValue<bool>().ShouldBeFalse();
        Clock.Now = At("2019-03-06 12:15");
        (await CustomerService.ChangeAsync(record, "solve", new { note = "已修復。" })).Ok()["targets"]![
            "resolvedInTime"
        ]!
            .GetValue<bool>()
            .ShouldBeTrue();

        // What the customer takes to object does not count: half an hour was left, and is left still.
        Clock.Now = At("2019-03-06 13:30");
        Due((await CustomerService.ChangeAsync(record, "object", new { reason = "沒有修好。" })).Ok())
            .Resolve.ShouldBe(At("2019-03-06 14:00"));
        Clock.Now = At("2019-03-06 14:01");
        (await CustomerService.GetAsync("/v1/complaints?overdue=resolution"))["items"]
            .AsArray()
            .ShouldContain(c => c!["id"]!.ToString() == complaint.Id.ToString());
        var late = (await CustomerService.ChangeAsync(record, "solve", new { note = "已修復。" })).Ok();
        late["targets"]!["resolvedInTime"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task A_work_that_ends_while_paused_ends_the_pause_and_a_late_response_is_overdue_in_the_list()
    {
        Clock.Now = At("2019-03-04 14:00");
        var complaint = await RegisterAsync(null);
        var record = Story.Of(complaint);
        (await Qc.ChangeAsync(record, "pause", new { reason = "waiting-for-sample" })).Ok();
        Clock.Now = At("2019-03-04 18:01");
        (await CustomerService.GetAsync("/v1/complaints?overdue=response"))["items"]
            .AsArray()
            .ShouldContain(c => c!["id"]!.ToString() == complaint.Id.ToString());
        (await CustomerService.ChangeAsync(record, "respond", new { message = "x" })).Ok()["targets"]![
            "respondedInTime"
        ]!
            .GetValue<bool>()
            .ShouldBeFalse();
        Clock.Now = At("2019-03-07 17:00");
        var solved = (await CustomerService.ChangeAsync(record, "solve", new { note = "已修復。" })).Ok();
        solved["targets"]!["paused"]!.GetValue<bool>().ShouldBeFalse();
        solved["targets"]!["resolvedInTime"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task Another_severity_has_other_targets_from_the_same_start()
    {
        Clock.Now = At("2019-03-04 14:00");
        var complaint = await RegisterAsync(null);
        Clock.Now = At("2019-03-04 14:30");
        (
            await CustomerService.ChangeAsync(
                Story.Of(complaint),
                "reclassify",
                new { severity = "major", reason = "x" }
            )
        ).Refused(System.Net.HttpStatusCode.Conflict, "severity-unchanged", "C1");
        // Critical runs round the clock: 2 h and 24 h.
        var critical = (
            await CustomerService.ChangeAsync(
                Story.Of(complaint),
                "reclassify",
                new { severity = "critical", reason = "危及安全。" }
            )
        ).Ok();
        Due(critical).ShouldBe((At("2019-03-04 16:00"), At("2019-03-05 14:00")));
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task An_action_executed_after_its_due_day_is_late()
    {
        Clock.Now = At("2019-03-04 10:00");
        var record = Story.Of(await RegisterAsync(null));
        (await CustomerService.ChangeAsync(record, "respond", new { message = "x" })).Ok();
        (await CustomerService.ChangeAsync(record, "send-to-qc", new { note = "x" })).Ok();
        (
            await Qc.ChangeAsync(
                record,
                "decide-ours",
                new
                {
                    responsibleDepartment = "production",
                    causeCode = "W",
                    findings = "x",
                }
            )
        ).Ok();
        var action = (
            await Qc.ChangeAsync(record, "corrective-actions", new { dueOn = "2019-03-05", description = "x" })
        ).Ok();
        var production = Service.As("production-1", [Roles.ResponsibleDepartment], "production");
        (await production.ChangeAsync(Story.At(action), "propose", Story.Proposal)).Ok();
        (
            await Service
                .As("representative-1", [Roles.ManagementRepresentative])
                .ChangeAsync(Story.At(action), "approve", new { opinion = "x" })
        ).Ok();
        // The evening of the 5th in Shanghai is still the 5th.
        Clock.Now = At("2019-03-05 23:59");
        (await Qc.GetAsync(Story.At(action)))["overdue"]!.GetValue<bool>().ShouldBeFalse();
        Clock.Now = At("2019-03-06 00:01");
        (await Qc.GetAsync(Story.At(action)))["overdue"]!.GetValue<bool>().ShouldBeTrue();
        (await Qc.GetAsync("/v1/corrective-actions?overdue=true"))["items"].AsArray().Count.ShouldBe(1);
        (await Qc.GetAsync(record))["meetingGrounds"]
            .AsArray()
            .Select(g => g!.ToString())
            .ShouldContain("not-improvable-in-time");
        (await production.ChangeAsync(Story.At(action), "execute", new { record = "x" })).Ok()["execution"]!["inTime"]!
            .GetValue<bool>()
            .ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C10")]
    public async Task The_years_numbers_begin_anew_at_midnight_of_the_company()
    {
        // 16:30 UTC on the last day of the year is the new year in Shanghai.
        Clock.Now = new DateTimeOffset(2019, 12, 31, 15, 30, 0, TimeSpan.Zero);
        (await RegisterAsync(null)).Text("number").ShouldStartWith("FM004-2019-");
        Clock.Now = new DateTimeOffset(2019, 12, 31, 16, 30, 0, TimeSpan.Zero);
        var first = await RegisterAsync(null);
        (first.Text("number"), first.Text("registeredOn")).ShouldBe(("FM004-2020-0001", "2020-01-01"));
    }

    private async Task<ApiAnswer> RegisterAsync(DateTimeOffset? receivedAt) =>
        (
            await CustomerService.PostAsync(
                "/v1/complaints",
                new
                {
                    customerId = Guid.CreateVersion7(),
                    customerName = "西嶺電機廠",
                    contact = "李先生",
                    phone = "0755",
                    channel = "phone",
                    subject = "異音",
                    description = "運轉異音。",
                    severity = "major",
                    receivedAt,
                }
            )
        ).Ok();

    private static (DateTimeOffset Respond, DateTimeOffset? Resolve) Due(ApiAnswer complaint) =>
        (
            complaint["targets"]!["responseDueAt"]!.GetValue<DateTimeOffset>(),
            complaint["targets"]!["resolutionDueAt"]?.GetValue<DateTimeOffset>()
        );

    private static DateTimeOffset At(string shanghai) => March2019.At(shanghai);
}

/// <summary>The service as it runs at a time that tests set, one test after the other.</summary>
public sealed class March2019(ComplaintsFixture f) : IAsyncLifetime
{
    private TestIssuer? _issuer;
    private RunningService? _service;

    public MovableClock Clock { get; } = new(At("2019-03-04 09:00"));

    public RunningService Service => _service!;

    public async ValueTask InitializeAsync()
    {
        var database = await f.Postgres.NewDatabaseAsync("complaints-targets");
        var address = await f.Broker.NewVirtualHostAsync("complaints-targets");
        _issuer = await TestIssuer.StartAsync();
        _service = await RunningService.StartAsync(
            args =>
                ComplaintsService.Build(
                    args,
                    services => services.AddSingleton<TimeProvider>(Clock).AddSingleton(Policies())
                ),
            _issuer,
            database.ConnectionString,
            address.ToString()
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }
    }

    public static DateTimeOffset At(string shanghai) =>
        new DateTimeOffset(
            DateTime.ParseExact(shanghai, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
            TimeSpan.FromHours(8)
        ).ToUniversalTime();

    // The built-in policies with the case's hours, on the case's calendar.
    private static PolicyCatalogue Policies()
    {
        var resource = typeof(Policy)
            .Assembly.GetManifestResourceNames()
            .Single(n => n.EndsWith("policies.json", StringComparison.Ordinal));
        using var builtIn = typeof(Policy).Assembly.GetManifestResourceStream(resource)!;
        var policies = JsonNode.Parse(
            builtIn,
            documentOptions: new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            }
        )!;
        policies["versions"]![0]!["complaints"]!["targets"]!["major"] = JsonNode.Parse(
            """{ "respondHours": 4, "resolveHours": 6, "calendar": "company" }"""
        );
        using var calendar = new MemoryStream(
            Encoding.UTF8.GetBytes(
                """{ "calendars": [ { "id": "company", "extends": "china", "hours": { "default": ["10:00-18:00"] }, "closed": [ { "date": "2019-03-05", "reason": "company holiday" } ] } ] }"""
            )
        );
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(policies.ToJsonString()));
        return PolicyCatalogue.Load(stream, "case 3", WorkCalendars.BuiltIn.With(calendar, "case 3"));
    }
}

/// <summary>Says what time it is as the test wants it; timers run as ever.</summary>
public sealed class MovableClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
