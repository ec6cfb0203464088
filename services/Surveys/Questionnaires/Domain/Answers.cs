using System.Text.Json.Serialization;
using CustomerService.Rules;

namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>A graded item as it was filled in.</summary>
/// <param name="Item">Item code, for example <c>E.attitude</c>, or <c>overall</c>.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Comment">Comment, where one was given.</param>
internal sealed record GradedAnswer(string Item, Grade Grade, string? Comment);

/// <summary>A filled form FM006, checked against its questionnaire.</summary>
/// <param name="Overall">Overall evaluation, mandatory (C5.8.3).</param>
/// <param name="OverallComment">Comment on it.</param>
/// <param name="Items">Items that were graded; any may be left out.</param>
/// <param name="Suggestions">Dimension F: other suggestions or needs.</param>
/// <param name="Respondent">Who filled it in, where a name was given.</param>
internal sealed record Answers(
    Grade Overall,
    string? OverallComment,
    IReadOnlyList<GradedAnswer> Items,
    string? Suggestions,
    string? Respondent
)
{
    /// <summary>Who was compared in dimension D.</summary>
    public string? Competitor { get; init; }

    /// <summary>Whether the customer wants to be answered.</summary>
    public bool WantsAnswer { get; init; }

    /// <summary>How a customer who wants an answer is reached, where that was not known.</summary>
    public string? Reach { get; init; }

    /// <summary>Under this name the overall evaluation stands among graded items.</summary>
    public const string OverallItem = "overall";

    /// <summary>Every grade of the form, the overall evaluation too.</summary>
    [JsonIgnore]
    public IEnumerable<GradedAnswer> All => Items.Append(new GradedAnswer(OverallItem, Overall, OverallComment));
}
