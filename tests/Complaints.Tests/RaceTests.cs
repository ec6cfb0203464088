using System.Net;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>What must hold when many act at once.</summary>
public sealed class RaceTests(ComplaintsFixture f)
{
    [Fact]
    [Trait("Rule", "C10")]
    public async Task Numbers_have_no_gap_whatever_is_refused_or_repeated_between()
    {
        var customer = Guid.CreateVersion7();
        var key = Guid.CreateVersion7().ToString();
        var body = Story.Intake(customer);
        var tries = Enumerable
            .Range(0, 24)
            .Select(i =>
                (i % 4) switch
                {
                    // The same request under the same key, many times at once: one complaint.
                    0 => f.Sales.PostAsync("/v1/complaints", body, key: key),
                    // Refused after the number was taken.
                    1 => f.Qc.PostAsync("/v1/complaints", Story.Intake(customer)),
                    _ => f.Sales.PostAsync("/v1/complaints", Story.Intake(customer)),
                }
            );
        var answers = await Task.WhenAll(tries);
        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created || a.Code == "role-missing");
        answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a.Id).Distinct().Count().ShouldBe(13);

        // Other tests register at the same time; over all of them the numbers of the year are 1, 2, 3 … without
        // a gap.
        await Eventually.Holds(async () =>
        {
            var numbers = new List<int>();
            string? after = null;
            do
            {
                var page = (
                    await f.Qc.GetAsync($"/v1/complaints?limit=200{(after is null ? "" : "&after=" + after)}")
                ).Ok();
                numbers.AddRange(
                    page["items"]
                        .AsArray()
                        .Select(c =>
                            int.Parse(c!["number"]!.ToString()[^4..], System.Globalization.CultureInfo.InvariantCulture)
                        )
                );
                after = page.Body!["next"]?.ToString();
            } while (after is not null);
            numbers.Order().ShouldBe(Enumerable.Range(1, numbers.Count));
        });
    }

    [Fact]
    public async Task Of_many_who_change_the_same_version_at_once_one_wins()
    {
        var complaint = await f.RegisteredAsync();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    f.CustomerService.PostAsync(
                        Story.Of(complaint) + "/respond",
                        new { message = $"answer {i}" },
                        complaint.ETag
                    )
                )
        );
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(a => a.Status != HttpStatusCode.OK).ShouldAllBe(a => a.Code == "stale-version");
        (await f.CustomerService.GetAsync("/v1/audit/" + complaint.Id))["entries"].AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_equal_changes_with_one_key_sent_at_once_one_acts_and_all_get_its_outcome()
    {
        for (var round = 0; round < 3; round++)
        {
            var complaint = await f.RegisteredAsync();
            var key = Guid.CreateVersion7().ToString("N");
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ =>
                        f.CustomerService.PostAsync(
                            Story.Of(complaint) + "/respond",
                            new { message = "已收到。" },
                            complaint.ETag,
                            key
                        )
                    )
            );
            answers.ShouldAllBe(
                a => a.Status == HttpStatusCode.OK,
                string.Join(", ", answers.Select(a => $"{(int)a.Status} {a.Code}"))
            );
            answers.Select(a => (a.ETag, a.Body!.ToJsonString())).Distinct().Count().ShouldBe(1);
            answers.Count(a => a.Raw.Headers.Contains("Idempotency-Replayed")).ShouldBe(7);
            (await f.CustomerService.GetAsync("/v1/audit/" + complaint.Id))["entries"].AsArray().Count.ShouldBe(2);
            await Eventually.Holds(() =>
            {
                f.EventsOf(complaint.Id).Count(e => e.RoutingKey != "complaints.complaint.registered.v1").ShouldBe(1);
                return Task.CompletedTask;
            });
        }
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task A_complaint_is_never_closed_over_an_action_that_is_opened_or_reopened_at_the_same_moment()
    {
        for (var round = 0; round < 4; round++)
        {
            var complaint = await f.OursAsync();
            var action = await f.ActionAsync(complaint);
            await f.VerifiedAsync(action);
            (await f.CustomerService.ChangeAsync(Story.Of(complaint), "answer", Story.Answer)).Ok();
            var confirmed = (
                await f.CustomerService.ChangeAsync(Story.Of(complaint), "confirm", new { confirmedBy = "王小姐" })
            ).Ok();
            var seen = (await f.Qc.GetAsync(Story.At(action))).Ok();
            var answers = await Task.WhenAll(
                f.CustomerService.PostAsync(Story.Of(complaint) + "/close", new { }, confirmed.ETag),
                f.Qc.PostAsync(
                    Story.Of(complaint) + "/corrective-actions",
                    new { dueOn = f.InDays(9), description = "另一個" },
                    confirmed.ETag
                ),
                f.Qc.PostAsync(Story.At(action) + "/reopen", new { reason = "再漏。", dueOn = f.InDays(9) }, seen.ETag)
            );
            answers.ShouldAllBe(a => (int)a.Status < 500);
            answers.Count(a => (int)a.Status < 300).ShouldBeGreaterThan(0);

            var after = (await f.Qc.GetAsync(Story.Of(complaint))).Ok();
            var open = after["correctiveActions"].AsArray().Count(a => a!["state"]!.ToString() != "closed");
            (after.Text("state") == "closed" && open > 0).ShouldBeFalse(after.Body!.ToJsonString());
            // The copy that the complaint keeps is what the actions say.
            foreach (var link in after["correctiveActions"].AsArray())
            {
                (await f.Qc.GetAsync("/v1/corrective-actions/" + link!["id"]))
                    .Text("state")
                    .ShouldBe(link["state"]!.ToString());
            }
        }
    }
}
