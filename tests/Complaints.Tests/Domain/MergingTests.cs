using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using static CustomerService.Complaints.Complaints.Domain.ComplaintState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Several customers with one matter, and texts that say the same.</summary>
public sealed class MergingTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    [Fact]
    [Trait("Rule", "S4")]
    [Trait("Rule", "C1")]
    public void Given_two_complaints_When_merged_Then_the_child_keeps_number_and_customer_and_its_clock_stops()
    {
        var (parent, child) = (A.Complaint().At(WithQc), A.Complaint().Build());
        child.MarkSaved();

        child.MergeInto(Desk, parent, "與另一案一併處理").ShouldBeNull();

        (child.State, child.Number, child.CustomerId, child.ParentId).ShouldBe(
            (Merged, "TS-2026-000123", Records.CustomerId, parent.Id)
        );
        parent.Children.ShouldBe([child.Id]);
        child.ResolutionDueAt.ShouldBeNull("the clock stands");
        child.Response!.Message.ShouldBe("與另一案一併處理", "the customer had no response before");
        child.Event<ComplaintMerged>().ParentId.ShouldBe(parent.Id);
        parent.MergeInto(Desk, A.Complaint().At(WithQc), "x").Refused("has-merged-complaints", "S4");
        A.Complaint().At(WithQc).MergeInto(Desk, child, "x").Refused("parent-does-not-fit", "S4");
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_a_merged_complaint_When_the_parent_is_answered_Then_its_customer_is_in_their_own_words()
    {
        var (parent, child) = (A.Complaint().At(WithQc), A.Complaint().Build());
        child.MergeInto(Desk, parent, "一併處理").ShouldBeNull();

        child
            .AnswerWithParent(A.Context(Someone.System()), new("cause", "lots", "done", Stamp.Of(Desk)))
            .ShouldBeNull();

        (child.State, child.ResolvedInTime, child.IsPaused).ShouldBe((Answered, true, false));
        child.Event<ComplaintAnswered>().ParentId.ShouldBe(parent.Id);
        child.Object(Desk, "不同意").ShouldBeNull("each customer confirms or disputes for themselves");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "S4")]
    [Trait("Rule", "C5.5.2")]
    public void Given_a_repeated_fault_When_it_is_answered_with_its_parent_Then_the_parents_meeting_was_its_own_until_a_dispute(
        bool met
    )
    {
        var (parent, child) = (A.Complaint().At(WithQc), A.Complaint().Build());
        child.NoteRepeatedFault(A.Context(Someone.System()), parent.Number).ShouldBeNull();
        child.MergeInto(Desk, parent, "一併處理").ShouldBeNull();
        child
            .AnswerWithParent(
                A.Context(Someone.System()),
                new("cause", "lots", "done", Stamp.Of(Desk))
                {
                    MetWithParent = met ? [EscalationReason.MajorQualityProblem] : [],
                }
            )
            .ShouldBeNull();
        MeetingGrounds
            .Open(child, Desk)
            .Contains(EscalationReason.MajorQualityProblem)
            .ShouldBe(!met, "what the parent's heads did not meet about is open");

        child.Object(Desk, "不同意").ShouldBeNull();

        MeetingGrounds.Open(child, Desk).ShouldContain(EscalationReason.MajorQualityProblem);
    }

    // Monday, 2 March 2026, 8 hours a day from 9: what was merged does not count.
    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    [Trait("Rule", "S4")]
    public void Given_a_merged_complaint_When_it_is_unmerged_within_30_days_Then_its_clock_runs_without_that_time(
        int days,
        bool may
    )
    {
        var (parent, child) = (A.Complaint().At(WithQc), A.Complaint().Build());
        var due = child.ResolutionDueAt;
        child.MergeInto(Desk, parent, "一併處理").ShouldBeNull();

        var refusal = child.Unmerge(
            A.Context(Someone.InCustomerService(), A.Moment.AddDays(days)),
            parent,
            "並非同一故障"
        );

        (refusal?.Code).ShouldBe(may ? null : "merged-too-long-ago");
        if (may)
        {
            (child.State, child.ParentId, parent.Children.Count).ShouldBe((Responded, null, 0));
            child.ResolutionDueAt.ShouldNotBeNull().ShouldBeGreaterThan(due!.Value);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Rule", "S4")]
    [Trait("Rule", "C5.2")]
    public void Given_a_merged_complaint_When_the_parent_is_settled_at_triage_Then_it_is_settled_with_it(bool solved)
    {
        var (parent, child) = (A.Complaint().At(Responded), A.Complaint().Build());
        child.MergeInto(Desk, parent, "一併處理").ShouldBeNull();

        child
            .SettleWithParent(
                A.Context(Someone.System()),
                solved ? TriageOutcome.Solved : TriageOutcome.Explained,
                "使用不當"
            )
            .ShouldBeNull();

        (child.State, child.Triage!.Note, child.IsPaused, child.ResolvedInTime).ShouldBe(
            (solved ? Solved : Explained, "使用不當", false, true)
        );
        child.Object(Desk, "不同意").ShouldBeNull("each customer confirms or disputes for themselves");
    }

    [Fact]
    [Trait("Rule", "S4")]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_child_in_another_language_When_the_parent_is_answered_Then_it_needs_a_translation()
    {
        var parent = A.Complaint().At(Answered);
        var other = Of("en");
        var same = Of("zh-Hant");

        ParentAnswer.For(parent, other, []).Failed(out var missing, out _).ShouldBeTrue();
        missing!.Code.ShouldBe("translation-missing");
        ParentAnswer.NoteFor(A.Complaint().At(Explained), other, []).Failed(out _, out _).ShouldBeTrue();
        ParentAnswer.For(parent, other, [new("en", "a", "b", "c")]).Required().Conclusion.ShouldBe("c");
        ParentAnswer.For(parent, same, []).Required().ShouldBe(parent.CustomerAnswer);
        ParentAnswer.For(parent, same, [new("zh-Hant", "a", "b", "c")]).Failed(out var altered, out _).ShouldBeTrue();
        altered!.Code.ShouldBe("released-text-altered");
        ParentAnswer
            .For(parent, same, [new("zh-Hant", "搭接不足", "3 號樓屋面", "已重做，謝謝")])
            .Required()
            .Added.ShouldHaveSingleItem()
            .After.ShouldBe("，謝謝");

        static Complaint Of(string language) =>
            Complaint
                .Register(A.Context(Someone.InSales()), "TS-2026-000124", A.Intake() with { Language = language })
                .Required();
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_complaint_with_QC_When_it_is_merged_Then_QCs_clock_ends()
    {
        var (parent, child) = (A.Complaint().At(WithQc), A.Complaint().At(WithQc));

        child.MergeInto(Desk, parent, "一併處理").ShouldBeNull();

        child.Stages.ShouldHaveSingleItem().Until.ShouldBe(A.Moment);
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public void Given_codes_of_product_and_fault_at_intake_When_registered_or_merged_Then_the_fault_is_known()
    {
        var complaint = Complaint
            .Register(
                A.Context(Someone.InSales()),
                "TS-2026-000124",
                A.Intake() with
                {
                    ProductCode = "M-200",
                    FaultCode = "E-07",
                }
            )
            .Required();
        complaint.FaultKey.ShouldBe(RepeatedFault.KeyOf("M-200", "E-07"));
        complaint.MergeInto(Desk, A.Complaint().At(WithQc), "一併處理").ShouldBeNull();

        complaint
            .Assess(Desk, new Assessment(false, "E-08", null, "附註", Stamp.Of(Desk)), null)
            .ShouldBeNull("what is merged is assessed, too");

        complaint.FaultKey.ShouldBe(RepeatedFault.KeyOf("M-200", "E-08"));
    }

    [Theory]
    [InlineData("控制板開機後無反應，指示燈不亮", "控制板开机后无反应,指示灯不亮", true)]
    [InlineData("The control board does not start", "the CONTROL board does not start!", true)]
    [InlineData("屋面滲漏，連日大雨後走廊滴水", "電梯門無法關閉，已通知廠家", false)]
    [Trait("Rule", "S4")]
    public void Given_two_texts_When_they_say_the_same_Then_they_share_a_key_in_either_script(
        string one,
        string other,
        bool alike
    )
    {
        SimilarText.KeysOf(one).Intersect(SimilarText.KeysOf(other)).Any().ShouldBe(alike);
        (SimilarText.Likeness(one, other) > 0.5).ShouldBe(alike);
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_a_long_description_When_only_the_subject_is_typed_Then_the_complaint_is_a_candidate()
    {
        var intake = A.Intake() with
        {
            Subject = "變頻器第20號開機無反應",
            Description = string.Join('，', Enumerable.Range(0, 60).Select(i => $"第{i}段經過另行說明")),
        };

        var complaint = Complaint.Register(A.Context(Someone.InSales()), "TS-2026-000123", intake).Required();

        SimilarText.KeysOf("变频器第20号开机无反应").Intersect(complaint.SimilarKeys).ShouldNotBeEmpty();
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_a_text_When_its_keys_are_made_Then_they_are_the_same_for_ever() =>
        // What is stored was made by an earlier release.
        SimilarText.KeysOf("屋面滲漏")[..2].ShouldBe(SimilarText.KeysOf("屋面滲漏。")[..2]);
}
