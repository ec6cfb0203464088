using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>One CAPA for a group of faults (P2.2.3), the floor that a place names, what is asked again.</summary>
public sealed class FaultGroupRuleTests
{
    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_three_orders_one_with_a_capa_When_asked_Then_one_event_names_the_other_two_and_never_again()
    {
        var orders = Enumerable.Range(0, 3).Select(_ => Saved()).ToList();
        var quality = A.Context(Someone.InQuality());
        var systemic = A.Lessons(systemic: true);
        orders[0].DrawLessons(quality, systemic, FaultCounts.None).ShouldBeNull();
        orders[0].MarkSaved();

        var group = FaultGroup.RequestCapa(quality, orders, _ => quality, "同一部位：屋面", "同一做法").Required();

        var events = orders.SelectMany(order => order.PendingEvents.OfType<RepairCapaRequested>()).ToList();
        var told = events.ShouldHaveSingleItem();
        (told.RequestId, told.Ground).ShouldBe((group.RequestId, "group"));
        told.RepairOrderIds.ShouldBe([orders[1].Id, orders[2].Id]);
        FaultGroup
            .RequestCapa(quality, orders, _ => quality, "s", "t")
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("capa-requested-already");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_one_order_or_somebody_else_When_asked_Then_refused()
    {
        var quality = A.Context(Someone.InQuality());
        var engineer = A.Context(Someone.InEngineering());

        FaultGroup
            .RequestCapa(quality, [Saved()], _ => quality, "s", "t")
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("fault-group-too-small");
        FaultGroup
            .RequestCapa(engineer, [Saved(), Saved()], _ => engineer, "s", "t")
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("role-missing");
    }

    [Theory]
    [Trait("Rule", "P3.3.2")]
    [InlineData("3 號樓 5 層 502 室", "3号楼5层")]
    [InlineData("3号楼5层", "3号楼5层")]
    [InlineData("12F 走廊", "12f")]
    [InlineData("地下二層車庫", "地下二层")]
    [InlineData("3 號樓屋面東南角", "3号楼屋面")]
    [InlineData("3 號樓", "")]
    [InlineData("外牆", "")]
    public void Given_a_place_When_it_names_a_floor_Then_known_however_it_is_written(string place, string floor) =>
        Floors.Of(place).ShouldBe(floor);

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_no_answer_at_the_issue_When_projects_is_back_Then_the_proposal_is_kept_and_the_choice_stays()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        order.LeaderPending.ShouldBeTrue();
        var other = new LeaderCandidate(LeaderBasis.NearestProject, Guid.CreateVersion7(), "李經理");

        order.NoteProposal(A.Context(Someone.InEngineering()), new(other, [], null)).ShouldNotBeNull();
        order.NoteProposal(A.Context(Someone.System("repairs")), new(other, [], null)).ShouldBeNull();

        (order.LeaderPending, order.DispatchRecord!.Proposed).ShouldBe((false, other));
        order.DispatchRecord.Leader.PersonName.ShouldBe("張經理");
        order
            .NoteProposal(A.Context(Someone.System("repairs")), new(other, [], null))
            .ShouldNotBeNull()
            .Code.ShouldBe("leader-not-pending");
    }

    private static RepairOrder Saved()
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);
        order.MarkSaved();
        return order;
    }
}
