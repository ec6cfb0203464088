using System.Globalization;
using CustomerService.Rules;

namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>A version of the questionnaire that the company writes itself (C5.8.3).</summary>
internal sealed class Edition : Aggregate<Edition, EditionState, EditionAction>
{
    private Edition() { }

    public override string Kind => "edition";

    public override WorkSubject WorkSubject => new(Number ?? "FM006", Title);

    public string Title { get; private set; } = "";

    public EditionContent Content { get; private set; } = new([], [], NamesCompetitor: true);

    /// <summary>Who changed it last.</summary>
    public Stamp WrittenBy { get; private set; } = null!;

    public Stamp? PublishedBy { get; private set; }

    /// <summary>Version of the questionnaire, <c>v3</c>; it is taken when it is published.</summary>
    public string? Number { get; private set; }

    public int QuestionnaireVersion { get; private set; }

    public DateOnly? EffectiveFrom { get; private set; }

    protected override Flow<Edition, EditionState, EditionAction> Table => EditionFlow.Table;

    /// <summary>What is sent from its day on.</summary>
    public Questionnaire Questionnaire => Content.As(QuestionnaireVersion, EffectiveFrom ?? DateOnly.MaxValue);

    public static Result<Edition> Draft(CommandContext context, string title, EditionContent content)
    {
        var edition = new Edition { Id = Guid.CreateVersion7(context.Now) };
        if (edition.Start(context, EditionAction.Draft) is { } refusal)
        {
            return refusal;
        }

        edition.Write(context, title, content);
        return edition;
    }

    public Refusal? Revise(CommandContext context, string title, EditionContent content) =>
        Transition(context, EditionAction.Revise, change: () => Write(context, title, content));

    /// <param name="context">Another person than who wrote it.</param>
    /// <param name="from">First day on which it is sent.</param>
    /// <param name="version">The next version of the questionnaire.</param>
    public Refusal? Publish(CommandContext context, DateOnly from, int version) =>
        Transition(
            context,
            EditionAction.Publish,
            from,
            change: () =>
            {
                QuestionnaireVersion = version;
                Number = string.Create(CultureInfo.InvariantCulture, $"v{version}");
                EffectiveFrom = from;
                PublishedBy = Stamp.Of(context);
            }
        );

    public Refusal? Discard(CommandContext context, string reason) =>
        Transition(context, EditionAction.Discard, why: reason);

    private void Write(CommandContext context, string title, EditionContent content)
    {
        (Title, Content) = (title, content);
        WrittenBy = Stamp.Of(context);
    }
}
