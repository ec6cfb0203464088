using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Questionnaires.Features;

/// <summary>Versions of the questionnaire, drafts too (C5.8.3).</summary>
internal static class ReadEditions
{
    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<EditionState>? State { get; init; }
    }

    internal sealed record PreviewQuery
    {
        /// <summary>Kind of survey, A to D.</summary>
        public KindFilter? Kind { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/editions", ListAsync)
            .AsQuery()
            .WithName("ListEditions")
            .WithSummary("Versions of the questionnaire, newest first")
            .WithDescription("Rule C5.8.3. For staff.")
            .Produces<Page<EditionView>>();
        routes
            .MapGet("/editions/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetEdition")
            .WithSummary("A version of the questionnaire")
            .WithDescription("Rule C5.8.3. For staff.")
            .Produces<EditionView>();
        routes
            .MapGet("/editions/{id:guid}/preview", PreviewAsync)
            .AsQuery()
            .WithName("PreviewEdition")
            .WithSummary("A version as customers would see it")
            .WithDescription("Rule C5.8.3. In the caller's language; `kind` says what is asked, by default D.")
            .Produces<WordedQuestionnaire>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<Edition>(caller.Actor)
            .In(e => e.State, query.State?.Values)
            .ToPageAsync(store, query, e => EditionView.From(e, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, StaffAccess.Of<Edition>(caller.Actor), id, EditionView.From, cancellation);

    private static async Task<QueryResult> PreviewAsync(
        Guid id,
        [AsParameters] PreviewQuery query,
        IDocumentStore store,
        Caller caller,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var found = await store.ListAsync(
            StaffAccess.Of<Edition>(caller.Actor).Where(e => e.Id, id),
            null,
            1,
            cancellation
        );
        if (found is not [var edition])
        {
            return QueryResult.NotFound;
        }

        var kind = query.Kind?.Value ?? SurveyKind.D;
        return edition.Content.Kinds.All(k => k.Kind != kind)
            ? Refusal.ByRule("questionnaire-incomplete", "C5.8.3", ["graded-items"], [Roles.CustomerService])
            : QueryResult.Of(WordedQuestionnaire.Of(edition.Questionnaire, kind, key => texts.Find(key)!));
    }
}
