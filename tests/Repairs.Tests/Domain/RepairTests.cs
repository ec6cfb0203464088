using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Briefing and start (P3.2.2).</summary>
public sealed class BriefingTests
{
    private static readonly CommandContext Head = A.Context(Someone.HeadOfEngineering());

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_an_issued_order_When_briefed_Then_who_heard_what_is_kept()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        var (crew, principles) = (A.Crew(), A.Principles());

        order.Brief(Head, A.Today, "how", crew, principles).ShouldBeNull();

        order.Briefing.ShouldBe(new Briefing(A.Today, "how", crew, principles, Stamp.Of(Head)));
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("how");
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData(0, "service-principles")]
    [InlineData(1, "cooperate-with-owner")]
    [InlineData(2, "satisfy-reasonable-wishes")]
    [InlineData(3, "never-quarrel")]
    public void Given_a_principle_that_is_not_confirmed_When_briefed_Then_it_is_named(int principle, string missing)
    {
        var principles = new BriefingPrinciples(principle != 0, principle != 1, principle != 2, principle != 3);

        var refusal = A.RepairOrder().At(RepairOrderState.Dispatched).Brief(Head, A.Today, "how", A.Crew(), principles);

        Refused.By(refusal, "principles-not-confirmed", "P3.2.2", [missing], Roles.EngineeringHead);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_no_leader_among_the_participants_When_briefed_Then_refused()
    {
        var crew = A.Crew().Where(person => person.Role != BriefingRole.Leader).ToList();

        var refusal = A.RepairOrder().At(RepairOrderState.Dispatched).Brief(Head, A.Today, "how", crew, A.Principles());

        Refused.By(refusal, "leader-not-briefed", "P3.2.2", ["leader-at-briefing"], Roles.EngineeringHead);
    }

    [Theory]
    [Trait("Rule", "P3.2.2")]
    [InlineData(1, "date-in-future", "past-date")]
    [InlineData(-1, "before-dispatch", "date-after-dispatch")]
    public void Given_a_wrong_day_When_briefed_Then_refused(int days, string code, string missing)
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);

        var refusal = order.Brief(Head, A.Today.AddDays(days), "how", A.Crew(), A.Principles());

        Refused.By(refusal, code, "P3.2.2", [missing], Roles.EngineeringHead);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_no_briefing_When_work_is_to_begin_Then_refused_and_says_who_briefs()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);

        Refused.By(
            order.Start(A.Context(Parties.UnitMan)),
            "not-briefed",
            "P3.2.2",
            ["briefing"],
            Roles.EngineeringHead
        );
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_briefing_When_work_begins_Then_announced()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        var unit = A.Context(Parties.UnitMan);

        order.Start(unit).ShouldBeNull();

        (order.State, order.StartedOn, order.StartedBy).ShouldBe((RepairOrderState.InRepair, A.Today, Stamp.Of(unit)));
        order
            .PendingEvents.OfType<RepairOrderStarted>()
            .ShouldHaveSingleItem()
            .ShouldBe(
                new RepairOrderStarted(order.Id, order.Version, Parties.Owner, Parties.Subcontractor, A.Today, false)
            );
        // Who begins has the order.
        order.PendingEvents.OfType<RepairOrderReceived>().ShouldHaveSingleItem().InTime.ShouldBeTrue();
    }
}

