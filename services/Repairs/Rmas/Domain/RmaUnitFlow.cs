using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using static CustomerService.Repairs.Rmas.Domain.RmaUnitAction;
using static CustomerService.Repairs.Rmas.Domain.RmaUnitState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.Rmas.Domain.RmaUnit,
    CustomerService.Repairs.Rmas.Domain.RmaUnitState,
    CustomerService.Repairs.Rmas.Domain.RmaUnitAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.Rmas.Domain.RmaUnit>;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>The life of a machine or lot that was sent for repair, rules C3.1.1, C3.1.2, C5.1.1, C5.1.1.1, C5.1.2.</summary>
internal static class RmaUnitFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("rma-unit")
        .Start(Receive,          Received,   "C5.1.1", Intake)
        .Start(ReceiveReleased,  Released,   "C5.1.1", Intake)
        .Start(SplitOff,         Released,   "C3.1.1", Splitters)
        .Start(SplitOffAtRepair, Diagnosing, "C3.1.1", Splitters)

        .From(Received)   .On(Release,      Released,   "C5.1.1",   TheSystem)
        // Worked case 4: never succeeds while the received quantity is not agreed.
        .From(Received)   .Stay(HandOver,               "C5.1.1",   Intake, CountIsAgreed)
        .In(Received, Released)
                          .MustStay(RecordFault,        "C5.1.1",   Intake, LacksFault)
        .From(Released)   .On(HandOver,     Diagnosing, "C5.1.1",   Intake, FaultIsRecorded)
        .From(Diagnosing) .On(Diagnose,     Diagnosed,  "C5.1.1.1", Repairers, IsInTheHouse, WarrantyIsKnown)

        // Only a damaged main component out of warranty asks for FM001 (worked case 5).
        .From(Diagnosed)  .On(MakeOutOffer, Quoted,     "C5.1.1.1", Quoters, [IsChargeable, NotAskedBack, .. WellOffered])
        .From(Diagnosed)  .On(StartRepair,  InRepair,   "C5.1.1",   Repairers, IsInTheHouse, NotAskedBack, NoConsentNeeded)
        .In(Diagnosed, Quoted, Offered)
                          .MustStay(LogContact,         "C3.1.2",   Negotiators, IsToBeReached, IsChargeable, ContactedByNow, AfterTheDiagnosis)
        .In([.. ToBeContacted])
                          .Stay(MarkContactOverdue,     "C3.1.2",   TheSystem, ContactIsOverdue, ContactNotMarkedYet)
        .In(Lapsed, Consented, Refused)
                          .Stay(LogContact,             "C3.1.2",   Negotiators, ContactedByNow, AfterTheDiagnosis)
        .From(Quoted, Offered, Lapsed)
                          .MayOn(MakeOutOffer, Quoted,  "C5.1.1.1", Quoters, [NotAskedBack, .. WellOffered])
        .From(Quoted)     .MustStay(ApproveOffer,       "C3.1.2",   Approvers, WantsApproval)
        .From(Quoted)     .On(SendOffer,    Offered,    "C5.1.1.1", Negotiators, IsApproved, SentInWriting)
        .From(Offered)    .Stay(Remind,                 "C3.1.2",   TheSystem, ReminderIsDue)
        .From(Offered)    .On(Lapse,        Lapsed,     "C3.1.2",   TheSystem, ValidityIsOver)
        .From(Offered)    .On(Consent,      Consented,  "C5.1.1.1", Answerers, TheOfferInForce, ConsentInWords, ConsentIsSigned, IsStillValid)
        .From(Offered, Lapsed)
                          .On(Refuse,       Refused,    "C5.1.1.1", Answerers, RefusalIsRecorded, RefusedByToday)

        // FM002 never before the reply (worked case 5): exists so that the refusal names what is missing.
        .In(Diagnosing, Diagnosed, Quoted, Offered, Lapsed, Refused)
                          .Stay(MakeOutCharge,          "C5.1.1.1", Quoters, ConsentIsThere)
        .From(Consented)  .MustStay(MakeOutCharge,      "C5.1.1.1", Quoters, IsUncharged, NotUncharged, WithinConsent)
        .From(Consented)  .On(Annotate,     ToRepair,   "C5.1.1.1", Handlers, ChargeIsMadeOut, HandlerSigned)
        .From(Refused)    .On(Annotate,     ToReturn,   "C5.1.1.1", Handlers, HandlerSigned)
        .From(ToRepair)   .On(ReceiveOriginal, InRepair,     "C5.1.1.1", Repairers, NotTheHandler)
        .From(ToReturn)   .On(ReceiveOriginal, Reassembling, "C5.1.1.1", Repairers, NotTheHandler)
        .From(Reassembling).On(Reassemble,  Ready,      "C5.1.1.1", Repairers)

        .From(InRepair)   .On(FinishRepair, Repaired,   "C5.1.1",   Repairers, IsInTheHouse, FinishedByToday)
        .From(Repaired)   .On(PassQc,       Ready,      "C5.1.2",   Inspectors, NotTheRepairer)
        .From(Repaired)   .On(FailQc,       InRepair,   "C5.1.2",   Inspectors, NotTheRepairer)
        // FM003 never before the quality department has passed it (worked case 5).
        .From(BeforeReady).Stay(Pack,                   "C5.1.2",   Shippers, IsPassed)
        .From(Ready)      .On(Pack,         Packed,     "C5.1.2",   Shippers, NotAskedBack)
        .From(Packed)     .MayOn(Unpack,    Ready,      "C5.1.2",   TheSystem)
        .From(Packed)     .On(Ship,         Shipped,    "C5.1.2",   TheSystem)
        .From(Shipped)    .On(Deliver,      Delivered,  "C3.1.1",   TheSystem)

        .In(Here)         .Stay(MoveTo,                 "C3.1.1",   Holders, IsInTheHouse, IsElsewhere)
        .In(Released, Diagnosing)
                          .Stay(Split,                  "C3.1.1",   Splitters, IsInTheHouse, NotAskedBack, LeavesSome)
        .From(Released)   .MayOn(RmaUnitAction.MergeInto, Merged,     "C3.1.1",   Splitters, NotAskedBack, IsOfOneKind)
        .In(Released)     .Stay(Absorb,                 "C3.1.1",   TheSystem)
        .From(Exchangeable).MayOn(Exchange, Exchanged,  "C5.1.5",   TheSystem, IsInTheHouse)
        .From(Exchangeable).MayOn(TakeBack, Returned,   "C5.1.5",   TheSystem, IsInTheHouse)
        .From(Scrappable) .MayOn(Scrap,     Scrapped,   "C3.1.1",   Inspectors, IsInTheHouse, NotAskedBack, CustomerGivesItUp)
        .In(Sendable)     .Stay(SendToMaker,            "C3.1.1",   TheSystem, IsInTheHouse)
        .In(Sendable)     .Stay(TakeFromMaker,          "C3.1.1",   TheSystem, IsWithItsMaker)
        .In([.. Here.Union([Shipped])])
                          .Stay(FollowRegistry,         "S3",       TheSystem)
        .Ends(Delivered)
        .Abandons(Exchanged, Returned, Scrapped, Merged)
        .Build();

    private static readonly RmaUnitState[] Here =
    [
        Received,
        Released,
        Diagnosing,
        Diagnosed,
        Quoted,
        Offered,
        Lapsed,
        Consented,
        Refused,
        ToRepair,
        ToReturn,
        InRepair,
        Reassembling,
        Repaired,
        Ready,
        Packed,
    ];
    private static readonly RmaUnitState[] BeforeReady = [.. Here.Except([Ready, Packed])];

    // Goods that come back with a case end wherever they are, so that the case cannot stick: of a count that is not agreed
    // and of a form that is made out the way is to agree the one and to cancel the other.
    private static readonly RmaUnitState[] Exchangeable = [.. Here.Except([Received, Packed])];
    private static readonly RmaUnitState[] Sendable = [Diagnosing, Diagnosed, InRepair];
    private static readonly RmaUnitState[] Scrappable =
    [
        Diagnosing,
        Diagnosed,
        Quoted,
        Offered,
        Lapsed,
        Refused,
        InRepair,
        Repaired,
        ToReturn,
    ];

    /// <summary>While the first contact about the charge is awaited (C3.1.2).</summary>
    public static IReadOnlyList<RmaUnitState> ToBeContacted { get; } = [Diagnosed, Quoted, Offered];

    /// <summary>While the unit is in the house.</summary>
    public static IReadOnlyList<RmaUnitState> HereStates => Here;

    /// <summary>While it is not over.</summary>
    public static IReadOnlyList<RmaUnitState> OpenStates { get; } = [.. Here, Shipped];

    private static readonly string[] TheSystem = [Roles.System];
    private static readonly string[] Intake = [Roles.CustomerService, Roles.AfterSales];
    private static readonly string[] Repairers = [Roles.RepairGroup, Roles.Repair];
    private static readonly string[] Splitters = [.. Intake, .. Repairers];
    private static readonly string[] Quoters = [Roles.RepairGroup, Roles.CustomerService];
    private static readonly string[] Negotiators = [Roles.CustomerService, Roles.RepairGroup];
    private static readonly string[] Approvers = [Roles.SalesManager];
    private static readonly string[] Answerers = [Roles.Customer, Roles.CustomerService];
    private static readonly string[] Handlers = [Roles.CustomerService, Roles.RepairGroup];
    private static readonly string[] Inspectors = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Shippers = [Roles.CustomerService];
    private static readonly string[] Holders =
    [
        Roles.CustomerService,
        Roles.AfterSales,
        Roles.RepairGroup,
        Roles.Repair,
        Roles.Qc,
        Roles.QcHead,
    ];

    private static readonly Func<RmaUnit, bool> LacksFault = unit => unit.Fault is null;
    private static readonly Func<RmaUnit, bool> IsToBeReached = unit => unit.ReachedAt is null;
    private static readonly Func<RmaUnit, bool> IsUncharged = unit => unit.Charge is null;

    // Intake.
    private static readonly Guard CountIsAgreed = Guard.Require(
        (unit, _) => unit.State != Received,
        code: "count-not-confirmed",
        rule: "C5.1.1",
        missing: ["customer-confirmation"],
        suppliedBy: Answerers
    );
    private static readonly Guard FaultIsRecorded = Guard.Require(
        (unit, _) => unit.Fault is not null,
        code: "fault-not-recorded",
        rule: "C5.1.1",
        missing: ["fault"],
        suppliedBy: Intake
    );

    // Diagnosis and offer.
    private static readonly Guard WarrantyIsKnown = Guard.RequireInput<Diagnosis>(
        (_, _, given) => given.Covered is not null,
        code: "warranty-undecided",
        rule: "C5.1.1.1",
        missing: ["warranty-evidence"],
        suppliedBy: Repairers
    );
    private static readonly Guard IsChargeable = Guard.Require(
        (unit, _) => unit.Diagnosis is { IsCharged: true },
        code: "no-charge",
        rule: "C5.1.1.1",
        missing: ["damaged-main-component-out-of-warranty"],
        suppliedBy: Repairers
    );
    private static readonly Guard NoConsentNeeded = Guard.Require(
        (unit, _) => unit.Diagnosis is not { IsCharged: true },
        code: "consent-needed",
        rule: "C5.1.1.1",
        missing: ["fm001", "signed-consent"],
        suppliedBy: Answerers
    );
    private static readonly Guard HasLines = Guard.RequireInput<OfferInput>(
        (_, _, given) => given.Lines.Count > 0 && given.Lines.All(line => line.Quantity > 0),
        code: "offer-without-lines",
        rule: "C5.1.1.1",
        missing: ["offer-lines"],
        suppliedBy: Quoters
    );
    private static readonly Guard MoneyIsExact = Guard.RequireInput<OfferInput>(
        (_, _, given) => given.Lines.All(line => line.UnitPrice >= 0 && IsMoney(line.UnitPrice)),
        code: "not-an-amount",
        rule: "C5.1.1.1",
        missing: ["amount-with-two-decimals"],
        suppliedBy: Quoters
    );
    private static readonly Guard DiscountIsPossible = Guard.RequireInput<OfferInput>(
        (_, _, given) =>
            given.DiscountPercent is >= 0 and <= 100
            && IsMoney(given.DiscountPercent)
            && (given.DiscountPercent == 0 || !TextFolding.IsBlank(given.DiscountReason)),
        code: "discount-unexplained",
        rule: "C3.1.2",
        missing: ["discount-with-reason"],
        suppliedBy: Quoters
    );
    private static readonly Guard WantsApproval = Guard.Require(
        (unit, context) => unit.NeedsApproval(context.Policy.Rmas),
        code: "approval-not-needed",
        rule: "C3.1.2",
        missing: ["discount-beyond-limit"],
        suppliedBy: Quoters
    );
    private static readonly Guard IsApproved = Guard.Require(
        (unit, context) => !unit.NeedsApproval(context.Policy.Rmas),
        code: "discount-not-approved",
        rule: "C3.1.2",
        missing: ["sales-manager-approval"],
        suppliedBy: Approvers
    );
    private static readonly Guard ContactedByNow = Guard.RequireInput<ContactEntry>(
        (_, context, given) => given.At <= context.Now,
        code: "date-in-future",
        rule: "C3.1.2",
        missing: ["past-date"],
        suppliedBy: Negotiators
    );
    private static readonly Guard AfterTheDiagnosis = Guard.RequireInput<ContactEntry>(
        (unit, _, given) => unit.Diagnosis is { } found && given.At >= found.By.At,
        code: "contact-before-diagnosis",
        rule: "C3.1.2",
        missing: ["contact-after-the-diagnosis"],
        suppliedBy: Negotiators
    );
    private static readonly Guard ContactIsOverdue = Guard.Require(
        (unit, context) => unit.IsContactOverdue(context.Today),
        code: "contact-not-due",
        rule: "C3.1.2",
        missing: ["due-day-over"],
        suppliedBy: TheSystem
    );
    private static readonly Guard ContactNotMarkedYet = Guard.Require(
        (unit, _) => unit.ContactOverdueOn is null,
        code: "contact-marked-already",
        rule: "C3.1.2",
        missing: ["unmarked-unit"],
        suppliedBy: TheSystem
    );
    private static readonly Guard SentInWriting = Guard.RequireInput<OfferSending>(
        (_, _, given) => given.Through is ContactChannel.Fax or ContactChannel.Mail or ContactChannel.Portal,
        code: "offer-not-in-writing",
        rule: "C5.1.1.1",
        missing: ["fax-mail-or-portal"],
        suppliedBy: Negotiators
    );
    private static readonly Guard ReminderIsDue = Guard.Require(
        (unit, context) => unit.RemindersDue(context) > unit.OfferReminders,
        code: "reminder-not-due",
        rule: "C3.1.2",
        missing: ["reminder-day"],
        suppliedBy: TheSystem
    );
    private static readonly Guard ValidityIsOver = Guard.Require(
        (unit, context) => unit.OfferValidThrough < context.Today,
        code: "offer-still-valid",
        rule: "C3.1.2",
        missing: ["end-of-validity"],
        suppliedBy: TheSystem
    );

    // The answer.
    private static readonly Guard TheOfferInForce = Guard.RequireInput<OfferReply>(
        (unit, _, given) => given.Version == unit.Offer!.Version && given.Hash == unit.Offer.Hash,
        code: "consent-to-other-version",
        rule: "C5.1.1.1",
        missing: ["version-in-force"],
        suppliedBy: Answerers
    );
    private static readonly Guard ConsentInWords = Guard.RequireInput<OfferReply>(
        (_, _, given) => OfferReply.ConsentWords.Contains(given.Words),
        code: "consent-words-missing",
        rule: "C5.1.1.1",
        missing: ["consent-words"],
        suppliedBy: Answerers
    );
    private static readonly Guard ConsentIsSigned = Guard.RequireInput<OfferReply>(
        (_, context, given) =>
            !TextFolding.IsBlank(given.PrintedName) && (IsCustomers(context) || !TextFolding.IsBlank(given.SignedCopy)),
        code: "consent-not-signed",
        rule: "C5.1.1.1",
        missing: ["signed-consent"],
        suppliedBy: Answerers
    );
    private static readonly Guard IsStillValid = Guard.RequireInput<OfferReply>(
        (unit, context, _) => unit.OfferValidThrough >= context.Today,
        code: "offer-expired",
        rule: "C3.1.2",
        missing: ["valid-offer"],
        suppliedBy: Quoters
    );
    private static readonly Guard RefusalIsRecorded = Guard.RequireInput<OfferReply>(
        (_, context, given) =>
            IsCustomers(context)
                ? !TextFolding.IsBlank(given.PrintedName)
                : given.Recorded is not null || !TextFolding.IsBlank(given.SignedCopy),
        code: "refusal-not-recorded",
        rule: "C5.1.1.1",
        missing: ["recorded-refusal"],
        suppliedBy: Answerers
    );
    private static readonly Guard RefusedByToday = Guard.RequireInput<OfferReply>(
        (_, context, given) => given.Recorded is null || given.Recorded.On <= context.Today,
        code: "date-in-future",
        rule: "C5.1.1.1",
        missing: ["past-date"],
        suppliedBy: Answerers
    );

    // The charge, the mark, the hand-over of the original.
    private static readonly Guard ConsentIsThere = Guard.Require(
        (unit, _) => unit.Reply is { Consented: true },
        code: "consent-missing",
        rule: "C5.1.1.1",
        missing: ["signed-consent"],
        suppliedBy: Answerers
    );
    private static readonly Guard NotUncharged = Guard.Require(
        (unit, _) => unit.Charge is null,
        code: "charged-already",
        rule: "C5.1.1.1",
        missing: ["uncharged-unit"],
        suppliedBy: Quoters
    );
    private static readonly Guard WithinConsent = Guard.RequireInput<Charge>(
        (unit, _, given) => given.Amount >= 0 && IsMoney(given.Amount) && given.Amount <= unit.Offer!.Sum,
        code: "charge-exceeds-consent",
        rule: "C5.1.1.1",
        missing: ["amount-within-consent"],
        suppliedBy: Quoters
    );
    private static readonly Guard ChargeIsMadeOut = Guard.Require(
        (unit, _) => unit.Charge is not null,
        code: "charge-not-made-out",
        rule: "C5.1.1.1",
        missing: ["fm002"],
        suppliedBy: Quoters
    );
    private static readonly Guard HandlerSigned = Guard.RequireInput<Annotation>(
        (_, _, given) => !TextFolding.IsBlank(given.Signature.PrintedName),
        code: "handler-not-signed",
        rule: "C5.1.1.1",
        missing: ["handler-signature"],
        suppliedBy: Handlers
    );
    private static readonly Guard NotTheHandler = Guard.RequirePeople(
        (unit, _) => People.Not(unit.Annotation?.By),
        code: "receiver-is-handler",
        rule: "C5.1.1.1",
        missing: ["other-receiver"],
        suppliedBy: Repairers
    );

    // Repair, quality, shipping.
    private static readonly Guard FinishedByToday = Guard.RequireInput<RepairWork>(
        (_, context, given) => given.FinishedOn <= context.Today,
        code: "date-in-future",
        rule: "C5.1.1",
        missing: ["past-date"],
        suppliedBy: Repairers
    );
    private static readonly Guard NotTheRepairer = Guard.RequirePeople(
        (unit, _) => unit.AllButRepairers,
        code: "inspector-repaired-it",
        rule: "C5.1.2",
        missing: ["other-inspector"],
        suppliedBy: Inspectors
    );
    private static readonly Guard IsPassed = Guard.Require(
        (unit, _) => unit.State >= Ready,
        code: "qc-not-passed",
        rule: "C5.1.2",
        missing: ["passed-inspection"],
        suppliedBy: Inspectors
    );

    // Custody.
    private static readonly Guard NotAskedBack = Guard.Require(
        (unit, _) => unit.ReturnCaseId is null,
        code: "unit-asked-back",
        rule: "C5.1.3",
        missing: ["decision-on-the-return"],
        suppliedBy: Intake
    );
    private static readonly Guard IsInTheHouse = Guard.Require(
        (unit, _) => unit.Place != Place.Maker,
        code: "unit-with-its-maker",
        rule: "C3.1.1",
        missing: ["answer-of-the-maker"],
        suppliedBy: Repairers
    );
    private static readonly Guard IsWithItsMaker = Guard.Require(
        (unit, _) => unit.Place == Place.Maker,
        code: "unit-not-with-its-maker",
        rule: "C3.1.1",
        missing: ["unit-with-its-maker"],
        suppliedBy: Repairers
    );
    private static readonly Guard IsElsewhere = Guard.RequireInput<Handing>(
        (unit, context, given) =>
            // To a maker it goes by its claim only.
            given.Place != Place.Maker
            && (given.Place != unit.Place || context.Actor.Id != unit.HolderId || given.Note != unit.PlaceNote),
        code: "already-there",
        rule: "C3.1.1",
        missing: ["other-place-or-holder"],
        suppliedBy: Holders
    );
    private static readonly Guard LeavesSome = Guard.RequireInput<LotQuantity>(
        (unit, _, given) => given.Quantity > 0 && given.Quantity < unit.Quantity,
        code: "split-out-of-range",
        rule: "C3.1.1",
        missing: ["quantity-below-the-lot"],
        suppliedBy: Splitters
    );
    private static readonly Guard IsOfOneKind = Guard.RequireInput<LotKind>(
        (unit, _, given) => given is { SerialKey: null, ModelId: not null } && given == unit.LotKind,
        code: "lots-differ",
        rule: "C3.1.1",
        missing: ["lot-of-the-same-kind"],
        suppliedBy: Splitters
    );
    private static readonly Guard CustomerGivesItUp = Guard.RequireInput<RecordedWord>(
        (_, context, given) => given.On <= context.Today,
        code: "scrapping-not-agreed",
        rule: "C3.1.1",
        missing: ["customer-agreement"],
        suppliedBy: Answerers
    );

    private static Guard[] WellOffered => [HasLines, MoneyIsExact, DiscountIsPossible];

    private static bool IsMoney(decimal value) => decimal.Round(value, 2) == value && value < 100_000_000m;

    // Customer service that is signed in as such takes a word down; it does not sign for the customer.
    private static bool IsCustomers(CommandContext context) => !context.Actor.Has(Roles.CustomerService);
}

/// <summary>How many of a lot.</summary>
internal sealed record LotQuantity(int Quantity);

/// <summary>How an offer is sent.</summary>
internal sealed record OfferSending(ContactChannel Through);
