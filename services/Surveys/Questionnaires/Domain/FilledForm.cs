namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>A form as it came in, not yet checked.</summary>
internal sealed record FilledForm
{
    /// <summary>Overall evaluation, mandatory: <c>very-satisfied</c>, <c>satisfied</c>, <c>fairly-satisfied</c>,
    /// <c>rather-dissatisfied</c> or <c>dissatisfied</c>.</summary>
    public string? Overall { get; init; }

    /// <summary>Comment on it, at most 1000 characters.</summary>
    public string? OverallComment { get; init; }

    /// <summary>Graded items; any may be left out.</summary>
    public IReadOnlyList<FilledItem?>? Items { get; init; }

    /// <summary>Other suggestions or needs, at most 4000 characters.</summary>
    public string? Suggestions { get; init; }

    /// <summary>Name of the person who fills it in, at most 100 characters.</summary>
    public string? Respondent { get; init; }

    /// <summary>The company that dimension D compares us with, at most 100 characters.</summary>
    public string? Competitor { get; init; }

    /// <summary>Whether the customer wants to be answered (C5.9).</summary>
    public bool? WantsAnswer { get; init; }

    /// <summary>How they are reached where nobody knows it: telephone number or mail address, at most 100
    /// characters.</summary>
    public string? Reach { get; init; }
}

/// <summary>A graded item as it came in.</summary>
/// <param name="Item">Item code, for example <c>E.attitude</c>.</param>
/// <param name="Grade">One of the five grades, as in <c>overall</c>; without one the comment goes to the
/// suggestions.</param>
/// <param name="Comment">At most 1000 characters.</param>
internal sealed record FilledItem(string? Item = null, string? Grade = null, string? Comment = null);
