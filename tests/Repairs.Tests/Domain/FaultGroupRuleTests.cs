using CustomerService.Contracts.Projects.V1;
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

        var group = Ask(quality, new(orders, []), "同一部位：屋面").Required();

        orders.SelectMany(order => order.PendingEvents.OfType<RepairCapaRequested>()).ShouldBeEmpty();
        var told = group.PendingEvents.OfType<FaultGroupCapaRequested>().ShouldHaveSingleItem();
        (told.GroupId, told.Subject, told.ProjectId).ShouldBe((group.Id, "同一部位：屋面", orders[1].ProjectId));
        told.Faults.Select(fault => (fault.Kind, fault.Id))
            .ShouldBe([("repair-order", orders[1].Id), ("repair-order", orders[2].Id)]);
        orders[1].CapaGround.ShouldBe(RepairCapaGround.Group);
        Ask(quality, new(orders, [])).Refusal.ShouldNotBeNull().Code.ShouldBe("capa-requested-already");
    }

    [Fact]
    [Trait("Rule", "P3.3.2")]
    public void Given_findings_without_an_order_When_asked_Then_they_are_in_the_group_with_the_orders()
    {
        var quality = A.Context(Someone.InQuality());
        var (order, found, asked) = (Saved(), Found(), Found());
        asked.RequestCapa(quality, A.Today, null);

        var group = Ask(quality, new([order], [found, asked])).Required();

        var told = group.PendingEvents.OfType<FaultGroupCapaRequested>().ShouldHaveSingleItem();
        told.Faults.Select(fault => (fault.Kind, fault.Id, fault.RevisitId, fault.FindingId))
            .ShouldBe([
                ("repair-order", order.Id, order.RevisitId, order.RevisitId is null ? null : order.SourceId),
                ("finding", found.Id, found.RevisitId, found.Id),
            ]);
        told.Description.ShouldContain("HT-2024-018");
        found.CapaRequestedOn.ShouldBe(A.Today);
        // Two findings alone are a group, too.
        Ask(quality, new([], [Found(), Found()])).Required().Faults.Count.ShouldBe(2);
        Ask(quality, new([order], [found])).Refusal.ShouldNotBeNull().Code.ShouldBe("capa-requested-already");
    }

    [Fact]
    [Trait("Rule", "P3.3.2")]
    public void Given_decisions_in_another_order_When_heard_Then_the_later_one_holds()
    {
        var context = A.Context(Someone.System("projects"));
        var found = Found();
        var unit = Guid.CreateVersion7();

        found.Hear(context, Decided(found, 9, "jointing", unit));
        found.Hear(context, Decided(found, 7, "material", null));

        (found.CauseCode, found.UnitId, found.UnitName).ShouldBe((FaultCause.Jointing, unit, "申城防水"));
        found.Hear(context, Decided(found, 10, "something-new", null));
        (found.CauseCode, found.UnitId, found.UnitName).ShouldBe((FaultCause.Other, null, null));
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_no_group_When_a_CAPA_is_asked_for_Then_the_refusal_says_what_is_missing()
    {
        var quality = A.Context(Someone.InQuality());
        var asked = Found();
        asked.RequestCapa(quality, A.Today, null);

        Refused.By(
            Ask(A.Context(Someone.InSales()), new([Saved(), Saved()], [])).Refusal,
            "role-missing",
            "P2.2.3",
            ["role"],
            Roles.Qc,
            Roles.QcHead
        );
        Ask(A.Context(Someone.InSales()), new([], [])).Refusal!.Arguments["action"].ShouldBe("request-capa");
        Refused.By(
            Ask(quality, new([], [])).Refusal,
            "fault-group-too-small",
            "P2.2.3",
            ["two-faults"],
            Roles.Qc,
            Roles.QcHead
        );
        Refused.By(
            Ask(quality, new([Saved()], [])).Refusal,
            "fault-group-too-small",
            "P2.2.3",
            ["two-faults"],
            Roles.Qc,
            Roles.QcHead
        );
        var again = Ask(quality, new([], [asked])).Refusal;
        Refused.By(again, "capa-requested-already", "P2.2.3", ["faults-without-capa"], Roles.Qc, Roles.QcHead);
        again!.Arguments["faults"].ShouldBe("HT-2024-018");
    }

    [Fact]
    [Trait("Rule", "P3.3.2")]
    public void Given_a_finding_When_heard_asked_for_and_moved_Then_each_is_on_its_record()
    {
        var context = A.Context(Someone.System("projects"));
        var found = Found();
        found.MarkSaved();

        found.Hear(context, Decided(found, 3, "jointing", Guid.CreateVersion7()));
        found.Hear(context, Decided(found, 3, "material", null));
        found.RequestCapa(context, A.Today, "屋面");
        found.MoveUnit(context, Guid.CreateVersion7(), "順達");

        found.Kind.ShouldBe("found-fault");
        found
            .PendingEntries.Select(entry => (entry.Action, entry.Why))
            .ShouldBe([("assess", "jointing"), ("request-capa", "屋面"), ("unit-merged", "順達")]);
        Found().PendingEntries.Select(entry => entry.Action).ShouldBe(["record"]);
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_a_group_When_asked_for_Then_on_its_record_and_an_order_of_a_revisit_names_its_finding()
    {
        var (revisit, finding) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var order = RepairOrder
            .Open(
                A.Context(Someone.System()),
                "WX-2",
                A.Notice() with
                {
                    Source = OrderSource.Revisit,
                    SourceId = finding,
                    RevisitId = revisit,
                },
                A.Warranty(null)
            )
            .Required();
        var complaint = RepairOrder
            .Open(
                A.Context(Someone.InCustomerService()),
                "WX-3",
                A.Notice() with
                {
                    Source = OrderSource.Complaint,
                    SourceId = Guid.CreateVersion7(),
                },
                A.Warranty(null)
            )
            .Required();

        var group = Ask(A.Context(Someone.InQuality()), new([order, complaint], [])).Required();

        group.Kind.ShouldBe("fault-group");
        group.PendingEntries.Single().Action.ShouldBe("request-capa");
        group.Faults.Select(fault => (fault.RevisitId, fault.FindingId)).ShouldBe([(revisit, finding), (null, null)]);
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_an_order_whose_finding_asked_for_a_capa_When_grouped_Then_none_is_asked_for_it_again()
    {
        var quality = A.Context(Someone.InQuality());
        var order = Saved();
        order.NoteCapa(quality, A.Today.AddDays(-2));
        order.NoteCapa(quality, A.Today);

        order.CapaRequestedOn.ShouldBe(A.Today.AddDays(-2));
        Ask(quality, new([order, Saved()], [])).Refusal.ShouldNotBeNull().Code.ShouldBe("fault-group-too-small");
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_one_order_or_somebody_else_When_asked_Then_refused()
    {
        var quality = A.Context(Someone.InQuality());
        var engineer = A.Context(Someone.InEngineering());

        Ask(quality, new([Saved()], [])).Refusal.ShouldNotBeNull().Code.ShouldBe("fault-group-too-small");
        Ask(engineer, new([Saved(), Saved()], [])).Refusal.ShouldNotBeNull().Code.ShouldBe("role-missing");
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

    private static Result<FaultGroup> Ask(CommandContext context, Faults faults, string subject = "s") =>
        FaultGroup.RequestCapa(context, faults, _ => context, subject, "同一做法");

    private static FoundFault Found()
    {
        var found = FoundFault.Of(Guid.CreateVersion7(), Guid.CreateVersion7());
        found.Hear(
            A.Context(Someone.System("projects")),
            new FindingRecorded(
                found.RevisitId,
                3,
                found.Id,
                Guid.CreateVersion7(),
                "東湖花園二期",
                Guid.CreateVersion7(),
                "roof",
                "3 號樓 5 層",
                "滲漏",
                "minor",
                A.Today,
                "HT-2024-018"
            )
        );
        return found;
    }

    private static FindingAssessed Decided(FoundFault found, long version, string cause, Guid? unit) =>
        new(
            found.RevisitId,
            version,
            found.Id,
            found.ProjectId,
            Guid.CreateVersion7(),
            "roof",
            unit is null ? "contractor" : "subcontractor",
            cause,
            "申城防水",
            unit,
            false,
            A.Today
        );

    private static RepairOrder Saved()
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);
        order.MarkSaved();
        return order;
    }
}
