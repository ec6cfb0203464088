using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>What becomes of the forms (C5.8.1, C5.9).</summary>
public sealed class FollowUpRules
{
    private static readonly Actor Head = Someone.HeadOf("engineering");

    private static Findings Findings(string department = "engineering") =>
        new(department, A.Today.AddDays(-30), A.Today, Tally.Of([], A.Policy.Surveys), [], "維修速度評價偏低");

    private static ContactNote Issued() =>
        ContactNote.Issue(A.Context(Someone.InCustomerService()), "LL-2026-000001", Findings()).Required();

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_contact_note_When_the_department_has_done_it_Then_quality_and_service_each_verify()
    {
        var note = Issued();
        note.DueOn.ShouldBe(A.Today.AddDays(7));
        note.Receive(A.Context(Head)).ShouldBeNull();
        note.SetMeasures(A.Context(Head), "增派人手", null).ShouldBeNull();
        note.ReportDone(A.Context(Head), "已增派兩人").ShouldBeNull();

        note.VerifyByService(A.Context(Someone.InCustomerService()), "有效").ShouldBeNull();
        note.State.ShouldBe(ContactNoteState.VerifiedByService);
        note.PendingEvents.OfType<ContactNoteVerified>().ShouldBeEmpty();
        note.VerifyByQuality(A.Context(Someone.InQuality()), "有效").ShouldBeNull();

        note.State.ShouldBe(ContactNoteState.Verified);
        note.PendingEvents.OfType<ContactNoteVerified>().ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_contact_note_When_another_department_receives_it_Then_refused() =>
        Issued().Receive(A.Context(Someone.HeadOf("sales"))).ShouldNotBeNull().Code.ShouldBe("other-department");

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_department_that_names_a_day_after_the_deadline_When_measures_are_set_Then_more_time_is_given_first()
    {
        var note = Issued();
        var deadline = note.DueOn;
        note.Receive(A.Context(Head)).ShouldBeNull();

        note.SetMeasures(A.Context(Head), "增派人手", deadline.AddDays(1))
            .ShouldNotBeNull()
            .Code.ShouldBe("done-by-too-late");
        note.DueOn.ShouldBe(deadline);
        note.Extend(A.Context(Head), deadline.AddDays(7), "x").ShouldNotBeNull().Code.ShouldBe("role-missing");
        note.Extend(A.Context(Someone.InCustomerService()), deadline, "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("no-later-day");
        note.Extend(A.Context(Someone.InCustomerService()), deadline.AddDays(7), "零件未到").ShouldBeNull();

        note.SetMeasures(A.Context(Head), "增派人手", deadline.AddDays(1)).ShouldBeNull();
        note.DueOn.ShouldBe(deadline.AddDays(1));
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_one_person_of_both_departments_When_verifying_twice_Then_another_must()
    {
        var note = Issued();
        note.Receive(A.Context(Head));
        note.SetMeasures(A.Context(Head), "增派人手", null);
        note.ReportDone(A.Context(Head), "已增派兩人");
        var both = Someone.With("bai", "quality", Roles.Qc, Roles.CustomerService);
        note.VerifyByQuality(A.Context(both), "有效").ShouldBeNull();

        note.VerifyByService(A.Context(both), "有效").ShouldNotBeNull().Code.ShouldBe("same-verifier");
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_a_contact_note_is_closed_by_two_verdicts() =>
        new FlowWalk<ContactNote, ContactNoteState, ContactNoteAction>(ContactNoteFlow.Table)
            .Start(ContactNoteAction.Issue, move => ContactNote.Issue(move.Context, "LL-2026-000001", Findings()))
            .On(ContactNoteAction.Receive, (n, move) => n.Receive(move.Context))
            .On(
                ContactNoteAction.SetMeasures,
                (n, move) => n.SetMeasures(move.Context, "m", move.Pick<DateOnly?>(null, n.DueOn.AddDays(1)))
            )
            .On(
                ContactNoteAction.Extend,
                (n, move) => n.Extend(move.Context, n.DueOn.AddDays(move.Pick(-1, 7)), "parts")
            )
            .On(ContactNoteAction.ReportDone, (n, move) => n.ReportDone(move.Context, "d"))
            .On(ContactNoteAction.VerifyByQuality, (n, move) => n.VerifyByQuality(move.Context, "ok"))
            .On(ContactNoteAction.VerifyByService, (n, move) => n.VerifyByService(move.Context, "ok"))
            .On(ContactNoteAction.SendBack, (n, move) => n.SendBack(move.Context, "no"))
            .On(ContactNoteAction.Withdraw, (n, move) => n.Withdraw(move.Context, "mistake"))
            .By(
                Head,
                Someone.InResponsible("engineering"),
                Someone.HeadOf("sales"),
                Someone.InCustomerService(),
                Someone.InQuality(),
                Someone.HeadOfQuality(),
                Someone.With("bai", "quality", Roles.Qc, Roles.CustomerService),
                Someone.InSales()
            )
            .Holds(
                (n, _) =>
                    (n.State == ContactNoteState.Verified).ShouldBe(n.ByQuality is not null && n.ByService is not null)
            )
            .Run();

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_form_with_a_suggestion_When_it_comes_in_Then_it_is_registered_and_what_became_of_it_is_told()
    {
        var response = A.Response();
        var suggestion = Suggestion.Of(Holder(response), response).ShouldNotBeNull();
        (suggestion.Text, suggestion.State).ShouldBe(("多來看看", SuggestionState.Registered));

        suggestion.Tell(A.Context(Someone.InSales()), "x").ShouldNotBeNull().Code.ShouldBe("not-in-this-state");
        suggestion.Decline(A.Context(Developer), "上門", "人手不足").ShouldBeNull();
        suggestion.Tell(A.Context(Someone.InSales()), "已電話說明").ShouldBeNull();

        suggestion.State.ShouldBe(SuggestionState.Told);
        suggestion.PendingEvents.OfType<SuggestionDecided>().ShouldHaveSingleItem().TakenUp.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_form_without_words_When_it_comes_in_Then_nothing_is_registered()
    {
        var response = A.Receipt(A.Invitation(), A.Filled() with { Suggestions = " " }).Required();

        Suggestion.Of(Holder(response), response).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_a_suggestion_is_decided_before_it_is_told() =>
        new FlowWalk<Suggestion, SuggestionState, SuggestionAction>(SuggestionFlow.Table)
            .Start(
                SuggestionAction.Register,
                move =>
                    Suggestion.Of(move.Context, A.Response()) is { } one
                        ? one
                        : new Refusal(RefusalKind.Forbidden, "role-missing", "C5.8.1", ["role"], [])
            )
            .On(SuggestionAction.TakeUp, (s, move) => s.TakeUp(move.Context, "topic", "plan"))
            .On(SuggestionAction.Decline, (s, move) => s.Decline(move.Context, "topic", "why"))
            .On(SuggestionAction.Tell, (s, move) => s.Tell(move.Context, "told"))
            .By(Developer, Head, Someone.InSales(), Someone.InCustomerService(), Someone.InQuality(), Someone.System())
            .Holds(
                (s, _) =>
                    s.IsTakenUp.ShouldBe(
                        s.State == SuggestionState.TakenUp || (s.State == SuggestionState.Told && s.Reason == "plan")
                    )
            )
            .Run();

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_customer_who_wants_an_answer_When_the_form_comes_in_Then_it_is_owed_in_three_days()
    {
        var response = A.Receipt(A.Invitation(), A.Filled() with { WantsAnswer = true }).Required();

        var owed = OwedAnswer.Open(Holder(response), response, "李主任", "010", "請回覆").Required();

        (response.WantsAnswer, owed.DueOn).ShouldBe((true, A.Today.AddDays(3)));
        owed.Give(A.Context(Someone.InCustomerService()), "已上門").ShouldBeNull();
        owed.Given.ShouldBe("已上門");
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_an_answer_is_owed_until_it_is_given() =>
        new FlowWalk<OwedAnswer, OwedAnswerState, OwedAnswerAction>(OwedAnswerFlow.Table)
            .Start(OwedAnswerAction.Open, move => OwedAnswer.Open(move.Context, A.Response(), "李", "010", "請回覆"))
            .On(OwedAnswerAction.Give, (o, move) => o.Give(move.Context, "given"))
            .On(OwedAnswerAction.Drop, (o, move) => o.Drop(move.Context, "twice"))
            .Run();

    private static Actor Developer => Someone.With("gao", "technical", Roles.ProductDevelopment);

    private static CommandContext Holder(Response response) => A.Context(Someone.AtCustomer(response.CustomerId));
}
