using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Components and machines that go to their makers (C3.1.1).</summary>
public sealed class MakerClaimTests
{
    private static CommandContext Repairer => A.Context(Goods.Repairer);

    private static CommandContext Finance => A.Context(Someone.InFinance());

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_component_When_sent_and_answered_Then_the_ledger_says_so_and_the_unit_stays()
    {
        var unit = Goods.Ready();
        var before = unit.Balance;
        var claim = Claim(unit, quantity: 2);

        claim.Send(Repairer, unit, Sending()).ShouldBeNull();
        claim.Answer(Repairer, unit, Answer(back: 1)).ShouldBeNull();

        unit.Movements.TakeLast(2)
            .Select(m => (m.Kind, m.Quantity, m.OtherId))
            .ShouldBe([(MovementKind.PartOut, 2, claim.Id), (MovementKind.PartBack, 1, claim.Id)]);
        unit.Balance.ShouldBe(before);
        claim.PendingEvents.OfType<ComponentSentToMaker>().Single().RmaId.ShouldBe(unit.RmaId);
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_machine_with_its_maker_When_it_is_diagnosed_or_moved_Then_refused_until_it_is_back()
    {
        var unit = Goods.Unit();
        unit.HandOver(Goods.Service).ShouldBeNull();
        var claim = Claim(unit, whole: true);
        claim.Send(Repairer, unit, Sending()).ShouldBeNull();
        unit.Balance.ShouldBe(new Dictionary<Place, int> { [Place.Maker] = 1 });

        unit.Diagnose(Repairer, "x", "F-1", [], true, "x")!.Code.ShouldBe("unit-with-its-maker");
        unit.MoveTo(Repairer, Place.Repair, null)!.Code.ShouldBe("unit-with-its-maker");

        claim.Answer(Repairer, unit, Answer(back: 0))!.Code.ShouldBe("more-than-sent");
        claim.Answer(Repairer, unit, Answer(back: 1)).ShouldBeNull();
        unit.Balance.ShouldBe(new Dictionary<Place, int> { [Place.Repair] = 1 });
        unit.Diagnose(Repairer, "x", "F-1", [], null, null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_unit_When_moved_to_a_maker_without_a_claim_Then_refused()
    {
        var unit = Goods.Unit();
        unit.MoveTo(Goods.Service, Place.Maker, null)!.Code.ShouldBe("already-there");
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_claim_When_the_expected_day_has_passed_Then_it_is_overdue_once_until_another_day_is_named()
    {
        var unit = Goods.Ready();
        var claim = Claim(unit);
        claim.Send(Repairer, unit, Sending(days: 3)).ShouldBeNull();
        claim.MarkOverdue(System(3))!.Code.ShouldBe("claim-not-overdue");

        claim.MarkOverdue(System(4)).ShouldBeNull();
        claim.MarkOverdue(System(4))!.Code.ShouldBe("claim-not-overdue");
        claim.PendingEvents.OfType<MakerAnswerOverdue>().Single().ExpectedOn.ShouldBe(A.Today.AddDays(3));
        var step = claim.WorkSteps(Repairer).Single(s => s.Action == "answer");
        step.DueAt.ShouldBe(Repairer.Zone.EndOf(A.Today.AddDays(3)));

        claim.Expect(Repairer, A.Today.AddDays(9), "缺料").ShouldBeNull();
        claim.OverdueOn.ShouldBeNull();
        claim.MarkOverdue(System(10)).ShouldBeNull();
    }

    [Theory]
    [InlineData(-0.01, "recovered-out-of-range")]
    [InlineData(320.01, "recovered-out-of-range")]
    [InlineData(100.005, "recovered-out-of-range")]
    [InlineData(320.00, null)]
    [InlineData(0.00, null)]
    [Trait("Rule", "C3.1.1")]
    public void Given_an_answer_When_a_sum_is_recovered_Then_within_the_claim_to_the_cent(
        decimal recovered,
        string? refused
    )
    {
        var unit = Goods.Ready();
        var claim = Claim(unit);
        claim.Send(Repairer, unit, Sending()).ShouldBeNull();
        claim.Answer(Repairer, unit, Answer(back: 0)).ShouldBeNull();

        (claim.Settle(Finance, recovered, "CN-1")?.Code).ShouldBe(refused);
        (claim.Settlement?.Recovered).ShouldBe(refused is null ? recovered : null);
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_what_has_not_been_answered_When_settled_Then_refused()
    {
        var unit = Goods.Ready();
        var claim = Claim(unit);
        claim.Settle(Finance, 0m, "x")!.Code.ShouldBe("not-in-this-state");
        claim.Send(Repairer, unit, Sending(days: -1))!.Code.ShouldBe("expected-in-the-past");
    }

    internal static MakerClaim Claim(RmaUnit unit, bool whole = false, int quantity = 1, CommandContext? by = null) =>
        MakerClaim
            .Prepare(
                by ?? Repairer,
                "SC-2026-000001",
                "華芯電子",
                unit,
                new(whole, "MAINBOARD", "主控板", null, quantity, "功率管擊穿", 320m, "CNY")
            )
            .Required();

    internal static Sending Sending(int days = 10, CommandContext? by = null) =>
        new((by ?? Repairer).Today.AddDays(days), "順豐", "SF9", "RMA-77", Stamp.Of(by ?? Repairer));

    internal static AnswerOfMaker Answer(int back, CommandContext? by = null, int late = 0) =>
        new(MakerAnswer.Credited, "同意賠償", back, (by ?? Repairer).Today.AddDays(late), Stamp.Of(by ?? Repairer));

    private static CommandContext System(int days) => A.Context(Someone.System("repairs"), A.Today.AddDays(days));
}
