using System.Globalization;
using CustomerService.Rules;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires;
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
/// <param name="Channel">How they went out.</param>
/// <param name="Count">How many.</param>
internal sealed record SentForms(
    IReadOnlyList<string> Departments,
    InvitationState State,
    SurveyKind Survey,
    InvitationChannel Channel,
    int Count
)
{
    /// <summary>Whether somebody had it and could leave it unanswered: an open link or an interview is there with its
    /// answer alone, and what was withdrawn nobody can answer.</summary>
    public bool CouldBeRefused =>
        Channel is not (InvitationChannel.Open or InvitationChannel.Staff) && State != InvitationState.Withdrawn;
}

/// <summary>Which items are about a department (C5.9, C5.10): of the forms that count for it its own; a form that names
/// the department is about it as a whole.</summary>
/// <param name="Department">Its code.</param>
/// <param name="Versions">Every version of the questionnaire.</param>
internal sealed record DepartmentItems(string Department, IReadOnlyList<Questionnaire> Versions)
{
    /// <summary>Whether the form counts for it.</summary>
    public bool Counts(string? judged) => RecoveredForms.Split(judged).Contains(Department);

    /// <summary>Whether an item of a form is about it.</summary>
    public bool Has(string? judged, string? named, int version, string item) =>
        Counts(judged)
        && (
            named == Department
            || Versions.FirstOrDefault(one => one.Version == version)?.DetailOf(item).Department == Department
        );
}

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
internal sealed class RecoveredForms(
    IDocumentStore store,
    CountCache cache,
    CompanyClock clock,
    QuestionnaireVersions questionnaires
)
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
    /// <param name="filter">Which forms.</param>
    /// <param name="policy">How many are enough.</param>
    /// <param name="own">Only items about a department; null for all.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<ItemGrade>> ItemsAsync(
        FormFilter filter,
        SurveyPolicy policy,
        DepartmentItems? own,
        CancellationToken cancellation
    )
    {
        string[] form = own is null ? ["competitor"] : ["competitor", "judged", "department", "questionnaireVersion"];
        var named = await store.CountPartsAsync(Query(filter), "items", form, ["item", "grade"], cancellation);
        var anonymous = (await ShownAsync(filter, policy, cancellation))
            .SelectMany(pair => pair.Answer.Answers.Items.Select(answer => (pair.Box, pair.Answer.Answers, answer)))
            .Where(one =>
                own?.Has(one.Box.Judged, one.Box.Department, one.Box.QuestionnaireVersion, one.answer.Item) != false
            )
            .GroupBy(one => (one.answer.Item, one.answer.Grade, one.Answers.Competitor))
            .Select(same => new ItemGrade(same.Key.Item, same.Key.Grade, same.Key.Competitor, same.Count()));
        return
        [
            .. named
                .Where(group => own is null || IsOwn(own, group.Values, first: 1))
                .Select(group => new ItemGrade(
                    group.Values[form.Length]!,
                    Spelling.FromKebab<Grade>(group.Values[form.Length + 1])!.Value,
                    group.Values[0],
                    group.Count
                )),
            .. anonymous,
        ];
    }

    /// <summary>How many forms name a competitor, anonymous ones too where they are not too few.</summary>
    public async Task<IReadOnlyList<(string Competitor, int Forms)>> CompetitorsAsync(
        FormFilter filter,
        SurveyPolicy policy,
        DepartmentItems? own,
        CancellationToken cancellation
    )
    {
        var named = (await store.CountAsync(Query(filter), ["competitor", "judged"], cancellation))
            .Where(group => own?.Counts(group.Values[1]) != false)
            .Select(group => (Competitor: group.Values[0], group.Count));
        var anonymous = (await ShownAsync(filter, policy, cancellation))
            .Where(pair => own?.Counts(pair.Box.Judged) != false)
            .Select(pair => (pair.Answer.Answers.Competitor, Count: 1));
        return
        [
            .. named
                .Concat(anonymous)
                .Where(one => one.Competitor is not null)
                .GroupBy(one => one.Competitor!, StringComparer.Ordinal)
                .Select(same => (same.Key, same.Sum(one => one.Count))),
        ];
    }

    // The form's departments, the one that it names, its version, and the item, in this order.
    private static bool IsOwn(DepartmentItems own, IReadOnlyList<string?> values, int first) =>
        own.Has(
            values[first],
            values[first + 1],
            int.Parse(values[first + 2] ?? "0", CultureInfo.InvariantCulture),
            values[first + 3]!
        );

    /// <summary>The answers of anonymous campaigns, of each that has enough of them.</summary>
    private async Task<IReadOnlyList<(AnswerBox Box, AnonymousAnswer Answer)>> ShownAsync(
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    ) =>
        [
            .. (await AnonymousAsync(filter, cancellation))
                .GroupBy(pair => pair.Box.CampaignId)
                .Where(campaign => campaign.Count() >= policy.LeastForms)
                .SelectMany(campaign => campaign),
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
        if (filter.Mode is not null)
        {
            return [];
        }

        var boxes = await AllAsync(
            DocumentQuery<AnswerBox>.All.Where(b => b.CampaignId, filter.CampaignId),
            cancellation
        );
        return
        [
            .. boxes
                .Where(box => filter.Kind is not { } kind || box.Survey == kind)
                .Where(box => filter.Product is not { } product || box.Product == product)
                .SelectMany(box =>
                    box.Answers.Where(a => a.Day >= filter.From && a.Day <= filter.To).Select(a => (box, a))
                ),
        ];
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
                    )
                    {
                        IsFew = !enough,
                    });
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

    /// <summary>Forms sent in the period that could be left unanswered.</summary>
    public async Task<IReadOnlyList<SentForms>> SentAsync(
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    ) =>
        [
            .. (await InvitedAsync(filter, partial: null, cancellation)).Where(f => f.CouldBeRefused),
            .. await AnonymousSheetsAsync(filter, policy, cancellation),
        ];

    /// <summary>Forms of the period that were begun and never finished.</summary>
    public async Task<IReadOnlyList<SentForms>> PartialAsync(FormFilter filter, CancellationToken cancellation) =>
        [.. (await InvitedAsync(filter, partial: true, cancellation)).Where(f => f.State != InvitationState.Answered)];

    // How many codes went out and how many of them were used is all that is known of anonymous sheets.
    private async Task<IReadOnlyList<SentForms>> AnonymousSheetsAsync(
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    )
    {
        var batches = (
            await AllAsync(
                DocumentQuery<SheetBatch>
                    .All.Where(b => b.IsAnonymous, true)
                    .Where(b => b.CampaignId, filter.CampaignId),
                cancellation
            )
        )
            .Where(b => clock.DateOf(b.PrintedBy.At) is var day && day >= filter.From && day <= filter.To)
            .ToList();
        if (batches.Count == 0)
        {
            return [];
        }

        var spent = (
            await store.ListAsync(
                DocumentQuery<SpentCodes>.All.In(s => s.Id, batches.Select(b => SpentCodes.IdOf(b.Id))),
                null,
                batches.Count,
                cancellation
            )
        ).ToDictionary(codes => codes.Id, codes => codes.Hashes.Count);
        var campaigns = await store.ListAsync(
            DocumentQuery<Campaign>
                .All.In(c => c.Id, batches.Select(b => b.CampaignId).Distinct())
                .Where(c => c.Survey, filter.Kind),
            null,
            batches.Count,
            cancellation
        );
        var found = new List<SentForms>();
        foreach (var campaign in campaigns.Where(c => c.Product == (filter.Product ?? c.Product)))
        {
            var own = batches.Where(b => b.CampaignId == campaign.Id).ToList();
            var used = own.Sum(b => spent.GetValueOrDefault(SpentCodes.IdOf(b.Id)));
            var unused = own.Where(b => b.State == SheetBatchState.Printed)
                .Sum(b => b.Sheets - spent.GetValueOrDefault(SpentCodes.IdOf(b.Id)));
            IReadOnlyList<string> departments =
                used < policy.LeastForms
                    ? []
                    : campaign.JudgedBy(
                        await questionnaires.ByVersionAsync(campaign.QuestionnaireVersion, cancellation)
                    );
            foreach (var (state, count) in new[] { (InvitationState.Answered, used), (InvitationState.Sent, unused) })
            {
                found.Add(new(departments, state, campaign.Survey, InvitationChannel.Anonymous, count));
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<T>> AllAsync<T>(DocumentQuery<T> which, CancellationToken cancellation)
        where T : Aggregate
    {
        var all = new List<T>();
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
                    ["judged", "state", "survey", "channel"],
                    cancellation
                )
            ).Select(group => new SentForms(
                Split(group.Values[0]),
                Spelling.FromKebab<InvitationState>(group.Values[1])!.Value,
                SurveyKinds.Parse(group.Values[2])!.Value,
                Spelling.FromKebab<InvitationChannel>(group.Values[3])!.Value,
                group.Count
            )),
        ];

    /// <summary>What the forms say of a department (C5.9), counted in the store; anonymous ones too where they are not too
    /// few.</summary>
    /// <param name="own">The department.</param>
    /// <param name="filter">Which forms.</param>
    /// <param name="policy">How many are enough.</param>
    /// <param name="comments">At most so many comments of an item, the newest.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<FormsOfDepartment> OfDepartmentAsync(
        DepartmentItems own,
        FormFilter filter,
        SurveyPolicy policy,
        int comments,
        CancellationToken cancellation
    )
    {
        string[] form = ["judged", "department", "questionnaireVersion"];
        var overall = await CountAsync(filter, policy, cancellation);
        var anonymous = (await ShownAsync(filter, policy, cancellation))
            .SelectMany(pair =>
                pair.Answer.Answers.Items.Where(answer =>
                    own.Has(pair.Box.Judged, pair.Box.Department, pair.Box.QuestionnaireVersion, answer.Item)
                )
            )
            .ToList();
        var counts = await store.CountPartsAsync(Query(filter), "items", form, ["item", "grade"], cancellation);
        var words = (
            await store.ListPartsAsync(Query(filter), "items", form, ["item"], "comment", comments, cancellation)
        )
            .Where(part => IsOwn(own, part.Values, first: 0))
            .Select(part => (Item: part.Values[3]!, part.Text))
            .Concat(anonymous.Where(a => a.Comment is not null).Select(a => (a.Item, Text: a.Comment!)))
            .ToLookup(part => part.Item, part => part.Text);
        return new(
            [.. overall.Where(f => f.Departments.Contains(own.Department))],
            [
                .. counts
                    .Where(group => IsOwn(own, group.Values, first: 0))
                    .Select(group =>
                        (Item: group.Values[3]!, Grade: Spelling.FromKebab<Grade>(group.Values[4])!.Value, group.Count)
                    )
                    .Concat(anonymous.Select(a => (a.Item, a.Grade, Count: 1)))
                    .GroupBy(one => one.Item, StringComparer.Ordinal)
                    .Select(item => new ItemOfDepartment(
                        item.Key,
                        item.GroupBy(one => one.Grade)
                            .ToDictionary(same => same.Key, same => same.Sum(one => one.Count)),
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

    internal static string[] Split(string? judged) => (judged ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
