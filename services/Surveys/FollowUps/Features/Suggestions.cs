using System.Text.Json.Serialization;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Sheets;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.FollowUps.Features;

/// <summary>The register of needs and suggestions with what became of each (C5.8.1 C), and their trend (C5.8.1
/// E).</summary>
internal static class Suggestions
{
    private const int Batch = 500;

    /// <summary>A need or suggestion. For staff alone.</summary>
    internal sealed record View
    {
        public required Guid Id { get; init; }

        /// <summary>Suggestions have no number.</summary>
        public string? Number { get; init; }

        public required SuggestionState State { get; init; }

        public required long Version { get; init; }

        /// <summary>What the caller may do now.</summary>
        [JsonPropertyName("_actions")]
        public required IReadOnlyList<string> Actions { get; init; }

        /// <summary>The form that it came with.</summary>
        public required Guid ResponseId { get; init; }

        public required string CustomerName { get; init; }

        /// <summary>Population: <c>A</c> to <c>D</c>.</summary>
        [JsonConverter(typeof(JsonStringEnumConverter<SurveyKind>))]
        public required SurveyKind Kind { get; init; }

        public string? Product { get; init; }

        public required string Text { get; init; }

        public required DateOnly ReceivedOn { get; init; }

        /// <summary>What it is about, once it is decided.</summary>
        public string? Topic { get; init; }

        /// <summary>What will be done, or why not.</summary>
        public string? Reason { get; init; }

        public Stamp? DecidedBy { get; init; }

        public Stamp? ToldBy { get; init; }

        public static View From(Suggestion s, Caller caller) =>
            new()
            {
                Id = s.Id,
                State = s.State,
                Version = s.Version,
                Actions = s.AllowedActions(caller.Context()),
                ResponseId = s.ResponseId,
                CustomerName = s.CustomerName,
                Kind = s.Survey,
                Product = s.Product,
                Text = s.Text,
                ReceivedOn = s.ReceivedOn,
                Topic = s.Topic,
                Reason = s.Reason,
                DecidedBy = s.DecidedBy,
                ToldBy = s.ToldBy,
            };
    }

    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<SuggestionState>? State { get; init; }

        /// <summary>Model of the product.</summary>
        public TextFilter? Product { get; init; }

        /// <summary>First day of receipt.</summary>
        public Day? ReceivedFrom { get; init; }

