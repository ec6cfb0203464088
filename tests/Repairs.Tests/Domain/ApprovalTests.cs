using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>The record is written, reviewed and approved by three people (P3.2.1).</summary>
public sealed class ApprovalTests
{
    private static readonly CommandContext Author = A.Context(Someone.InEngineering());
    private static readonly CommandContext Reviewer = A.Context(Someone.HeadOfEngineering());
    private static readonly CommandContext Approver = A.Context(Someone.UnitLeader());

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_confirmed_defect_When_analysed_Then_the_revision_is_in_force()
    {
        var order = A.RepairOrder().At(RepairOrderState.Confirmed);

        order.Analyse(Author, "facts", "causes", "main", ["one", "two"]).ShouldBeNull();

        var analysis = order.Analysis.ShouldNotBeNull();
        (analysis.Facts, analysis.Causes, analysis.MainCause, analysis.Revision).ShouldBe(
            ("facts", "causes", "main", 1)
        );
        analysis.Measures.ShouldBe(["one", "two"]);
        analysis.Author.ShouldBe(Stamp.Of(Author));
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("main");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_the_author_When_they_review_their_own_record_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);

        var refusal = order.Review(A.Context(Someone.InEngineering().As(Roles.EngineeringHead)), "fine");

        Refused.By(refusal, "reviewer-is-author", "P3.2.1", ["other-reviewer"], Roles.EngineeringHead, Roles.QcHead);
        (order.State, order.ReviewOpinion).ShouldBe((RepairOrderState.Analysed, null));
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData("wu", false)]
    [InlineData("second", false)]
    [InlineData("zhou", true)]
    public void Given_two_authors_of_what_stands_When_reviewed_Then_by_neither(string reviewer, bool may)
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);
        order.Analyse(A.Context(Someone.InEngineering("second")), "f", "c", "m", ["x"]).ShouldBeNull();

        var refusal = order.Review(A.Context(Someone.HeadOfEngineering(reviewer)), "fine");

        (refusal is null).ShouldBe(may);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_record_When_reviewed_Then_the_opinion_is_kept()
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);

        order.Review(Reviewer, "同意").ShouldBeNull();

        order.ReviewOpinion.ShouldBe(new Opinion("同意", A.Today, Stamp.Of(Reviewer)));
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("同意");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_the_reviewer_When_they_approve_Then_refused()
    {
        var order = A.RepairOrder().At(RepairOrderState.Reviewed);

        var refusal = order.Approve(A.Context(Someone.HeadOfEngineering().As(Roles.UnitLeader)), "ok");

        Refused.By(
            refusal,
            "approver-is-reviewer",
            "P3.2.1",
            ["other-approver"],
            Roles.UnitLeader,
            Roles.GeneralManager
        );
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_reviewed_record_When_approved_Then_kept_and_announced()
    {
        var order = A.RepairOrder().At(RepairOrderState.Reviewed);

        order.Approve(Approver, "批准").ShouldBeNull();

        order.Approval.ShouldBe(new Opinion("批准", A.Today, Stamp.Of(Approver)));
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(new RepairOrderApproved(order.Id, order.Version, Parties.Owner, A.Today, Ratified: false));
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(RepairOrderState.Analysed, Roles.EngineeringHead)]
    [InlineData(RepairOrderState.Reviewed, Roles.UnitLeader)]
    public void Given_a_record_When_sent_back_Then_it_is_to_be_written_again(object from, string role)
    {
        var order = A.RepairOrder().At((RepairOrderState)from);
        var critic = A.Context(Someone.With("critic", null, role));

        order.SendBack(critic, "the cause is not shown").ShouldBeNull();

        (order.State, order.ReviewOpinion, order.IsSentBack).ShouldBe((RepairOrderState.Confirmed, null, true));
        order.Rejections.ShouldBe([new Rejection("the cause is not shown", 1, Stamp.Of(critic))]);
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("the cause is not shown");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_record_that_was_sent_back_and_written_by_another_When_the_first_author_reviews_Then_they_may()
    {
        var order = A.RepairOrder().At(RepairOrderState.Analysed);
        order.SendBack(Reviewer, "why?").ShouldBeNull();
        order.Analyse(A.Context(Someone.InEngineering("other")), "f", "c", "m", ["x"]).ShouldBeNull();
        order.IsSentBack.ShouldBeFalse();

        order.Review(A.Context(Someone.InEngineering().As(Roles.EngineeringHead)), "fine").ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(RepairOrderState.Analysed, "wu", Roles.EngineeringHead, "reviewer-is-author")]
    [InlineData(RepairOrderState.Reviewed, "zhou", Roles.UnitLeader, "approver-is-reviewer")]
    public void Given_author_or_reviewer_When_they_send_back_their_own_work_Then_refused(
        object from,
        string name,
        string role,
        string code
    )
    {
        var order = A.RepairOrder().At((RepairOrderState)from);

        order.SendBack(A.Context(Someone.With(name, null, role)), "why?").ShouldNotBeNull().Code.ShouldBe(code);
    }
}

/// <summary>An emergency goes out before approval and is ratified while the work goes on (P3.2.1).</summary>
public sealed class EmergencyTests
{
    private static readonly CommandContext Author = A.Context(Someone.InEngineering());
    private static readonly CommandContext Reviewer = A.Context(Someone.HeadOfEngineering());
    private static readonly CommandContext Approver = A.Context(Someone.UnitLeader());

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(RepairOrderState.Confirmed)]
    [InlineData(RepairOrderState.Analysed)]
    [InlineData(RepairOrderState.Reviewed)]
    public void Given_no_emergency_When_issued_before_approval_Then_refused(object state)
    {
        var order = A.RepairOrder().At((RepairOrderState)state);

        var refusal = order.Dispatch(Author, A.DispatchInput());

        Refused.By(refusal, "not-approved", "P3.2.1", ["approval"], Roles.UnitLeader, Roles.GeneralManager);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_of_a_revisit_When_issued_without_a_reason_Then_refused()
    {
        var order = A.RepairOrder(DefectSeverity.Emergency).At(RepairOrderState.Confirmed);

        var refusal = order.Dispatch(Author, A.DispatchInput() with { EmergencyReason = null });

        Refused.By(
            refusal,
            "emergency-unexplained",
            "P3.2.1",
            ["emergency-reason"],
            Roles.Engineering,
            Roles.EngineeringHead
        );
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_reason_that_the_policy_does_not_list_When_issued_before_approval_Then_refused()
    {
        var order = A.RepairOrder(DefectSeverity.Emergency).At(RepairOrderState.Confirmed);
        var policy = A.Policy with { Repairs = A.Policy.Repairs with { Emergencies = [EmergencyReason.Structure] } };

        var refusal = order.Dispatch(A.Context(Someone.InEngineering(), policy: policy), A.DispatchInput());

        Refused.By(refusal, "emergency-not-listed", "P3.2.1", ["approval"], Roles.UnitLeader, Roles.GeneralManager);
        order.EmergencyReason.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_with_a_listed_reason_When_issued_before_approval_Then_the_reason_is_kept()
    {
        var order = A.RepairOrder(DefectSeverity.Emergency).At(RepairOrderState.Confirmed);

        order.Dispatch(Author, A.DispatchInput()).ShouldBeNull();

        (order.EmergencyReason, order.DispatchRecord!.BeforeApproval).ShouldBe((EmergencyReason.Safety, true));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_whose_reason_is_on_file_When_issued_with_another_Then_the_first_one_stays()
    {
        var order = new RepairOrderBuilder
        {
            Severity = DefectSeverity.Emergency,
            EmergencyReason = EmergencyReason.Structure,
        }.At(RepairOrderState.Confirmed);

        order.Dispatch(Author, A.DispatchInput() with { EmergencyReason = null }).ShouldBeNull();

        order.EmergencyReason.ShouldBe(EmergencyReason.Structure);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_no_emergency_When_issued_with_a_reason_of_one_Then_it_is_not_kept()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);

        (order.EmergencyReason, order.DispatchRecord!.BeforeApproval).ShouldBe((null, false));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_worked_off_before_approval_When_returned_unratified_Then_refused()
    {
        var order = Emergency(RepairOrderState.Accepted);

        var refusal = order.Return(A.Context(Parties.UnitMan), null);

        Refused.By(refusal, "not-ratified", "P3.2.1", ["ratification"], Roles.UnitLeader, Roles.GeneralManager);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_without_a_record_When_ratified_Then_refused()
    {
        var order = Emergency(RepairOrderState.InRepair);

        Refused.By(
            order.Ratify(Approver, "ok"),
            "not-analysed",
            "P3.2.1",
            ["analysis"],
            Roles.Engineering,
            Roles.EngineeringHead,
            Roles.CustomerService,
            Roles.Qc
        );
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_without_a_record_When_reviewed_Then_refused()
    {
        var order = Emergency(RepairOrderState.InRepair);

        order.Review(Reviewer, "fine").ShouldNotBeNull().Code.ShouldBe("not-analysed");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_without_a_review_When_ratified_Then_refused()
    {
        var order = Written(RepairOrderState.Done);

        Refused.By(
            order.Ratify(Approver, "ok"),
            "not-reviewed",
            "P3.2.1",
            ["review"],
            Roles.EngineeringHead,
            Roles.QcHead
        );
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_the_author_of_an_emergencys_record_When_they_review_it_Then_refused()
    {
        var order = Written(RepairOrderState.Inspected);

        order
            .Review(A.Context(Someone.InEngineering().As(Roles.EngineeringHead)), "fine")
            .ShouldNotBeNull()
            .Code.ShouldBe("reviewer-is-author");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_reviewed_emergency_When_its_record_is_changed_Then_refused()
    {
        var order = ReviewedEmergency(RepairOrderState.InRepair);

        Refused.By(
            order.Analyse(Author, "f", "c", "m", ["x"]),
            "reviewed-already",
            "P3.2.1",
            ["send-back"],
            Roles.UnitLeader,
            Roles.GeneralManager
        );
        order.Review(A.Context(Someone.HeadOfQuality()), "fine").ShouldNotBeNull().Code.ShouldBe("reviewed-already");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_the_reviewer_of_an_emergency_When_they_ratify_Then_refused()
    {
        var order = ReviewedEmergency(RepairOrderState.Accepted);

        order
            .Ratify(A.Context(Someone.HeadOfEngineering().As(Roles.UnitLeader)), "ok")
            .ShouldNotBeNull()
            .Code.ShouldBe("approver-is-reviewer");
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(RepairOrderState.Dispatched)]
    [InlineData(RepairOrderState.Briefed)]
    [InlineData(RepairOrderState.InRepair)]
    [InlineData(RepairOrderState.Done)]
    [InlineData(RepairOrderState.Inspected)]
    [InlineData(RepairOrderState.Accepted)]
    public void Given_a_reviewed_emergency_When_ratified_Then_approved_and_it_stays_where_it_is(object state)
    {
        var order = ReviewedEmergency((RepairOrderState)state);

        order.Ratify(Approver, "補批").ShouldBeNull();

        (order.State, order.Approval).ShouldBe(
            ((RepairOrderState)state, new Opinion("補批", A.Today, Stamp.Of(Approver)))
        );
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(new RepairOrderApproved(order.Id, order.Version, Parties.Owner, A.Today, Ratified: true));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_ratified_emergency_When_anything_of_the_record_is_tried_again_Then_refused()
    {
        var order = ReviewedEmergency(RepairOrderState.Accepted);
        order.Ratify(Approver, "ok").ShouldBeNull();

        Refused.By(
            order.Ratify(Approver, "ok"),
            "approved-already",
            "P3.2.1",
            ["unapproved-record"],
            Roles.UnitLeader,
            Roles.GeneralManager
        );
        order.Analyse(Author, "f", "c", "m", ["x"]).ShouldNotBeNull().Code.ShouldBe("approved-already");
        order.Review(Reviewer, "fine").ShouldNotBeNull().Code.ShouldBe("approved-already");
        order.SendBack(Approver, "why?").ShouldNotBeNull().Code.ShouldBe("approved-already");
        order.PlanDays(A.Context(Someone.InProduction()), A.Today, A.Today).ShouldBeNull();
        order.Return(A.Context(Parties.UnitMan), null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_in_repair_When_its_record_is_sent_back_Then_the_work_goes_on_and_it_is_written_again()
    {
        var order = ReviewedEmergency(RepairOrderState.InRepair);

        order.SendBack(Approver, "cause?").ShouldBeNull();

        (order.State, order.ReviewOpinion, order.IsSentBack).ShouldBe((RepairOrderState.InRepair, null, true));
        order.Review(Reviewer, "fine").ShouldNotBeNull().Code.ShouldBe("not-analysed");
        order.SendBack(Approver, "again?").ShouldNotBeNull().Code.ShouldBe("not-analysed");
        order.Analyse(Author, "f", "c", "m", ["x"]).ShouldBeNull();
        order.Review(Reviewer, "fine").ShouldBeNull();
    }

    private static RepairOrder Emergency(RepairOrderState state) =>
        new RepairOrderBuilder { Severity = DefectSeverity.Emergency, BeforeApproval = true }.At(state);

    private static RepairOrder Written(RepairOrderState state)
    {
        var order = Emergency(state);
        order.Analyse(Author, "f", "c", "m", ["x"]).ShouldBeNull();
        order.MarkSaved();
        return order;
    }

    private static RepairOrder ReviewedEmergency(RepairOrderState state)
    {
        var order = Written(state);
        order.Review(Reviewer, "fine").ShouldBeNull();
        order.MarkSaved();
        return order;
    }
}
