using System.Globalization;
using System.Net;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>What must hold when many act at once.</summary>
public sealed class RaceTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    public async Task Given_many_who_register_at_once_When_one_repeats_a_key_Then_each_complaint_has_its_own_number()
    {
        var customer = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var (key, body) = (Guid.CreateVersion7().ToString(), Steps.Intake(customer));

        // Every fourth is the same request under the same key: one complaint.
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 24)
                .Select(i => Fixture.Sales.PostAsync("/v1/complaints", body, key: i % 4 == 0 ? key : null))
        );

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created);
        answers.Select(a => a.Id).Distinct().Count().ShouldBe(19);
        answers.Select(a => a.Number).Distinct().Count().ShouldBe(19);
    }

    [Fact]
    [Trait("Rule", "C10")]
    public async Task Given_many_forms_made_out_at_once_When_some_are_refused_Then_their_numbers_have_no_gap()
    {
        // A service of its own: the other tests make out forms as well.
        var service = await Fixture.AnotherAsync();
        var (sales, desk) = (service.As(Someone.InSales()), service.As(Someone.InCustomerService()));
        var customer = await ComplaintsFixture.CustomerOfAsync(service);
        var complaints = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                    await desk.DoAsync(
                        Steps.Complaint((await sales.PostAsync("/v1/complaints", Steps.Intake(customer))).Ok()),
                        "respond",
                        new RespondToComplaint.Request("收到")
                    )
                )
        );

        // Twice with the same version: one of each pair is refused.
        var answers = await Task.WhenAll(
            complaints
                .Concat(complaints)
                .Select(c =>
                    desk.PostAsync(Steps.Complaint(c) + "/send-to-qc", new TriageComplaint.Request("需勘查"), c.ETag)
                )
        );

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(8);
        answers.Count(a => a.Code == "stale-version").ShouldBe(8);
        answers
            .Where(a => a.Status == HttpStatusCode.OK)
            .Select(a => int.Parse(a.Text("formNumber")[^4..], CultureInfo.InvariantCulture))
            .Order()
            .ShouldBe(Enumerable.Range(1, 8));
    }

    [Fact]
    public async Task Given_one_version_When_many_change_it_at_once_Then_one_wins()
    {
        var complaint = await Fixture.RegisteredAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    Fixture.Desk.PostAsync(
                        Steps.Complaint(complaint) + "/respond",
                        new RespondToComplaint.Request($"answer {i}"),
                        complaint.ETag
                    )
                )
        );

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(a => a.Status != HttpStatusCode.OK).ShouldAllBe(a => a.Code == "stale-version");
        (await Fixture.Desk.GetAsync("/v1/audit/" + complaint.Id))["entries"].AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Given_one_key_When_equal_changes_are_sent_at_once_Then_one_acts_and_all_get_its_outcome()
    {
        for (var round = 0; round < 3; round++)
        {
            var complaint = await Fixture.RegisteredAsync();
            var key = Guid.CreateVersion7().ToString("N");

            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ =>
                        Fixture.Desk.PostAsync(
                            Steps.Complaint(complaint) + "/respond",
                            new RespondToComplaint.Request("已收到。"),
                            complaint.ETag,
                            key
                        )
                    )
            );

            answers.ShouldAllBe(
                a => a.Status == HttpStatusCode.OK,
                string.Join(", ", answers.Select(a => $"{(int)a.Status} {a.Code}"))
            );
            answers.Select(a => (a.ETag, a.Readable())).Distinct().Count().ShouldBe(1);
            answers.Count(a => a.Raw.Headers.Contains("Idempotency-Replayed")).ShouldBe(7);
            (await Fixture.Desk.GetAsync("/v1/audit/" + complaint.Id))["entries"].AsArray().Count.ShouldBe(2);
            await Fixture.EventAsync(complaint.Id, "responded.v1");
            Fixture
                .EventsOf(complaint.Id)
                .Count(e => e.RoutingKey.EndsWith("responded.v1", StringComparison.Ordinal))
                .ShouldBe(1);
        }
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task Given_a_confirmed_complaint_When_it_is_closed_while_a_CAPA_opens_Then_never_over_an_open_one()
    {
        for (var round = 0; round < 4; round++)
        {
            var complaint = await Fixture.OursAsync();
            var record = Steps.Complaint(complaint);
            var capa = await Fixture.VerifiedAsync(await Fixture.CapaAsync(complaint));
            await Fixture.RemediedAsync(complaint);
            await Fixture.ReleasedAsync(complaint);
            await Fixture.Desk.DoAsync(record, "answer", Steps.Answer);
            var confirmed = await Fixture.Desk.DoAsync(record, "confirm", Steps.Confirmation);
            var seen = (await Fixture.Qc.GetAsync(Steps.Capa(capa))).Ok();
            var due = Fixture.Today.AddDays(9);

            var answers = await Task.WhenAll(
                Fixture.Desk.PostAsync(record + "/close", new CloseComplaint.Request(null), confirmed.ETag),
                Fixture.Qc.PostAsync(record + "/open-capa", new OpenCapa.Request(null, due, "另一個"), confirmed.ETag),
                Fixture.Qc.PostAsync(Steps.Capa(capa) + "/reopen", new ReopenCapa.Request("再漏。", due), seen.ETag)
            );

            answers.ShouldAllBe(a => (int)a.Status < 500);
            answers.Count(a => (int)a.Status < 300).ShouldBeGreaterThan(0);
            var after = (await Fixture.Qc.GetAsync(record)).Ok();
            var open = after["capas"].AsArray().Count(c => c!["state"]!.ToString() != "closed");
            (after.State == "closed" && open > 0).ShouldBeFalse(after.Readable());
            // The copy that the complaint keeps is what the CAPAs say.
            foreach (var copy in after["capas"].AsArray())
            {
                (await Fixture.Qc.GetAsync("/v1/capas/" + copy!["id"])).State.ShouldBe(copy["state"]!.ToString());
            }
        }
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public async Task Given_one_model_and_fault_with_three_customers_When_assessed_at_once_Then_all_are_major()
    {
        var model = "M-" + Guid.CreateVersion7().ToString("N");
        var complaints = new List<ApiAnswer>();
        for (var i = 0; i < 3; i++)
        {
            complaints.Add(await Fixture.RegisteredAsync(await Fixture.CustomerAsync(Guid.CreateVersion7())));
        }

        var answers = await Task.WhenAll(
            complaints.Select(complaint =>
                Fixture.Qc.ChangeAsync(
                    Steps.Complaint(complaint),
                    "assess",
                    new AssessComplaint.Request(false, model, "E-07", null, "相同故障。")
                )
            )
        );

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        foreach (var complaint in complaints)
        {
            var seen = (await Fixture.Qc.GetAsync(Steps.Complaint(complaint))).Ok();
            seen["assessment"]["repeatedFault"]!.GetValue<bool>().ShouldBeTrue();
            seen["meetingDueFor"].AsArray().Select(one => one!.ToString()).ShouldBe(["major-quality-problem"]);
        }
    }
}
