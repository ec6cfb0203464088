using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>What of an order those outside see: what is listed, and nothing else (S2, P3.2.1).</summary>
public sealed class ReleaseTests
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_record_that_was_sent_back_and_reviewed_again_When_the_owner_reads_Then_it_is_not_released()
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);
        order.SendBack(A.Context(Someone.HeadOfEngineering()), "原因不清").ShouldBeNull();
        order.Analyse(A.Context(Someone.InEngineering()), "f2", "c2", "m2", ["y"]).ShouldBeNull();
        order.Review(A.Context(Someone.HeadOfEngineering()), "fine").ShouldBeNull();

        RepairOrderRelease.To(Parties.OwnerMan, order).Analysis.ShouldBeNull();
        RepairOrderRelease.To(Someone.InEngineering(), order).Analysis!.Facts.ShouldBe("f2");

        order.Approve(A.Context(Someone.UnitLeader()), "ok").ShouldBeNull();
        RepairOrderRelease.To(Parties.OwnerMan, order).Analysis!.Facts.ShouldBe("f2");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_before_approval_When_its_unit_reads_Then_the_draft_is_not_released()
    {
        var order = new RepairOrderBuilder
        {
            Severity = DefectSeverity.Emergency,
            EmergencyReason = EmergencyReason.Structure,
            BeforeApproval = true,
        }.At(RepairOrderState.Dispatched);
        order.Analyse(A.Context(Someone.InEngineering()), "f", "c", "m", ["x"]).ShouldBeNull();

        RepairOrderRelease.To(Parties.UnitMan, order).Analysis.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_briefing_When_read_Then_by_staff_and_the_unit_that_was_briefed()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);

        RepairOrderRelease.To(Parties.OwnerMan, order).Briefing.ShouldBeNull();
        RepairOrderRelease.To(Parties.UnitMan, order).Briefing.ShouldBe(order.Briefing);
        RepairOrderRelease.To(Someone.InFinance(), order).Briefing.ShouldBe(order.Briefing);
        RepairOrderRelease.To(Someone.InRepairUnit(Guid.CreateVersion7()), order).Briefing.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_inspections_When_the_owner_reads_Then_those_that_passed()
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);
        order.FailInspection(A.Context(Someone.InQuality()), "收口不嚴").ShouldBeNull();
        order.Finish(A.Context(Parties.UnitMan), A.Work()).ShouldBeNull();
        order.PassInspection(A.Context(Someone.InQuality()), "ok").ShouldBeNull();

        RepairOrderRelease.To(Parties.OwnerMan, order).Inspections.Select(i => i.Opinion).ShouldBe(["ok"]);
        RepairOrderRelease.To(Parties.UnitMan, order).Inspections.Select(i => i.Opinion).ShouldBe(["收口不嚴", "ok"]);
        RepairOrderRelease.To(Someone.InQuality(), order).Inspections.ShouldBe(order.Inspections);
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_a_remark_at_the_return_When_read_Then_not_by_the_owner()
    {
        var order = A.RepairOrder().At(RepairOrderState.Closed);

        RepairOrderRelease.To(Parties.OwnerMan, order).ReturnRemark.ShouldBeNull();
        RepairOrderRelease.To(Parties.UnitMan, order).ReturnRemark.ShouldBe("complete");
        RepairOrderRelease.To(Someone.InEngineering(), order).ReturnRemark.ShouldBe("complete");
        RepairOrderRelease.To(Someone.InEngineering(), A.RepairOrder().Build()).ReturnRemark.ShouldBeNull();
        RepairOrderRelease
            .To(Parties.UnitMan, A.RepairOrder().At(RepairOrderState.Dispatched))
            .ReturnRemark.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_the_history_When_read_Then_each_reader_has_the_steps_that_concern_them()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        string[] owners =
        [
            "open",
            "confirm",
            "plan",
            "dispatch",
            "arrive",
            "attempt",
            "start",
            "finish",
            "pass-inspection",
            "accept",
            "refuse",
            "return",
            "withdraw",
        ];

        RepairOrderRelease.To(Parties.OwnerMan, order).Steps.ShouldBe(owners);
        RepairOrderRelease
            .To(Parties.UnitMan, order)
            .Steps.ShouldBe([
                .. owners,
                "receive",
                "object",
                "overrule",
                "pause",
                "resume",
                "brief",
                "fail-inspection",
            ]);
        RepairOrderRelease
            .To(Someone.InFinance(), order)
            .Steps.ShouldBe(Spelling.WordsOf<RepairOrderAction>(), ignoreOrder: true);
    }
}
