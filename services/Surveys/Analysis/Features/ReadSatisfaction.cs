using System.Globalization;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Identity;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Sheets;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Analysis.Features;

/// <summary>Satisfaction of a period (C5.10, C5.8.1 A).</summary>
internal static class ReadSatisfaction
{
    internal sealed record Query
    {
        /// <summary>First day of receipt; by default the first of the year.</summary>
        public Day? From { get; init; }

        /// <summary>Last day of receipt; by default today.</summary>
        public Day? To { get; init; }

        /// <summary>Population, A to D.</summary>
        public KindFilter? Kind { get; init; }

        /// <summary>Code of the department for which the forms count.</summary>
        public TextFilter? Department { get; init; }

        /// <summary>Model of the product.</summary>
        public TextFilter? Product { get; init; }

        /// <summary>The campaign.</summary>
        public Guid? CampaignId { get; init; }
    }

    /// <param name="Department">Its code.</param>
    /// <param name="Name">Its name in the reader's language; its code where no name is known.</param>
    /// <param name="Figures">Its figures.</param>
    internal sealed record OfDepartment(string Department, string Name, Tally Figures);

    /// <param name="Kind">Population.</param>
    /// <param name="Figures">Its figures.</param>
    internal sealed record OfKind(string Kind, Tally Figures);

    /// <param name="Mode"><c>online</c>, <c>interview</c> or <c>paper</c>.</param>
    /// <param name="Figures">Its figures.</param>
    internal sealed record OfMode(AnswerMode Mode, Tally Figures);

    /// <param name="Month">For example <c>2026-11</c>.</param>
    /// <param name="Figures">Its figures.</param>
    internal sealed record OfMonth(string Month, Tally Figures);

    internal sealed record Satisfaction
    {
        public required DateOnly From { get; init; }

        public required DateOnly To { get; init; }

        /// <summary>Forms that went out in the period and could be left unanswered: links that were sent and codes on
        /// sheets, those that were withdrawn left out. Open links and interviews have none.</summary>
        public required int Sent { get; init; }

        /// <summary>Of the forms that went out in the period, in percent, those that came back; null where none went
        /// out.</summary>
        public required decimal? ResponseRate { get; init; }

        /// <summary>Begun and never finished, or broken off; not counted as recovered.</summary>
        public required int Partial { get; init; }

        /// <summary>All recovered forms, or those of the department asked for.</summary>
        public required Tally Figures { get; init; }

        /// <summary>By department: a form counts for the one that its invitation names, else once for each whose items it
        /// asks.</summary>
        public required IReadOnlyList<OfDepartment> Departments { get; init; }

        /// <summary>Month by month, anonymous forms apart from it.</summary>
        public required IReadOnlyList<OfMonth> Trend { get; init; }

        public required IReadOnlyList<OfKind> Kinds { get; init; }

        /// <summary>Interviews and paper apart from what customers answered themselves.</summary>
        public required IReadOnlyList<OfMode> Modes { get; init; }

        /// <summary>The rule in words, in the caller's language.</summary>
        public required string Rule { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/satisfaction", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("Satisfaction of a period")
            .WithDescription(
                "Rules C5.10 and C5.8.1 A: forms with an overall grade of at least 基本滿意 ÷ forms recovered × 100 %; not "
                    + "available, never 0 %, where none came back. With distribution, response rate and the interval of "
                    + "confidence. 400 bad-period."
            )
            .Produces<Satisfaction>();
        routes.MapSheet<Query>(
            "/satisfaction",
            "Satisfaction",
            "Satisfaction of a period",
            "Rules C5.10 and C5.8.1 A, with the rule in words. 400 bad-period.",
            FillAsync
        );
    }

    private static async Task<Result<TableSheet>?> FillAsync(
        Query query,
        IServiceProvider services,
        FormTexts texts,
        CancellationToken cancellation
    ) =>
        (await ReadAsync(query, services, texts.Language, texts.Say("satisfaction.rule"), cancellation)).Failed(
            out var refusal,
            out var read
        )
            ? refusal
            : Fill(read, texts);

    private static TableSheet Fill(Satisfaction read, FormTexts texts)
    {
        SheetTable Table(string key, IEnumerable<(string? Name, Tally Figures)> rows) =>
            new(
                key,
                texts.Say("sheet." + key),
                [
                    texts.Column("name", 7),
                    texts.Column("recovered", 5),
                    texts.Column("satisfied", 4),
                    texts.Column("percent", 4),
                    texts.Column("interval", 6),
                    .. Spelling.WordsOf<Grade>().Reverse().Select(g => new SheetColumn(g, texts.Say("grade." + g), 5)),
                ],
                [
                    .. rows.Select(row =>
                        (IReadOnlyList<object?>)
                            [
                                row.Name,
                                row.Figures.Recovered,
                                row.Figures.Satisfied,
                                row.Figures.Percent,
                                row.Figures.Interval is { } i
                                    ? FormattableString.Invariant($"{i.From:0.0} – {i.To:0.0}")
                                    : null,
                                .. row.Figures.Distribution.Count > 0
                                    ? row.Figures.Distribution.Select(g => (object?)g.Count)
                                    : Enum.GetValues<Grade>().Select(_ => (object?)null),
                            ]
                    ),
                ]
            );
        return new(
            "satisfaction",
            texts.Say("sheet.satisfaction"),
            $"{FormTexts.Day(read.From)}–{FormTexts.Day(read.To)}",
            0,
            [
                Table("total", [(texts.Say("sheet.all"), read.Figures)]) with
                {
                    Below =
                    [
                        new("sent", texts.Say("sheet.sent"), Sent(read, texts)),
                        new("rule", texts.Say("sheet.rule"), read.Rule),
                    ],
                },
                Table("by-department", read.Departments.Select(d => ((string?)d.Name, d.Figures))),
                Table("by-month", read.Trend.Select(m => ((string?)m.Month, m.Figures))) with
                {
                    Chart = ChartOf(read.Trend, texts.Say("sheet.percent")),
                },
                Table("by-kind", read.Kinds.Select(k => ((string?)texts.Say("kind." + k.Kind), k.Figures))),
                Table("by-mode", read.Modes.Select(m => (texts.Coded<AnswerMode>("mode", m.Mode), m.Figures))),
            ]
        );
    }

