using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Responses.Forms;

/// <summary>What a browser sends back.</summary>
internal sealed record PostedForm
{
    public const string KeyField = "key";
    public const string Overall = "overall";
    public const string OverallComment = "overallComment";
    public const string Suggestions = "suggestions";
    public const string Respondent = "respondent";
    public const string Competitor = Questionnaire.CompetitorField;
    public const string WantsAnswer = "wantsAnswer";
    public const string Later = "later";
    public const string GradePrefix = "grade.";
    public const string CommentPrefix = "comment.";

    public FilledForm Filled { get; init; } = new();

    /// <summary>The customer wants to go on later.</summary>
    public bool IsDraft { get; init; }

    /// <summary>False where the body says that it is something else than a form.</summary>
    public bool IsForm { get; init; } = true;

    /// <summary>False where the fields are more, or longer, than any form of ours has.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>Reads the fields; called by the framework.</summary>
    public static async ValueTask<PostedForm?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Request.HasFormContentType)
        {
            return new PostedForm { IsForm = false };
        }

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return new PostedForm { Filled = Read(form), IsDraft = form.ContainsKey(Later) };
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return new PostedForm { IsReadable = false };
        }
    }

    private static FilledForm Read(IFormCollection form)
    {
        string? Text(string name) => form[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

        var graded = form
            .Keys.Where(key => key.StartsWith(GradePrefix, StringComparison.Ordinal) && Text(key) is not null)
            .Select(key => key[GradePrefix.Length..])
            .ToList();
        // A comment on an item without a grade would be lost with it: it goes to the suggestions.
        var loose = form
            .Keys.Where(key =>
                key.StartsWith(CommentPrefix, StringComparison.Ordinal) && !graded.Contains(key[CommentPrefix.Length..])
            )
            .Select(Text);
        var suggestions = string.Join('\n', loose.Prepend(Text(Suggestions)).OfType<string>());
        return new FilledForm
        {
            Overall = Text(Overall),
            OverallComment = Text(OverallComment),
            Items =
            [
                .. graded.Select(item => new FilledItem(item, Text(GradePrefix + item), Text(CommentPrefix + item))),
            ],
            Suggestions = suggestions.Length > 0 ? suggestions : null,
            Respondent = Text(Respondent),
            Competitor = Text(Competitor),
            WantsAnswer = form.ContainsKey(WantsAnswer),
        };
    }
}
