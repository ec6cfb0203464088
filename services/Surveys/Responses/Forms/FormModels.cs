namespace CustomerService.Surveys.Responses.Forms;

/// <summary>What every page shows around its content. Models of pages are public, because the classes that Razor makes
/// of components are.</summary>
/// <param name="Language">Code of the language.</param>
/// <param name="Title">Heading.</param>
/// <param name="SwitchLabel">Name of the switch of languages.</param>
/// <param name="Languages">The languages to switch to; none where nothing is to be read again.</param>
public sealed record FrameModel(
    string Language,
    string Title,
    string SwitchLabel,
    IReadOnlyList<LanguageModel> Languages
)
{
    /// <summary>Where the style sheet is, from the page.</summary>
    public string Style { get; init; } = "form.css";

    /// <summary>Where the scripts are; the page works without them.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = ["form.js"];
}

/// <summary>A language to switch to.</summary>
public sealed record LanguageModel(string Code, string Text, bool IsCurrent);

/// <summary>A few words instead of a form.</summary>
/// <param name="Kind">Class of the box: <c>done</c> or <c>closed</c>.</param>
/// <param name="Paragraphs">What is said.</param>
public sealed record MessageModel(FrameModel Frame, string Kind, IReadOnlyList<string> Paragraphs);

/// <summary>The form.</summary>
public sealed record FormModel
{
    public required FrameModel Frame { get; init; }

    /// <summary>Idempotency-Key of the answer.</summary>
    public required string Key { get; init; }

    /// <summary>What is wrong with what was filled in.</summary>
    public string? Wrong { get; init; }

    public required string Intro { get; init; }

    /// <summary>What it is about.</summary>
    public string? About { get; init; }

    public required FieldsModel Fields { get; init; }

    public required string Submit { get; init; }

    /// <summary>Saves what is filled in so far; null where that is not possible.</summary>
    public string? Later { get; init; }

    /// <summary>Stops further surveys; null where nobody in particular is asked.</summary>
    public OptOutModel? OptOut { get; init; }
}

/// <summary>What is asked: the same for a customer and for an interviewer.</summary>
public sealed record FieldsModel
{
    public required string OverallHeading { get; init; }

    public required QuestionModel Overall { get; init; }

    public required IReadOnlyList<SectionModel> Sections { get; init; }

    public required string WordsHeading { get; init; }

    public required FieldModel Suggestions { get; init; }

    /// <summary>Name of who fills it in; null where the form is anonymous.</summary>
    public FieldModel? Respondent { get; init; }

    /// <summary>Who is compared in dimension D; null where the form does not ask.</summary>
    public FieldModel? Competitor { get; init; }

    /// <summary>Asks for an answer; null where the form is anonymous.</summary>
    public string? WantsAnswer { get; init; }

    public bool IsAnswerWanted { get; init; }

    /// <summary>How a customer who wants an answer is reached; null where nobody is to know.</summary>
    public FieldModel? Reach { get; init; }

    /// <summary>It is known already; an interviewer's script may open the same form for somebody of whom it is
    /// not.</summary>
    public bool IsReachHidden { get; init; }
}

/// <summary>How the customer is not asked again.</summary>
public sealed record OptOutModel(string Address, string Key, string Text);

/// <summary>Where a code from a printed sheet is typed in.</summary>
public sealed record CodeModel(FrameModel Frame, string Label, string Submit, string? Wrong, string? Typed);

/// <summary>A dimension of the form.</summary>
public sealed record SectionModel(string Code, string Heading, IReadOnlyList<QuestionModel> Questions);

/// <summary>A question with its five grades.</summary>
public sealed record QuestionModel
{
    /// <summary>Beginning of the identities of its controls.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the field with the grade.</summary>
    public required string GradeName { get; init; }

    /// <summary>Name of the field with the comment.</summary>
    public required string CommentName { get; init; }

    public required string Text { get; init; }

    /// <summary>The other question whose low grade asks this one, and the grades that do; null where it is always
    /// asked.</summary>
    public string? ShownAfter { get; init; }

    public string? ShownFor { get; init; }

    public required string CommentLabel { get; init; }

    public required IReadOnlyList<ChoiceModel> Choices { get; init; }

    public string? Comment { get; init; }

    public required int LongestComment { get; init; }

    public bool IsRequired { get; init; }

    public bool IsWrong { get; init; }
}

/// <summary>A grade to choose.</summary>
public sealed record ChoiceModel(string Code, string Text, bool IsChosen);

/// <summary>A field for words.</summary>
public sealed record FieldModel(string Name, string Label, string? Value, int Longest);

/// <summary>The page of an interviewer: the people of a campaign, and the form for one of them.</summary>
public sealed record InterviewModel
{
    public required FrameModel Frame { get; init; }

    /// <summary>Identity of the link, under which the device keeps what is not sent yet.</summary>
    public required string Link { get; init; }

    /// <summary>Where the answers go, and the list is.</summary>
    public required string Address { get; init; }

    public required string Intro { get; init; }

    /// <summary>What is wrong with what was filled in, or why nothing can be.</summary>
    public string? Wrong { get; init; }

    /// <summary>What was done last.</summary>
    public string? Notice { get; init; }

    public required string PeopleHeading { get; init; }

    public required IReadOnlyList<AskedModel> People { get; init; }

    /// <summary>Said where nobody is left.</summary>
    public required string Nobody { get; init; }

    /// <summary>The form; null where nobody can be asked.</summary>
    public InterviewFormModel? Form { get; init; }

    /// <summary>What the script says, by the names of its attributes.</summary>
    public required IReadOnlyDictionary<string, object> Words { get; init; }
}

/// <summary>Somebody to be asked.</summary>
/// <param name="Id">The invitation; empty for somebody who is on no list.</param>
/// <param name="Name">The customer.</param>
/// <param name="Contact">The person.</param>
/// <param name="Phone">Their number.</param>
/// <param name="Address">The form for them, where there are no scripts.</param>
public sealed record AskedModel(string Id, string Name, string Contact, string Phone, string Address);

/// <summary>The form of an interview.</summary>
public sealed record InterviewFormModel
{
    /// <summary>Whether it is shown at once; else the script opens it.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Idempotency-Key of the answer.</summary>
    public required string Key { get; init; }

    /// <summary>The invitation of who is asked; empty for somebody who is on no list.</summary>
    public required string Person { get; init; }

    public required string Asked { get; init; }

    public required FieldsModel Fields { get; init; }

    public required string Back { get; init; }

    public required string Submit { get; init; }

    public required string BreakOff { get; init; }

    public required FieldModel Reason { get; init; }
}
