using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Capas.Features;

internal sealed record ProposedActionView(
    ActionType Type,
    string What,
    string Department,
    string? OwnerName,
    DateOnly DueOn
);

internal sealed record WhyView(string Question, string Answer, string? Evidence);

internal sealed record FishboneView(CauseCategory Category, string Cause, string? Evidence, bool IsRoot);

/// <param name="Item">Code of the survey item, of the model or of the part of Table 3.1; null where none is needed.</param>
/// <param name="Target">At most so many; of a rate, at least so many percent.</param>
internal sealed record EffectPlanView(EffectMetric Metric, string? Item, int Target, int WindowDays);

/// <param name="Kind"><c>complaint</c>.</param>
internal sealed record ServedCaseView(string Kind, Guid Id, string Number, DateOnly Since);

internal sealed record CapaActionView(Guid Id, string Number, string Department, ActionItemState State, DateOnly DueOn);

internal sealed record OccurrenceView(Guid ComplaintId, string ComplaintNumber, DateOnly On);

/// <param name="Good">How many were as they should be.</param>
/// <param name="Percent">Their share with one decimal; null where nothing was counted.</param>
internal sealed record EffectRateView(int Good, int Counted, decimal? Percent, DateOnly On)
{
    public static EffectRateView? From(EffectRate? rate) =>
        rate is null ? null : new(rate.Good, rate.Counted, rate.Percent(), rate.On);
}

internal sealed record CapaStageView(
    Stage Stage,
    DateTimeOffset Since,
    DateTimeOffset DueAt,
    DateTimeOffset? Until,
    bool? InTime
);

/// <summary>A difference between two proposals.</summary>
/// <param name="Part"><c>disposition</c>, <c>cause</c>, <c>corrective-action</c>, <c>preventive-action</c>,
/// <c>actions</c>, <c>whys</c>, <c>fishbone</c>, <c>effect</c>.</param>
internal sealed record ProposalChangeView(string Part, string Before, string After)
{
    public static IReadOnlyList<ProposalChangeView> Of(Capa capa)
    {
        if (
            capa.Proposal is not { } now
            || capa.Rounds.LastOrDefault(round => round.Proposal is not null)?.Proposal is not { } was
        )
        {
            return [];
        }

        return
        [
            .. new ProposalChangeView[]
            {
                new("disposition", was.Disposition, now.Disposition),
                new("cause", was.Cause, now.Cause),
                new("corrective-action", was.Correction, now.Correction),
                new("preventive-action", was.Prevention, now.Prevention),
                new("actions", Lines(was), Lines(now)),
                new("whys", Whys(was), Whys(now)),
                new("fishbone", Fishbone(was), Fishbone(now)),
                new("effect", Effect(was), Effect(now)),
            }.Where(change => change.Before != change.After),
        ];
    }

    // One line each, in words that do not depend on the reader: they are compared.
    private static string Lines(CapaProposal proposal) =>
        string.Join(
            '\n',
            proposal.Detail.Actions.Select(a =>
                $"{a.DueOn:yyyy-MM-dd} {a.Type.ToKebab()} {Joined(" / ", a.Department, a.OwnerName)}: {a.What}"
            )
        );

    private static string Whys(CapaProposal proposal) =>
        string.Join('\n', proposal.Detail.Whys.Select(w => $"{w.Question} {Joined(" · ", w.Answer, w.Evidence)}"));

    private static string Fishbone(CapaProposal proposal) =>
        string.Join(
            '\n',
            proposal.Detail.Fishbone.Select(c =>
                $"{(c.IsRoot ? "★ " : "")}{c.Category.ToKebab()}: {Joined(" · ", c.Cause, c.Evidence)}"
            )
        );

    private static string Effect(CapaProposal proposal) =>
        proposal.Detail.Effect is { } e
            ? FormattableString.Invariant(
                $"{Joined(" ", e.Metric.ToKebab(), e.Item)}: {(e.IsRate ? "≥" : "≤")} {e.Target}{(e.IsRate ? " %" : "")} / {e.WindowDays} d"
            )
            : "";

    private static string Joined(string separator, params IEnumerable<string?> parts) =>
        string.Join(separator, parts.Where(part => part is not null));
}