        /// <summary>Last day of receipt.</summary>
        public Day? ReceivedTo { get; init; }
    }

    internal sealed record RegisterQuery
    {
        /// <summary>First day of receipt; by default a year ago.</summary>
        public Day? From { get; init; }

        /// <summary>Last day of receipt; by default today.</summary>
        public Day? To { get; init; }

        /// <summary>States, joined by commas.</summary>
        public EnumFilter<SuggestionState>? State { get; init; }

        /// <summary>Model of the product.</summary>
        public TextFilter? Product { get; init; }
    }

    internal sealed record TrendQuery
    {
        /// <summary>First day of receipt; by default a year ago.</summary>
        public Day? From { get; init; }

        /// <summary>Last day of receipt; by default today.</summary>
        public Day? To { get; init; }
    }

    /// <param name="Topic">What it is about, in a word; the trend is counted by it.</param>
    /// <param name="Reason">What will be done, or why not.</param>
    internal sealed record Decision(string Topic, string Reason);

    /// <param name="Words">What the customer was told.</param>
    internal sealed record Told(string Words);

    /// <param name="Product">Model of the product; null where the forms name none.</param>
    /// <param name="Topic">What it is about; null where nobody has decided yet.</param>
    /// <param name="Month">For example <c>2026-11</c>.</param>
    /// <param name="Count">How many came.</param>
    /// <param name="TakenUp">Of these, taken up.</param>
    internal sealed record TrendPoint(string? Product, string? Topic, string Month, int Count, int TakenUp);

    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    /// <param name="Points">By product, topic and month.</param>
    internal sealed record Trend(DateOnly From, DateOnly To, IReadOnlyList<TrendPoint> Points);

    internal sealed class DecisionValidator : AbstractValidator<Decision>
    {
        public DecisionValidator()
        {
            RuleFor(r => r.Topic).RequiredText(TextLength.Code);
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal sealed class ToldValidator : AbstractValidator<Told>
    {
        public ToldValidator() => RuleFor(r => r.Words).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/suggestions", ListAsync)
            .AsQuery()
            .WithName("ListSuggestions")
            .WithSummary("Needs and suggestions, newest first")
            .WithDescription("Rule C5.8.1 C. For staff.")
            .Produces<Page<View>>();
        routes
            .MapGet("/suggestions/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetSuggestion")
            .WithSummary("A need or suggestion")
            .WithDescription("Rule C5.8.1 C. For staff.")
            .Produces<View>();
        routes
            .MapGet("/suggestions/trend", TrendAsync)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("GetSuggestionTrend")
            .WithSummary("How wishes develop")
            .WithDescription("Rule C5.8.1 E: by product, topic and month, for product development.")
            .Produces<Trend>();
        routes.MapSheet<RegisterQuery>(
            "/suggestions",
            "Suggestions",
            "The register of needs and suggestions",
            "Rule C5.8.1 C: what became of each. 400 bad-period.",
            FillRegisterAsync
        );
        routes.MapSheet<TrendQuery>(
            "/suggestions/trend",
            "SuggestionTrend",
            "How wishes develop",
            "Rule C5.8.1 E: by product, topic and month, for product development. 400 bad-period.",
            FillTrendAsync
        );
        routes
            .MapPost(
                "/suggestions/{id:guid}/take-up",
                (Guid id, Decision body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(
                        id,
                        (s, c) => s.TakeUp(c, body.Topic.Trim(), body.Reason.Trim()),
                        store,
                        caller,
                        cancellation
                    )
            )
            .AsCommand()
            .WithName("TakeUpSuggestion")
            .WithSummary("It will be done")
            .WithDescription("Rule C5.8.1 C. Product development or a department's head.")
            .Produces<View>();
        routes
            .MapPost(
                "/suggestions/{id:guid}/decline",
                (Guid id, Decision body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(
                        id,
                        (s, c) => s.Decline(c, body.Topic.Trim(), body.Reason.Trim()),
                        store,
                        caller,
                        cancellation
                    )
            )
            .AsCommand()
            .WithName("DeclineSuggestion")
            .WithSummary("It will not be done")
            .WithDescription("Rule C5.8.1 C. With the reason.")
            .Produces<View>();
        routes
            .MapPost(
                "/suggestions/{id:guid}/tell",
                (Guid id, Told body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (s, c) => s.Tell(c, body.Words.Trim()), store, caller, cancellation)
            )
            .AsCommand()
            .WithName("TellSuggestion")
            .WithSummary("The customer was told what became of it")
            .WithDescription("Rule C5.8.1 C. Customer service or sales.")
            .Produces<View>();
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<Suggestion>(caller.Actor)
            .In(s => s.State, query.State?.Values)
            .Where(s => s.Product, query.Product?.Value)
            .Between(s => s.ReceivedOn, query.ReceivedFrom?.Value, query.ReceivedTo?.Value)
            .ToPageAsync(store, query, s => View.From(s, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, StaffAccess.Of<Suggestion>(caller.Actor), id, View.From, cancellation);

    private static async Task<Result<TableSheet>?> FillRegisterAsync(
        RegisterQuery query,
        IServiceProvider services,
        FormTexts texts,
        CancellationToken cancellation
    )
    {
        var caller = services.GetRequiredService<Caller>();
        if (
            SurveyPeriod
                .OfTwelveMonths(query.From, query.To, caller.Today, "C5.8.1")
                .Failed(out var refusal, out var period)
        )
        {
            return refusal;
        }

        var all = await AllAsync(
            services.GetRequiredService<IDocumentStore>(),
            StaffAccess
                .Of<Suggestion>(caller.Actor)
                .In(s => s.State, query.State?.Values)
                .Where(s => s.Product, query.Product?.Value)
                .Between(s => s.ReceivedOn, period.From, period.To),
            cancellation
        );
        return new TableSheet(
            "suggestions",
            texts.Say("sheet.suggestions"),
            $"{FormTexts.Day(period.From)}–{FormTexts.Day(period.To)}",
            0,
            [
                new(
                    "register",
                    null,
                    [
                        texts.Column("received-on", 4),
                        texts.Column("customer", 3),
                        texts.Column("kind", 3),
                        texts.Column("product", 3),
                        texts.Column("suggestion", 5),
                        texts.Column("state", 3),
                        texts.Column("topic", 3),
                        texts.Column("reason", 4),
                        texts.Column("decided-by", 3),
                        texts.Column("told-on", 4),
                    ],
                    [
                        .. all.Select(s =>
                            (IReadOnlyList<object?>)
                                [
                                    s.ReceivedOn,
                                    s.CustomerName,
                                    texts.Say("kind." + s.Survey),
                                    s.Product,
                                    s.Text,
                                    texts.Coded<SuggestionState>("suggestion", s.State),
                                    s.Topic,
                                    s.Reason,
                                    s.DecidedBy?.Name,
                                    texts.DayOf(s.ToldBy?.At),
                                ]
                        ),
                    ]
                ),
            ]
        );
    }

    private static async Task<Result<TableSheet>?> FillTrendAsync(
        TrendQuery query,
        IServiceProvider services,
        FormTexts texts,
        CancellationToken cancellation
    )
    {
        if (
            (
                await TrendOfAsync(
                    query,
                    services.GetRequiredService<IDocumentStore>(),
                    services.GetRequiredService<Caller>(),
                    cancellation
                )
            ).Failed(out var refusal, out var trend)
        )
        {
            return refusal;
        }

        return new TableSheet(
            "suggestion-trend",
            texts.Say("sheet.suggestion-trend"),
            $"{FormTexts.Day(trend.From)}–{FormTexts.Day(trend.To)}",
            0,
            [
                new(
                    "trend",
                    null,
                    [
                        texts.Column("product", 3),
                        texts.Column("topic", 3),
                        texts.Column("month", 2),
                        texts.Column("count", 2),
                        texts.Column("taken-up", 2),
                    ],
                    [
                        .. trend.Points.Select(p =>
                            (IReadOnlyList<object?>)[p.Product, p.Topic, p.Month, p.Count, p.TakenUp]
                        ),
                    ]
                )
                {
                    Chart = trend.Points.Count == 0 ? null : ChartOf(trend, texts),
                },
            ]
        );
    }

    private static FormChart ChartOf(Trend trend, FormTexts texts)
    {
        var months = trend
            .Points.GroupBy(p => p.Month, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .ToList();
        return new(
            [.. months.Select(same => same.Key)],
            [
                new(texts.Say("sheet.count"), [.. months.Select(same => (double)same.Sum(p => p.Count))]),
                new(texts.Say("sheet.taken-up"), [.. months.Select(same => (double)same.Sum(p => p.TakenUp))]),
            ]
        );
    }

    private static async Task<IReadOnlyList<Suggestion>> AllAsync(
        IDocumentStore store,
        DocumentQuery<Suggestion> which,
        CancellationToken cancellation
    )
    {
        var all = new List<Suggestion>();
        for (Guid? after = null; ; after = all[^1].Id)
        {
            var page = await store.ListAsync(which, after, Batch, cancellation);
            all.AddRange(page);
            if (page.Count < Batch)
            {
                return all;
            }
        }
    }

    private static async Task<QueryResult> TrendAsync(
        [AsParameters] TrendQuery query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        (await TrendOfAsync(query, store, caller, cancellation)).Failed(out var refusal, out var trend)
            ? refusal
            : QueryResult.Of(trend);

    private static async Task<Result<Trend>> TrendOfAsync(
        TrendQuery query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (
            SurveyPeriod
                .OfTwelveMonths(query.From, query.To, caller.Today, "C5.8.1")
                .Failed(out var refusal, out var period)
        )
        {
            return refusal;
        }

        var (from, to) = period;

        var which = DocumentQuery<Suggestion>.All.Between(s => s.ReceivedOn, from, to);
        var all = await AllAsync(store, which, cancellation);
        return new Trend(
            from,
            to,
            [
                .. all.GroupBy(s => (s.Product, s.Topic, s.Month))
                    .Select(same => new TrendPoint(
                        same.Key.Product,
                        same.Key.Topic,
                        same.Key.Month,
                        same.Count(),
                        same.Count(s => s.IsTakenUp)
                    ))
                    .OrderBy(p => p.Product, StringComparer.Ordinal)
                    .ThenBy(p => p.Topic, StringComparer.Ordinal)
                    .ThenBy(p => p.Month, StringComparer.Ordinal),
            ]
        );
    }

    private static Task<CommandResult> MoveAsync(
        Guid id,
        Func<Suggestion, CommandContext, Refusal?> move,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeAsync(store, StaffAccess.Of<Suggestion>(caller.Actor), id, move, View.From, cancellation);
}
