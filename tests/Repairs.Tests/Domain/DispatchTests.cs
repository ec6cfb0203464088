using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Who repairs (P3.1.1), who leads (P3.2.2), who pays.</summary>
public sealed class DispatchTests
{
    private static readonly CommandContext Engineering = A.Context(Someone.InEngineering());
    private static readonly PartUnit Roof = new(Guid.CreateVersion7(), "宏達防水", "屋面");
    private static readonly PartUnit Basement = new(Guid.CreateVersion7(), "安固防水", "地下室");
    private static readonly LeaderCandidate Neighbour = new(
        LeaderBasis.NearestProject,
        Guid.CreateVersion7(),
        "李經理",
        Guid.CreateVersion7(),
        "城南廣場",
        12.3
    );

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_subcontractors_part_When_issued_Then_to_the_subcontractor_and_announced()
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);

        order.Dispatch(Engineering, A.DispatchInput() with { ChargeBack = true }).ShouldBeNull();

        (order.RepairUnitId, order.RepairUnitName, order.RepairUnitIsOwn).ShouldBe(
            (Parties.Subcontractor, Parties.Unit.Name, false)
        );
        order.DispatchRecord.ShouldBe(
            new DispatchRecord(
                Parties.OriginalManager,
                null,
                null,
                null,
                ChargeBack: true,
                BeforeApproval: false,
                A.Today,
                Stamp.Of(Engineering)
            )
        );
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new RepairOrderDispatched(
                    order.Id,
                    order.Version,
                    Parties.Owner,
                    Parties.Subcontractor,
                    Parties.Unit.Name,
                    "張經理",
                    "yes",
                    A.Today,
                    A.Day("2026-03-11"),
                    A.At("2026-03-14 00:00"),
                    A.At("2026-03-21 00:00")
                )
            );
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_subcontractors_part_When_another_unit_is_sent_without_a_reason_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);

        var refusal = order.Dispatch(Engineering, A.DispatchInput() with { Unit = Parties.OwnUnit, UnitReason = " " });

        Refused.By(
            refusal,
            "unit-departure-without-reason",
            "P3.1.1",
            ["unit-reason"],
            Roles.Engineering,
            Roles.EngineeringHead
        );
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_subcontractors_part_When_the_own_unit_is_sent_with_a_reason_Then_the_subcontractor_can_be_charged()
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);
        var input = A.DispatchInput() with { Unit = Parties.OwnUnit, UnitReason = "bankrupt", ChargeBack = true };

        order.Dispatch(Engineering, input).ShouldBeNull();

        (order.RepairUnitName, order.RepairUnitIsOwn).ShouldBe((Parties.OwnUnit.Name, true));
        (order.DispatchRecord!.UnitReason, order.DispatchRecord.ChargeBack).ShouldBe(("bankrupt", true));
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("bankrupt");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_part_of_two_subcontractors_When_none_is_named_Then_refused()
    {
        var order = OfTwo();

        var refusal = order.Dispatch(Engineering, A.DispatchInput());

        Refused.By(
            refusal,
            "repair-unit-choice-needed",
            "P3.1.1",
            ["repair-unit"],
            Roles.Engineering,
            Roles.EngineeringHead
        );
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_a_part_of_two_subcontractors_When_either_is_named_Then_it_repairs_without_a_reason(bool roof)
    {
        var order = OfTwo();
        var chosen = roof ? Roof : Basement;

        order
            .Dispatch(
                Engineering,
                A.DispatchInput() with
                {
                    Unit = new(chosen.Id, chosen.Name, UnitKind.Subcontractor),
                }
            )
            .ShouldBeNull();

        (order.RepairUnitId, order.RepairUnitName).ShouldBe((chosen.Id, chosen.Name));
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_part_of_two_subcontractors_When_a_third_unit_is_sent_Then_only_with_a_reason()
    {
        var order = OfTwo();

        order
            .Dispatch(Engineering, A.DispatchInput() with { Unit = Parties.OwnUnit })
            .ShouldNotBeNull()
            .Code.ShouldBe("unit-departure-without-reason");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_one_subcontractor_with_two_scopes_When_issued_Then_nothing_is_to_be_chosen()
    {
        var warranty = A.Warranty(Roof.Id, Roof, Roof with { Scope = "地下室" });
        var order = new RepairOrderBuilder { Warranty = warranty }.At(RepairOrderState.Approved);

        order.Dispatch(Engineering, A.DispatchInput()).ShouldBeNull();

        order.RepairUnitId.ShouldBe(Roof.Id);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_the_contractors_own_part_When_issued_Then_to_the_own_unit()
    {
        var order = new RepairOrderBuilder { Warranty = A.Warranty(null) }.At(RepairOrderState.Approved);

        order.Dispatch(Engineering, A.DispatchInput()).ShouldBeNull();

        (order.RepairUnitId, order.RepairUnitName, order.RepairUnitIsOwn).ShouldBe(
            (Parties.OwnUnit.Id, Parties.OwnUnit.Name, true)
        );
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_the_contractors_own_part_When_charged_back_Then_refused()
    {
        var order = new RepairOrderBuilder { Warranty = A.Warranty(null) }.At(RepairOrderState.Approved);

        var refusal = order.Dispatch(Engineering, A.DispatchInput() with { ChargeBack = true });

        Refused.By(refusal, "nobody-to-charge", "P3.1.1", ["subcontractor"], Roles.Engineering, Roles.EngineeringHead);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_the_contractors_own_part_When_a_subcontractor_is_sent_Then_it_can_be_charged()
    {
        var order = new RepairOrderBuilder { Warranty = A.Warranty(null) }.At(RepairOrderState.Approved);
        var input = A.DispatchInput() with { Unit = Parties.Unit, UnitReason = "nearer", ChargeBack = true };

        order.Dispatch(Engineering, input).ShouldBeNull();

        (order.RepairUnitId, order.RepairUnitIsOwn).ShouldBe((Parties.Subcontractor, false));
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_an_unknown_warranty_When_issued_Then_to_any_unit_without_a_reason(bool own)
    {
        var order = new RepairOrderBuilder { Warranty = A.NoAnswer() }.At(RepairOrderState.Approved);

        order.Dispatch(Engineering, A.DispatchInput() with { Unit = own ? null : Parties.Unit }).ShouldBeNull();

        order.RepairUnitId.ShouldBe(own ? Parties.OwnUnit.Id : Parties.Subcontractor);
        order.PendingEvents.OfType<RepairOrderDispatched>().Single().UnderWarranty.ShouldBe("unknown");
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData(null)]
    [InlineData(" ")]
    public void Given_another_leader_than_proposed_When_no_reason_is_given_Then_refused(string? reason)
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);
        var input = A.DispatchInput() with { Proposals = new(Neighbour, [], null), LeaderReason = reason };

        var refusal = order.Dispatch(Engineering, input);

        Refused.By(
            refusal,
            "leader-departure-without-reason",
            "P3.2.2",
            ["leader-reason"],
            Roles.Engineering,
            Roles.EngineeringHead
        );
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_another_leader_than_proposed_When_a_reason_is_given_Then_kept_beside_the_proposal()
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);
        var input = A.DispatchInput() with
        {
            Proposals = new(Neighbour, [], null),
            LeaderReason = "on leave",
            UnitReason = "not told",
        };

        order.Dispatch(Engineering, input).ShouldBeNull();

        var record = order.DispatchRecord.ShouldNotBeNull();
        (record.Leader, record.Proposed, record.LeaderReason).ShouldBe(
            (Parties.OriginalManager, Neighbour, "on leave")
        );
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("on leave");
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_proposals_When_one_of_them_leads_Then_project_and_distance_are_kept(bool proposed)
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);
        var input = A.DispatchInput() with
        {
            Leader = new(LeaderBasis.OriginalManager, Neighbour.PersonId, "Mr. Li"),
            Proposals = proposed
                ? new(Neighbour, [Parties.OriginalManager], null)
                : new(Parties.OriginalManager, [Neighbour], null),
            LeaderReason = proposed ? null : "on leave",
        };

        order.Dispatch(Engineering, input).ShouldBeNull();

        order.DispatchRecord!.Leader.ShouldBe(Neighbour);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_proposed_person_without_a_name_When_they_lead_Then_named_as_engineering_names_them()
    {
        var proposals = new LeaderProposals(Neighbour with { PersonName = null }, [], null);

        proposals.Complete(new(LeaderBasis.NearestProject, Neighbour.PersonId, "李工")).PersonName.ShouldBe("李工");
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_proposals_without_persons_When_an_unnamed_one_leads_Then_as_engineering_says()
    {
        var special = new LeaderCandidate(LeaderBasis.SpecialDispatch, null, null);
        var chosen = new LeaderCandidate(LeaderBasis.SpecialDispatch, null, "趙工");

        new LeaderProposals(special, [special], null).Complete(chosen).ShouldBe(chosen);
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData(LeaderBasis.SpecialDispatch, true)]
    [InlineData(LeaderBasis.NearestProject, false)]
    [InlineData(LeaderBasis.OriginalManager, false)]
    public void Given_a_special_dispatch_proposed_When_a_person_is_chosen_Then_followed_only_by_a_special_one(
        object basis,
        bool followed
    )
    {
        var proposed = new LeaderCandidate(LeaderBasis.SpecialDispatch, null, null);

        proposed.IsFollowedBy(new((LeaderBasis)basis, null, "趙工")).ShouldBe(followed);
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData(LeaderBasis.OriginalManager)]
    [InlineData(LeaderBasis.NearestProject)]
    public void Given_an_unnamed_proposal_of_another_basis_When_a_special_one_is_sent_Then_not_followed(object basis)
    {
        var proposed = new LeaderCandidate((LeaderBasis)basis, null, null);

        proposed.IsFollowedBy(new(LeaderBasis.SpecialDispatch, null, "趙工")).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_the_assigned_unit_in_the_registry_When_issued_Then_named_as_the_registry_names_it()
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);
        var renamed = Parties.Unit with { Name = "宏達建設防水" };

        order.Dispatch(Engineering, A.DispatchInput() with { Registered = [Parties.OwnUnit, renamed] }).ShouldBeNull();

        (order.RepairUnitId, order.RepairUnitName).ShouldBe((Parties.Subcontractor, "宏達建設防水"));
        order.PendingEvents.OfType<RepairOrderDispatched>().Single().RepairUnitName.ShouldBe("宏達建設防水");
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData(UnitKind.Subcontractor, false)]
    [InlineData(UnitKind.Own, true)]
    public void Given_another_unit_of_the_registry_When_sent_Then_whose_people_repair_follows_from_its_kind(
        object kind,
        bool own
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);
        var centre = new RepairUnit(Guid.CreateVersion7(), "城東維修中心", (UnitKind)kind);

        order.Dispatch(Engineering, A.DispatchInput() with { Unit = centre, UnitReason = "nearer" }).ShouldBeNull();

        (order.RepairUnitId, order.RepairUnitName, order.RepairUnitIsOwn).ShouldBe((centre.Id, "城東維修中心", own));
        order.IsRepairedBy(Someone.InRepair()).ShouldBe(own);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_owner_as_unit_When_sent_Then_refused_as_no_unit_that_repairs()
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);
        var owner = new RepairUnit(Parties.Owner, "業主", UnitKind.Other);

        Refused.By(
            order.Dispatch(Engineering, A.DispatchInput() with { Unit = owner, UnitReason = "they can" }),
            "no-repair-unit",
            "P3.1.1",
            ["subcontractor-or-own-unit"],
            Roles.Engineering,
            Roles.EngineeringHead
        );
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_proposals_When_a_person_is_asked_for_Then_named_as_Projects_names_them()
    {
        var proposals = new LeaderProposals(Parties.OriginalManager, [Neighbour], null);

        proposals.NameOf(Parties.Manager).ShouldBe("張經理");
        proposals.NameOf(Neighbour.PersonId!.Value).ShouldBe("李經理");
        proposals.NameOf(Guid.CreateVersion7()).ShouldBeNull();
        LeaderProposals.None(AskProblem.NoAnswer).NameOf(Parties.Manager).ShouldBeNull();
    }

    private static RepairOrder OfTwo() =>
        new RepairOrderBuilder { Warranty = A.Warranty(Roof.Id, Roof, Basement) }.At(RepairOrderState.Approved);
}

/// <summary>What Projects said about the warranty, kept and asked for again.</summary>
public sealed class WarrantyStandingTests
{
    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_answer_When_the_next_try_brings_nothing_Then_the_answer_stays_with_the_problem()
    {
        var order = A.RepairOrder().Build();
        var later = A.Moment.AddHours(1);
        var answer = order.Warranty;

        order
            .RecordWarranty(
                A.Context(Roles.Production),
                WarrantyStanding.Unanswered(A.Today, later, AskProblem.NoAnswer)
            )
            .ShouldBeNull();

        order.Warranty.ShouldBe(answer with { TriedAt = later, Problem = AskProblem.NoAnswer });
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("no-answer");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_no_answer_When_the_next_try_brings_none_Then_the_last_try_is_kept()
    {
        var order = new RepairOrderBuilder { Warranty = A.NoAnswer() }.Build();
        var next = A.NoAnswer(AskProblem.PartUnknown);

        order.RecordWarranty(A.Context(Actor.System("repairs")), next).ShouldBeNull();

        order.Warranty.ShouldBeSameAs(next);
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_an_answer_When_Projects_says_something_else_now_Then_that_is_kept()
    {
        var order = A.RepairOrder().Build();
        var now = A.Warranty(null) with { Covered = WarrantyCover.No };

        order.RecordWarranty(A.Context(Someone.InCustomerService()), now).ShouldBeNull();

        order.Warranty.ShouldBeSameAs(now);
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("no");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_subcontractor_without_a_name_When_assigned_Then_by_its_identity() =>
        (A.Warranty(Parties.Subcontractor) with { ResponsibleUnitName = null })
            .AssignedUnits(Parties.OwnUnit)
            .ShouldBe([new RepairUnit(Parties.Subcontractor, "", UnitKind.Subcontractor)]);

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_closed_order_When_Projects_is_asked_again_Then_refused() =>
        A.RepairOrder()
            .At(RepairOrderState.Closed)
            .RecordWarranty(A.Context(Someone.InCustomerService()), A.Warranty(null))
            .ShouldNotBeNull()
            .Code.ShouldBe("not-in-this-state");
}
