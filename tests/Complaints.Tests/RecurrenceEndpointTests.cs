using System.Net;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>Complaint and CAPA are saved together, from whichever of them a change comes.</summary>
public sealed class RecurrenceEndpointTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task Given_a_closed_complaint_When_it_is_reopened_Then_its_CAPAs_are_too_in_one_commit()
    {
        var (complaint, capa) = await Fixture.ClosedWithCapaAsync();

        var reopened = await Fixture.Desk.DoAsync(
            Steps.Complaint(complaint),
            "reopen",
            new ReopenComplaint.Request("同處再次滲漏。")
        );

        reopened["capas"][0]!["state"]!.ToString().ShouldBe("analysis");
        reopened["rounds"][0]!["conclusion"]!.ToString().ShouldBe("已重做並試水合格。");
        reopened.Body!["liability"].ShouldBeNull("a new round ends what the last one said");
        var again = (await Fixture.Qc.GetAsync(Steps.Capa(capa))).Ok();
        (again.State, again.Text("recurrences")).ShouldBe(("analysis", "1"));
        (await Fixture.EventAsync(capa.Id, "reopened.v1")).Body["dueOn"].ShouldBeNull();
        await Fixture.EventAsync(complaint.Id, "reopened.v1");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public async Task Given_an_effective_CAPA_When_it_is_reopened_Then_its_closed_complaint_is_too()
    {
        var (complaint, capa) = await Fixture.ClosedWithCapaAsync();
        (
            await Fixture.Qc.ChangeAsync(
                Steps.Capa(capa),
                "reopen",
                new ReopenCapa.Request("再次發生。", Fixture.Today.AddDays(-1))
            )
        ).Refused(HttpStatusCode.Conflict, "due-in-the-past", "C5.6.2");
        (await Fixture.Qc.GetAsync(Steps.Complaint(complaint))).State.ShouldBe("closed");

        await Fixture.Qc.DoAsync(
            Steps.Capa(capa),
            "reopen",
            new ReopenCapa.Request("再次發生。", Fixture.Today.AddDays(10))
        );

        (await Fixture.Qc.GetAsync(Steps.Complaint(complaint))).State.ShouldBe("registered");
    }

    [Fact]
    public async Task Given_a_CAPA_When_it_changes_Then_the_ETag_of_its_complaint_does_as_well()
    {
        var complaint = await Fixture.OursAsync();
        var capa = await Fixture.CapaAsync(complaint);
        var before = (await Fixture.Qc.GetAsync(Steps.Complaint(complaint))).Ok();

        await Fixture.ProposedAsync(capa);

        var after = (await Fixture.Qc.GetAsync(Steps.Complaint(complaint))).Ok();
        after.ETag.ShouldNotBe(before.ETag);
        after["capas"][0]!["state"]!.ToString().ShouldBe("review");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public async Task Given_a_CAPA_When_other_departments_look_Then_they_see_it_and_may_do_nothing()
    {
        var capa = await Fixture.CapaAsync();
        var purchasing = Fixture.As(Someone.InResponsible("purchasing", "gou"));

        (await purchasing.GetAsync(Steps.Capa(capa))).Ok().Actions.ShouldBeEmpty();
        (await purchasing.ChangeAsync(Steps.Capa(capa), "propose", Steps.Proposal)).Refused(
            HttpStatusCode.Conflict,
            "other-department",
            "C5.4"
        );
    }
}
