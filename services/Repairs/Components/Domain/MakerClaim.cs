using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Components.Domain;

/// <summary>A component of a customer's machine, or the machine, that goes to its maker: sent, answered, cost
/// recovered.</summary>
internal sealed class MakerClaim : Aggregate<MakerClaim, MakerClaimState, MakerClaimAction>, IUnderPolicy
{
    /// <summary>Prefix of its numbers.</summary>
    public const string NumberKind = "SC";

    private MakerClaim() { }

    public override string Kind => "maker-claim";

    public override WorkSubject WorkSubject => new(Number, $"{Maker}：{Goods.Name} × {Goods.Quantity}，{Of.Number}");

    protected override Flow<MakerClaim, MakerClaimState, MakerClaimAction> Table => MakerClaimFlow.Table;

    protected override DateTimeOffset? DueOf(MakerClaimAction action, CommandContext context) =>
        action == MakerClaimAction.Answer && ExpectedOn is { } expected ? context.Zone.EndOf(expected) : null;

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    /// <summary>The maker, as the company calls it.</summary>
    public string Maker { get; private set; } = "";

    /// <summary>The maker's name as it is compared.</summary>
    public string MakerKey { get; private set; } = "";

    public UnitOfClaim Of { get; private set; } = null!;

    /// <summary>The unit, to be found by.</summary>
    public Guid UnitId { get; private set; }

    public Guid RmaId { get; private set; }

    public SentGoods Goods { get; private set; } = null!;

    public Stamp PreparedBy { get; private set; } = null!;

    public Sending? Sending { get; private set; }

    public DateOnly? SentOn { get; private set; }

    /// <summary>By when the maker is expected to answer.</summary>
    public DateOnly? ExpectedOn { get; private set; }

    /// <summary>Day on which it was seen that no answer came.</summary>
    public DateOnly? OverdueOn { get; private set; }

    public IReadOnlyList<MakerContact> Contacts { get; private set; } = [];

    public AnswerOfMaker? Answered { get; private set; }

    public ClaimSettlement? Settlement { get; private set; }

    public static Refusal? CheckPrepare(CommandContext context) =>
        MakerClaimFlow.Table.CheckStart(MakerClaimAction.Prepare, context);

    public static Result<MakerClaim> Prepare(
        CommandContext context,
        string number,
        string maker,
        RmaUnit unit,
        SentGoods goods
    )
    {
        var claim = new MakerClaim
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            PolicyVersion = context.Policy.Version,
            Maker = maker.Trim(),
            MakerKey = TextFolding.Key(maker),
            Of = new(unit.Id, unit.Number, unit.RmaId, unit.RmaNumber, unit.Serial),
            UnitId = unit.Id,
            RmaId = unit.RmaId,
            Goods = goods,
            PreparedBy = Stamp.Of(context),
        };
        if (claim.Start(context, MakerClaimAction.Prepare, goods.Fault) is { } refusal)
        {
            return refusal;
        }

        if (goods.Quantity <= 0 || (goods.WholeUnit && goods.Quantity != unit.Quantity))
        {
            return Refusal.Invalid("quantity-not-positive", "C3.1.1", "quantity");
        }

        return goods.Claimed < 0 || decimal.Round(goods.Claimed, 2) != goods.Claimed
            ? Refusal.Invalid("not-an-amount", "C3.1.1", "amount-with-two-decimals")
            : claim;
    }

    /// <summary>It leaves: the unit's ledger says so in the same commit.</summary>
    public Refusal? Send(CommandContext context, RmaUnit unit, Sending sending) =>
        Transition(
            context,
            MakerClaimAction.Send,
            input: sending,
            why: sending.Reference,
            change: () =>
            {
                (Sending, SentOn, ExpectedOn) = (sending, context.Today, sending.ExpectedOn);
                Raise(
                    new ComponentSentToMaker(
                        Id,
                        Version,
                        Number,
                        Maker,
                        RmaId,
                        Of.RmaNumber,
                        UnitId,
                        Goods.Code,
                        Goods.Quantity,
                        context.Today,
                        sending.ExpectedOn
                    )
                );
            }
        ) ?? Ledger(context, unit, back: false, Goods.Quantity);

    /// <summary>The maker has named another day.</summary>
    public Refusal? Expect(CommandContext context, DateOnly on, string reason) =>
        Transition(
            context,
            MakerClaimAction.Expect,
            input: Sending is { } sent ? sent with { ExpectedOn = on } : null,
            why: reason,
            change: () =>
            {
                (ExpectedOn, OverdueOn) = (on, null);
                Sending = Sending! with { ExpectedOn = on };
            }
        );

    public Refusal? Chase(CommandContext context, string said) =>
        Transition(
            context,
            MakerClaimAction.Chase,
            why: said,
            change: () => Contacts = [.. Contacts, new(said, Stamp.Of(context))]
        );

    public Refusal? MarkOverdue(CommandContext context) =>
        Transition(
            context,
            MakerClaimAction.MarkOverdue,
            change: () =>
            {
                OverdueOn = context.Today;
                Raise(new MakerAnswerOverdue(Id, Version, Number, Maker, RmaId, ExpectedOn!.Value));
            }
        );

    public Refusal? Answer(CommandContext context, RmaUnit unit, AnswerOfMaker answer) =>
        Transition(
            context,
            MakerClaimAction.Answer,
            input: answer,
            why: answer.Text,
            change: () =>
            {
                Answered = answer;
                Raise(
                    new MakerAnswered(
                        Id,
                        Version,
                        Number,
                        Maker,
                        RmaId,
                        answer.Answer.ToKebab(),
                        answer.Back,
                        answer.On
                    )
                );
            }
        ) ?? (answer.Back > 0 ? Ledger(context, unit, back: true, answer.Back) : null);

    /// <summary>What is recovered, nothing where the maker refuses.</summary>
    public Refusal? Settle(CommandContext context, decimal recovered, string reference)
    {
        var settlement = new ClaimSettlement(recovered, reference, Stamp.Of(context));
        return Transition(
            context,
            MakerClaimAction.Settle,
            input: settlement,
            why: reference,
            change: () =>
            {
                Settlement = settlement;
                Raise(
                    new MakerClaimSettled(
                        Id,
                        Version,
                        Number,
                        Maker,
                        RmaId,
                        Goods.Claimed,
                        recovered,
                        Goods.Currency,
                        context.Today
                    )
                );
            }
        );
    }

    public Refusal? Cancel(CommandContext context, string reason) =>
        Transition(context, MakerClaimAction.Cancel, why: reason);

    private Refusal? Ledger(CommandContext context, RmaUnit unit, bool back, int quantity)
    {
        if (!Goods.WholeUnit)
        {
            unit.MovePart(context, back, quantity, Id, $"{Goods.Name} {Maker}");
            return null;
        }

        var system = context with { Actor = Actor.System("repairs") };
        return back
            ? unit.TakeFromMaker(system, context.Actor, Number)
            : unit.SendToMaker(system, context.Actor, Number);
    }
}
