using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using static CustomerService.Complaints.Complaints.Domain.ComplaintState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>What QC finds and releases: lots, traceability, conclusion, service report.</summary>
public sealed class InvestigationTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    private static CommandContext Qc => A.Context(Someone.InQuality());

    private static LotResult Lot(int inspected, int passed, int failed, string? place = "B2", int? reworkOf = null) =>
        new("2026-08-A", 40, inspected, passed, failed, place, "檢驗", reworkOf);

    [Theory]
    [InlineData(40, 37, 3, "B2", null)]
    [InlineData(40, 37, 2, "B2", "counts-differ")]
    [InlineData(39, 37, 2, "B2", "not-all-inspected")]
    [InlineData(40, 37, 3, null, "not-segregated")]
    [InlineData(40, 40, 0, null, null)]
    [Trait("Rule", "C5.3.3")]
    [Trait("Rule", "C7")]
    public void Given_returned_goods_When_they_are_inspected_Then_all_of_them_are_and_the_counts_add_up(
        int inspected,
        int passed,
        int failed,
        string? place,
        string? code
    )
    {
        var complaint = A.Complaint().At(WithQc);

        var refusal = complaint.InspectLot(Qc, Lot(inspected, passed, failed, place));

        (refusal?.Code).ShouldBe(code);
        complaint.Lots.Count.ShouldBe(code is null ? 1 : 0);
    }

    [Theory]
    [InlineData(DispositionKind.Rework, Roles.Qc, true)]
    [InlineData(DispositionKind.Scrap, Roles.Qc, false)]
    [InlineData(DispositionKind.Scrap, Roles.QcHead, true)]
    [InlineData(DispositionKind.Concession, Roles.QcHead, false)]
    [InlineData(DispositionKind.Concession, Roles.ManagementRepresentative, true)]
    [InlineData(DispositionKind.ReturnToSupplier, Roles.QcHead, true)]
    [Trait("Rule", "C7")]
    internal void Given_failed_goods_When_disposed_of_Then_only_by_whoever_has_the_authority(
        DispositionKind kind,
        string role,
        bool may
    )
    {
        var complaint = A.Complaint().At(WithQc);
        complaint.InspectLot(Qc, Lot(40, 37, 3)).ShouldBeNull();

        var refusal = complaint.DisposeLot(A.Context(Someone.With("x", "quality", role)), 1, kind, "虛焊");

        (refusal?.Code).ShouldBe(may ? null : "disposition-authority");
    }

    [Fact]
    [Trait("Rule", "C5.3.3")]
    [Trait("Rule", "C7")]
    public void Given_goods_for_rework_When_they_are_not_inspected_again_Then_nothing_is_released()
    {
        var complaint = A.Complaint().At(NotOurLiability);
        complaint.InspectLot(Qc, Lot(40, 37, 3)).ShouldBeNull();
        complaint.ReleaseConclusion(Qc, "原因", "追溯", "結論").Refused("lot-unsettled", "C5.3.3");
        complaint.DisposeLot(Qc, 1, DispositionKind.Rework, "補焊").ShouldBeNull();
        complaint.ReleaseConclusion(Qc, "原因", "追溯", "結論").Refused("lot-unsettled", "C5.3.3");
        complaint.InspectLot(Qc, new("2026-08-A", 2, 2, 2, 0, null, "複檢", 1)).Refused("rework-does-not-fit", "C7");

        complaint.InspectLot(Qc, new("2026-08-A", 3, 3, 2, 1, "B2", "複檢", 1)).ShouldBeNull();

        complaint.ReleaseConclusion(Qc, "原因", "追溯", "結論").Refused("lot-unsettled", "C5.3.3");
        complaint.DisposeLot(A.Context(Someone.HeadOfQuality()), 2, DispositionKind.Scrap, "無法修復").ShouldBeNull();
        complaint.ReleaseConclusion(Qc, "原因", "追溯", "結論").ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_lines_of_traceability_When_one_comes_again_Then_it_takes_the_place_of_the_former()
    {
        var complaint = A.Complaint().At(OurLiability);
        complaint.Trace(Qc, [Line("LOT-1", 100, null), Line("LOT-2", 5, null)]).ShouldBeNull();

        complaint.Trace(Qc, [Line("lot-1", 100, "已召回")]).ShouldBeNull();

        complaint
            .TraceLines.Select(line => (line.Identity, line.Containment))
            .ShouldBe([("LOT-2", null), ("lot-1", "已召回")]);
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_no_release_When_the_customer_is_answered_Then_refused()
    {
        var complaint = A.Complaint().At(NotOurLiability);

        complaint
            .Answer(Desk, "原因", "追溯", "結論")
            .Refused("conclusion-not-released", "C5.6.1")
            .Missing.ShouldBe(["release"]);
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    [Trait("Rule", "C5.3.2")]
    public void Given_released_words_When_answered_Then_they_may_be_added_to_and_the_difference_is_kept()
    {
        var complaint = A.Complaint().At(NotOurLiability).Released();
        complaint.Answer(Desk, null, null, "別的話").Refused("released-text-altered", "C5.6.1");

        complaint.Answer(Desk, null, "追溯", "王小姐您好:結論。謝謝。").ShouldBeNull();

        var answer = complaint.CustomerAnswer!;
        (answer.Cause, answer.Traceability, answer.Conclusion).ShouldBe(("原因", "追溯", "王小姐您好:結論。謝謝。"));
        answer.Added.ShouldBe([new AnswerAddition("conclusion", "王小姐您好:", "。謝謝。")]);
        complaint.Event<ComplaintAnswered>().Language.ShouldBe("zh-Hant");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_release_When_QC_rules_otherwise_or_the_customer_objects_Then_it_is_void()
    {
        var complaint = A.Complaint().At(NotOurLiability).Released();
        complaint.DecideNotOurs(Qc, "U-02", "另一原因").ShouldBeNull();
        complaint.Release.ShouldBeNull();
        complaint.Released().Answer(Desk, null, null, null).ShouldBeNull();

        complaint.Object(Desk, "不同意").ShouldBeNull();

        complaint.Release.ShouldBeNull();
        complaint.Objections[0].RejectedConclusion.ShouldBe("結論");
    }

    [Fact]
    [Trait("Rule", "C5.3.2")]
    public void Given_a_liability_that_is_not_ours_When_the_goods_were_serviced_Then_FM005_is_made_out_once()
    {
        var complaint = A.Complaint().At(NotOurLiability);
        complaint.CheckServiceReport().Refused("service-report-not-made-out", "C5.3.2");
        complaint.MakeOutServiceReport(Desk, Report(A.Today.AddDays(1))).Refused("service-days-impossible", "C5.3.2");

        complaint.MakeOutServiceReport(Desk, Report(A.Today)).ShouldBeNull();
        complaint.NumberServiceReport("FM005-2026-0001");

        complaint.ServiceReport!.Number.ShouldBe("FM005-2026-0001");
        complaint.CheckServiceReport().ShouldBeNull();
        complaint.MakeOutServiceReport(Desk, Report(A.Today)).Refused("service-report-made-out", "C5.3.2");
        var ours = A.Complaint().Ours().At(Answered);
        ours.MakeOutServiceReport(Desk, Report(A.Today)).Refused("liability-is-ours", "C5.3.2");
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_FM005_and_a_promise_When_the_fault_recurs_Then_both_belong_to_the_round_that_is_over()
    {
        var complaint = A.Complaint().At(Confirmed);
        complaint.MakeOutServiceReport(Desk, Report(A.Today)).ShouldBeNull();
        complaint.NumberServiceReport("FM005-2026-0001");
        complaint.Promise(Desk, A.Today.AddDays(2), "寄送說明").ShouldBeNull();
        complaint.Close(Desk, null).ShouldBeNull();

        Recurrence.Reopen(_ => Qc, complaint, [], "再次發生", null).ShouldBeNull();

        (complaint.ServiceReport, complaint.PromisedUntil, complaint.LatestPromise()).ShouldBe((null, null, null));
        complaint.CheckServiceReport().Refused("service-report-not-made-out", "C5.3.2");
        complaint.Rounds[0].Report!.Number.ShouldBe("FM005-2026-0001");
        complaint.Promises.ShouldHaveSingleItem().Round.ShouldBe(1);
        complaint.Promise(Desk, A.Today.AddDays(5), "覆查").ShouldBeNull();
        complaint.LatestPromise()!.What.ShouldBe("覆查");
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_date_that_is_promised_When_the_customer_is_answered_Then_its_clock_ends()
    {
        var complaint = A.Complaint().At(NotOurLiability).Released();
        complaint.Promise(Desk, A.Today.AddDays(-1), "答覆").Refused("promise-in-the-past", "C1");
        complaint.Promise(Desk, A.Today.AddDays(2), "答覆").ShouldBeNull();
        complaint.PromisedUntil.ShouldBe(A.Today.AddDays(2));

        complaint.Answer(Desk, null, null, null).ShouldBeNull();

        (complaint.PromisedUntil, complaint.Promises.Count).ShouldBe((null, 1));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_an_investigation_When_QC_rules_Then_its_own_clock_says_how_long_it_took()
    {
        var complaint = A.Complaint().On(A.At("2026-03-02 09:00")).At(WithQc);
        var clock = complaint.Stages.ShouldHaveSingleItem();
        (clock.Stage, clock.Until).ShouldBe((Stage.Investigation, null));

        complaint
            .DecideNotOurs(A.Context(Someone.InQuality(), A.At("2026-03-02 11:00")), "U-01", "外力")
            .ShouldBeNull();

        (complaint.Stages[0].Until, complaint.Stages[0].InTime).ShouldBe((A.At("2026-03-02 11:00"), true));
    }

    private static TraceLine Line(string identity, int quantity, string? containment) =>
        new(TraceKind.Lot, identity, "倉庫", null, null, quantity, 0, null, containment, Stamp.Of(Qc));

    private static ServiceReport Report(DateOnly to) =>
        new(null, "M-200", "SN-1", null, "不開機", "更換電源板", ["電源板"], to, to, "魏師傅", "正常", Stamp.Of(Desk));
}
