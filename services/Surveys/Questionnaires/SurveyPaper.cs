using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Questionnaires;

/// <summary>What stands above the items of FM006.</summary>
internal sealed record PaperHead(
    string? Customer,
    string? Contact,
    string? About,
    string? Product,
    SurveyKind Kind,
    DateOnly? ReceivedOn
);

/// <summary>Form FM006 顧客滿意度調查表 on paper (C5.8.3, C10): blank, to be filled in by hand, or as it was
/// answered.</summary>
internal static class SurveyPaper
{
    private const string Chosen = "■";
    private const string Open = "□";
    private const float Words = 48;

    public static FormDocument Fill(
        Questionnaire questionnaire,
        PaperHead head,
        Answers? answers,
        string number,
        long version,
        string? link,
        FormTexts texts
    ) =>
        new()
        {
            Form = FormCodes.Of("FM006"),
            Title = texts.Say("fm006.title"),
            Number = number,
            Language = texts.Language,
            Version = version,
            Link = link,
            Sections =
            [
                new(
                    "head",
                    null,
                    [
                        FormRow.Of(
                            new FormCell("customer", texts.Say("sheet.customer"), head.Customer).Wide(2),
                            new FormCell("contact", texts.Say("sheet.contact"), head.Contact)
                        ),
                        FormRow.Of(
                            new FormCell("kind", texts.Say("sheet.kind"), texts.Say("kind." + head.Kind)),
                            new FormCell("about", texts.Say("sheet.about"), Join(head.About, head.Product)),
                            new FormCell("received-on", texts.Say("sheet.received-on"), FormTexts.Day(head.ReceivedOn))
                        ),
                    ]
                ),
                .. questionnaire.For(head.Kind).Select(d => Dimension(questionnaire, d, answers, texts)),
                new(
                    "overall",
                    texts.Say("fm006.overall"),
                    [
                        FormRow.Of(
                            new FormCell(
                                "overall",
                                texts.Say("form.overallQuestion"),
                                Grades(answers?.Overall, texts)
                            ).Wide(11),
                            new FormCell("overall-comment", texts.Say("sheet.comment"), answers?.OverallComment).Wide(4)
                        ),
                        FormRow.Of(
                            new FormCell("suggestions", texts.Say("form.suggestions"), answers?.Suggestions).WithRoom(
                                Words
                            )
                        ),
                        FormRow.Of(
                            new FormCell(
                                "wants-answer",
                                texts.Say("form.wantsAnswer"),
                                answers is null ? Open : texts.YesNo(answers.WantsAnswer)
                            ),
                            new FormCell("respondent", texts.Say("form.respondent"), answers?.Respondent).Wide(2)
                        ),
                    ]
                ),
            ],
        };

    private static FormSection Dimension(
        Questionnaire questionnaire,
        Dimension dimension,
        Answers? answers,
        FormTexts texts
    ) =>
        new(
            dimension.Code,
            $"{dimension.Code} {texts.Say("dimension." + dimension.Code)}",
            [
                .. dimension.Code == Questionnaire.Comparison && questionnaire.NamesCompetitor
                    ? new[]
                    {
                        FormRow.Of(new FormCell("competitor", texts.Say("form.competitor"), answers?.Competitor)),
                    }
                    : [],
                .. dimension.Items.Select(item =>
                {
                    var answer = answers?.Items.FirstOrDefault(a => a.Item == item);
                    var name = ItemNames.Of(questionnaire, item).In(texts.Language.Name);
                    return FormRow.Of(
                        new FormCell(item, name, Grades(answer?.Grade, texts)).Wide(11),
                        new FormCell(item + "-comment", texts.Say("sheet.comment"), answer?.Comment).Wide(4)
                    );
                }),
            ]
        );

    private static string Grades(Grade? chosen, FormTexts texts) =>
        string.Join(
            " ",
            Enum.GetValues<Grade>()
                .OrderByDescending(grade => grade)
                .Select(grade => (grade == chosen ? Chosen : Open) + texts.Say("grade." + grade.ToKebab()))
        );

    private static string? Join(params string?[] parts) =>
        parts.OfType<string>().Where(part => part.Length > 0).ToList() is { Count: > 0 } known
            ? string.Join(" · ", known)
            : null;
}
