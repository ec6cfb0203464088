using CsCheck;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

public sealed class ResponseRules
{
    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_an_invitation_When_it_is_answered_Then_the_response_is_what_was_filled_in()
    {
        Invitation invitation = A.Invitation().Judging("engineering");
        var filled = A.Filled(Grade.FairlySatisfied, ("E.skill", Grade.Satisfied)) with
        {
            OverallComment = "尚可",
            Respondent = "王",
        };

        var response = A.Receipt(invitation, filled).Required();

        (response.Overall, response.OverallComment, response.Suggestions, response.Respondent).ShouldBe(
            (Grade.FairlySatisfied, "尚可", "多來看看", "王")
        );
        response.Items.ShouldBe([new GradedAnswer("E.skill", Grade.Satisfied, "因為「這樣」")]);
        (response.ReceivedOn, response.ReceivedAt).ShouldBe((A.Today, A.Moment));
        (response.PolicyVersion, response.QuestionnaireVersion).ShouldBe((1, invitation.QuestionnaireVersion));
        (response.InvitationId, response.Survey, response.CustomerId, response.CustomerName).ShouldBe(
            (invitation.Id, SurveyKind.D, invitation.CustomerId, invitation.CustomerName)
        );
        (response.Source, response.SourceId, response.SourceNumber, response.Department).ShouldBe(
            (invitation.Source, invitation.SourceId, invitation.SourceNumber, "engineering")
        );
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_answered_invitation_When_it_is_answered_again_Then_the_link_is_used()
    {
        Invitation invitation = A.Invitation();
        var first = A.Receipt(invitation).Required();

        var second = A.Receipt(invitation);

        second.Refusal.ShouldNotBeNull().Code.ShouldBe("link-used");
        invitation.ResponseId.ShouldBe(first.Id);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_dead_link_and_a_wrong_form_When_it_is_answered_Then_the_dead_link_is_told()
    {
        var invitation = A.Invitation().At(InvitationState.Withdrawn);

        A.Receipt(invitation, new FilledForm()).Refusal.ShouldNotBeNull().Code.ShouldBe("link-withdrawn");
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_wrong_form_When_it_is_answered_Then_the_link_still_works()
    {
        Invitation invitation = A.Invitation();

        A.Receipt(invitation, new FilledForm()).Refusal.ShouldNotBeNull().Code.ShouldBe("overall-missing");

        (invitation.State, invitation.PendingEntries.Count).ShouldBe((InvitationState.Sent, 0));
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_staff_When_they_answer_for_the_customer_Then_refused_and_the_link_still_works()
    {
        Invitation invitation = A.Invitation();

        var result = Response.Receive(A.Context(Someone.InSales()), invitation, A.Questionnaire, A.Filled());

        result.Refusal.ShouldNotBeNull().Code.ShouldBe("role-missing");
        invitation.State.ShouldBe(InvitationState.Sent);
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_response_When_it_is_received_Then_everything_that_was_graded_is_told()
    {
        Invitation invitation = A.Invitation().Judging("engineering");

        var response = A.Receipt(invitation, A.Filled(items: ("E.skill", Grade.VerySatisfied))).Required();

        var told = response.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<ResponseReceived>();
        (told with { Items = [], Departments = null }).ShouldBe(
            new ResponseReceived(
                response.Id,
                1,
                invitation.Id,
                "D",
                invitation.CustomerId,
                invitation.CustomerName,
                "engineering",
                "satisfied",
                [],
                "多來看看",
                A.Today,
                null,
                "online"
            )
        );
        told.Departments.ShouldBe(["engineering"]);
        told.Items.ShouldBe([new GradedItem("E.skill", "very-satisfied", "因為「這樣」")]);
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_dissatisfied_items_When_the_form_is_returned_Then_it_is_one_complaint_about_these()
    {
        Invitation invitation = A.Invitation();
        var filled = A.Filled(
            Grade.Satisfied,
            ("E.skill", Grade.Dissatisfied),
            ("E.speed", Grade.RatherDissatisfied),
            ("E.result", Grade.Dissatisfied)
        );

        var response = A.Receipt(invitation, filled).Required();

        response.Verdict.ShouldBe(Verdict.Complaint);
        var told = response.PendingEvents.OfType<ResponseDissatisfied>().ShouldHaveSingleItem();
        (told with { DissatisfiedItems = [] }).ShouldBe(
            new ResponseDissatisfied(
                response.Id,
                1,
                invitation.Id,
                "D",
                invitation.CustomerId,
                invitation.CustomerName,
                invitation.Contact,
                invitation.Phone,
                invitation.Source,
                invitation.SourceId,
                invitation.SourceNumber,
                [],
                "多來看看",
                A.Today
            )
        );
        told.DissatisfiedItems.Select(i => i.Item).ShouldBe(["E.skill", "E.result"]);
        var named = told.DissatisfiedItems[0];
        (named.NameEn, named.NameZhHant, named.NameZhHans).ShouldBe(("Professional skill", "專業技能", "专业技能"));
        response.PendingEvents.OfType<ResponseWarned>().ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_dissatisfied_overall_evaluation_When_the_form_is_returned_Then_it_is_a_complaint() =>
        A.Response(Grade.Dissatisfied)
            .PendingEvents.OfType<ResponseDissatisfied>()
            .ShouldHaveSingleItem()
            .DissatisfiedItems.ShouldHaveSingleItem()
            .Item.ShouldBe("overall");

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_rather_dissatisfied_evaluation_When_the_form_is_returned_Then_it_only_warns()
    {
        Invitation invitation = A.Invitation();
        var filled = A.Filled(Grade.RatherDissatisfied, ("E.skill", Grade.VerySatisfied));

        var response = A.Receipt(invitation, filled).Required();

        response.Verdict.ShouldBe(Verdict.Warning);
        var told = response.PendingEvents.OfType<ResponseWarned>().ShouldHaveSingleItem();
        (told with { Items = [] }).ShouldBe(
            new ResponseWarned(response.Id, 1, invitation.Id, invitation.CustomerId, [], A.Today)
        );
        told.Items.ShouldHaveSingleItem().Item.ShouldBe("overall");
        response.PendingEvents.OfType<ResponseDissatisfied>().ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_fairly_satisfied_form_When_it_is_returned_Then_nothing_follows()
    {
        var response = A.Response(Grade.FairlySatisfied);

        response.Verdict.ShouldBe(Verdict.Content);
        response.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<ResponseReceived>();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_whatever_grades_When_the_form_is_returned_Then_at_most_one_thing_follows()
    {
        var items = A.Questionnaire.Kinds[SurveyKind.D].Items;
        var grade = Gen.Enum<Grade>();
        Gen.Select(grade, grade.Array[0, items.Count])
            .Sample(
                (overall, grades) =>
                {
                    var response = A.Response(overall, [.. grades.Select((g, i) => (items[i], g))]);
                    var worst = grades.Append(overall).Min();
                    response.PendingEvents.OfType<ResponseReceived>().Count().ShouldBe(1);
                    response
                        .PendingEvents.OfType<ResponseDissatisfied>()
                        .Count()
                        .ShouldBe(worst == Grade.Dissatisfied ? 1 : 0);
                    response
                        .PendingEvents.OfType<ResponseWarned>()
                        .Count()
                        .ShouldBe(worst == Grade.RatherDissatisfied ? 1 : 0);
                },
                iter: 300
            );
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    [Trait("Case", "8")]
    public void Given_twenty_forms_sent_and_ten_returned_When_they_are_counted_Then_seventy_percent_and_one_complaint()
    {
        Grade[] grades =
        [
            .. Enumerable.Repeat(Grade.VerySatisfied, 3),
            .. Enumerable.Repeat(Grade.Satisfied, 2),
            .. Enumerable.Repeat(Grade.FairlySatisfied, 2),
            .. Enumerable.Repeat(Grade.RatherDissatisfied, 2),
            Grade.Dissatisfied,
        ];
        var sent = Enumerable.Range(0, 20).Select(_ => A.Invitation().Judging("engineering").Build()).ToList();

        var responses = sent.Zip(grades, (invitation, g) => A.Receipt(invitation, A.Filled(g)).Required()).ToList();

        var rate = Satisfaction.Rate(responses.Select(r => r.Overall), A.Policy.Surveys);
        rate.Percent.ShouldBe(70.0m);
        (rate.Against(70), rate.Against(75)).ShouldBe((GoalOutcome.Reward, GoalOutcome.CorrectiveOrder));
        var events = responses.SelectMany(r => r.PendingEvents).ToList();
        events.OfType<ResponseReceived>().Count().ShouldBe(10);
        events.OfType<ResponseDissatisfied>().ShouldHaveSingleItem().ResponseId.ShouldBe(responses[9].Id);
        events.OfType<ResponseWarned>().Count().ShouldBe(2);
    }
}
