using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Features;

internal static class ProposeCapa
{
    internal sealed record Request
    {
        /// <summary>What happens to the goods or the works concerned.</summary>
        public required string Disposition { get; init; }

        /// <summary>Main cause.</summary>
        public required string Cause { get; init; }

        /// <summary>Against the cause of what happened.</summary>
        public required string CorrectiveAction { get; init; }

        /// <summary>So that it does not recur.</summary>
        public required string PreventiveAction { get; init; }

        /// <summary>What is to be done, by whom, by when; given to its owners with the approval.</summary>
        public IReadOnlyList<ActionRequest>? Actions { get; init; }

        /// <summary>5 why.</summary>
        public IReadOnlyList<WhyRequest>? Whys { get; init; }

        /// <summary>Causes by category.</summary>
        public IReadOnlyList<FishboneRequest>? Fishbone { get; init; }

        /// <summary>How the effect will be measured; needed where model and fault are known.</summary>
        public EffectRequest? Effect { get; init; }
    }

    /// <param name="Department">Code of the department; that of the CAPA by default.</param>
    /// <param name="OwnerId">Account of the person, where one is named.</param>
    internal sealed record ActionRequest(
        ActionType? Type,
        string What,
        string? Department,
        Guid? OwnerId,
        DateOnly? DueOn
    );

    internal sealed record WhyRequest(string Question, string Answer, string? Evidence);

    /// <param name="IsRoot">It is a root cause.</param>
    internal sealed record FishboneRequest(CauseCategory? Category, string Cause, string? Evidence, bool? IsRoot);

    /// <param name="Item">Code of the survey item, for <c>dissatisfied-item</c> and <c>satisfaction-of-item</c>; of
    /// the model or the part of Table 3.1, for <c>first-pass-rate</c>.</param>
    /// <param name="Target">So many occurrences are still an effect; of a rate, at least so many percent.</param>
    /// <param name="WindowDays">So many days from the execution on.</param>
    internal sealed record EffectRequest(EffectMetric? Metric, string? Item, int? Target, int? WindowDays);

    internal sealed class Validator : AbstractValidator<Request>
    {
        private const int Most = 50;
        private const int MostOccurrences = 1000;
        private const int LongestWindow = 731;

        private static readonly EffectMetric?[] Rates = [EffectMetric.SatisfactionOfItem, EffectMetric.FirstPassRate];
        private static readonly EffectMetric?[] OnItems = [EffectMetric.DissatisfiedItem, .. Rates];

        public Validator()
        {
            RuleFor(r => r.Disposition).RequiredText();
            RuleFor(r => r.Cause).RequiredText();
            RuleFor(r => r.CorrectiveAction).RequiredText();
            RuleFor(r => r.PreventiveAction).RequiredText();
            RuleFor(r => r.Actions).AtMost(Most);
            RuleForEach(r => r.Actions)
                .NotNull()
                .ChildRules(action =>
                {
                    action.RuleFor(a => a.Type).NotNull();
                    action.RuleFor(a => a.What).RequiredText();
                    action.RuleFor(a => a.Department).OptionalCode();
                    action.RuleFor(a => a.DueOn).NotNull();
                });
            RuleFor(r => r.Whys).AtMost(Most);
            RuleForEach(r => r.Whys)
                .NotNull()
                .ChildRules(why =>
                {
                    why.RuleFor(w => w.Question).RequiredText(TextLength.Line);
                    why.RuleFor(w => w.Answer).RequiredText(TextLength.Line);
                    why.RuleFor(w => w.Evidence).OptionalText(TextLength.Line);
                });
            RuleFor(r => r.Fishbone).AtMost(Most);
            RuleForEach(r => r.Fishbone)
                .NotNull()
                .ChildRules(cause =>
                {
                    cause.RuleFor(c => c.Category).NotNull();
                    cause.RuleFor(c => c.Cause).RequiredText(TextLength.Line);
                    cause.RuleFor(c => c.Evidence).OptionalText(TextLength.Line);
                });
            RuleFor(r => r.Effect!)
                .ChildRules(effect =>
                {
                    effect.RuleFor(e => e.Metric).NotNull();
                    effect.RuleFor(e => e.Item).OptionalCode();
                    effect.RuleFor(e => e.Item).NotEmpty().When(e => OnItems.Contains(e.Metric));
                    effect.RuleFor(e => e.Target).InclusiveBetween(0, 100).When(e => Rates.Contains(e.Metric));
                    effect.RuleFor(e => e.Target).NotNull().InclusiveBetween(0, MostOccurrences);
                    effect.RuleFor(e => e.WindowDays).NotNull().InclusiveBetween(1, LongestWindow);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas/{id:guid}/propose", Handle)
            .AsCommand()
            .WithSummary("The responsible department proposes disposition, cause, corrective and preventive action")
            .WithDescription(
                """
                Rule C5.4; the responsible department, else 409 `other-department`. 409 `due-date-missing` until QC has
                set one, `action-after-due`. Where model and fault are known the system measures the effect, so a plan is
                needed (409 `effect-plan-missing`, rule C5.6.2); one for which nothing could be counted is refused (409
                `effect-lacks-fault`, `effect-lacks-cause`).
                """
            )
            .WithExample(
                new Request
                {
                    Disposition = "局部拆除重做",
                    Cause = "搭接寬度不足",
                    CorrectiveAction = "重做並蓄水試驗",
                    PreventiveAction = "增設隱蔽工程停檢點",
                }
            )
            .Produces<CapaView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        IAccounts accounts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeCapaAsync(
            db,
            id,
            async (capa, context) =>
            {
                var actions = new List<ProposedAction>();
                foreach (var action in body.Actions ?? [])
                {
                    var owner = action.OwnerId is { } person ? await accounts.FindAsync(person, cancellation) : null;
                    if (action.OwnerId is not null && owner is not { Active: true })
                    {
                        return Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator);
                    }

                    actions.Add(
                        new(
                            action.Type!.Value,
                            action.What,
                            action.Department ?? capa.Department ?? "",
                            owner?.UserId.ToString(),
                            owner?.DisplayName,
                            action.DueOn!.Value
                        )
                    );
                }

                var served = await db
                    .Complaints.AsNoTracking()
                    .Where(complaint => capa.ComplaintIds.Contains(complaint.Id))
                    .ToListAsync(cancellation);
                return capa.Propose(
                    context,
                    body.Disposition,
                    body.Cause,
                    body.CorrectiveAction,
                    body.PreventiveAction,
                    new ProposalDetail(
                        actions,
                        [.. (body.Whys ?? []).Select(w => new Why(w.Question, w.Answer, w.Evidence))],
                        [
                            .. (body.Fishbone ?? []).Select(c => new FishboneCause(
                                c.Category!.Value,
                                c.Cause,
                                c.Evidence,
                                c.IsRoot == true
                            )),
                        ],
                        body.Effect is { } effect
                            ? new EffectPlan(
                                effect.Metric!.Value,
                                effect.Item,
                                effect.Target!.Value,
                                effect.WindowDays!.Value
                            )
                            : null
                    ),
                    served
                );
            },
            cancellation
        );
}
