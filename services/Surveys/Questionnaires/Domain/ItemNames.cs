using System.Globalization;

namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>What an item is called, for those who read a form's grades without its questionnaire.</summary>
internal static class ItemNames
{
    public static Words Of(Questionnaire questionnaire, string item) =>
        questionnaire.DetailOf(item).Names ?? new(In("en", item), In("zh-Hant", item), In("zh-Hans", item));

    /// <summary>The same for every field of the form: an item, or one of the words around them.</summary>
    public static Words OfField(Questionnaire questionnaire, string field) =>
        SurveysTexts.Manager.GetString("form." + field, CultureInfo.InvariantCulture) is null
            ? Of(questionnaire, field)
            : new(Field("en", field), Field("zh-Hant", field), Field("zh-Hans", field));

    private static string Field(string language, string field) =>
        SurveysTexts.Manager.GetString("form." + field, CultureInfo.GetCultureInfo(language)) ?? field;

    // A questionnaire may have items that are not worded yet: their code is better than nothing.
    private static string In(string language, string item) =>
        SurveysTexts.Manager.GetString(
            item == Answers.OverallItem ? "fm006.overall" : "item." + item,
            CultureInfo.GetCultureInfo(language)
        ) ?? item;
}
