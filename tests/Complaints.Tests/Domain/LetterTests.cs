using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using static CustomerService.Complaints.Letters.Domain.AffectedLetterState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Letters to the customers whose goods are affected.</summary>
public sealed class LetterTests
{
    private static readonly Guid Mill = Guid.Parse("0198c0de-0000-7000-8000-0000000000a1");
    private static readonly Guid Dock = Guid.Parse("0198c0de-0000-7000-8000-0000000000a2");
    private static readonly CommandContext Desk = A.Context(Someone.InCustomerService());

    private static readonly LetterText[] Texts =
    [
        new("zh-Hant", "批次 L-7 停用", "請停用並清點。"),
        new("en", "Lot L-7: stop using", "Stop using and count."),
    ];

    [Fact]
    public void The_flow_of_a_letter_is_sound() =>
        FlowChecks
            .Problems(AffectedLetterFlow.Table, ComplaintsTexts.Manager, ServiceDefaults.Texts.Common)
            .ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_letter() =>
        new FlowWalk<AffectedLetter, AffectedLetterState, AffectedLetterAction>(AffectedLetterFlow.Table)
            .Start(
                AffectedLetterAction.Write,
                move => AffectedLetter.Write(move.Context, "YX-1", Traced(), Mill, "en", Texts)
            )
            .On(AffectedLetterAction.Send, (l, move) => l.Send(move.Context, "mail"))
            .On(AffectedLetterAction.Remind, (l, move) => l.Remind(move.Context))
            .On(
                AffectedLetterAction.Answer,
                (l, move) => l.RecordAnswer(move.Context, new(1, move.OneIn(3) ? 99 : 1, "ok"))
            )
            .On(AffectedLetterAction.Cancel, (l, move) => l.Cancel(move.Context, "why"))
            .Run(walks: 200);

    [Fact]
    [Trait("Rule", "C7")]
    public void Given_a_traceability_table_When_letters_are_written_Then_each_customer_has_one_with_its_own_goods_in_its_language()
    {
        var complaint = Traced();

        AffectedLetter.ToWriteTo(complaint, []).ShouldBe([Mill, Dock], ignoreOrder: true);
        var letter = Written(complaint, Mill, "en");

        (letter.Language, letter.Subject, letter.CustomerName, letter.Quantity).ShouldBe(
            ("en", "Lot L-7: stop using", "西嶺電機廠", 7)
        );
        letter.Goods.Select(goods => goods.Identity).ShouldBe(["L-7", "SN-1"]);
        Written(complaint, Dock, "zh-Hans")
            .Language.ShouldBe("zh-Hant", "the first where there is none in its language");
        AffectedLetter.ToWriteTo(complaint, [letter]).ShouldBe([Dock]);
        letter.Cancel(Desk, "重寫").ShouldBeNull();
        AffectedLetter.ToWriteTo(complaint, [letter]).ShouldBe([Mill, Dock], ignoreOrder: true);
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void Given_a_sent_letter_When_unanswered_past_its_day_Then_reminded_by_the_system_and_again_after_as_many_days()
    {
        var letter = Written(Traced(), Mill, "en");
        letter.Send(Desk, "郵寄").ShouldBeNull();
        letter.Event<AffectedLetterSent>().AnswerDueOn.ShouldBe(A.Today.AddDays(7));
        letter.MarkSaved();

        letter.Remind(System(7)).Refused("answer-not-overdue", "C7");
        letter.Remind(System(8)).ShouldBeNull();

        (letter.Reminders, letter.AnswerDueOn, letter.State).ShouldBe((1, A.Today.AddDays(15), Sent));
        letter.Event<AffectedLetterReminded>().Reminder.ShouldBe(1);
        letter.Remind(Desk).Refused("role-missing", "C7");
    }

    [Fact]
    [Trait("Rule", "C7")]
    public void Given_a_sent_letter_When_the_customer_answers_Then_no_more_is_accounted_for_than_is_affected()
    {
        var letter = Written(Traced(), Mill, "en");
        var customer = A.Context(Someone.AtCustomer(Mill));
        letter.RecordAnswer(customer, new(3, 4, "ok")).Refused("not-in-this-state", "C7");
        letter.Send(Desk, "郵寄").ShouldBeNull();

        letter.RecordAnswer(customer, new(4, 4, "ok")).Refused("more-than-affected", "C7");
        letter.RecordAnswer(customer, new(-1, 4, "ok")).Refused("more-than-affected", "C7");
        letter.RecordAnswer(customer, new(3, 4, "ok")).ShouldBeNull();

        (letter.State, letter.Answer!.Answer.InStock).ShouldBe((Answered, 3));
    }

    private static CommandContext System(int days) => A.Context(Someone.System("complaints"), A.Today.AddDays(days));

    private static AffectedLetter Written(Complaint complaint, Guid customer, string language) =>
        AffectedLetter.Write(Desk, "YX-2026-000001", complaint, customer, language, Texts).Required();

    private static Complaint Traced()
    {
        var complaint = A.Complaint().At(ComplaintState.WithQc);
        var qc = A.Context(Someone.InQuality());
        TraceLine Line(TraceKind kind, string identity, Guid? customer, string? name, int quantity) =>
            new(kind, identity, null, customer, name, quantity, 0, null, null, Stamp.Of(qc));
        complaint
            .Trace(
                qc,
                [
                    Line(TraceKind.Lot, "L-7", Mill, "西嶺電機廠", 6),
                    Line(TraceKind.Serial, "SN-1", Mill, "西嶺電機廠", 1),
                    Line(TraceKind.Delivery, "D-2", Dock, "東港貨櫃", 3),
                    Line(TraceKind.Stock, "W-1", null, null, 20),
                ]
            )
            .ShouldBeNull();
        return complaint;
    }
}
