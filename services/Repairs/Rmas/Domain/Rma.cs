using System.Globalization;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>Machines that a customer sends for repair (C3.1.1): declared, received, counted, agreed. What becomes of each
/// is its <see cref="RmaUnit"/>'s.</summary>
internal sealed class Rma : Aggregate<Rma, RmaState, RmaAction>, IUnderPolicy
{
    /// <summary>Prefix of its numbers.</summary>
    public const string NumberKind = "RMA";

    private Rma() { }

    public override string Kind => "rma";

    public override WorkSubject WorkSubject =>
        new(
            Number,
            Lines.Count > 0
                ? $"{CustomerName}：{string.Join("、", Lines.Select(line => $"{line.Model.Code} × {line.Quantity}"))}"
                : $"{CustomerName}：{(Words ?? "").Truncate(60, "…")}"
        );

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? CustomerId : null;

    protected override Flow<Rma, RmaState, RmaAction> Table => RmaFlow.Table;

    public string Number { get; private set; } = "";

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public ProductCustomer Customer { get; private set; } = null!;

    public RmaSource Source { get; private set; }

    public Guid? SourceId { get; private set; }

    /// <summary>What the enquiry or complaint says of the goods.</summary>
    public string? Words { get; private set; }

    /// <summary>What a person answered who reported by the QR code on the machine.</summary>
    public ReportedAnswers? Answers { get; private set; }

    public IReadOnlyList<DeclaredLine> Lines { get; private set; } = [];

    public int Quantity { get; private set; }

    /// <summary>Keys of the declared serials, to be found by.</summary>
    public string[] SerialKeys { get; private set; } = [];

    public DateOnly DeclaredOn { get; private set; }

    public Stamp DeclaredBy { get; private set; } = null!;

    public int PolicyVersion { get; private set; }

    public IReadOnlyList<ReceivedItem> ReceivedItems { get; private set; } = [];

    public DateOnly? ReceivedOn { get; private set; }

    public int Received { get; private set; }

    /// <summary>Units that were made of what came; numbers them.</summary>
    public int UnitsMade { get; private set; }

    public RmaCount Count { get; private set; } = RmaCount.None;

    /// <summary>Counts that were agreed, the last one is in force.</summary>
    public IReadOnlyList<ConfirmedCount> Confirmations { get; private set; } = [];

    public string? WithdrawalReason { get; private set; }

    /// <summary>Whether the customer has to confirm before anything goes on (C5.1.1).</summary>
    public bool IsBlocked => State == RmaState.Counted;

    public static Refusal? CheckDeclare(CommandContext context) => RmaFlow.Table.CheckStart(RmaAction.Declare, context);

    public static Result<Rma> Declare(CommandContext context, string number, Declaration declaration)
    {
        var rma = new Rma
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            Source = declaration.Source,
            SourceId = declaration.SourceId,
            Words = declaration.Words,
            Answers = declaration.Answers,
            DeclaredOn = context.Today,
            DeclaredBy = Stamp.Of(context),
            PolicyVersion = context.Policy.Version,
        };
        rma.Write(declaration);
        // What somebody else's case says of the goods may be nothing that is known here: it is declared nonetheless.
        var isVague = declaration.Lines.Count == 0 && context.Actor.Has(Roles.System);
        if ((rma.Start(context, RmaAction.Declare) ?? (isVague ? null : Doubt(declaration))) is { } refusal)
        {
            return refusal;
        }

