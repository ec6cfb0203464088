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
    public const string Reach = Questionnaire.ReachField;
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

        IEnumerable<string> ItemsOf(string prefix) =>
            form
                .Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && Text(key) is not null)
                .Select(key => key[prefix.Length..]);
        var items = ItemsOf(GradePrefix).Union(ItemsOf(CommentPrefix), StringComparer.Ordinal);
        return new FilledForm
        {
            Overall = Text(Overall),
            OverallComment = Text(OverallComment),
            Items =
            [
                .. items.Select(item => new FilledItem(item, Text(GradePrefix + item), Text(CommentPrefix + item))),
            ],
            Suggestions = Text(Suggestions),
            Respondent = Text(Respondent),
            Competitor = Text(Competitor),
            WantsAnswer = form.ContainsKey(WantsAnswer),
            Reach = Text(Reach),
        };
    }
}
