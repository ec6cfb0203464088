using CustomerService.Rules;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Analysis.Features;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>The rate of C5.10 and for whom a form counts.</summary>
public sealed class TallyRules
{
    private static SurveyPolicy Policy => A.Policy.Surveys;

    [Fact]
    [Trait("Rule", "C5.10")]
    [Trait("Case", "10")]
    public void Given_forms_that_name_a_department_or_none_When_counted_Then_each_counts_for_those_that_it_should()
    {
        var both = Asking("engineering", "sales");
        var salesOnly = Asking("sales", "sales");
        AlikeForms[] forms =
        [
            Form("engineering", both, Grade.FairlySatisfied),
            Form(null, both, Grade.RatherDissatisfied),
            Form(null, salesOnly, Grade.VerySatisfied),
        ];

        var byDepartment = Tally.ByDepartment(forms).ToDictionary(d => d.Department, d => Tally.Of(d.Forms, Policy));

        byDepartment.Keys.ShouldBe(["engineering", "sales"]);
        (byDepartment["engineering"].Satisfied, byDepartment["engineering"].Recovered).ShouldBe((1, 2));
        (byDepartment["engineering"].Percent, byDepartment["sales"].Percent).ShouldBe((50.0m, 50.0m));
        Tally.Of(forms, Policy).Percent.ShouldBe(66.7m);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    [Trait("Case", "8")]
    public void Given_ten_recovered_forms_When_counted_Then_seventy_percent_with_their_distribution()
    {
        var tally = Tally.Of(
            new Dictionary<Grade, int>
            {
                [Grade.VerySatisfied] = 3,
                [Grade.Satisfied] = 2,
                [Grade.FairlySatisfied] = 2,
                [Grade.RatherDissatisfied] = 2,
                [Grade.Dissatisfied] = 1,
            },
            Policy
        );

        (tally.Recovered, tally.Satisfied, tally.Percent).ShouldBe((10, 7, 70.0m));
        tally.Distribution.Select(d => d.Count).ShouldBe([3, 2, 2, 2, 1]);
        tally.Interval.ShouldBe(new Interval(39.7m, 89.2m));
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_no_form_When_counted_Then_not_available_and_never_zero()
    {
        var tally = Tally.Of([], Policy);

        (tally.Recovered, tally.Percent, tally.Interval).ShouldBe((0, null, null));
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_too_few_anonymous_forms_When_counted_Then_their_number_and_rate_are_shown_and_no_grade()
    {
        AlikeForms few = new([], Grade.Satisfied, SurveyKind.A, null, 2) { IsFew = true };
        AlikeForms worst = few with { Overall = Grade.Dissatisfied, Count = 1 };
        AlikeForms named = new(["sales"], Grade.VerySatisfied, SurveyKind.A, AnswerMode.Online, 1);

        var alone = Tally.Of([few, worst], Policy);
        (alone.Recovered, alone.Satisfied, alone.Percent).ShouldBe((3, 2, 66.7m));
        alone.Distribution.ShouldBeEmpty();

        var together = Tally.Of([few, worst, named], Policy);
        (together.Recovered, together.Percent).ShouldBe((4, 75.0m));
        together.Distribution.Select(g => g.Count).ShouldBe([1, 0, 0, 0, 0]);
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData(InvitationChannel.Message, InvitationState.Expired, true)]
    [InlineData(InvitationChannel.Sheet, InvitationState.Sent, true)]
    [InlineData(InvitationChannel.Anonymous, InvitationState.Answered, true)]
    [InlineData(InvitationChannel.Sheet, InvitationState.Withdrawn, false)]
    [InlineData(InvitationChannel.Open, InvitationState.Answered, false)]
    [InlineData(InvitationChannel.Staff, InvitationState.Answered, false)]
    public void Given_a_form_When_the_response_rate_is_counted_Then_it_is_of_those_that_could_be_left_unanswered(
        object channel,
        object state,
        bool counts
    ) =>
        new SentForms([], (InvitationState)state, SurveyKind.D, (InvitationChannel)channel, 1).CouldBeRefused.ShouldBe(
            counts
        );

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_month_without_a_form_When_the_trend_is_drawn_Then_it_is_left_out_and_never_zero()
    {
        ReadSatisfaction.OfMonth Month(string month, int count) =>
            new(month, Tally.Of(new Dictionary<Grade, int> { [Grade.Satisfied] = count }, Policy));

        var chart = ReadSatisfaction.ChartOf([Month("2026-01", 2), Month("2026-02", 0), Month("2026-03", 1)], "%");

        chart.ShouldNotBeNull().Labels.ShouldBe(["2026-01", "2026-03"]);
        chart.Series.ShouldHaveSingleItem().Values.ShouldBe([100.0, 100.0]);
        ReadSatisfaction.ChartOf([Month("2026-02", 0)], "%").ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_an_item_of_a_department_twice_on_a_form_When_counted_Then_the_form_counts_once_for_it() =>
        Tally
            .ByDepartment([new(["sales", "sales"], Grade.Satisfied, SurveyKind.C, AnswerMode.Online, 3)])
            .ShouldHaveSingleItem()
            .Forms.Sum(f => f.Count)
            .ShouldBe(3);

    private static Questionnaire Asking(string first, string second)
    {
        var whole = EditionRules.Whole(first);
        return (
            whole with
            {
                Items = [.. whole.Items.Select((item, place) => place > 2 ? item with { Department = second } : item)],
            }
        ).As(3, A.Today);
    }

    private static AlikeForms Form(string? department, Questionnaire questionnaire, Grade overall)
    {
        var invitation = Invitation
            .Send(
                A.Context(Someone.InSales()),
                A.Addressee() with
                {
                    Department = department,
                },
                questionnaire,
                new(Guid.NewGuid().ToString("N"), "")
            )
            .Required();
        var response = Response
            .Receive(A.Context(invitation.Holder), invitation, questionnaire, A.Filled(overall))
            .Required();
        return new(response.Judged.Split(' '), response.Overall, response.Survey, response.Mode, 1);
    }
}
