using CsCheck;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Tests;

public sealed class FormRules
{
    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void The_questionnaire_has_the_six_dimensions_with_finer_items_and_each_kind_a_subset()
    {
        var questionnaire = Some.Questionnaire;
        questionnaire.Form.ShouldBe("FM006");
        questionnaire.Dimensions.Select(d => d.Code).ShouldBe(["A", "B", "C", "D", "E", "F"]);
        questionnaire.Dimensions.ShouldAllBe(d =>
            d.Items.Count > 0 && d.Items.All(i => i.StartsWith(d.Code + ".", StringComparison.Ordinal))
        );
        questionnaire.For(SurveyKind.D).Select(d => d.Code).ShouldBe(["A", "B", "C", "D", "E", "F"]);
        questionnaire.For(SurveyKind.B).Select(d => d.Code).ShouldBe(["A", "B", "D", "E", "F"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void The_overall_evaluation_is_mandatory_and_items_are_checked()
    {
        string? Code(FilledForm form) => Some.Questionnaire.Read(SurveyKind.B, form).Refusal?.Code;
        FilledItem Item(string item, string? grade = "satisfied") => new(item, grade);

        Code(new()).ShouldBe("overall-missing");
        Code(new(" ")).ShouldBe("overall-missing");
        Code(new("great")).ShouldBe("unknown-grade");
        Code(new("Satisfied")).ShouldBe("unknown-grade");
        Code(new("4")).ShouldBe("unknown-grade");
        Code(new("satisfied", Items: [Item("C.style")])).ShouldBe("unknown-item");
        Code(new("satisfied", Items: [Item("overall")])).ShouldBe("unknown-item");
        Code(new("satisfied", Items: [null])).ShouldBe("unknown-item");
        Code(new("satisfied", Items: [Item("E.skill", null)])).ShouldBe("unknown-grade");
        Code(new("satisfied", Items: [Item("E.skill"), Item("E.skill", "dissatisfied")])).ShouldBe("duplicate-item");
        Code(new("satisfied", Items: [new("E.skill", "satisfied", new string('x', 1001))])).ShouldBe("text-too-long");
        Code(new("satisfied", Suggestions: new string('x', 4001))).ShouldBe("text-too-long");
        Code(new("satisfied")).ShouldBeNull();
        var (answers, _) = Some.Questionnaire.Read(
            SurveyKind.B,
            new("dissatisfied", " 慢 ", [Item("E.skill", "very-satisfied")], "  ", "王")
        );
        answers!.Overall.ShouldBe(Grade.Dissatisfied);
        answers.OverallComment.ShouldBe("慢");
        answers.Suggestions.ShouldBeNull();
        answers.Items.ShouldHaveSingleItem().Grade.ShouldBe(Grade.VerySatisfied);
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Any_dissatisfied_item_or_a_dissatisfied_whole_makes_one_complaint()
    {
        var invitation = Some.Invitation();
        var form = Some.Recover(
            invitation,
            Some.Answers(
                Grade.Satisfied,
                ("E.skill", Grade.Dissatisfied),
                ("E.speed", Grade.RatherDissatisfied),
                ("E.result", Grade.Dissatisfied)
            )
        );
        form.Verdict.ShouldBe(Verdict.Complaint);
        form.PendingEvents.OfType<FormRecovered>().ShouldHaveSingleItem().Overall.ShouldBe("satisfied");
        form.PendingEvents.OfType<FormWarned>().ShouldBeEmpty();
        var dissatisfied = form.PendingEvents.OfType<FormDissatisfied>().ShouldHaveSingleItem();
        dissatisfied.DissatisfiedItems.Select(i => i.Item).ShouldBe(["E.skill", "E.result"]);
        dissatisfied.Contact.ShouldBe(invitation.Contact);
        dissatisfied.SourceId.ShouldBe(invitation.SourceId);

        var whole = Some.Recover(Some.Invitation(), Some.Answers(Grade.Dissatisfied));
        whole
            .PendingEvents.OfType<FormDissatisfied>()
            .ShouldHaveSingleItem()
            .DissatisfiedItems.ShouldHaveSingleItem()
            .Item.ShouldBe("overall");
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Rather_dissatisfied_only_warns()
    {
        var form = Some.Recover(
            Some.Invitation(),
            Some.Answers(Grade.RatherDissatisfied, ("E.skill", Grade.VerySatisfied))
        );
        form.Verdict.ShouldBe(Verdict.Warning);
        form.PendingEvents.OfType<FormDissatisfied>().ShouldBeEmpty();
        form.PendingEvents.OfType<FormWarned>()
            .ShouldHaveSingleItem()
            .Items.ShouldHaveSingleItem()
            .Item.ShouldBe("overall");
        Some.Recover(Some.Invitation(), Some.Answers(Grade.FairlySatisfied))
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBeOfType<FormRecovered>();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Whatever_the_grades_there_is_one_form_and_at_most_one_consequence()
    {
        var items = Some.Questionnaire.Kinds[SurveyKind.D].Items;
        var grade = Gen.Enum<Grade>();
        Gen.Select(grade, grade.Array[0, items.Count])
            .Sample(
                (overall, grades) =>
                {
                    var form = Some.Recover(
                        Some.Invitation(),
                        Some.Answers(overall, [.. grades.Select((g, i) => (items[i], g))])
                    );
                    var worst = grades.Append(overall).Min();
                    form.PendingEvents.OfType<FormRecovered>().Count().ShouldBe(1);
                    form.PendingEvents.OfType<FormDissatisfied>().Count().ShouldBe(worst == Grade.Dissatisfied ? 1 : 0);
                    form.PendingEvents.OfType<FormWarned>().Count().ShouldBe(worst == Grade.RatherDissatisfied ? 1 : 0);
                },
                iter: 300
            );
    }
}
