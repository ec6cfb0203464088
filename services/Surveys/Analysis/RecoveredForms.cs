using System.Globalization;
using CustomerService.Rules;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Analysis;

/// <summary>Which forms are looked at.</summary>
/// <param name="From">First day of receipt.</param>
/// <param name="To">Last day of receipt.</param>
internal sealed record FormFilter(DateOnly From, DateOnly To)
{
    /// <summary>Population; null for all.</summary>
    public SurveyKind? Kind { get; init; }

    /// <summary>Model of the product; null for all.</summary>
    public string? Product { get; init; }

    public Guid? CampaignId { get; init; }

    /// <summary>How they were answered; null for all.</summary>
    public AnswerMode? Mode { get; init; }
}

/// <summary>Forms that came in a month, or in those days of it that were asked for.</summary>
/// <param name="Month">For example <c>2026-11</c>.</param>
/// <param name="Forms">The forms.</param>
internal sealed record FormsOfMonth(string Month, IReadOnlyList<AlikeForms> Forms);

/// <summary>So many grades of an item.</summary>
/// <param name="Item">Its code.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Competitor">Who is compared by the form; null where it names nobody.</param>
/// <param name="Count">How many.</param>
internal sealed record ItemGrade(string Item, Grade Grade, string? Competitor, int Count);

/// <summary>Forms that went out in a period and what became of them.</summary>
/// <param name="Departments">Departments for which they count.</param>
/// <param name="State">State of the invitation.</param>
/// <param name="Survey">Population.</param>
/// <param name="Count">How many.</param>
internal sealed record SentForms(
    IReadOnlyList<string> Departments,
    InvitationState State,
    SurveyKind Survey,
    int Count
);

/// <summary>What the forms say of an item of a department.</summary>
/// <param name="Item">Its code.</param>
/// <param name="Grades">How often each grade was given.</param>
/// <param name="Comments">What was written on it, the newest first.</param>
internal sealed record ItemOfDepartment(
    string Item,
    IReadOnlyDictionary<Grade, int> Grades,
    IReadOnlyList<string> Comments
);

/// <summary>What the forms say of a department.</summary>
/// <param name="Forms">The forms that count for it.</param>
/// <param name="Items">Its items.</param>
internal sealed record FormsOfDepartment(IReadOnlyList<AlikeForms> Forms, IReadOnlyList<ItemOfDepartment> Items);

/// <summary>Counts forms in the store; one question each, whatever the number of forms.</summary>
internal sealed class RecoveredForms(IDocumentStore store, CountCache cache, CompanyClock clock)
{
    private const int Batch = 500;

    // Forms of days that are over do not change.
    private static readonly TimeSpan ForLong = TimeSpan.FromHours(12);

    // An invitation of such a day can still be answered.
    private static readonly TimeSpan ForAMoment = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<AlikeForms>> CountAsync(
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    ) => [.. await AnonymousAsync(filter, policy, cancellation), .. await NamedAsync(filter, cancellation)];

    /// <summary>The same month by month, for reports: of days that are over what was counted before is taken.</summary>
    public async Task<IReadOnlyList<FormsOfMonth>> CountByMonthAsync(
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    )
    {
        var found = new List<FormsOfMonth>();
        foreach (var (from, to, isOver) in Months.Of(filter.From, filter.To, Months.LastOver(clock)))
        {
            var part = filter with { From = from, To = to };
            var named =
                isOver && filter is { Product: null, CampaignId: null }
                    ? (
                        await cache.GetAsync(
                            ("forms", from, to),
                            () => NamedAsync(new(from, to), cancellation),
                            _ => ForLong
                        )
                    ).Where(f => f.Survey == (filter.Kind ?? f.Survey) && f.Mode == (filter.Mode ?? f.Mode))
                    : await NamedAsync(part, cancellation);
            found.Add(new(from.ToString("yyyy-MM", CultureInfo.InvariantCulture), [.. named]));
        }

        // Of too few anonymous forms the whole period is one sum: a month could tell who gave them.
        var anonymous = (await AnonymousAsync(filter, policy, cancellation)).ToList();
        if (anonymous.Count > 0)
        {
            found.Add(new("", anonymous));
        }

        return found;
    }

    /// <summary>Grades by item and competitor, those of anonymous campaigns too where they are not too few.</summary>
    public async Task<IReadOnlyList<ItemGrade>> ItemsAsync(
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    )
    {
        var named = await store.CountPartsAsync(
            Query(filter),
            "items",
            ["competitor"],
            ["item", "grade"],
            cancellation
        );
        var anonymous = (await AnonymousAsync(filter, cancellation))
            .GroupBy(pair => pair.Box.CampaignId)
            .Where(campaign => campaign.Count() >= policy.LeastForms)
            .SelectMany(campaign => campaign)
            .SelectMany(pair => pair.Answer.Answers.Items)
            .GroupBy(answer => (answer.Item, answer.Grade))
            .Select(same => new ItemGrade(same.Key.Item, same.Key.Grade, null, same.Count()));
        return
        [
            .. named.Select(group => new ItemGrade(
                group.Values[1]!,
                Spelling.FromKebab<Grade>(group.Values[2])!.Value,
                group.Values[0],
                group.Count
            )),
            .. anonymous,
        ];
    }

