using CustomerService.Rules;
using static CustomerService.Repairs.Rmas.Domain.RmaAction;
using static CustomerService.Repairs.Rmas.Domain.RmaState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.Rmas.Domain.Rma,
    CustomerService.Repairs.Rmas.Domain.RmaState,
    CustomerService.Repairs.Rmas.Domain.RmaAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.Rmas.Domain.Rma>;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>The life of an RMA as a whole, rules C3.1.1 and C5.1.1; that of each machine is <see cref="RmaUnitFlow"/>.</summary>
internal static class RmaFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("rma")
        .Start(Declare, Declared, "C5.1.1", Openers)

        // Of an enquiry or complaint that names no goods that are known somebody has to say which they are.
        .From(Declared)          .MustStay(Revise,          "C5.1.1", Declarers, NamesNoGoods)
        .From(Declared)          .On(Receive,   Counted,    "C5.1.1", Receivers, CountsArePositive, NoSerialTwice, NoneInAnother)
        // A further parcel of the same RMA; the count is agreed again where it differs.
        .From(Counted, Confirmed).MayOn(Receive, Counted,   "C5.1.1", Receivers, CountsArePositive, NoSerialTwice, NoneInAnother)
        // Worked case 4: 10 declared, 9 received; nothing goes on before the customer has confirmed 9.
        .From(Counted)           .On(Confirm,   Confirmed,  "C5.1.1", Confirmers, ThatCount, SignedOrRecorded, WordByToday, EachLine)
        .From(Confirmed)         .On(Close,     Closed,     "C3.1.1", TheSystem, AllUnitsEnded)
        .From(Declared)          .On(Withdraw,  Withdrawn,  "C5.1.1", Withdrawers)
        .In([.. OpenStates])
                                 .Stay(FollowRegistry,      "S3",     TheSystem)
        .Ends(Closed)
        .Abandons(Withdrawn)
        .Build();

    /// <summary>While it is not over.</summary>
    public static IReadOnlyList<RmaState> OpenStates { get; } = [Declared, Counted, Confirmed];

    private static readonly string[] TheSystem = [Roles.System];

    /// <summary>Who declares.</summary>
    public static readonly string[] Declarers = [Roles.CustomerService, Roles.AfterSales, Roles.Customer];
    private static readonly string[] Openers = [.. Declarers, Roles.System];

    /// <summary>Who receives goods.</summary>
    public static readonly string[] Receivers = [Roles.CustomerService, Roles.AfterSales];
    private static readonly string[] Confirmers = [Roles.Customer, Roles.CustomerService, Roles.System];
    private static readonly string[] Withdrawers = [Roles.CustomerService, Roles.AfterSales];

    private static readonly Func<Rma, bool> NamesNoGoods = rma => rma.Lines.Count == 0;

    private static readonly Guard CountsArePositive = Guard.RequireInput<Parcel>(
        (_, _, parcel) => parcel.Items.Count > 0 && parcel.Items.All(item => item.Quantity > 0),
        code: "quantity-not-positive",
        rule: "C5.1.1",
        missing: ["quantity"],
        suppliedBy: Receivers
    );
    private static readonly Guard NoSerialTwice = Guard.RequireInput<Parcel>(
        (rma, _, parcel) => rma.TwiceWith(parcel) is null,
        code: "serial-twice",
        rule: "C5.1.1",
        missing: ["each-serial-once"],
        suppliedBy: Receivers
    );
    private static readonly Guard NoneInAnother = Guard.RequireInput<Parcel>(
        (_, _, parcel) => parcel.OfElsewhere is null,
        code: "serial-received-elsewhere",
        rule: "C5.1.1",
        missing: ["serial-that-is-not-here"],
        suppliedBy: Receivers
    );
    private static readonly Guard ThatCount = Guard.RequireInput<CountConfirmation>(
        (rma, _, given) => given.Quantity == rma.Received,
        code: "count-differs",
        rule: "C5.1.1",
        missing: ["received-quantity"],
        suppliedBy: Confirmers
    );
    private static readonly Guard SignedOrRecorded = Guard.RequireInput<CountConfirmation>(
        (rma, context, given) =>
            context.Actor.Has(Roles.CustomerService) ? given.Recorded is not null
            : context.Actor.Has(Roles.System) ? !rma.Count.Differs
            : !TextFolding.IsBlank(given.PrintedName),
        code: "confirmation-not-recorded",
        rule: "C5.1.1",
        missing: ["customer-confirmation"],
        suppliedBy: Confirmers
    );
    private static readonly Guard WordByToday = Guard.RequireInput<CountConfirmation>(
        (_, context, given) => given.Recorded is null || given.Recorded.On <= context.Today,
        code: "date-in-future",
        rule: "C5.1.1",
        missing: ["past-date"],
        suppliedBy: Confirmers
    );

    // With the total alone one machine in the place of another passes.
    private static readonly Guard EachLine = Guard.RequireInput<CountConfirmation>(
        (rma, _, given) =>
            (given.Lines is null && rma.Count.TotalSaysAll) || rma.Count.DoubtOf(given.Lines ?? []) is null,
        code: "count-line-differs",
        rule: "C5.1.1",
        missing: ["received-quantity-of-each-line"],
        suppliedBy: Confirmers
    );
    private static readonly Guard AllUnitsEnded = Guard.RequireInput<OpenUnits>(
        (_, _, open) => open.Count == 0,
        code: "units-still-here",
        rule: "C3.1.1",
        missing: ["units-with-the-customer"],
        suppliedBy: Receivers
    );
}

/// <summary>How many units of an RMA are not with the customer yet.</summary>
internal sealed record OpenUnits(int Count);
