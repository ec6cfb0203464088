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

/// <summary>Forms that went out in a period and what became of them.</summary>
/// <param name="Departments">Departments for which they count.</param>
/// <param name="State">State of the invitation.</param>
/// <param name="Count">How many.</param>
internal sealed record SentForms(IReadOnlyList<string> Departments, InvitationState State, int Count);

/// <summary>Counts forms in the store; one question each, whatever the number of forms.</summary>
internal sealed class RecoveredForms(IDocumentStore store)
{
    private const int Batch = 500;

    public async Task<IReadOnlyList<AlikeForms>> CountAsync(
        FormFilter filter,
        SurveyPolicy policy,
        CancellationToken cancellation
    ) =>
        [
            .. await AnonymousAsync(filter, policy, cancellation),
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
    ) =>
        (await AnonymousAsync(filter, cancellation))
            .GroupBy(pair => pair.Box.CampaignId)
            .SelectMany(campaign =>
            {
                var enough = campaign.Count() >= policy.LeastForms;
                return campaign
                    .GroupBy(pair => (pair.Box.Judged, pair.Box.Survey, pair.Answer.Answers.Overall))
                    .Select(same => new AlikeForms(
                        enough ? Split(same.Key.Judged) : [],
                        same.Key.Overall,
                        same.Key.Survey,
                        null,
                        same.Count()
                    ));
            });

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
    public async Task<IReadOnlyList<SentForms>> SentAsync(FormFilter filter, CancellationToken cancellation) =>
        [
            .. (
                await store.CountAsync(
                    DocumentQuery<Invitation>
                        .All.Between(i => i.SentOn, filter.From, filter.To)
                        .Where(i => i.Survey, filter.Kind)
                        .Where(i => i.CampaignId, filter.CampaignId)
                        .Where(i => i.Product, filter.Product),
                    ["judged", "state"],
                    cancellation
                )
            ).Select(group => new SentForms(
                Split(group.Values[0]),
                Spelling.FromKebab<InvitationState>(group.Values[1])!.Value,
                group.Count
            )),
        ];

    /// <summary>Forms of the period that were begun and never finished.</summary>
    public async Task<int> PartialAsync(FormFilter filter, CancellationToken cancellation) =>
        (
            await store.CountAsync(
                DocumentQuery<Invitation>
                    .All.Between(i => i.SentOn, filter.From, filter.To)
                    .Where(i => i.Survey, filter.Kind)
                    .Where(i => i.CampaignId, filter.CampaignId)
                    .Where(i => i.Product, filter.Product)
                    .Where(i => i.IsPartial, true),
                ["state"],
                cancellation
            )
        )
            .Where(group => group.Values[0] != InvitationState.Answered.ToKebab())
            .Sum(group => group.Count);

    /// <summary>Every form, for what looks into them.</summary>
    public async IAsyncEnumerable<Response> ReadAsync(
        FormFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        Guid? after = null;
        while (true)
        {
            var page = await store.ListAsync(Query(filter), after, Batch, cancellation);
            foreach (var response in page)
            {
                yield return response;
            }

            if (page.Count < Batch)
            {
                yield break;
            }

            after = page[^1].Id;
        }
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
