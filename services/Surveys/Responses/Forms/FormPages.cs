using System.Globalization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Responses.Forms;

/// <summary>
/// The form FM006 as pages: plain HTML that works without scripts, by keyboard, in a screen reader and on a small
/// telephone. Everything that is said stands in the resources.
/// </summary>
internal sealed class FormPages(Texts texts, CompanyClock clock)
{
    /// <summary>The style sheet of every page.</summary>
    public static byte[] StyleSheet { get; } = EmbeddedFile.Read(typeof(FormPages).Assembly, "form.css");

    /// <summary>The script of every page. All works without it; with it branches open and close, and what is left of a
    /// text is counted.</summary>
    public static byte[] Script { get; } = EmbeddedFile.Read(typeof(FormPages).Assembly, "form.js");

    /// <summary>The script of an interviewer's page.</summary>
    public static byte[] InterviewScript { get; } = EmbeddedFile.Read(typeof(FormPages).Assembly, "interview.js");

    /// <summary>What opens an interviewer's page without a connection.</summary>
    public static byte[] InterviewWorker { get; } = EmbeddedFile.Read(typeof(FormPages).Assembly, "worker.js");

    /// <summary>Whether the caller prefers a page to JSON.</summary>
    public static bool AreWanted(HttpRequest request) => LinkPages.AreWanted(request);

