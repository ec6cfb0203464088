using System.Globalization;
using CustomerService.Rules;

namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>A code and its text in the reader's language.</summary>
internal sealed record CodeAndText(string Code, string Text);

/// <summary>A dimension with the texts of its items.</summary>
/// <param name="Code">A to F.</param>
/// <param name="Text">Its text.</param>
/// <param name="Items">Its items, in the order of the form.</param>
internal sealed record WordedDimension(string Code, string Text, IReadOnlyList<WordedItem> Items);

/// <summary>An item with its text.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Text">Its text.</param>
/// <param name="Required">Whether it must be graded where it is asked.</param>
/// <param name="Branch">It is asked only after another item was graded so low; null always.</param>
internal sealed record WordedItem(string Code, string Text, bool Required, Branch? Branch);

/// <summary>What a kind of survey asks, in the reader's language, ready to be shown.</summary>
/// <param name="Version">Version of the questionnaire.</param>
/// <param name="Form">Number of the form, FM006.</param>
/// <param name="Title">Title of the form.</param>
/// <param name="Kind"><c>A</c> to <c>D</c>.</param>
/// <param name="Grades">The five grades, best first.</param>
/// <param name="Overall">Text of the mandatory overall evaluation.</param>
/// <param name="Dimensions">Dimensions with the items that this kind asks for.</param>
internal sealed record WordedQuestionnaire(
    int Version,
    string Form,
    string Title,
    string Kind,
    IReadOnlyList<CodeAndText> Grades,
    string Overall,
    IReadOnlyList<WordedDimension> Dimensions
)
{
    /// <summary>Whether dimension D asks for the name of the company that is compared.</summary>
    public bool NamesCompetitor { get; init; }

    /// <param name="questionnaire">The questionnaire.</param>
    /// <param name="kind">What is asked.</param>
    /// <param name="text">The text of a key in the reader's language.</param>
    public static WordedQuestionnaire Of(Questionnaire questionnaire, SurveyKind kind, Func<string, string> text) =>
        new(
            questionnaire.Version,
            questionnaire.Form,
            text("fm006.title"),
            kind.ToString(),
            [.. Spelling.WordsOf<Grade>().Reverse().Select(code => new CodeAndText(code, text("grade." + code)))],
            text("fm006.overall"),
            [
                .. questionnaire
                    .For(kind)
                    .Select(d => new WordedDimension(
                        d.Code,
                        text("dimension." + d.Code),
                        [
                            .. d.Items.Select(item => new WordedItem(
                                item,
                                NameOf(questionnaire, item, text),
                                questionnaire.DetailOf(item).Required,
                                questionnaire.DetailOf(item).Branch
                            )),
                        ]
                    )),
            ]
        )
        {
            NamesCompetitor =
                questionnaire.NamesCompetitor && questionnaire.For(kind).Any(d => d.Code == Questionnaire.Comparison),
        };

    private static string NameOf(Questionnaire questionnaire, string item, Func<string, string> text) =>
        questionnaire.DetailOf(item).Names is { } names
            ? names.In(CultureInfo.CurrentUICulture.Name)
            : text("item." + item);
}