/// <summary>Work, inspection, acceptance, return and withdrawal (P3.2.3).</summary>
public sealed class RepairTests
{
    private static readonly CommandContext UnitMan = A.Context(Parties.UnitMan);
    private static readonly CommandContext OwnerMan = A.Context(Parties.OwnerMan);
    private static readonly CommandContext Quality = A.Context(Someone.InQuality());
    private static readonly CommandContext CustomerService = A.Context(Someone.InCustomerService());

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(false, Roles.RepairUnit, true, true)]
    [InlineData(false, Roles.RepairUnit, false, false)]
    [InlineData(false, Roles.Repair, true, false)]
    [InlineData(true, Roles.Repair, false, true)]
    [InlineData(true, Roles.RepairUnit, false, false)]
    public void Given_an_order_When_a_repairer_begins_Then_only_the_unit_to_which_it_was_issued(
        bool own,
        string role,
        bool ofTheSubcontractor,
        bool may
    )
    {
        var order = new RepairOrderBuilder { Warranty = own ? A.Warranty(null) : A.Warranty(Parties.Subcontractor) }.At(
            RepairOrderState.Briefed
        );
        var organisation = ofTheSubcontractor ? Parties.Subcontractor : Guid.CreateVersion7();

        var refusal = order.Start(A.Context(Someone.Outside("bao", organisation, role)));

        (refusal?.Code).ShouldBe(may ? null : "not-own-order");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_another_unit_When_it_begins_Then_the_refusal_names_whose_order_it_is()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);

        var refusal = order.Start(A.Context(Someone.InRepairUnit(Guid.CreateVersion7())));

        Refused.By(refusal, "not-own-order", "P3.2.3", ["assigned-unit"], Roles.RepairUnit, Roles.Repair);
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_work_When_reported_done_Then_the_sheet_of_the_round_is_kept()
    {
        var order = A.RepairOrder().At(RepairOrderState.InRepair);
        var work = A.Work();

        order.Finish(UnitMan, work).ShouldBeNull();

        order.WorkReports.ShouldBe([
            new WorkReport(
                1,
                work.WorkDone,
                work.Materials,
                work.TaskSheet,
                work.Crew,
                work.FinishedOn,
                Stamp.Of(UnitMan)
            )
            {
                Photos = order.WorkReports[0].Photos,
            },
        ]);
        order.WorkReports[0].Photos.ShouldBe(work.Photos.All);
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe(work.WorkDone);
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(1, "date-in-future", "past-date")]
    [InlineData(-1, "before-start", "date-after-start")]
    public void Given_a_wrong_day_When_reported_done_Then_refused(int days, string code, string missing)
    {
        var order = A.RepairOrder().At(RepairOrderState.InRepair);

        var refusal = order.Finish(UnitMan, A.Work(A.Today.AddDays(days)));

        Refused.By(refusal, code, "P3.2.3", [missing], Roles.RepairUnit, Roles.Repair);
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData("ban", "班長")]
    [InlineData("any", "張經理")]
    [InlineData("any", " 張經理 ")]
    [InlineData("crew-1", "Li")]
    [InlineData("CREW-1", "Li")]
    [InlineData("any", "小李")]
    [InlineData("any", "無帳號師傅")]
    [InlineData("any", "臨時工")]
    public void Given_a_person_who_had_a_hand_in_the_repair_When_they_inspect_Then_refused(string id, string name)
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);
        var repairer = A.Context(new Actor(id, name, new HashSet<string> { Roles.Qc }));

        Refused.By(
            order.PassInspection(repairer, "ok"),
            "inspector-is-repairer",
            "P3.2.3",
            ["other-inspector"],
            Roles.Qc,
            Roles.QcHead
        );
        order.FailInspection(repairer, "no").ShouldNotBeNull().Code.ShouldBe("inspector-is-repairer");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_the_leader_by_their_registry_identity_When_they_inspect_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);
        var leader = new Actor(Parties.Manager.ToString(), "Zhang", new HashSet<string> { Roles.Qc });

        order.PassInspection(A.Context(leader), "ok").ShouldNotBeNull().Code.ShouldBe("inspector-is-repairer");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_a_person_who_only_started_the_work_When_they_inspect_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        order.Start(A.Context(Someone.InRepairUnit(Parties.Subcontractor, "starter"))).ShouldBeNull();
        order.Finish(UnitMan, A.Work()).ShouldBeNull();

        order
            .PassInspection(A.Context(Someone.InQuality("starter")), "ok")
            .ShouldNotBeNull()
            .Code.ShouldBe("inspector-is-repairer");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_a_person_who_only_reported_the_work_done_When_they_inspect_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.InRepair);
        order.Finish(A.Context(Someone.InRepairUnit(Parties.Subcontractor, "reporter")), A.Work()).ShouldBeNull();

        order
            .PassInspection(A.Context(Someone.InQuality("reporter")), "ok")
            .ShouldNotBeNull()
            .Code.ShouldBe("inspector-is-repairer");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_a_person_who_only_listened_at_the_briefing_When_they_inspect_Then_they_may() =>
        A.RepairOrder()
            .At(RepairOrderState.Done)
            .PassInspection(A.Context(Someone.InQuality("listener")), "ok")
            .ShouldBeNull();

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(true, RepairOrderState.Inspected, 0)]
    [InlineData(false, RepairOrderState.InRepair, 1)]
    public void Given_an_inspection_When_it_passes_or_fails_Then_kept_counted_and_announced(
        bool passes,
        object state,
        int failures
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);

        var refusal = passes ? order.PassInspection(Quality, "o") : order.FailInspection(Quality, "o");

        refusal.ShouldBeNull();
        (order.State, order.FailedInspections, order.IsPassed).ShouldBe(((RepairOrderState)state, failures, passes));
        order.Inspections.ShouldBe([new Inspection(1, passes, "o", A.Today, Stamp.Of(Quality))]);
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("o");
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new RepairOrderInspected(
                    order.Id,
                    order.Version,
                    Parties.Owner,
                    Parties.Subcontractor,
                    passes,
                    1,
                    A.Today,
                    failures,
                    order.PartCode
                )
            );
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Worked_case_7_Given_work_reported_done_When_the_owner_accepts_before_the_inspection_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);

        var refusal = order.Accept(OwnerMan, A.Decision());

        Refused.By(refusal, "not-inspected", "P3.2.3", ["passed-inspection"], Roles.Qc, Roles.QcHead);
        order.State.ShouldBe(RepairOrderState.Done);
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_a_refused_repair_that_is_done_again_When_accepted_on_the_inspection_of_the_round_before_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);
        order.Refuse(OwnerMan, A.Decision()).ShouldBeNull();
        order.Finish(UnitMan, A.Work()).ShouldBeNull();

        order.Accept(OwnerMan, A.Decision()).ShouldNotBeNull().Code.ShouldBe("not-inspected");

        (order.Round, order.WorkReports[^1].Round).ShouldBe((2, 2));
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(true, RepairOrderState.Accepted, 0, "owner-acceptance")]
    [InlineData(false, RepairOrderState.InRepair, 1, "owner-refusal")]
    public void Given_an_inspected_repair_When_the_owner_decides_Then_signed_today_counted_and_announced(
        bool accepts,
        object state,
        int refusals,
        string meaning
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);
        var decision = A.Decision();

        var refusal = accepts ? order.Accept(OwnerMan, decision) : order.Refuse(OwnerMan, decision);

        refusal.ShouldBeNull();
        (order.State, order.OwnerRefusals).ShouldBe(((RepairOrderState)state, refusals));
        order.OwnerResponses[0].Speaker.ShouldBe("王先生");
        order.OwnerResponses.ShouldBe([
            new OwnerResponse(
                1,
                accepts,
                "滿意",
                "業主",
                new Signature("王先生", OwnerMan.Now, meaning),
                null,
                A.Today,
                Stamp.Of(OwnerMan)
            ),
        ]);
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("滿意");
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new RepairOrderOwnerResponded(
                    order.Id,
                    order.Version,
                    Parties.Owner,
                    Parties.Subcontractor,
                    accepts,
                    "滿意",
                    A.Today,
                    "owner",
                    refusals
                )
            );
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(WordBy.Paper)]
    [InlineData(WordBy.Phone)]
    [InlineData(WordBy.Letter)]
    [InlineData(WordBy.Spoken)]
    public void Given_the_owners_word_When_customer_service_takes_it_down_Then_who_gave_it_how_when_and_who_wrote(
        object how
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);
        var later = A.Context(Someone.InCustomerService(), A.Today.AddDays(3));

        order.Accept(later, A.Word(A.Today, (WordBy)how)).ShouldBeNull();

        var response = order.OwnerResponses.ShouldHaveSingleItem();
        response.Recorded.ShouldBe(new RecordedWord("王先生", (WordBy)how, A.Today));
        (response.Speaker, response.Signature, response.On).ShouldBe(("王先生", null, A.Today));
        response.By.ShouldBe(Stamp.Of(later));
        order.PendingEvents.OfType<RepairOrderOwnerResponded>().Single().RespondedOn.ShouldBe(A.Today);
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_a_date_and_a_name_only_When_customer_service_accepts_for_the_owner_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);

        foreach (var decision in new[] { A.Decision(), A.Word() with { PrintedName = "王先生" }, new("滿意", null) })
        {
            Refused.By(
                order.Accept(CustomerService, decision),
                "word-not-recorded",
                "P3.2.3",
                ["recorded-word"],
                Roles.CustomerService
            );
        }
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_an_owner_When_they_do_not_sign_or_take_down_a_word_themselves_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);

        foreach (var decision in new[] { A.Word(), A.Word() with { PrintedName = "王先生" }, new("滿意", null) })
        {
            Refused.By(order.Refuse(OwnerMan, decision), "not-signed", "P3.2.3", ["owner-signature"], Roles.Customer);
        }
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(1, "date-in-future", "past-date")]
    [InlineData(-1, "before-inspection", "date-after-inspection")]
    public void Given_a_word_of_a_wrong_day_When_taken_down_Then_refused(int days, string code, string missing)
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);

        var refusal = order.Refuse(CustomerService, A.Word(A.Today.AddDays(days)));

        Refused.By(refusal, code, "P3.2.3", [missing], Roles.Customer, Roles.CustomerService);
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(RepairOrderState.Inspected)]
    [InlineData(RepairOrderState.Done)]
    public void Given_another_owner_When_they_accept_Then_refused(object state)
    {
        var order = A.RepairOrder().At((RepairOrderState)state);
        var stranger = A.Context(Someone.AtCustomer(Guid.CreateVersion7()));

        Refused.By(
            order.Accept(stranger, A.Decision()),
            "not-own-order",
            "P3.2.3",
            ["owner"],
            Roles.Customer,
            Roles.CustomerService
        );
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_an_accepted_repair_When_the_record_is_returned_Then_closed_and_announced_with_the_counts()
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);
        order.FailInspection(Quality, "o").ShouldBeNull();
        order.Finish(UnitMan, A.Work()).ShouldBeNull();
        order.PassInspection(Quality, "o").ShouldBeNull();
        order.Refuse(OwnerMan, A.Decision()).ShouldBeNull();
        order.Finish(UnitMan, A.Work()).ShouldBeNull();
        order.PassInspection(Quality, "o").ShouldBeNull();
        order.DrawLessons(Quality, A.Lessons(), FaultCounts.None).ShouldBeNull();
        order.Accept(OwnerMan, A.Decision()).ShouldBeNull();
        order.MarkSaved();

        order.Return(A.Context(Parties.UnitMan, A.Today.AddDays(1)), "complete").ShouldBeNull();

        (order.State, order.Round).ShouldBe((RepairOrderState.Closed, 3));
        var by = Stamp.Of(A.Context(Parties.UnitMan, A.Today.AddDays(1)));
        order.Returned.ShouldBe(new ReturnedRecord(A.Today.AddDays(1), "張經理", "complete", by));
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("complete");
        var returned = order.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<RepairOrderReturned>();
        (returned with { Waited = null }).ShouldBe(
            new RepairOrderReturned(
                order.Id,
                order.Version,
                order.Number,
                Parties.Project.Id,
                "濱江花園",
                Parties.Owner,
                "業主",
                "王",
                "021-5555",
                "roof",
                Parties.Subcontractor,
                Parties.Unit.Name,
                "yes",
                A.Today,
                A.Today.AddDays(1),
                1,
                1,
                0m
            )
        );
    }

    [Theory]
    [Trait("Rule", "P3.2.3")]
    [InlineData(Roles.Engineering, true)]
    [InlineData(Roles.EngineeringHead, true)]
    [InlineData(Roles.Repair, false)]
    public void Given_an_accepted_repair_When_it_comes_back_Then_by_its_unit_or_engineering(string role, bool may)
    {
        var order = A.RepairOrder().At(RepairOrderState.Accepted);

        var refusal = order.Return(A.Context(role), null);

        (refusal?.Code).ShouldBe(may ? null : "not-own-order");
        (refusal?.SuppliedBy.Contains(Roles.Engineering) ?? true).ShouldBeTrue();
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(RepairOrderState.Opened)]
    [InlineData(RepairOrderState.Approved)]
    [InlineData(RepairOrderState.Briefed)]
    public void Given_an_order_before_work_When_withdrawn_Then_over_and_announced(object state)
    {
        var order = A.RepairOrder().At((RepairOrderState)state);

        order.Withdraw(CustomerService, "重複").ShouldBeNull();

        (order.State, order.WithdrawalReason).ShouldBe((RepairOrderState.Withdrawn, "重複"));
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("重複");
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(new RepairOrderWithdrawn(order.Id, order.Version, Parties.Owner, "重複", A.Today));
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(RepairOrderState.InRepair)]
    [InlineData(RepairOrderState.Done)]
    [InlineData(RepairOrderState.Inspected)]
    [InlineData(RepairOrderState.Accepted)]
    [InlineData(RepairOrderState.Closed)]
    public void Given_work_begun_When_withdrawn_Then_refused(object state) =>
        A.RepairOrder()
            .At((RepairOrderState)state)
            .Withdraw(CustomerService, "mistake")
            .ShouldNotBeNull()
            .Code.ShouldBe("not-in-this-state");
}