    /// <summary>The rate month by month; a month without a form has none, which is not 0 %.</summary>
    internal static FormChart? ChartOf(IReadOnlyList<OfMonth> trend, string label)
    {
        var months = trend.Where(m => m.Figures.Percent is not null).ToList();
        return months.Count == 0
            ? null
            : new FormChart(
                [.. months.Select(m => m.Month)],
                [new(label, [.. months.Select(m => (double)m.Figures.Percent!.Value)])]
            );
    }

    private static string Sent(Satisfaction read, FormTexts texts) =>
        texts.Say(
            "sheet.sent-text",
            ("sent", read.Sent),
            ("rate", read.ResponseRate?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–"),
            ("partial", read.Partial)
        );

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        IServiceProvider services,
        Texts texts,
        CancellationToken cancellation
    ) =>
        (
            await ReadAsync(
                query,
                services,
                CultureInfo.CurrentUICulture,
                texts.Find("satisfaction.rule")!,
                cancellation
            )
        ).Failed(out var refusal, out var read)
            ? refusal
            : QueryResult.Of(read);

    internal static async Task<Result<Satisfaction>> ReadAsync(
        Query query,
        IServiceProvider services,
        CultureInfo language,
        string rule,
        CancellationToken cancellation
    )
    {
        var caller = services.GetRequiredService<Caller>();
        var forms = services.GetRequiredService<RecoveredForms>();

        if (SurveyPeriod.OfYear(query.From, query.To, caller.Today, "C5.10").Failed(out var refusal, out var period))
        {
            return refusal;
        }

        var (from, to) = period;

        var filter = new FormFilter(from, to)
        {
            Kind = query.Kind?.Value,
            Product = query.Product?.Value,
            CampaignId = query.CampaignId,
        };
        var policy = services.GetRequiredService<PolicyCatalogue>().InForceOn(to).Surveys;
        var months = await forms.CountByMonthAsync(filter, policy, cancellation);
        var sent = await forms.SentAsync(filter, policy, cancellation);
        var partial = await forms.PartialAsync(filter, cancellation);
        if (query.Department?.Value is { } department)
        {
            months =
            [
                .. months.Select(m => m with { Forms = [.. m.Forms.Where(f => f.Departments.Contains(department))] }),
            ];
            sent = [.. sent.Where(f => f.Departments.Contains(department))];
            partial = [.. partial.Where(f => f.Departments.Contains(department))];
        }

        var names = await services.GetRequiredService<IDocumentStore>().DepartmentNamesAsync(language, cancellation);
        var outgone = sent.Sum(f => f.Count);
        IReadOnlyList<AlikeForms> all = [.. months.SelectMany(m => m.Forms)];
        return new Satisfaction
        {
            From = from,
            To = to,
            Sent = outgone,
            ResponseRate =
                outgone == 0
                    ? null
                    : Math.Round(
                        100m * sent.Where(f => f.State == InvitationState.Answered).Sum(f => f.Count) / outgone,
                        1,
                        MidpointRounding.AwayFromZero
                    ),
            Partial = partial.Sum(f => f.Count),
            Figures = Tally.Of(all, policy),
            Departments =
            [
                .. Tally
                    .ByDepartment(all)
                    .Select(d => new OfDepartment(d.Department, names(d.Department), Tally.Of(d.Forms, policy))),
            ],
            Trend =
            [
                .. months
                    .Where(m => m.Month.Length > 0)
                    .GroupBy(m => m.Month, StringComparer.Ordinal)
                    .Select(same => new OfMonth(same.Key, Tally.Of(same.SelectMany(m => m.Forms), policy))),
            ],
            Kinds =
            [
                .. all.Where(f => !f.IsFew)
                    .GroupBy(f => f.Survey)
                    .OrderBy(same => same.Key)
                    .Select(same => new OfKind(same.Key.ToString(), Tally.Of(same, policy))),
            ],
            Modes =
            [
                .. all.Where(f => f.Mode is not null)
                    .GroupBy(f => f.Mode!.Value)
                    .OrderBy(same => same.Key)
                    .Select(same => new OfMode(same.Key, Tally.Of(same, policy))),
            ],
            Rule = rule,
        };
    }
}