    /// <summary>The form, empty or with what was filled in and what is wrong with it.</summary>
    public IResult Form(
        string token,
        Invitation invitation,
        Questionnaire questionnaire,
        FilledForm filled,
        Refusal? wrong
    )
    {
        var worded = Worded(questionnaire, invitation.Survey);
        var model = new FormModel
        {
            Frame = Frame(worded.Title),
            Key = Guid.CreateVersion7(clock.Now).ToString("N"),
            Wrong = wrong is null ? null : WhatIsWrong(wrong, questionnaire),
            Intro =
                invitation.CustomerName.Length > 0
                    ? Text("form.intro", ("customer", invitation.CustomerName), ("day", LastDay(invitation)))
                    : Text("form.introOpen", ("day", LastDay(invitation))),
            About = invitation.SourceNumber is { } number ? Text("form.about", ("number", number)) : null,
            Fields = Fields(
                worded,
                filled,
                wrong,
                isAnonymous: invitation.Channel == InvitationChannel.Anonymous,
                isKnown: invitation.Contact.Length > 0
            ),
            Submit = Text("form.submit"),
            Later = invitation.Channel is InvitationChannel.Open or InvitationChannel.Anonymous
                ? null
                : Text("form.later"),
            OptOut = invitation is { Recipient: not null, Seed: not null } ? OptOut(token) : null,
        };
        return SurveyPage.Of<FormPage>(
            model,
            wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }

    /// <summary>A questionnaire in the reader's language.</summary>
    public WordedQuestionnaire Worded(Questionnaire questionnaire, SurveyKind survey) =>
        WordedQuestionnaire.Of(questionnaire, survey, key => texts.Find(key)!);

    /// <summary>What is asked.</summary>
    /// <param name="worded">The questionnaire.</param>
    /// <param name="filled">What was filled in before.</param>
    /// <param name="wrong">What is wrong with it.</param>
    /// <param name="isAnonymous">Nobody is to know who answers.</param>
    /// <param name="isKnown">Who answers, and how they are reached, is known.</param>
    public FieldsModel Fields(
        WordedQuestionnaire worded,
        FilledForm filled,
        Refusal? wrong,
        bool isAnonymous,
        bool isKnown
    ) =>
        new()
        {
            OverallHeading = worded.Overall,
            Overall = Overall(worded, filled, wrong),
            Sections =
            [
                .. worded.Dimensions.Select(d => new SectionModel(
                    d.Code,
                    d.Text,
                    [.. d.Items.Select(item => Question(worded, item, filled, wrong))]
                )),
            ],
            WordsHeading = Text("form.words"),
            Suggestions = new(
                PostedForm.Suggestions,
                Text("form.suggestions"),
                filled.Suggestions,
                Questionnaire.LongestSuggestions
            ),
            Respondent = isAnonymous
                ? null
                : new(PostedForm.Respondent, Text("form.respondent"), filled.Respondent, Questionnaire.LongestName),
            Competitor = worded.NamesCompetitor
                ? new(PostedForm.Competitor, Text("form.competitor"), filled.Competitor, Questionnaire.LongestName)
                : null,
            // Nobody can be answered whom nobody knows.
            WantsAnswer = isAnonymous ? null : Text("form.wantsAnswer"),
            IsAnswerWanted = filled.WantsAnswer == true,
            Reach = isAnonymous
                ? null
                : new(PostedForm.Reach, Text("form.reach"), isKnown ? null : filled.Reach, Questionnaire.LongestName),
            IsReachHidden = isKnown,
        };

    /// <summary>Where a code from a printed sheet is typed in.</summary>
    /// <param name="wrong">What was typed and is none; null at first.</param>
    public IResult Code(string? wrong) =>
        SurveyPage.Of<CodePage>(
            new CodeModel(
                Frame(Text("fm006.title")) with
                {
                    Style = "f/form.css",
                    Scripts = ["f/form.js"],
                },
                Text("form.code"),
                Text("form.openCode"),
                wrong is null ? null : Text("form.codeUnknown"),
                wrong
            ),
            wrong is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound
        );

    /// <summary>A few words instead of the form.</summary>
    public IResult Said(string key) =>
        SurveyPage.Of<MessagePage>(
            new MessageModel(Frame(Text("fm006.title"), switchable: false), "done", [Text(key)]),
            StatusCodes.Status200OK
        );

    /// <summary>The form was returned.</summary>
    public IResult Thanks() =>
        SurveyPage.Of<MessagePage>(
            new MessageModel(Frame(Text("fm006.title"), switchable: false), "done", [Text("form.thanks")]),
            StatusCodes.Status200OK
        );

    /// <summary>There is no form here, or not any more.</summary>
    public IResult Closed(int status, string code) =>
        SurveyPage.Of<MessagePage>(
            new MessageModel(Frame(Text("fm006.title")), "closed", [Text(code), Text("form.contactUs")]),
            status
        );

    private OptOutModel OptOut(string token) =>
        new($"{token}/opt-out", Guid.CreateVersion7(clock.Now).ToString("N"), Text("form.optOut"));

    private static IReadOnlyList<ChoiceModel> Choices(WordedQuestionnaire worded, string? chosen) =>
        [.. worded.Grades.Select(grade => new ChoiceModel(grade.Code, grade.Text, grade.Code == chosen))];

    private QuestionModel Overall(WordedQuestionnaire worded, FilledForm filled, Refusal? wrong) =>
        new()
        {
            Id = Answers.OverallItem,
            GradeName = PostedForm.Overall,
            CommentName = PostedForm.OverallComment,
            Text = Text("form.overallQuestion"),
            CommentLabel = Text("form.comment"),
            Choices = Choices(worded, filled.Overall),
            Comment = filled.OverallComment,
            LongestComment = Questionnaire.LongestComment,
            IsRequired = true,
            IsWrong = wrong?.Missing.Contains(Answers.OverallItem) == true,
        };

    private QuestionModel Question(WordedQuestionnaire worded, WordedItem item, FilledForm filled, Refusal? wrong)
    {
        var answer = filled.Items?.FirstOrDefault(i => i?.Item == item.Code);
        return new()
        {
            Id = item.Code,
            GradeName = PostedForm.GradePrefix + item.Code,
            CommentName = PostedForm.CommentPrefix + item.Code,
            Text = item.Text,
            ShownAfter = item.Branch is { } branch ? PostedForm.GradePrefix + branch.Item : null,
            ShownFor = item.Branch is { } low
                ? string.Join(' ', Enum.GetValues<Grade>().Where(g => g <= low.Through).Select(g => g.ToKebab()))
                : null,
            CommentLabel = Text("form.comment"),
            Choices = Choices(worded, answer?.Grade),
            Comment = answer?.Comment,
            LongestComment = Questionnaire.LongestComment,
            // A branch is required only after its other answer, which a page without scripts cannot know.
            IsRequired = item is { Required: true, Branch: null },
            IsWrong = wrong?.Missing.Contains(item.Code) == true,
        };
    }

    /// <summary>What stands around every page.</summary>
    public FrameModel Frame(string title, bool switchable = true)
    {
        var current = CultureInfo.CurrentUICulture.Name;
        return new(
            current,
            title,
            Text("form.language"),
            switchable
                ? [.. Texts.Languages.Select(code => new LanguageModel(code, Texts.OwnName(code), code == current))]
                : []
        );
    }

    /// <summary>A text in the reader's language.</summary>
    public string Text(string key, params (string Name, object? Value)[] arguments) =>
        texts.Find(key, arguments.ToDictionary(a => a.Name, a => a.Value)) ?? key;

    private string LastDay(Invitation invitation) =>
        InvitationDeadlines.LastDay(invitation, clock).ToString("D", CultureInfo.CurrentCulture);

    /// <summary>A refusal in words; items are called as the questionnaire words them.</summary>
    public string WhatIsWrong(Refusal wrong, Questionnaire questionnaire) =>
        texts.Find(
            wrong.Code,
            new Dictionary<string, object?>(wrong.Arguments)
            {
                ["itemName"] = wrong.Arguments.GetValueOrDefault("item") is string item
                    ? ItemNames.OfField(questionnaire, item).In(CultureInfo.CurrentUICulture.Name)
                    : "",
            }
        ) ?? wrong.Code;
}
