using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Questionnaires.Features;

/// <summary>Writes a version of the questionnaire, and publishes it (C5.8.3).</summary>
internal static class WriteEdition
{
    private const int MostItems = 100;

    internal sealed record Request
    {
        public required string Title { get; init; }

        /// <summary>Every item; its code begins with the letter of its dimension, such as <c>E.attitude</c>.</summary>
        public required IReadOnlyList<EditionItem> Items { get; init; }

        /// <summary>What each of the four kinds asks.</summary>
        public required IReadOnlyList<KindContent> Kinds { get; init; }

        /// <summary>Whether dimension D names who is compared; by default it does.</summary>
        public bool? NamesCompetitor { get; init; }
    }

    /// <param name="EffectiveFrom">First day on which it is sent; not in the past.</param>
    internal sealed record PublishRequest(DateOnly EffectiveFrom);

    /// <param name="Reason">Why.</param>
    internal sealed record DiscardRequest(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Title).RequiredText(TextLength.Line);
            RuleFor(r => r.Items)
                .NotEmpty()
                .Must(items => items is null || items.Count <= MostItems)
                .WithErrorCode("too-many");
            RuleForEach(r => r.Items)
                .ChildRules(item =>
                {
                    item.RuleFor(i => i.Code).NotEmpty().Matches("^[A-F]\\.[a-z0-9-]{1,40}$");
                    item.RuleFor(i => i.Names.En).RequiredText(TextLength.Line);
                    item.RuleFor(i => i.Names.ZhHant).RequiredText(TextLength.Line);
                    item.RuleFor(i => i.Names.ZhHans).RequiredText(TextLength.Line);
                    item.RuleFor(i => i.Department).OptionalCode();
                    item.RuleFor(i => i.Weight).InclusiveBetween(1, 100);
                });
            RuleForEach(r => r.Kinds)
                .ChildRules(kind =>
                {
                    kind.RuleFor(k => k.Kind).Must(k => SurveyKinds.Parse(k) is not null).WithErrorCode("unknown-kind");
                    kind.RuleFor(k => k.Department).OptionalCode();
                });
            RuleFor(r => r.Kinds)
                .Must(kinds => kinds is null || kinds.Select(k => k?.Kind).Distinct().Count() == kinds.Count)
                .WithErrorCode("duplicate");
        }
    }

    internal sealed class DiscardValidator : AbstractValidator<DiscardRequest>
    {
        public DiscardValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/editions", DraftAsync)
            .AsCommand()
            .WithName("DraftEdition")
            .WithSummary("Draft a version of the questionnaire")
            .WithDescription("Rule C5.8.3. Customer service or sales. `_faults` tell what is missing to publish it.")
            .Produces<EditionView>(StatusCodes.Status201Created);
        routes
            .MapPost("/editions/{id:guid}/revise", ReviseAsync)
            .AsCommand()
            .WithName("ReviseEdition")
            .WithSummary("Revise a draft")
            .WithDescription("Rule C5.8.3. Only a draft: what was published never changes.")
            .Produces<EditionView>();
        routes
            .MapPost("/editions/{id:guid}/publish", PublishAsync)
            .AsCommand()
            .WithName("PublishEdition")
            .WithSummary("Publish a version")
            .WithDescription(
                "Rule C5.8.3. By another person than who wrote it, when each kind asks at least one graded item of every "
                    + "dimension A to F. 409 questionnaire-incomplete, publisher-is-author, effective-in-past."
            )
            .Produces<EditionView>();
        routes
            .MapPost("/editions/{id:guid}/discard", DiscardAsync)
            .AsCommand()
            .WithName("DiscardEdition")
            .WithSummary("Discard a draft")
            .WithDescription("Rule C5.8.3.")
            .Produces<EditionView>();
    }

    private static CommandResult DraftAsync(Request body, IDocumentStore store, Caller caller) =>
        caller.Create(
            store.Add,
            "editions",
            Edition.Draft(caller.Context(), body.Title.Trim(), ContentOf(body)),
            EditionView.From
        );

    private static Task<CommandResult> ReviseAsync(
        Guid id,
        Request body,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            StaffAccess.Of<Edition>(caller.Actor),
            id,
            (edition, context) => edition.Revise(context, body.Title.Trim(), ContentOf(body)),
            EditionView.From,
            cancellation
        );

    private static async Task<CommandResult> PublishAsync(
        Guid id,
        PublishRequest body,
        IDocumentStore store,
        Caller caller,
        QuestionnaireCatalogue builtIn,
        CancellationToken cancellation
    )
    {
        var edition = await store.FindAsync(StaffAccess.Of<Edition>(caller.Actor).Where(e => e.Id, id), cancellation);
        if (caller.Precondition(edition) is { } failed)
        {
            return failed;
        }

        var context = caller.Context();
        // The versions that come with the service are the first.
        var next = await NumberSeries.NextAsync(store, context, "FM006", builtIn.Versions.Count, cancellation);
        return edition!.Publish(context, body.EffectiveFrom, next) is { } refusal
            ? refusal
            : CommandResult.Ok(edition, () => EditionView.From(edition, caller));
    }

    private static Task<CommandResult> DiscardAsync(
        Guid id,
        DiscardRequest body,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            StaffAccess.Of<Edition>(caller.Actor),
            id,
            (edition, context) => edition.Discard(context, body.Reason.Trim()),
            EditionView.From,
            cancellation
        );

    private static EditionContent ContentOf(Request body) =>
        new(
            body.Items,
            [.. body.Kinds.Select(k => new EditionKind(SurveyKinds.Parse(k.Kind)!.Value, k.Items, k.Department))],
            body.NamesCompetitor != false
        );
}
