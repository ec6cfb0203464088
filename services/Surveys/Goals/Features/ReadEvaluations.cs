using System.Globalization;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Identity;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Goals.Features;

/// <summary>Evaluations, and the board with the public criticism (C5.10).</summary>
internal static class ReadEvaluations
{
    private const int MostNotices = 200;

    internal sealed record Query : PageQuery
    {
        /// <summary>Code of the department.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<EvaluationState>? State { get; init; }
    }

    /// <summary>A public criticism 通報批評: it names the department, never a person.</summary>
    internal sealed record Notice
    {
        public required string Number { get; init; }

        /// <summary>Code of the department.</summary>
        public required string Department { get; init; }

        /// <summary>The criticism in the caller's language.</summary>
        public required string Text { get; init; }

        public required DateOnly PublishedOn { get; init; }

        /// <summary>Last day on the board.</summary>
        public required DateOnly Through { get; init; }

        /// <summary>The department has corrected by the end of this day.</summary>
        public required DateOnly DueOn { get; init; }
    }

    /// <param name="Items">What is on the board today, newest first.</param>
    internal sealed record Board(IReadOnlyList<Notice> Items);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/evaluations", ListAsync)
            .AsQuery()
            .WithName("ListEvaluations")
            .WithSummary("Evaluations of departments, newest first")
            .WithDescription("Rule C5.10. For staff.")
            .Produces<Page<EvaluationView>>();
        routes
            .MapGet("/evaluations/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetEvaluation")
            .WithSummary("An evaluation of a department")
            .WithDescription("Rule C5.10. For staff.")
            .Produces<EvaluationView>();
        routes
            .MapGet("/notices", BoardAsync)
            .AsQuery()
            .WithName("GetNoticeBoard")
            .WithSummary("The board: public criticism")
            .WithDescription("Rule C5.10. Published to staff for 90 days; it names departments, never people.")
            .Produces<Board>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<Evaluation>(caller.Actor)
            .Where(e => e.Department, query.Department?.Value)
            .In(e => e.State, query.State?.Values)
            .ToPageAsync(store, query, e => EvaluationView.Of(e, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, StaffAccess.Of<Evaluation>(caller.Actor), id, EvaluationView.Of, cancellation);

    private static async Task<QueryResult> BoardAsync(
        IDocumentStore store,
        Caller caller,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var published = await store.ListAsync(
            StaffAccess.Of<Evaluation>(caller.Actor).Between(e => e.NoticeThrough, caller.Today, null),
            null,
            MostNotices,
            cancellation
        );
        var names = await store.DepartmentNamesAsync(CultureInfo.CurrentUICulture, cancellation);
        return QueryResult.Of(
            new Board([
                .. published.Select(e => new Notice
                {
                    Number = e.Notice!,
                    Department = e.Department,
                    Text = texts.Find(
                        "notice.text",
                        new Dictionary<string, object?>
                        {
                            ["department"] = names(e.Department),
                            ["from"] = e.From,
                            ["to"] = e.To,
                            ["percent"] = e.Percent,
                            ["goal"] = e.GoalPercent,
                            ["due"] = e.DueOn,
                        }
                    )!,
                    PublishedOn = e.NoticeFrom!.Value,
                    Through = e.NoticeThrough!.Value,
                    DueOn = e.DueOn!.Value,
                }),
            ])
        );
    }
}
