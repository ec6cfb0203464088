using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Cost charged back to a subcontractor (P3.1.1).</summary>
public sealed class ChargeBackTests
{
    private static readonly Actor Unit = Someone.InRepairUnit(Parties.Subcontractor);

    [Fact]
    public void The_flow_table_is_sound() =>
        FlowChecks.Problems(ChargeBackFlow.Table, RepairsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_charge_back() =>
        new FlowWalk<ChargeBack, ChargeBackState, ChargeBackAction>(ChargeBackFlow.Table)
            .Start(ChargeBackAction.Propose, move => ChargeBack.Propose(move.Context, "KK-1", Order(), "why"))
            .On(ChargeBackAction.Accept, (charge, move) => charge.Accept(move.Context, null))
            .On(ChargeBackAction.Dispute, (charge, move) => charge.Dispute(move.Context, "no"))
            .On(
                ChargeBackAction.Revise,
                (charge, move) => charge.Revise(move.Context, move.OneIn(3) ? charge.Amount + 1 : charge.Amount, "less")
            )
            .On(ChargeBackAction.Uphold, (charge, move) => charge.Uphold(move.Context, "yes"))
            .On(
                ChargeBackAction.Settle,
                (charge, move) => charge.Settle(move.Context, move.Context.Today.AddDays(move.OneIn(2) ? 1 : 0), "v")
            )
            .On(ChargeBackAction.Withdraw, (charge, move) => charge.Withdraw(move.Context, "gone"))
            .On(
                ChargeBackAction.FollowRegistry,
                (charge, move) => charge.MoveUnit(move.Context, Parties.Subcontractor, "宏達")
            )
            .By(
                Unit,
                Someone.HeadOfEngineering(),
                Someone.HeadOfEngineering().As(Roles.EngineeringHead, Roles.GeneralManager),
                Someone.With(Roles.EngineeringHead, null, Roles.GeneralManager),
                Someone.WithEveryRole(),
                Someone.InRepairUnit(Guid.CreateVersion7()),
                Someone.GeneralManager(),
                Someone.InFinance(),
                Someone.System("repairs")
            )
            .Run(walks: 300, steps: 40);

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_proposal_When_accepted_and_settled_Then_announced_with_the_sum()
    {
        var charge = Proposed();

        charge.Accept(A.Context(Unit), null).ShouldBeNull();
        charge.Settle(A.Context(Someone.InFinance()), A.Today, "ZB-1").ShouldBeNull();

        charge.State.ShouldBe(ChargeBackState.Settled);
        charge
            .PendingEvents.OfType<ChargeBackEnded>()
            .ShouldHaveSingleItem()
            .ShouldBe(
                new ChargeBackEnded(
                    charge.Id,
                    charge.Version,
                    charge.RepairOrderId,
                    Parties.Subcontractor,
                    1550m,
                    "settled",
                    A.Today
                )
            );
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_dispute_When_revised_Then_not_upwards_and_when_upheld_not_by_who_proposed_it()
    {
        var charge = Proposed();
        charge.Dispute(A.Context(Unit), "too much").ShouldBeNull();

        var head = Someone.HeadOfEngineering();
        charge.Revise(A.Context(head), 1550.01m, "x").ShouldNotBeNull().Code.ShouldBe("revised-upwards");
        charge
            .Uphold(A.Context(head.As(Roles.GeneralManager)), "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("decider-is-proposer");
        charge.Revise(A.Context(head), 1200m, "less").ShouldBeNull();
        charge.Dispute(A.Context(Unit), "still").ShouldBeNull();
        charge.Uphold(A.Context(Someone.GeneralManager()), "contract").ShouldBeNull();

        (charge.State, charge.Amount, charge.Words.Count).ShouldBe((ChargeBackState.Accepted, 1200m, 5));
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_another_unit_When_it_answers_Then_refused() =>
        Proposed()
            .Accept(A.Context(Someone.InRepairUnit(Guid.CreateVersion7())), null)
            .ShouldNotBeNull()
            .Code.ShouldBe("not-own-order");

    private static ChargeBack Proposed()
    {
        var charge = ChargeBack
            .Propose(A.Context(Someone.HeadOfEngineering()), "KK-2026-000001", Order(), null)
            .Required();
        charge.MarkSaved();
        return charge;
    }

    private static ChargedOrder Order() =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Number = "WX-2026-000001",
            ProjectId = Guid.CreateVersion7(),
            ProjectName = "濱江花園",
            PartCode = "roof",
            UnitId = Parties.Subcontractor,
            UnitName = "宏達防水",
            CostTotal = 1550m,
        };
}
