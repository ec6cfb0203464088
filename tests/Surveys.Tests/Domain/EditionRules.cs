using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>Versions of the questionnaire that the company writes (C5.8.3).</summary>
public sealed class EditionRules
{
    private static readonly Actor Author = Someone.InCustomerService();
    private static readonly Actor Other = Someone.SalesManager();

    /// <summary>A version that can be published: every kind asks an item of each dimension.</summary>
    internal static EditionContent Whole(string department = "engineering") =>
        new(
            [.. EditionContent.Dimensions.Select(d => Item($"{d}.one", department))],
            [.. Enum.GetValues<SurveyKind>().Select(kind => new EditionKind(kind, Codes))],
            NamesCompetitor: true
        );

    internal static EditionItem Item(string code, string? department = null) =>
        new(code, new("One", "一", "一"), department);

    private static string[] Codes => [.. EditionContent.Dimensions.Select(d => $"{d}.one")];

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_whole_draft_When_another_publishes_Then_it_is_a_version_of_its_own_that_never_changes()
    {
        var edition = Drafted(Whole());

        edition.Publish(A.Context(Other), A.Today.AddDays(1), 3).ShouldBeNull();

        (edition.Number, edition.EffectiveFrom).ShouldBe(("v3", A.Today.AddDays(1)));
        edition.Revise(A.Context(Author), "x", Whole()).ShouldNotBeNull().Code.ShouldBe("not-in-this-state");
        edition.Questionnaire.DepartmentsOf(SurveyKind.C).ShouldBe(["engineering"]);
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData("A")]
    [InlineData("D")]
    [InlineData("F")]
    public void Given_a_dimension_without_a_graded_item_When_published_Then_refused(string dimension)
    {
        var whole = Whole();
        var content = whole with
        {
            Kinds =
            [
                .. whole.Kinds.Select(k =>
                    k.Kind == SurveyKind.B ? k with { Items = [.. k.Items.Where(i => i != $"{dimension}.one")] } : k
                ),
            ],
        };

        var refusal = Drafted(content).Publish(A.Context(Other), A.Today, 3).ShouldNotBeNull();

        (refusal.Code, refusal.Rule).ShouldBe(("questionnaire-incomplete", "C5.8.3"));
        content.Faults().ShouldBe([$"missing:B/{dimension}"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_the_author_When_publishing_Then_another_must()
    {
        var author = Someone.InCustomerService();
        var edition = Edition.Draft(A.Context(author), "v", Whole()).Required();

        edition.Publish(A.Context(author), A.Today, 3).ShouldNotBeNull().Code.ShouldBe("publisher-is-author");
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_every_version_that_comes_with_the_service_from_2026_When_read_Then_each_kind_asks_all_dimensions()
    {
        var questionnaire = QuestionnaireCatalogue.BuiltIn.InForceOn(A.Day("2026-06-01"));

        foreach (var kind in Enum.GetValues<SurveyKind>())
        {
            questionnaire.For(kind).Select(d => d.Code).ShouldBe(EditionContent.Dimensions);
        }

        (questionnaire.Version, questionnaire.NamesCompetitor).ShouldBe((2, true));
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_comparison_without_the_name_of_who_is_compared_When_checked_Then_it_is_asked_for()
    {
        var filled = A.Filled(Grade.Satisfied, ("D.price", Grade.Satisfied)) with { Competitor = " " };

        A.Questionnaire.Check(SurveyKind.D, filled).Refusal.ShouldNotBeNull().Code.ShouldBe("competitor-missing");
        A.Questionnaire.Check(SurveyKind.D, filled with { Competitor = "同行" }).Required().Competitor.ShouldBe("同行");
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData(Grade.Satisfied, null)]
    [InlineData(Grade.RatherDissatisfied, "item-missing")]
    [InlineData(Grade.Dissatisfied, "item-missing")]
    public void Given_a_branch_When_its_other_item_is_graded_low_Then_only_then_it_is_required(
        object grade,
        string? code
    )
    {
        var whole = Whole();
        var content = whole with
        {
            Items =
            [
                .. whole.Items,
                Item("F.why") with
                {
                    Required = true,
                    Branch = new("F.one", Grade.RatherDissatisfied),
                },
            ],
            Kinds = [.. whole.Kinds.Select(k => k with { Items = [.. k.Items, "F.why"] })],
        };
        content.Faults().ShouldBeEmpty();

        var checkedForm = content
            .As(3, A.Today)
            .Check(SurveyKind.A, A.Filled(Grade.Satisfied, ("F.one", (Grade)grade)));

        (checkedForm.Refusal?.Code).ShouldBe(code);
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData(Grade.Satisfied, 1)]
    [InlineData(Grade.Dissatisfied, 3)]
    public void Given_answers_in_a_branch_that_is_not_met_When_the_form_is_checked_Then_they_do_not_count(
        object grade,
        int counted
    )
    {
        var content = Branched();
        FilledForm filled = new()
        {
            Overall = "satisfied",
            Items =
            [
                new("F.one", ((Grade)grade).ToKebab()),
                new("F.why", "dissatisfied", "隱藏"),
                new("F.deeper", "dissatisfied"),
                new("E.one", null, "上門"),
            ],
            Suggestions = "慢",
        };

        var answers = content.As(3, A.Today).Check(SurveyKind.A, filled).Required();

        answers.Items.Count.ShouldBe(counted);
        answers.Suggestions.ShouldBe("慢\n上門");
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_comment_in_a_branch_that_is_not_met_When_the_form_is_checked_Then_it_is_left_out()
    {
        FilledForm filled = new() { Overall = "satisfied", Items = [new("F.why", null, "隱藏")] };

        Branched().As(3, A.Today).Check(SurveyKind.A, filled).Required().Suggestions.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_dimension_of_branched_items_only_When_published_Then_refused()
    {
        var whole = Whole();
        var content = whole with
        {
            Items =
            [
                .. whole.Items.Select(item =>
                    item.Code == "F.one" ? item with { Branch = new("E.one", Grade.RatherDissatisfied) } : item
                ),
            ],
        };

        content.Faults().ShouldBe(["missing:A/F", "missing:B/F", "missing:C/F", "missing:D/F"]);
        content.As(3, A.Today).DimensionsLackedBy(SurveyKind.A).ShouldBe(["F"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_branch_whose_parent_a_kind_does_not_ask_When_published_Then_refused()
    {
        var content = Branched();
        content = content with
        {
            Items = [.. content.Items, Item("F.plain")],
            Kinds =
            [
                .. content.Kinds.Select(k =>
                    k.Kind == SurveyKind.C ? k with { Items = [.. k.Items.Except(["F.one"]), "F.plain"] } : k
                ),
            ],
        };

        content.Faults().ShouldBe(["branch:C/F.why"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_comparison_that_names_nobody_When_published_Then_refused()
    {
        var content = Whole() with { NamesCompetitor = false };

        Drafted(content)
            .Publish(A.Context(Other), A.Today, 3)
            .ShouldNotBeNull()
            .Code.ShouldBe("questionnaire-incomplete");
        content.Faults().ShouldBe(["competitor"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_required_item_and_a_branch_When_the_version_is_shown_Then_both_are()
    {
        var worded = WordedQuestionnaire.Of(Branched().As(3, A.Today), SurveyKind.A, key => key);

        var items = worded.Dimensions.SelectMany(d => d.Items).ToDictionary(item => item.Code);
        (items["F.why"].Required, items["F.why"].Branch).ShouldBe((true, new("F.one", Grade.RatherDissatisfied)));
        (items["F.one"].Required, items["F.one"].Branch).ShouldBe((false, null));
    }

    // F.why follows a low grade of F.one, F.deeper one of F.why.
    internal static EditionContent Branched()
    {
        var whole = Whole();
        return whole with
        {
            Items =
            [
                .. whole.Items,
                Item("F.why") with
                {
                    Required = true,
                    Branch = new("F.one", Grade.RatherDissatisfied),
                },
                Item("F.deeper") with
                {
                    Branch = new("F.why", Grade.RatherDissatisfied),
                },
            ],
            Kinds = [.. whole.Kinds.Select(k => k with { Items = [.. k.Items, "F.why", "F.deeper"] })],
        };
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_a_version_is_published_by_two() =>
        new FlowWalk<Edition, EditionState, EditionAction>(EditionFlow.Table)
            .Start(
                EditionAction.Draft,
                move => Edition.Draft(move.Context, "v", move.OneIn(4) ? Whole() with { Kinds = [] } : Whole())
            )
            .On(EditionAction.Revise, (e, move) => e.Revise(move.Context, "w", Whole()))
            .On(
                EditionAction.Publish,
                (e, move) => e.Publish(move.Context, move.Context.Today.AddDays(move.Pick(-1, 0, 3)), 3)
            )
            .On(EditionAction.Discard, (e, move) => e.Discard(move.Context, "no"))
            .Run();

    private static Edition Drafted(EditionContent content) =>
        Edition.Draft(A.Context(Author), "v3", content).Required();
}