    /// <summary>How many forms name a competitor.</summary>
    public async Task<IReadOnlyList<(string Competitor, int Forms)>> CompetitorsAsync(
        FormFilter filter,
        CancellationToken cancellation
    ) =>
        [
            .. (await store.CountAsync(Query(filter), ["competitor"], cancellation))
                .Where(group => group.Values[0] is not null)
                .Select(group => (group.Values[0]!, group.Count)),
        ];

    private async Task<IReadOnlyList<AlikeForms>> NamedAsync(FormFilter filter, CancellationToken cancellation) =>
        [
            .. (await store.CountAsync(Query(filter), ["judged", "overall", "survey", "mode"], cancellation)).Select(
                group => new AlikeForms(
                    Split(group.Values[0]),
                    Spelling.FromKebab<Grade>(group.Values[1])!.Value,
                    SurveyKinds.Parse(group.Values[2])!.Value,
                    Spelling.FromKebab<AnswerMode>(group.Values[3])!.Value,
                    group.Count
                )
            ),
        ];

    /// <summary>The answers of anonymous campaigns, by campaign.</summary>
    public async Task<IReadOnlyList<(AnswerBox Box, AnonymousAnswer Answer)>> AnonymousAsync(
        FormFilter filter,
        CancellationToken cancellation
    )
    {
        var found = new List<(AnswerBox, AnonymousAnswer)>();
        if (filter.Mode is not null)
        {
            return found;
        }

        var which = DocumentQuery<AnswerBox>.All.Where(b => b.CampaignId, filter.CampaignId);
        for (Guid? after = null; ; )
        {
            var page = await store.ListAsync(which, after, Batch, cancellation);
            found.AddRange(
                page.Where(box => filter.Kind is not { } kind || box.Survey == kind)
                    .Where(box => filter.Product is not { } product || box.Product == product)
                    .SelectMany(box =>
                        box.Answers.Where(a => a.Day >= filter.From && a.Day <= filter.To).Select(a => (box, a))
                    )
            );
            if (page.Count < Batch)
            {
                return found;
            }

            after = page[^1].Id;
        }
    }

