using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using static CustomerService.Repairs.Returns.Domain.ReturnCaseAction;
using static CustomerService.Repairs.Returns.Domain.ReturnCaseState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.Returns.Domain.ReturnCase,
    CustomerService.Repairs.Returns.Domain.ReturnCaseState,
    CustomerService.Repairs.Returns.Domain.ReturnCaseAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.Returns.Domain.ReturnCase>;

namespace CustomerService.Repairs.Returns.Domain;

/// <summary>The life of a return or exchange, rules C5.1.3, C5.1.4, C5.1.5.</summary>
internal static class ReturnCaseFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("return-case")
        .Start(Request, Requested, "C5.1.3", Askers)

        .From(Requested)     .MustStay(Complete,            "C5.1.3", Askers, LacksAnswers)
        .From(Requested)     .On(RaiseDoubt, InInspection,  "C5.1.4", Deciders, AnswersAreGiven)
        .From(InInspection)  .On(Inspect,    Inspected,     "C5.1.4", Inspectors, CountsFit)
        .In(Requested, InInspection, Inspected)
                             .Stay(ApproveException,        "C5.1.4", Managers, NotExceptedYet)
        // A return without the quality department's word is refused on day one (worked case 6).
        .In(Requested, InInspection)
                             .Stay(Accept,                  "C5.1.4", Deciders, AnswersAreGiven, IsInspected)
        .From(Inspected)     .On(Accept,     Accepted,      "C5.1.3", Deciders, ClauseHolds, FailedByQuality, IsWithinWindow, LotFailedWhole)
        .From(Requested, Inspected)
                             .On(Decline,    Declined,      "C5.1.3", Deciders, AnswersAreGiven, ClauseHolds)
        .From(Requested)     .On(Withdraw,   Withdrawn,     "C5.1.3", Askers)
        .From(Accepted, SlipIssued, SlipWithSales, SlipCollected, SlipSigned)
                             .MayOn(Withdraw, Withdrawn,    "C5.1.3", Askers, NothingHasMoved)

        .In(AfterDecision)   .MustStay(ReceiveGoods,        "C5.1.5", GoodsIn, GoodsAreMissing, NotMoreThanAsked)
        .In(AfterDecision)   .Stay(MoveGoods,               "C3.1.1", Holders, GoodsAreInTheHouse, SoManyAreThere, IsElsewhere)
        .In(AfterDecision)   .Stay(ScrapGoods,              "C3.1.1", Inspectors, GoodsAreInTheHouse, SoManyAreThere)
        .From(Accepted)      .On(IssueSlip,  SlipIssued,    "C5.1.5", SlipMakers, RegionIsKnown, ShippedOutByToday)
        .From(SlipIssued)    .On(HandSlip,   SlipWithSales, "C5.1.5", Salespeople, OfTheRegion)
        .From(SlipWithSales) .On(CollectSlip, SlipCollected, "C5.1.5", Collectors)
        .From(SlipCollected) .On(SignSlip,   SlipSigned,    "C5.1.5", Managers)
        .In([.. SlipStates]) .Stay(RemindOfSlip,            "C5.1.5", TheSystem, SlipIsHeldTooLong)
        // Finance before the signature is refused (worked case 6).
        .In(Accepted, SlipIssued, SlipWithSales, SlipCollected)
                             .Stay(BookSlip,                "C5.1.5", Finance, SlipIsSigned)
        .From(SlipSigned)    .On(BookSlip,   Booked,        "C5.1.5", Finance)
        .In(AfterDecision)   .Stay(ApproveAdvance,          "C5.1.5", Managers, IsExchange, NotReplacedYet, DeadlineIsAhead)
        .In(AfterDecision)   .Stay(MarkAdvanceOverdue,      "C5.1.5", TheSystem, AdvanceIsOverdue)
        .In(AfterDecision)   .MustStay(ShipReplacement,     "C5.1.5", SlipMakers, OwesReplacement, IsExchange, NotReplacedYet, GoodsAndSlipAreHere, AllAreReplaced)
        .In(AfterDecision)   .MustStay(ConfirmReplacement,  "C3.1.1", Receivers, IsOnItsWay, ReplacementIsOnItsWay, DeliveredByToday, DeliveredAfterShipping, DeliveryIsProved)
        .From(Booked)        .On(Close,      Closed,        "C5.1.5", SlipMakers, GoodsAreHere, ReplacementIsOut, ReplacementIsThere)
        .In([.. BeforeEnd])  .Stay(FollowRegistry,          "S3",     TheSystem)
        .Ends(Closed)
        .Abandons(Declined, Withdrawn)
        .Build();

    private static readonly ReturnCaseState[] AfterDecision =
    [
        Accepted,
        SlipIssued,
        SlipWithSales,
        SlipCollected,
        SlipSigned,
        Booked,
    ];
    private static readonly ReturnCaseState[] BeforeEnd = [Requested, InInspection, Inspected, .. AfterDecision];

    /// <summary>While it is not over.</summary>
    public static IReadOnlyList<ReturnCaseState> OpenStates => BeforeEnd;

    /// <summary>While somebody holds the red copy before finance has booked it.</summary>
    public static IReadOnlyList<ReturnCaseState> SlipStates { get; } =
    [SlipIssued, SlipWithSales, SlipCollected, SlipSigned];

    private static readonly string[] TheSystem = [Roles.System];
    private static readonly string[] Askers =
    [
        Roles.CustomerService,
        Roles.Sales,
        Roles.AfterSales,
        Roles.RegionalSales,
        Roles.Customer,
    ];
    private static readonly string[] Deciders = [Roles.CustomerService, Roles.AfterSales];
    private static readonly string[] Inspectors = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Managers = [Roles.SalesManager];
    private static readonly string[] GoodsIn = [Roles.AfterSales, Roles.CustomerService];
    private static readonly string[] Holders = [.. GoodsIn, Roles.RepairGroup, Roles.Repair, .. Inspectors];
    private static readonly string[] SlipMakers = [Roles.CustomerService, Roles.AfterSales];
    private static readonly string[] Receivers = [Roles.Customer, .. SlipMakers];
    private static readonly string[] Salespeople = [Roles.RegionalSales];
    private static readonly string[] Collectors = [Roles.AfterSales];
    private static readonly string[] Finance = [Roles.Finance];

    private static readonly Func<ReturnCase, bool> OwesReplacement = one =>
        one is { ReturnKind: ReturnKind.Exchange, Replacement: null };

    private static readonly Func<ReturnCase, bool> IsOnItsWay = one => one.Replacement is { Delivery: null };

    // What is asked.
    private static readonly Guard LacksAnswers = Guard.Require(
        (one, _) => one.Answers.Missing.Count > 0,
        code: "answers-complete",
        rule: "C5.1.3",
        missing: ["open-question"],
        suppliedBy: Askers
    );
    private static readonly Guard AnswersAreGiven = Guard.Require(
        (one, _) => one.Answers.Missing.Count == 0,
        code: "answers-missing",
        rule: "C5.1.3",
        missing: ["purchased-on", "model", "reason"],
        suppliedBy: Askers
    );

    // What the quality department says.
    private static readonly Guard CountsFit = Guard.RequireInput<InspectionInput>(
        (one, _, given) =>
            given.Inspected > 0
            && given.Inspected <= one.Goods.Quantity
            && given.Failed >= 0
            && given.Failed <= given.Inspected
            && given.QualityFault == given.Failed > 0,
        code: "inspection-counts-differ",
        rule: "C5.1.4",
        missing: ["counts-that-fit"],
        suppliedBy: Inspectors
    );
    private static readonly Guard IsInspected = Guard.Require(
        (one, _) => one.Report is not null,
        code: "not-inspected-yet",
        rule: "C5.1.4",
        missing: ["inspection-report"],
        suppliedBy: Inspectors
    );
    private static readonly Guard FailedByQuality = Guard.Require(
        (one, _) => one.Report is { FailedByQuality: true },
        code: "no-quality-fault",
        rule: "C5.1.4",
        missing: ["quality-fault"],
        suppliedBy: Inspectors
    );
    private static readonly Guard IsWithinWindow = Guard.Require(
        (one, context) => one.WindowProblem(context) is null,
        code: "return-window-passed",
        rule: "C5.1.4",
        missing: ["exception-approval"],
        suppliedBy: Managers
    );

    // A lot that is here goes one way as a whole: what failed of it is split off before it is asked back.
    private static readonly Guard LotFailedWhole = Guard.Require(
        (one, _) => one.Goods.UnitId is null || one.Report is null || one.Report.Failed == one.Goods.Quantity,
        code: "lot-failed-in-part",
        rule: "C5.1.4",
        missing: ["lot-of-the-failed"],
        suppliedBy: Deciders
    );
    private static readonly Guard NothingHasMoved = Guard.Require(
        (one, _) => one is { GoodsReceived: 0, Replacement: null },
        code: "goods-have-moved",
        rule: "C5.1.3",
        missing: ["goods-with-the-customer"],
        suppliedBy: Deciders
    );
    private static readonly Guard NotExceptedYet = Guard.Require(
        (one, _) => one.Exception is null,
        code: "exception-given",
        rule: "C5.1.4",
        missing: ["case-without-exception"],
        suppliedBy: Managers
    );
    private static readonly Guard ClauseHolds = Guard.RequireInput<Ruling>(
        (_, _, given) => given.Clause is not null,
        code: "clause-unknown",
        rule: "C5.1.3",
        missing: ["clause-in-force"],
        suppliedBy: Deciders
    );

    // Goods, slip, exchange.
    private static readonly Guard GoodsAreMissing = Guard.Require(
        (one, _) => one.GoodsReceived < one.DueQuantity,
        code: "goods-are-here",
        rule: "C5.1.5",
        missing: ["outstanding-goods"],
        suppliedBy: GoodsIn
    );
    private static readonly Guard NotMoreThanAsked = Guard.RequireInput<GoodsQuantity>(
        (one, _, given) => given.Quantity > 0 && one.GoodsReceived + given.Quantity <= one.DueQuantity,
        code: "more-than-asked",
        rule: "C5.1.5",
        missing: ["quantity-that-was-asked"],
        suppliedBy: GoodsIn
    );
    private static readonly Guard GoodsAreInTheHouse = Guard.Require(
        (one, _) => one.HeldSince is not null,
        code: "goods-not-here",
        rule: "C3.1.1",
        missing: ["returned-goods"],
        suppliedBy: GoodsIn
    );
    private static readonly Guard SoManyAreThere = Guard.RequireInput<GoodsMove>(
        (one, _, given) => one.TakenBy(given) is not null,
        code: "goods-not-at-place",
        rule: "C3.1.1",
        missing: ["place-with-so-many"],
        suppliedBy: Holders
    );
    private static readonly Guard IsElsewhere = Guard.RequireInput<GoodsMove>(
        (one, context, given) =>
            // To a maker goods go by their claim only.
            given.To
                is not (null or Place.Maker)
            && (
                one.TakenBy(given) is not { } from
                || from.Place != given.To
                || from.By.ActorId != context.Actor.Id
                || from.Note != given.Note
            ),
        code: "already-there",
        rule: "C3.1.1",
        missing: ["other-place-or-holder"],
        suppliedBy: Holders
    );
    private static readonly Guard RegionIsKnown = Guard.Require(
        (one, _) => !TextFolding.IsBlank(one.Customer.Region),
        code: "region-unknown",
        rule: "C5.1.5",
        missing: ["region"],
        suppliedBy: [Roles.Sales, Roles.SalesManager, Roles.CustomerService]
    );
    private static readonly Guard ShippedOutByToday = Guard.RequireInput<SlipInput>(
        (_, context, given) => given.ShippedOutOn <= context.Today,
        code: "slip-incomplete",
        rule: "C5.1.5",
        missing: ["ship-out-date"],
        suppliedBy: SlipMakers
    );
    private static readonly Guard OfTheRegion = Guard.RequirePeople(
        (one, _) => People.Of(one.Slip!.Takers),
        code: "not-your-region",
        rule: "C5.1.5",
        missing: ["salesperson-of-the-region"],
        suppliedBy: Salespeople
    );
    private static readonly Guard SlipIsHeldTooLong = Guard.Require(
        (one, context) => one.SlipRemindersDue(context) > one.SlipReminders,
        code: "slip-not-held-too-long",
        rule: "C5.1.5",
        missing: ["slip-held-too-long"],
        suppliedBy: TheSystem
    );
    private static readonly Guard SlipIsSigned = Guard.Require(
        (one, _) => one.Signature is not null,
        code: "slip-not-signed",
        rule: "C5.1.5",
        missing: ["sales-manager-signature"],
        suppliedBy: Managers
    );
    private static readonly Guard IsExchange = Guard.Require(
        (one, _) => one.ReturnKind == ReturnKind.Exchange,
        code: "no-exchange",
        rule: "C5.1.5",
        missing: ["exchange"],
        suppliedBy: Askers
    );
    private static readonly Guard NotReplacedYet = Guard.Require(
        (one, _) => one.Replacement is null,
        code: "replaced-already",
        rule: "C5.1.5",
        missing: ["open-exchange"],
        suppliedBy: SlipMakers
    );
    private static readonly Guard DeadlineIsAhead = Guard.RequireInput<SpecialApproval>(
        (_, context, given) => given.Deadline >= context.Today,
        code: "deadline-not-ahead",
        rule: "C5.1.5",
        missing: ["deadline"],
        suppliedBy: Managers
    );
    private static readonly Guard AdvanceIsOverdue = Guard.Require(
        (one, context) => one.IsAdvanceOverdue(context.Today) && one.AdvanceOverdueOn is null,
        code: "advance-not-overdue",
        rule: "C5.1.5",
        missing: ["overdue-advance"],
        suppliedBy: TheSystem
    );
    private static readonly Guard GoodsAndSlipAreHere = Guard.Require(
        (one, _) => one.Advance is not null || (one.IsComplete && one.State >= SlipCollected),
        code: "goods-or-slip-missing",
        rule: "C5.1.5",
        missing: ["returned-goods", "collected-slip"],
        suppliedBy: [Roles.AfterSales, Roles.SalesManager]
    );
    private static readonly Guard AllAreReplaced = Guard.RequireInput<GoodsQuantity>(
        (one, _, given) => given.Quantity == one.DueQuantity,
        code: "replacement-quantity-differs",
        rule: "C5.1.5",
        missing: ["quantity-that-was-asked"],
        suppliedBy: SlipMakers
    );
    private static readonly Guard GoodsAreHere = Guard.Require(
        (one, _) => one.IsComplete,
        code: "goods-outstanding",
        rule: "C5.1.5",
        missing: ["returned-goods"],
        suppliedBy: GoodsIn
    );
    private static readonly Guard ReplacementIsOut = Guard.Require(
        (one, _) => !OwesReplacement(one),
        code: "replacement-outstanding",
        rule: "C5.1.5",
        missing: ["shipped-replacement"],
        suppliedBy: SlipMakers
    );
    private static readonly Guard ReplacementIsOnItsWay = Guard.Require(
        (one, _) => IsOnItsWay(one),
        code: "no-replacement-on-its-way",
        rule: "C3.1.1",
        missing: ["shipped-replacement"],
        suppliedBy: SlipMakers
    );
    private static readonly Guard DeliveredByToday = Guard.RequireInput<DeliveryInput>(
        (_, context, given) => given.On <= context.Today,
        code: "date-in-future",
        rule: "C3.1.1",
        missing: ["past-date"],
        suppliedBy: Receivers
    );
    private static readonly Guard DeliveredAfterShipping = Guard.RequireInput<DeliveryInput>(
        (one, _, given) => given.On >= one.Replacement!.On,
        code: "delivered-before-shipping",
        rule: "C3.1.1",
        missing: ["date-after-shipping"],
        suppliedBy: Receivers
    );

    // The customer says so themselves; the company names the carrier with a reference or scan, or what was said.
    private static readonly Guard DeliveryIsProved = Guard.RequireInput<DeliveryInput>(
        (_, context, given) =>
            context.Actor.IsStaff()
                ? given.Proof switch
                {
                    ReceiptProof.Carrier => !TextFolding.IsBlank(given.Carrier)
                        && (!TextFolding.IsBlank(given.Reference) || given.FileId is not null),
                    ReceiptProof.Call => !TextFolding.IsBlank(given.Reference),
                    _ => false,
                }
                : given.Proof == ReceiptProof.Portal,
        code: "delivery-not-proved",
        rule: "C3.1.1",
        missing: ["carrier-proof-or-customer-word"],
        suppliedBy: Receivers
    );
    private static readonly Guard ReplacementIsThere = Guard.Require(
        (one, _) => !IsOnItsWay(one),
        code: "replacement-not-delivered",
        rule: "C3.1.1",
        missing: ["carrier-proof-or-customer-word"],
        suppliedBy: Receivers
    );
}

/// <summary>So many of the goods.</summary>
internal sealed record GoodsQuantity(int Quantity);

/// <summary>What a slip says.</summary>
internal sealed record SlipInput(DateOnly ShippedOutOn, string Reason);
