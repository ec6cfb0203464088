using System.Text;
using System.Text.Json;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

public sealed class QuestionnaireRules
{
    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData("""{ }""", "overall-missing", "overall")]
    [InlineData("""{ "overall": " " }""", "overall-missing", "overall")]
    [InlineData("""{ "overall": "great" }""", "unknown-grade", "overall")]
    [InlineData("""{ "overall": "Satisfied" }""", "unknown-grade", "overall")]
    [InlineData("""{ "overall": "4" }""", "unknown-grade", "overall")]
    [InlineData("""{ "item": "C.style", "grade": "satisfied" }""", "unknown-item", "C.style")]
    [InlineData("""{ "item": "overall", "grade": "satisfied" }""", "unknown-item", "overall")]
    [InlineData("""{ "item": null, "grade": "satisfied" }""", "unknown-item", "")]
    [InlineData("""null""", "unknown-item", "")]
    [InlineData("""{ "item": "E.skill" }""", "unknown-grade", "E.skill")]
    [InlineData("""{ "item": "E.skill", "grade": "5" }""", "unknown-grade", "E.skill")]
    [InlineData(
        """{ "item": "E.skill", "grade": "satisfied" }, { "item": "E.skill", "grade": "dissatisfied" }""",
        "duplicate-item",
        "E.skill"
    )]
    public void Given_a_form_with_a_fault_When_it_is_checked_Then_the_fault_and_its_place_are_told(
        string json,
        string code,
        string item
    )
    {
        // Of a fault in the items only these are shown.
        var whole = json.Contains("overall\":", StringComparison.Ordinal) || json == "{ }";
        var filled = JsonSerializer.Deserialize<FilledForm>(
            whole ? json : $$"""{ "overall": "satisfied", "items": [{{json}}] }""",
            Json.Options
        )!;

        var refusal = A.Questionnaire.Check(SurveyKind.B, filled).Refusal.ShouldNotBeNull();

        (refusal.Kind, refusal.Code, refusal.Rule).ShouldBe((RefusalKind.Invalid, code, "C5.8.3"));
        refusal.Arguments["item"].ShouldBe(item);
        refusal.Missing.ShouldBe(item.Length > 0 ? [item] : []);
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData("E.skill", "zh-Hant", "自家的一題")]
    [InlineData("E.skill", "zh-Hans", "自家的一题")]
    [InlineData("E.skill", "en", "Our own")]
    [InlineData("respondent", "zh-Hant", "填表人（可不填）")]
    public void Given_a_fault_at_an_item_that_the_company_worded_When_it_is_told_Then_its_words_stand_beside_its_code(
        string place,
        string language,
        string words
    )
    {
        var questionnaire = A.Questionnaire with
        {
            Items = new Dictionary<string, ItemDetail>
            {
                ["E.skill"] = new(new Words("Our own", "自家的一題", "自家的一题")),
            },
        };
        var filled = place == "E.skill" ? With(new FilledItem(place, "great")) : With() with { Respondent = Long(101) };

        var refusal = questionnaire.Check(SurveyKind.B, filled).Refusal.ShouldNotBeNull();

        refusal.Arguments["item"].ShouldBe(place);
        refusal.Arguments["itemName"].ShouldBeOfType<WordedCode>().In(language).ShouldBe(words);
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData("E.skill", 1000)]
    [InlineData("overall", 1000)]
    [InlineData("suggestions", 4000)]
    [InlineData("respondent", 100)]
    public void Given_a_text_that_is_too_long_When_the_form_is_checked_Then_its_place_and_limit_are_told(
        string place,
        int limit
    )
    {
        var filled = place switch
        {
            "E.skill" => With(new FilledItem(place, "satisfied", Long(limit + 1))),
            "overall" => With() with { OverallComment = Long(limit + 1) },
            "suggestions" => With() with { Suggestions = Long(limit + 1) },
            _ => With() with { Respondent = Long(limit + 1) },
        };

        var refusal = A.Questionnaire.Check(SurveyKind.B, filled).Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Arguments["item"], refusal.Arguments["limit"]).ShouldBe(("text-too-long", place, limit));
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_the_longest_texts_When_the_form_is_checked_Then_it_is_taken()
    {
        var filled = With(new FilledItem("E.skill", "satisfied", Long(1000))) with
        {
            OverallComment = Long(1000),
            Suggestions = Long(4000),
            Respondent = Long(100),
        };

        A.Questionnaire.Check(SurveyKind.B, filled).Refusal.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_line_breaks_as_a_browser_sends_them_When_the_form_is_checked_Then_each_counts_once()
    {
        var lines = string.Concat(Enumerable.Repeat("字\r\n", 499)) + "字字";
        var filled = With(new FilledItem("E.skill", "satisfied", lines), new FilledItem("E.speed", null, lines)) with
        {
            OverallComment = lines,
            Suggestions = Long(4000),
        };

        var answers = A.Questionnaire.Check(SurveyKind.B, filled).Required();

        answers.OverallComment!.Length.ShouldBe(1000);
        answers.Items.ShouldHaveSingleItem().Comment.ShouldBe(answers.OverallComment);
        // What is joined to the suggestions does not make them too long.
        answers.Suggestions.ShouldBe($"{Long(4000)}\n{answers.OverallComment}");
        A.Questionnaire.Check(SurveyKind.B, filled with { OverallComment = lines + "字" })
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("text-too-long");
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_only_the_overall_evaluation_When_the_form_is_checked_Then_it_is_enough()
    {
        var answers = A.Questionnaire.Check(SurveyKind.B, new FilledForm { Overall = "satisfied" }).Required();

        answers.Items.ShouldBeEmpty();
        (answers with { Items = [] }).ShouldBe(new Answers(Grade.Satisfied, null, [], null, null));
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_texts_with_blanks_When_the_form_is_checked_Then_they_are_trimmed_and_blank_ones_dropped()
    {
        var filled = With(new FilledItem("E.skill", "very-satisfied", "\t")) with
        {
            OverallComment = " 慢 ",
            Suggestions = "  ",
            Respondent = " 王",
        };

        var answers = A.Questionnaire.Check(SurveyKind.B, filled).Required();

        (answers.OverallComment, answers.Suggestions, answers.Respondent).ShouldBe(("慢", null, "王"));
        answers.Items.ShouldHaveSingleItem().ShouldBe(new GradedAnswer("E.skill", Grade.VerySatisfied, null));
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_the_form_When_it_is_read_Then_it_has_the_six_dimensions_with_finer_items()
    {
        var dimensions = A.Questionnaire.Dimensions;

        dimensions.Select(d => d.Code).ShouldBe(["A", "B", "C", "D", "E", "F"]);
        dimensions.ShouldAllBe(d =>
            d.Items.Count > 0 && d.Items.All(i => i.StartsWith(d.Code + ".", StringComparison.Ordinal))
        );
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData("A", "ABCDEF", 15)]
    [InlineData("B", "ABCDEF", 15)]
    [InlineData("C", "ABCDEF", 23)]
    [InlineData("D", "ABCDEF", 23)]
    public void Given_a_kind_of_survey_When_the_form_is_made_for_it_Then_it_asks_that_kinds_items(
        string kind,
        string dimensions,
        int items
    )
    {
        var asked = A.Questionnaire.For(SurveyKinds.Parse(kind)!.Value).ToList();

        string.Concat(asked.Select(d => d.Code)).ShouldBe(dimensions);
        asked.Sum(d => d.Items.Count).ShouldBe(items);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("E")]
    [InlineData("1")]
    [InlineData("AB")]
    [InlineData("")]
    [InlineData(null)]
    public void Given_what_is_none_of_the_four_letters_When_it_is_read_as_a_kind_Then_there_is_none(string? letter) =>
        SurveyKinds.Parse(letter).ShouldBeNull();

    [Fact]
    public void Given_two_versions_When_a_day_comes_Then_the_later_one_is_sent_from_its_day_on()
    {
        var catalogue = Load(Version(1, "2026-01-01") + "," + Version(2, "2026-07-01"));

        catalogue.InForceOn(A.Day("2026-06-30")).Version.ShouldBe(1);
        catalogue.InForceOn(A.Day("2026-07-01")).Version.ShouldBe(2);
        catalogue.InForceOn(A.Day("2025-01-01")).Version.ShouldBe(1);
        catalogue.ByVersion(2).Version.ShouldBe(2);
    }

    [Fact]
    public void Given_a_version_that_is_gone_When_a_form_carries_it_Then_it_fails() =>
        Should.Throw<KeyNotFoundException>(() => Load(Version(1, "2026-01-01")).ByVersion(2));

    [Theory]
    [InlineData("2", "\"A.x\"", "A,B,C,D")]
    [InlineData("1", "\"A.y\"", "A,B,C,D")]
    [InlineData("1", "\"A.x\"", "A,B,C")]
    public void Given_a_file_that_is_no_catalogue_When_it_is_loaded_Then_it_fails(
        string number,
        string item,
        string kinds
    ) => Should.Throw<InvalidDataException>(() => Load(Version(int.Parse(number, null), "2026-01-01", item, kinds)));

    private static string Long(int length) => new('字', length);

    private static FilledForm With(params FilledItem[] items) => new() { Overall = "satisfied", Items = items };

    private static QuestionnaireCatalogue Load(string versions) =>
        QuestionnaireCatalogue.Load(new MemoryStream(Encoding.UTF8.GetBytes($"[{versions}]")));

    private static string Version(int number, string from, string item = "\"A.x\"", string kinds = "A,B,C,D")
    {
        var asked = string.Join(',', kinds.Split(',').Select(kind => $$"""  "{{kind}}": { "items": [{{item}}] } """));
        return $$"""
            { "version": {{number}}, "effectiveFrom": "{{from}}", "form": "FM006",
              "dimensions": [{ "code": "A", "items": ["A.x"] }], "kinds": { {{asked}} } }
            """;
    }
}