    // Of too few anonymous answers only the sum of all is shown: a department could tell who gave them.
    private async Task<IEnumerable<AlikeForms>> AnonymousAsync(
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    )
    {
        if (filter.Mode is not null)
        {
            return [];
        }

        var counts = await store.CountPartsAsync(
            DocumentQuery<AnswerBox>.All.Where(b => b.CampaignId, filter.CampaignId),
            "answers",
            ["campaignId", "judged", "survey", "product"],
            ["day", "answers.overall"],
            cancellation
        );
        return counts
            .Select(group =>
                (
                    Campaign: group.Values[0]!,
                    Judged: group.Values[1],
                    Survey: SurveyKinds.Parse(group.Values[2])!.Value,
                    Product: group.Values[3],
                    Day: DateOnly.ParseExact(group.Values[4]!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    Overall: Spelling.FromKebab<Grade>(group.Values[5])!.Value,
                    group.Count
                )
            )
            .Where(f => f.Day >= filter.From && f.Day <= filter.To)
            .Where(f => f.Survey == (filter.Kind ?? f.Survey) && f.Product == (filter.Product ?? f.Product))
            .GroupBy(f => f.Campaign)
            .SelectMany(campaign =>
            {
                var enough = campaign.Sum(f => f.Count) >= policy.LeastForms;
                return campaign
                    .GroupBy(f => (f.Judged, f.Survey, f.Overall))
                    .Select(same => new AlikeForms(
                        enough ? Split(same.Key.Judged) : [],
                        same.Key.Overall,
                        same.Key.Survey,
                        null,
                        same.Sum(f => f.Count)
                    ));
            });
    }

    /// <summary>The rate of a department (C5.10).</summary>
    public async Task<SatisfactionRate> RateOfAsync(
        string department,
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    )
    {
        var tally = Tally.Of(
            (await CountAsync(filter, policy, cancellation)).Where(f => f.Departments.Contains(department)),
            policy
        );
        return new(tally.Recovered, tally.Satisfied);
    }

    /// <summary>The rate of a department since it was ordered to correct.</summary>
    public Task<SatisfactionRate> RateAgainAsync(
        Evaluation evaluation,
        SurveyPolicy policy,
        CancellationToken cancellation
    ) =>
        evaluation is { NoticeFrom: { } ordered, DueOn: { } due }
            ? RateOfAsync(evaluation.Department, new(ordered.AddDays(1), due), policy, cancellation)
            : Task.FromResult(new SatisfactionRate(0, 0));

    /// <summary>Forms sent in the period.</summary>
    public Task<IReadOnlyList<SentForms>> SentAsync(FormFilter filter, CancellationToken cancellation) =>
        InvitedAsync(filter, partial: null, cancellation);

    /// <summary>Forms of the period that were begun and never finished.</summary>
    public async Task<int> PartialAsync(FormFilter filter, CancellationToken cancellation) =>
        (await InvitedAsync(filter, partial: true, cancellation))
            .Where(f => f.State != InvitationState.Answered)
            .Sum(f => f.Count);

    private async Task<IReadOnlyList<SentForms>> InvitedAsync(
        FormFilter filter,
        bool? partial,
        CancellationToken cancellation
    )
    {
        var found = new List<SentForms>();
        foreach (var (from, to, isOver) in Months.Of(filter.From, filter.To, Months.LastOver(clock)))
        {
            var part = filter with { From = from, To = to };
            found.AddRange(
                isOver && filter is { Product: null, CampaignId: null }
                    ? (
                        await cache.GetAsync(
                            ("sent", partial, from, to),
                            () => CountSentAsync(new(from, to), partial, cancellation),
                            sent => sent.Any(f => InvitationDeadlines.Running.Contains(f.State)) ? ForAMoment : ForLong
                        )
                    ).Where(f => f.Survey == (filter.Kind ?? f.Survey))
                    : await CountSentAsync(part, partial, cancellation)
            );
        }

        return found;
    }

    private async Task<IReadOnlyList<SentForms>> CountSentAsync(
        FormFilter filter,
        bool? partial,
        CancellationToken cancellation
    ) =>
        [
            .. (
                await store.CountAsync(
                    DocumentQuery<Invitation>
                        .All.Between(i => i.SentOn, filter.From, filter.To)
                        .Where(i => i.Survey, filter.Kind)
                        .Where(i => i.CampaignId, filter.CampaignId)
                        .Where(i => i.Product, filter.Product)
                        .Where(i => i.IsPartial, partial),
                    ["judged", "state", "survey"],
                    cancellation
                )
            ).Select(group => new SentForms(
                Split(group.Values[0]),
                Spelling.FromKebab<InvitationState>(group.Values[1])!.Value,
                SurveyKinds.Parse(group.Values[2])!.Value,
                group.Count
            )),
        ];

    /// <summary>What the forms say of a department (C5.9), counted in the store: those that count for it (C5.10), and of
    /// their items its own; a form that names the department is about it as a whole.</summary>
    /// <param name="department">Its code.</param>
    /// <param name="filter">Which forms.</param>
    /// <param name="versions">Every version of the questionnaire.</param>
    /// <param name="comments">At most so many comments of an item, the newest.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<FormsOfDepartment> OfDepartmentAsync(
        string department,
        FormFilter filter,
        IReadOnlyList<Questionnaire> versions,
        int comments,
        CancellationToken cancellation
    )
    {
        string[] form = ["judged", "department", "questionnaireVersion"];
        var departments = versions.ToDictionary(
            version => version.Version.ToString(CultureInfo.InvariantCulture),
            version => version
        );
        bool IsOwn(IReadOnlyList<string?> values) =>
            Split(values[0]).Contains(department)
            && (
                values[1] == department
                || departments.GetValueOrDefault(values[2] ?? "")?.DetailOf(values[3]!).Department == department
            );

        var overall = await NamedAsync(filter, cancellation);
        var counts = await store.CountPartsAsync(Query(filter), "items", form, ["item", "grade"], cancellation);
        var words = (
            await store.ListPartsAsync(Query(filter), "items", form, ["item"], "comment", comments, cancellation)
        )
            .Where(part => IsOwn(part.Values))
            .ToLookup(part => part.Values[3]!, part => part.Text);
        return new(
            [.. overall.Where(f => f.Departments.Contains(department))],
            [
                .. counts
                    .Where(group => IsOwn(group.Values))
                    .GroupBy(group => group.Values[3]!, StringComparer.Ordinal)
                    .Select(item => new ItemOfDepartment(
                        item.Key,
                        item.GroupBy(group => Spelling.FromKebab<Grade>(group.Values[4])!.Value)
                            .ToDictionary(same => same.Key, same => same.Sum(group => group.Count)),
                        [.. words[item.Key].Take(comments)]
                    )),
            ]
        );
    }

    private static DocumentQuery<Response> Query(FormFilter filter) =>
        DocumentQuery<Response>
            .All.Between(r => r.ReceivedOn, filter.From, filter.To)
            .Where(r => r.Survey, filter.Kind)
            .Where(r => r.CampaignId, filter.CampaignId)
            .Where(r => r.Product, filter.Product)
            .Where(r => r.Mode, filter.Mode);

    private static string[] Split(string? judged) => (judged ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
