using CustomerService.Rules;
using CustomerService.Surveys.Analysis.Domain;

namespace CustomerService.Surveys.FollowUps.Domain;

/// <summary>What the forms say of an item.</summary>
/// <param name="Item">Its code.</param>
/// <param name="Names">Its words.</param>
/// <param name="Figures">How it was graded.</param>
/// <param name="Comments">What customers wrote on it.</param>
internal sealed record NotedItem(
    string Item,
    Questionnaires.Domain.Words Names,
    Tally Figures,
    IReadOnlyList<string> Comments
);

/// <summary>What a department does.</summary>
/// <param name="DoneBy">Until when, not after the note's deadline; null takes that.</param>
internal sealed record GivenMeasures(DateOnly? DoneBy);

/// <summary>What a department is told.</summary>
/// <param name="Department">Its code.</param>
/// <param name="From">First day of the forms.</param>
/// <param name="To">Last day of the forms.</param>
/// <param name="Overall">Their overall grades.</param>
/// <param name="Items">Its items, the worst first.</param>
/// <param name="Text">What customer service says to it.</param>
internal sealed record Findings(
    string Department,
    DateOnly From,
    DateOnly To,
    Tally Overall,
    IReadOnlyList<NotedItem> Items,
    string Text
);
