using System.Net;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Letters.Features;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Letters to affected customers, over HTTP.</summary>
public sealed class LetterEndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    private static readonly WriteLetters.Request Text = new([
        new("zh-Hant", "批次 L-7 停用", "請停用並清點。"),
        new("en", "Lot L-7: stop using", "Stop using and count."),
    ]);

    [Fact]
    [Trait("Rule", "C7")]
    public async Task Every_customer_of_the_table_gets_a_letter_in_its_language_and_its_answer_is_counted()
    {
        var f = Fixture;
        var (mill, dock) = (await f.CustomerAsync(Guid.CreateVersion7()), await f.CustomerAsync(Guid.CreateVersion7()));
        (await f.Sales.PostAsync("/v1/complaints", Steps.Intake(mill) with { Language = "en" })).Ok();
        var complaint = await f.WithQcAsync();
        var record = Steps.Complaint(complaint);
        (await f.Qc.PostAsync(record + "/letters", Text)).Refused(
            HttpStatusCode.Conflict,
            "no-affected-customer",
            "C7"
        );
        TraceComplaint.LineRequest Line(string identity, Guid customer) =>
            new(TraceKind.Lot, identity, null, customer, 6, 0, null, null);
        await f.Qc.DoAsync(record, "trace", new TraceComplaint.Request([Line("L-7", mill), Line("L-8", dock)]));

        var letters = (await f.Qc.PostAsync(record + "/letters", Text)).Ok().Items;

        letters.Select(l => l["language"]!.ToString()).ShouldBe(["en", "zh-Hant"], ignoreOrder: true);
        (await f.Qc.PostAsync(record + "/letters", Text)).Code.ShouldBe("no-affected-customer", "each has one");
        var english = letters.Single(l => l["language"]!.ToString() == "en");
        var letter = "/v1/affected-letters/" + english["id"];
        (await f.Customer(mill).GetAsync(letter)).Status.ShouldBe(HttpStatusCode.NotFound, "not sent yet");
        await f.Desk.DoAsync(letter, "send", new SendAffectedLetter.SendRequest("郵寄"));
        // S3: what was sent keeps its words, what was not follows.
        foreach (var customer in new[] { mill, dock })
        {
            await f.DeliverAsync(
                new OrganisationRevised(customer, 2, "新名稱", "customer", null, null, null, null, Language: "zh-Hant")
            );
        }

        (await f.Desk.GetAsync(letter)).Text("customerName").ShouldBe(english["customerName"]!.ToString());
        var unsent = letters.Single(l => l["id"]!.ToString() != english["id"]!.ToString());
        (await f.Desk.GetAsync("/v1/affected-letters/" + unsent["id"])).Text("customerName").ShouldBe("新名稱");
        (await f.Customer(dock).GetAsync(letter)).Status.ShouldBe(HttpStatusCode.NotFound);
        var seen = (await f.Customer(mill).GetAsync(letter)).Ok();
        foreach (var member in (string[])["complaintNumber", "complaintId", "sentVia", "reminders"])
        {
            seen.Body![member].ShouldBeNull(member);
        }

        (await f.Customer(mill).GetAsync(letter + "/forms/letter")).Ok().Readable().ShouldContain("Affected goods");
        var (pdf, bytes) = await f.Customer(mill).DownloadAsync(letter + "/forms/letter.pdf");
        (pdf.Status, bytes[0]).ShouldBe((HttpStatusCode.OK, (byte)'%'));
        (await f.Desk.GetAsync("/v1/work-items?limit=200"))
            .Ok()
            .Items.ShouldContain(
                item => item["id"]!.ToString() == english["id"]!.ToString() && item["action"]!.ToString() == "answer",
                "an unanswered letter is somebody's move"
            );
        await f.Customer(mill).DoAsync(letter, "answer", new SendAffectedLetter.AnswerRequest(2, 3, "已清點。"));

        var counts = (await f.Desk.GetAsync(record + "/letters")).Ok();
        (
            counts["letters"].GetValue<int>(),
            counts["answered"].GetValue<int>(),
            counts["written"].GetValue<int>(),
            counts["affected"].GetValue<int>(),
            counts["accounted"].GetValue<int>()
        ).ShouldBe((2, 1, 1, 12, 5));
        var other = "/v1/affected-letters/" + letters.Single(l => l["language"]!.ToString() == "zh-Hant")["id"];
        (await f.Desk.DoAsync(other, "cancel", new SendAffectedLetter.CancelRequest("重寫"))).State.ShouldBe(
            "cancelled"
        );
        (await f.Qc.PostAsync(record + "/letters", Text)).Ok().Items.Count.ShouldBe(1);
        (await f.Customer(mill).GetAsync("/v1/affected-letters?complaintId=" + Guid.CreateVersion7()))
            .Ok()
            .Items.Count.ShouldBe(1, "the complaint is no filter for outsiders");
        (await f.Desk.GetAsync($"/v1/affected-letters?complaintId={complaint.Id}&state=answered")).Items.Count.ShouldBe(
            1
        );
    }
}