        rma.Raise(
            new RmaDeclared(
                rma.Id,
                rma.Version,
                rma.Number,
                rma.CustomerId,
                rma.CustomerName,
                rma.Quantity,
                rma.Source.ToKebab(),
                rma.SourceId,
                rma.DeclaredOn
            )
        );
        return rma;
    }

    /// <summary>The customer sends something else than was declared first.</summary>
    public Refusal? Revise(CommandContext context, Declaration declaration) =>
        CheckRole(context, RmaAction.Revise)
        ?? Doubt(declaration)
        ?? Transition(
            context,
            RmaAction.Revise,
            change: () => Write(declaration with { Customer = Customer, Source = Source, SourceId = SourceId })
        );

    /// <summary>What came in a parcel is counted; each item becomes a unit.</summary>
    /// <param name="context">Who counts.</param>
    /// <param name="parcel">What came.</param>
    /// <param name="units">The new units.</param>
    public Refusal? Receive(CommandContext context, Parcel parcel, out IReadOnlyList<RmaUnit> units)
    {
        var made = new List<RmaUnit>();
        units = made;
        var items = parcel.Items;
        if (
            Transition(
                context,
                RmaAction.Receive,
                input: parcel,
                why: items.Sum(item => item.Quantity).ToString(CultureInfo.InvariantCulture),
                change: () =>
                {
                    ReceivedItems = [.. ReceivedItems, .. items];
                    ReceivedOn ??= context.Today;
                    Count = RmaCount.Of(Lines, ReceivedItems);
                    Received = Count.Received;
                }
            ) is
            { } refusal
        )
        {
            return Named(refusal, parcel);
        }

        foreach (var item in items)
        {
            made.Add(
                RmaUnit
                    .Receive(context, this, NextUnitNumber(), item, WordsFor(item), released: !Count.Differs)
                    .Required()
            );
        }

        Raise(
            new RmaReceived(
                Id,
                Version,
                Number,
                CustomerId,
                Quantity,
                Received,
                Count.Unexpected.Sum(line => line.Quantity),
                Count.Missing.Sum(line => line.Quantity),
                Count.Differs,
                context.Today
            )
        );
        return null;
    }

    /// <summary>Where all is as declared nobody is asked (C5.1.1).</summary>
    public Refusal? AgreeAsDeclared(CommandContext context) =>
        Confirm(context with { Actor = Actor.System("repairs") }, new CountConfirmation(Received, null, null));

    /// <summary>The customer confirms what was received (C5.1.1, worked case 4); then its units are released.</summary>
    public Refusal? Confirm(CommandContext context, CountConfirmation given)
    {
        var refusal = Transition(
            context,
            RmaAction.Confirm,
            input: given,
            why: given.Quantity.ToString(CultureInfo.InvariantCulture),
            change: () =>
            {
                var person = given.Recorded?.By ?? given.PrintedName ?? context.Actor.Name;
                Confirmations =
                [
                    .. Confirmations,
                    new(given.Quantity, person, given.Recorded, Stamp.Of(context), given.Lines),
                ];
                Raise(new RmaCountConfirmed(Id, Version, Number, CustomerId, Received, context.Today));
            }
        );
        return refusal?.Code == "count-line-differs" ? refusal.With("line", Count.DoubtOf(given.Lines ?? [])) : refusal;
    }

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(
            context,
            RmaAction.Withdraw,
            why: reason,
            change: () =>
            {
                WithdrawalReason = reason;
                Raise(new RmaWithdrawn(Id, Version, Number, CustomerId, context.Today));
            }
        );

    /// <summary>Everything that came has ended.</summary>
    /// <param name="context">The system.</param>
    /// <param name="openUnits">Units that have not.</param>
    /// <param name="department">Who repaired most of it; null where nothing was repaired.</param>
    public Refusal? Close(CommandContext context, int openUnits, string? department = null) =>
        Transition(
            context,
            RmaAction.Close,
            input: new OpenUnits(openUnits),
            change: () =>
                Raise(
                    new RmaClosed(
                        Id,
                        Version,
                        Number,
                        CustomerId,
                        context.Today,
                        CustomerName,
                        Customer.Contact,
                        Customer.Phone,
                        Customer.Language,
                        department
                    )
                )
        );

    /// <summary>The registry calls the customer otherwise (S3).</summary>
    public Refusal? FollowRegistry(CommandContext context, ProductCustomer customer) =>
        customer == Customer
            ? CheckRole(context, RmaAction.FollowRegistry)
            : Transition(
                context,
                RmaAction.FollowRegistry,
                why: $"{CustomerName} → {customer.Name}",
                change: () => MoveTo(customer)
            );

    /// <summary>The customer turned out to be another that is known (S4).</summary>
    public void MoveCustomer(CommandContext context, ProductCustomer customer)
    {
        MoveTo(customer);
        Record(context, "customer-moved", StateName, StateName, customer.Name);
    }

    /// <summary>What is in a parcel and was counted before, in it or in another.</summary>
    internal ReceivedItem? TwiceWith(Parcel parcel) =>
        ReceivedItems
            .Concat(parcel.Items)
            .Where(item => item.Key is not null)
            .GroupBy(item => item.Key)
            .FirstOrDefault(same => same.Count() > 1)
            ?.Last();

    // A refusal says which line it is, and which record has the serial.
    private Refusal Named(Refusal refusal, Parcel parcel)
    {
        var found = refusal.Code switch
        {
            "serial-twice" => TwiceWith(parcel),
            "serial-received-elsewhere" => parcel.OfElsewhere,
            _ => null,
        };
        if (found is null)
        {
            return refusal;
        }

        var named = refusal
            .With("serial", found.Serial)
            .With("line", 1 + parcel.Items.ToList().FindLastIndex(item => item.Key == found.Key));
        return parcel.Elsewhere.GetValueOrDefault(found.Key!) is { } other ? named.With("rma", other) : named;
    }

    /// <summary>Number of the next unit, on its label.</summary>
    internal string NextUnitNumber() => string.Create(CultureInfo.InvariantCulture, $"{Number}-{++UnitsMade:000}");

    private void MoveTo(ProductCustomer customer) =>
        (CustomerId, CustomerName, Customer) = (customer.Id, customer.Name, customer);

    private void Write(Declaration declaration)
    {
        MoveTo(declaration.Customer);
        (Lines, Quantity) = (declaration.Lines, declaration.Quantity);
        SerialKeys = [.. declaration.Serials.Select(serial => serial.Key)];
    }

    private string? WordsFor(ReceivedItem item) =>
        Lines
            .FirstOrDefault(line =>
                item.Key is { } key && line.Serials.Any(serial => serial.Key == key)
                || (line.Serials.Count == 0 && line.Model.Id == item.Model?.Id)
            )
            ?.Words
        ?? Words;

    private static Refusal? Doubt(Declaration declaration)
    {
        if (declaration.Lines.Count == 0 || declaration.Lines.Any(line => line.Quantity <= 0))
        {
            return Refusal.Invalid("quantity-not-positive", "C5.1.1", "quantity");
        }

        if (declaration.Serials.GroupBy(s => s.Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return Refusal.Invalid("serial-twice", "C5.1.1", "each-serial-once").With("serial", twice.First().Number);
        }

        if (declaration.OfOthers.Count > 0)
        {
            return Refusal
                .ByRule("serial-of-another", "S3", ["own-serial"], Roles.Sales)
                .With("serials", string.Join(", ", declaration.OfOthers));
        }

        if (declaration.NotSold.Count > 0)
        {
            return Refusal
                .ByRule("serial-not-sold", "C5.1.5", ["sold-serial"], Roles.CustomerService)
                .With("serials", string.Join(", ", declaration.NotSold));
        }

        return declaration.InOthers.Count > 0
            ? Refusal
                .ByRule("serial-in-open-rma", "S4", ["serial-that-is-not-here"], Roles.CustomerService)
                .With("serials", string.Join(", ", declaration.InOthers))
            : null;
    }
}
