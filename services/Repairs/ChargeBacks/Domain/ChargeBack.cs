using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.ChargeBacks.Domain;

/// <summary>What a charge-back is about, as its order has it.</summary>
internal sealed record ChargedOrder
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string PartCode { get; init; }

    public required Guid UnitId { get; init; }

    public required string UnitName { get; init; }

    /// <summary>What the repair cost, yuan.</summary>
    public required decimal CostTotal { get; init; }
}

/// <summary>A sum proposed after a dispute.</summary>
internal sealed record RevisedSum(decimal Amount);

/// <summary>How a charge-back was settled.</summary>
internal sealed record Settlement(DateOnly On, string Reference, Stamp By);

/// <summary>A word in the dispute.</summary>
internal sealed record ChargeBackWord(ChargeBackAction Action, decimal Amount, string? Text, Stamp By);

/// <summary>
/// The cost of a repair, charged back to the subcontractor whose part it is, or who did not come (P3.1.1). It lives on
/// after its order is closed.
/// </summary>
internal sealed class ChargeBack : Aggregate<ChargeBack, ChargeBackState, ChargeBackAction>, IUnderPolicy
{
    public const string NumberKind = "KK";

    private ChargeBack() { }

    public override string Kind => "charge-back";

    public override WorkSubject WorkSubject =>
        new(Number, FormattableString.Invariant($"{RepairOrderNumber}，{UnitName}：{Amount:0.00}"));

    protected override Flow<ChargeBack, ChargeBackState, ChargeBackAction> Table => ChargeBackFlow.Table;

    public override Guid? OutsideOrganisation(string role) => role == Roles.RepairUnit ? UnitId : null;

    /// <summary>Per year, with gaps.</summary>
    public string Number { get; private set; } = "";

    public Guid RepairOrderId { get; private set; }

    public string RepairOrderNumber { get; private set; } = "";

    public Guid ProjectId { get; private set; }

    public string ProjectName { get; private set; } = "";

    public string PartCode { get; private set; } = "";

    public Guid UnitId { get; private set; }

    public string UnitName { get; private set; } = "";

    /// <summary>Yuan.</summary>
    public decimal Amount { get; private set; }

    public DateOnly ProposedOn { get; private set; }

    public Stamp ProposedBy { get; private set; } = null!;

    /// <summary>What was proposed, said against it and decided, in order.</summary>
    public IReadOnlyList<ChargeBackWord> Words { get; private set; } = [];

    public Settlement? Settlement { get; private set; }

    public int PolicyVersion { get; private set; }

    /// <summary>Whether this actor may propose one at all.</summary>
    public static Refusal? CheckPropose(CommandContext context) =>
        ChargeBackFlow.Table.CheckStart(ChargeBackAction.Propose, context);

    public static Result<ChargeBack> Propose(CommandContext context, string number, ChargedOrder order, string? reason)
    {
        var charge = new ChargeBack
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            RepairOrderId = order.Id,
            RepairOrderNumber = order.Number,
            ProjectId = order.ProjectId,
            ProjectName = order.ProjectName,
            PartCode = order.PartCode,
            UnitId = order.UnitId,
            UnitName = order.UnitName,
            Amount = order.CostTotal,
            ProposedOn = context.Today,
            ProposedBy = Stamp.Of(context),
            PolicyVersion = context.Policy.Version,
        };
        if (charge.Start(context, ChargeBackAction.Propose, reason) is { } refusal)
        {
            return refusal;
        }

        charge.Say(context, ChargeBackAction.Propose, reason);
        charge.RaiseProposed();
        return charge;
    }

    public Refusal? Accept(CommandContext context, string? remark) =>
        Answer(context, ChargeBackAction.Accept, remark, "accepted");

    public Refusal? Dispute(CommandContext context, string reason) =>
        Answer(context, ChargeBackAction.Dispute, reason, "disputed");

    /// <summary>A leader decides against the unit's objection.</summary>
    public Refusal? Uphold(CommandContext context, string reason) =>
        Answer(context, ChargeBackAction.Uphold, reason, "upheld");

    /// <summary>Proposed again after a dispute, for the same sum or less.</summary>
    public Refusal? Revise(CommandContext context, decimal amount, string reason) =>
        Transition(
            context,
            ChargeBackAction.Revise,
            input: new RevisedSum(amount),
            why: reason,
            change: () =>
            {
                (Amount, ProposedBy) = (amount, Stamp.Of(context));
                Say(context, ChargeBackAction.Revise, reason);
                RaiseProposed();
            }
        );

    public Refusal? Settle(CommandContext context, DateOnly on, string reference)
    {
        var settlement = new Settlement(on, reference, Stamp.Of(context));
        return Transition(
            context,
            ChargeBackAction.Settle,
            input: settlement,
            why: reference,
            change: () =>
            {
                Settlement = settlement;
                Say(context, ChargeBackAction.Settle, reference);
                Raise(new ChargeBackEnded(Id, Version, RepairOrderId, UnitId, Amount, "settled", on));
            }
        );
    }

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(
            context,
            ChargeBackAction.Withdraw,
            why: reason,
            change: () =>
            {
                Say(context, ChargeBackAction.Withdraw, reason);
                Raise(new ChargeBackEnded(Id, Version, RepairOrderId, UnitId, Amount, "withdrawn", context.Today));
            }
        );

    /// <summary>The unit turned out to be another organisation that is known (S4).</summary>
    public Refusal? MoveUnit(CommandContext context, Guid unitId, string name) =>
        Transition(
            context,
            ChargeBackAction.FollowRegistry,
            why: name,
            change: () => (UnitId, UnitName) = (unitId, name)
        );

    private Refusal? Answer(CommandContext context, ChargeBackAction action, string? text, string answer) =>
        Transition(
            context,
            action,
            why: text,
            change: () =>
            {
                Say(context, action, text);
                Raise(new ChargeBackAnswered(Id, Version, RepairOrderId, UnitId, Amount, answer, context.Today));
            }
        );

    private void Say(CommandContext context, ChargeBackAction action, string? text) =>
        Words = [.. Words, new(action, Amount, text, Stamp.Of(context))];

    private void RaiseProposed() =>
        Raise(
            new ChargeBackProposed(
                Id,
                Version,
                Number,
                RepairOrderId,
                RepairOrderNumber,
                ProjectId,
                PartCode,
                UnitId,
                UnitName,
                Amount,
                ProposedOn
            )
        );
}
