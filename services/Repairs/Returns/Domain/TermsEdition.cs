using CustomerService.Rules;

namespace CustomerService.Repairs.Returns.Domain;

/// <summary>A clause of the after-sales terms.</summary>
/// <param name="Code">For example <c>4.2</c>; unique in the edition.</param>
internal sealed record TermsClause(string Code, string Text);

/// <summary>An edition of the after-sales terms (售後條款), by which returns and exchanges are decided (C5.1.3). It is
/// drafted and published by two people of sales (C9).</summary>
internal sealed class TermsEdition : Aggregate<TermsEdition, TermsEditionState, TermsEditionAction>
{
    private TermsEdition() { }

    public override string Kind => "terms-edition";

    public override WorkSubject WorkSubject => new(Number, Title);

    protected override Flow<TermsEdition, TermsEditionState, TermsEditionAction> Table => TermsEditionFlow.Table;

    /// <summary>For example <c>2026-1</c>.</summary>
    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    public DateOnly EffectiveFrom { get; private set; }

    public IReadOnlyList<TermsClause> Clauses { get; private set; } = [];

    public Stamp WrittenBy { get; private set; } = null!;

    public Stamp? PublishedBy { get; private set; }

    /// <summary>First day on which it does not hold any more, where it was withdrawn.</summary>
    public DateOnly? WithdrawnFrom { get; private set; }

    public static Result<TermsEdition> Draft(
        CommandContext context,
        string number,
        string title,
        DateOnly effectiveFrom,
        IReadOnlyList<TermsClause> clauses
    )
    {
        var edition = new TermsEdition { Id = Guid.CreateVersion7(context.Now), Number = number };
        if (edition.Start(context, TermsEditionAction.Draft, title) is { } refusal)
        {
            return refusal;
        }

        return Check(clauses) is { } wrong ? wrong : edition.Write(context, title, effectiveFrom, clauses);
    }

    public Refusal? Revise(
        CommandContext context,
        string title,
        DateOnly effectiveFrom,
        IReadOnlyList<TermsClause> clauses
    ) =>
        CheckRole(context, TermsEditionAction.Revise)
        ?? Check(clauses)
        ?? Transition(
            context,
            TermsEditionAction.Revise,
            why: title,
            change: () => Write(context, title, effectiveFrom, clauses)
        );

    public Refusal? Publish(CommandContext context) =>
        Transition(context, TermsEditionAction.Publish, change: () => PublishedBy = Stamp.Of(context));

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(context, TermsEditionAction.Withdraw, why: reason, change: () => WithdrawnFrom = context.Today);

    public Refusal? Drop(CommandContext context, string reason) =>
        Transition(context, TermsEditionAction.Drop, why: reason);

    /// <summary>The clause of this code.</summary>
    public ClauseRef? Clause(string code) =>
        Clauses.FirstOrDefault(clause => clause.Code == TextFolding.Trim(code)) is { } found
            ? new(Id, Number, found.Code, found.Text)
            : null;

    private static Refusal? Check(IReadOnlyList<TermsClause> clauses) =>
        clauses.Count == 0 || clauses.GroupBy(clause => clause.Code).Any(same => same.Count() > 1)
            ? Refusal.Invalid("clauses-not-unique", "C5.1.3", "clauses")
            : null;

    private TermsEdition Write(
        CommandContext context,
        string title,
        DateOnly effectiveFrom,
        IReadOnlyList<TermsClause> clauses
    )
    {
        (Title, EffectiveFrom, Clauses, WrittenBy) = (title, effectiveFrom, clauses, Stamp.Of(context));
        return this;
    }
}
