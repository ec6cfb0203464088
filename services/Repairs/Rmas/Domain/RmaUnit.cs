using System.Linq.Expressions;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>
/// A machine, or a lot of goods without serial numbers, that was sent for repair: from the intake until the customer has
/// it (C3.1.1). It carries its FM001 and FM002, and the ledger of where it was.
/// </summary>
internal sealed class RmaUnit : Aggregate<RmaUnit, RmaUnitState, RmaUnitAction>, IUnderPolicy
{
    /// <summary>What a consent's signature means.</summary>
    public const string ConsentMeaning = "repair-consent";

    public const string RefusalMeaning = "repair-refusal";

    /// <summary>What the handler's signature on the original means.</summary>
    public const string HandlerMeaning = "offer-handled";

    /// <summary>Forms that it carries.</summary>
    public const string OfferForm = "FM001";

    public const string ChargeForm = "FM002";

    private RmaUnit() { }

    public override string Kind => "rma-unit";

    public override WorkSubject WorkSubject =>
        new(
            Number,
            $"{ModelCode ?? "?"} {Serial ?? $"× {Quantity}"}，{CustomerName}：{(Fault?.Words ?? "").Truncate(60, "…")}"
        );

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? CustomerId : null;

    protected override Flow<RmaUnit, RmaUnitState, RmaUnitAction> Table => RmaUnitFlow.Table;

    protected override DateTimeOffset? DueOf(RmaUnitAction action, CommandContext context) =>
        action switch
        {
            RmaUnitAction.LogContact when ContactDueOn is { } due => context.Zone.EndOf(due),
            RmaUnitAction.Consent or RmaUnitAction.Refuse when OfferValidThrough is { } through => context.Zone.EndOf(
                through
            ),
            _ => null,
        };

    /// <summary>On its label: the RMA's number and its own.</summary>
    public string Number { get; private set; } = "";

    public Guid RmaId { get; private set; }

    public string RmaNumber { get; private set; } = "";

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public Guid? ModelId { get; private set; }

    public string? ModelCode { get; private set; }

    public string? ModelName { get; private set; }

    public string? Serial { get; private set; }

    public string? SerialKey { get; private set; }

    /// <summary>The machine, where it is known.</summary>
    public Guid? SerialId { get; private set; }

    /// <summary>The serial while the unit is open: no machine is in two of them at once.</summary>
    public string? OpenSerialKey { get; private set; }

    /// <summary>1 for a machine; of a lot how many there are.</summary>
    public int Quantity { get; private set; }

    public DateOnly DeclaredOn { get; private set; }

    public DateOnly ReceivedOn { get; private set; }

    /// <summary>Last day of the warranty as the machine's dates have it.</summary>
    public DateOnly? WarrantyEndsOn { get; private set; }

    public int PolicyVersion { get; private set; }

    public IntakeFault? Fault { get; private set; }

    public Diagnosis? Diagnosis { get; private set; }

    /// <summary>Last day of the first contact about the charge (C3.1.2).</summary>
    public DateOnly? ContactDueOn { get; private set; }

    public IReadOnlyList<ContactEntry> Contacts { get; private set; } = [];

    /// <summary>When the customer was reached about the charge first; null while nobody answered.</summary>
    public DateTimeOffset? ReachedAt { get; private set; }

    /// <summary>Day on which it was marked that nobody was reached by the day for it.</summary>
    public DateOnly? ContactOverdueOn { get; private set; }

    /// <summary>Number of FM001, one for all its versions.</summary>
    public string? OfferNumber { get; private set; }

    /// <summary>Every version, the last one is in force.</summary>
    public IReadOnlyList<OfferVersion> Offers { get; private set; } = [];

    /// <summary>Last day of the offer in force; null before it is sent.</summary>
    public DateOnly? OfferValidThrough { get; private set; }

    public DateOnly? OfferSentOn { get; private set; }

    /// <summary>Reminders of the offer in force that were given.</summary>
    public int OfferReminders { get; private set; }

    public KeptReply? Reply { get; private set; }

    /// <summary>Number of FM002.</summary>
    public string? ChargeNumber { get; private set; }

    public Charge? Charge { get; private set; }

    public Annotation? Annotation { get; private set; }

    /// <summary>The repairer who took the original over.</summary>
    public Stamp? OriginalReceived { get; private set; }

    public Stamp? RepairStarted { get; private set; }

    public IReadOnlyList<RepairWork> Works { get; private set; } = [];

    public IReadOnlyList<QcVerdict> Verdicts { get; private set; } = [];

    public DateOnly? PassedOn { get; private set; }

    /// <summary>Day on which the quality department passed it, or on which it ended otherwise: the month in which it is
    /// counted (C3.1.3).</summary>
    public DateOnly? SettledOn { get; private set; }

    /// <summary>The FM003 that it is on.</summary>
    public Guid? ShipmentId { get; private set; }

    public string? ShipmentNumber { get; private set; }

    /// <summary>The open return or exchange that it is asked back by (C5.1.3).</summary>
    public Guid? ReturnCaseId { get; private set; }

    public string? ReturnCaseNumber { get; private set; }

    public DateOnly? EndedOn { get; private set; }

    /// <summary>Where it is; null where it is not in the house.</summary>
    public Place? Place { get; private set; }

    /// <summary>For example the shelf.</summary>
    public string? PlaceNote { get; private set; }

    public string? HolderId { get; private set; }

    public string? HolderName { get; private set; }

    /// <summary>Since when it is there.</summary>
    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>The ledger of its moves.</summary>
    public IReadOnlyList<Movement> Movements { get; private set; } = [];

    /// <summary>The version of the offer that is in force.</summary>
    public OfferVersion? Offer => Offers.Count > 0 ? Offers[^1] : null;

    /// <summary>Round of repair: one more after each failed inspection.</summary>
    public int Round => 1 + Verdicts.Count(verdict => !verdict.Passed);

    /// <summary>Whether the quality department passed the work of this round.</summary>
    public bool IsPassed => Verdicts.Count > 0 && Verdicts[^1].Passed;

    /// <summary>What makes it one with another lot.</summary>
    public LotKind LotKind => new(RmaId, ModelId, SerialKey, Place, Fault?.Code, Fault?.Words);

    public IReadOnlyDictionary<Place, int> Balance => Custody.Balance(Movements);

    internal People AllButRepairers =>
        new()
        {
            ExceptIds =
            [
                .. Works
                    .Select(work => work.By.ActorId)
                    .Concat([RepairStarted?.ActorId, OriginalReceived?.ActorId])
                    .OfType<string>()
                    .Distinct(),
            ],
            ExceptNames = [.. Works.SelectMany(work => work.Crew).Distinct()],
        };

    /// <summary>Whether the sales manager has to approve the offer in force (C3.1.2).</summary>
    public bool NeedsApproval(RmaPolicy policy) =>
        Offer is { ApprovedBy: null } offer && offer.DiscountPercent > policy.FreeDiscountPercent;

    /// <summary>Whether the customer was to be reached about the charge by now, and was not (C3.1.2).</summary>
    public bool IsContactOverdue(DateOnly today) =>
        ContactDueOn < today && ReachedAt is null && RmaUnitFlow.ToBeContacted.Contains(State);

    /// <summary>The same for the store.</summary>
    public static Expression<Func<RmaUnit, bool>> ContactOverdue(bool overdue, DateOnly today)
    {
        var states = RmaUnitFlow.ToBeContacted;
        return overdue
            ? unit => unit.ContactDueOn < today && unit.ReachedAt == null && states.Contains(unit.State)
            : unit =>
                unit.ContactDueOn == null
                || unit.ContactDueOn >= today
                || unit.ReachedAt != null
                || !states.Contains(unit.State);
    }

    /// <summary>How many reminders of the offer in force are due by now.</summary>
    public int RemindersDue(CommandContext context) =>
        OfferSentOn is { } sent
            ? context.Policy.Rmas.OfferReminderDays.Count(days => sent.AddDays(days) <= context.Today)
            : 0;

    internal static Result<RmaUnit> Receive(
        CommandContext context,
        Rma rma,
        string number,
        ReceivedItem item,
        string? words,
        bool released
    )
    {
        var unit = new RmaUnit
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            RmaId = rma.Id,
            RmaNumber = rma.Number,
            CustomerId = rma.CustomerId,
            CustomerName = rma.CustomerName,
            ModelId = item.Model?.Id,
            ModelCode = item.Model?.Code,
            ModelName = item.Model?.Name,
            Serial = item.Serial,
            SerialKey = item.Key,
            OpenSerialKey = item.Key,
            SerialId = item.SerialId,
            Quantity = item.Quantity,
            DeclaredOn = rma.DeclaredOn,
            ReceivedOn = context.Today,
            WarrantyEndsOn = item.WarrantyEndsOn,
            PolicyVersion = rma.PolicyVersion,
            Fault = words is null ? null : new(words, null, Stamp.Of(context)),
        };
        if (unit.Start(context, released ? RmaUnitAction.ReceiveReleased : RmaUnitAction.Receive, words) is { } refusal)
        {
            return refusal;
        }

        unit.Book(context, MovementKind.Received, Domain.Place.Intake, item.Quantity);
        return unit;
    }

    /// <summary>The received quantity is agreed (C5.1.1).</summary>
    public Refusal? Release(CommandContext context) => Transition(context, RmaUnitAction.Release);

    public Refusal? RecordFault(CommandContext context, string words, string? code) =>
        Transition(
            context,
            RmaUnitAction.RecordFault,
            why: words,
            change: () => Fault = new(words, code, Stamp.Of(context))
        );

    public Refusal? HandOver(CommandContext context) =>
        Transition(context, RmaUnitAction.HandOver, change: () => PassTo(context, Domain.Place.Repair));

    /// <summary>What is wrong with it, which main components are damaged, and whether the warranty covers it (C5.1.1.1).
    /// The machine's dates decide; what somebody says only counts where they are not known.</summary>
    public Refusal? Diagnose(
        CommandContext context,
        string finding,
        string faultCode,
        IReadOnlyList<Component> damaged,
        bool? covered,
        string? evidence
    )
    {
        var known = WarrantyEndsOn is { } end ? DeclaredOn <= end : (bool?)null;
        var diagnosis = new Diagnosis(
            finding,
            faultCode,
            damaged,
            known ?? (TextFolding.IsBlank(evidence) ? null : covered),
            WarrantyEndsOn,
            known is null ? evidence : null,
            Stamp.Of(context)
        );
        return Transition(
            context,
            RmaUnitAction.Diagnose,
            input: diagnosis,
            why: finding,
            change: () =>
            {
                Diagnosis = diagnosis;
                TakeOver(context);
                ContactDueOn = diagnosis.IsCharged
                    ? Deadlines.Due(context.Today, context.Policy.Rmas.FirstContact, context.Calendars)
                    : null;
                Raise(
                    new RmaUnitDiagnosed(
                        Id,
                        Version,
                        Number,
                        RmaId,
                        CustomerId,
                        ModelCode,
                        Quantity,
                        faultCode,
                        diagnosis.MainComponentDamaged,
                        diagnosis.Covered!.Value,
                        context.Today
                    )
                );
            }
        );
    }

    /// <summary>A try to reach the customer, or a talk with them, about the charge (C3.1.2).</summary>
    public Refusal? LogContact(
        CommandContext context,
        ContactChannel channel,
        string person,
        bool reached,
        string said,
        DateTimeOffset? at
    )
    {
        var entry = new ContactEntry(channel, person, reached, said, at ?? context.Now, Stamp.Of(context));
        return Transition(
            context,
            RmaUnitAction.LogContact,
            input: entry,
            why: said,
            change: () =>
            {
                Contacts = [.. Contacts, entry];
                if (reached && (ReachedAt is null || entry.At < ReachedAt))
                {
                    ReachedAt = entry.At.ToWholeMilliseconds();
                    if (context.DateOf(entry.At) <= ContactDueOn)
                    {
                        // They were reached by the day for it, and that was told after it.
                        ContactOverdueOn = null;
                    }
                }
            }
        );
    }

    /// <summary>The day of the first contact passed, and nobody was reached.</summary>
    public Refusal? MarkContactOverdue(CommandContext context) =>
        Transition(
            context,
            RmaUnitAction.MarkContactOverdue,
            change: () =>
            {
                ContactOverdueOn = context.Today;
                Raise(new RmaContactOverdue(Id, Version, Number, RmaId, CustomerId, CustomerName, ContactDueOn!.Value));
            }
        );

    /// <summary>FM001: a first or a further version, which withdraws the one before (C5.1.1.1).</summary>
    public Refusal? MakeOutOffer(CommandContext context, OfferInput input) =>
        Transition(
            context,
            RmaUnitAction.MakeOutOffer,
            input: input,
            why: input.Remark,
            change: () =>
            {
                Offers =
                [
                    .. Offers,
                    new OfferVersion(
                        Offers.Count + 1,
                        input.Lines,
                        input.DiscountPercent,
                        input.DiscountReason,
                        input.Remark,
                        context.Policy.Rmas.Currency,
                        Stamp.Of(context)
                    ),
                ];
                (OfferValidThrough, OfferSentOn, OfferReminders) = (null, null, 0);
            }
        );

    /// <summary>FM001 gets its number when it is made out (C10).</summary>
    public void NumberOffer(string number) => OfferNumber ??= number;

    public Refusal? ApproveOffer(CommandContext context, string reason) =>
        Transition(
            context,
            RmaUnitAction.ApproveOffer,
            why: reason,
            change: () => ReplaceOffer(offer => offer with { ApprovedBy = Stamp.Of(context) })
        );

    /// <summary>FM001 goes to the customer; from here on it is what they answer.</summary>
    public Refusal? SendOffer(CommandContext context, ContactChannel through) =>
        Transition(
            context,
            RmaUnitAction.SendOffer,
            input: new OfferSending(through),
            why: through.ToKebab(),
            change: () =>
            {
                OfferSentOn = context.Today;
                OfferValidThrough = context.Today.AddDays(context.Policy.Rmas.OfferDays);
                ReplaceOffer(offer =>
                {
                    var sent = offer with
                    {
                        SentBy = Stamp.Of(context),
                        SentThrough = through,
                        ValidThrough = OfferValidThrough,
                    };
                    return sent with { Hash = OfferVersion.HashOf(OfferNumber ?? "", Number, sent) };
                });
                Raise(
                    new RepairOffered(
                        Id,
                        Version,
                        Number,
                        OfferNumber ?? "",
                        Offer!.Version,
                        CustomerId,
                        Offer.Sum,
                        Offer.Currency,
                        through.ToKebab(),
                        OfferValidThrough.Value
                    )
                );
            }
        );

    public Refusal? Remind(CommandContext context) =>
        Transition(
            context,
            RmaUnitAction.Remind,
            change: () =>
            {
                OfferReminders = RemindersDue(context);
                Raise(
                    new RepairOfferReminderDue(
                        Id,
                        Version,
                        Number,
                        OfferNumber ?? "",
                        CustomerId,
                        OfferReminders,
                        OfferValidThrough!.Value
                    )
                );
            }
        );

    public Refusal? Lapse(CommandContext context) =>
        Transition(
            context,
            RmaUnitAction.Lapse,
            change: () =>
                Raise(
                    new RepairOfferLapsed(
                        Id,
                        Version,
                        Number,
                        OfferNumber ?? "",
                        Offer!.Version,
                        CustomerId,
                        Offer.Sum,
                        Offer.Currency,
                        OfferValidThrough!.Value
                    )
                )
        );

    /// <summary>Consent in writing: it binds one version of the form and its hash (C5.1.1.1).</summary>
    public Refusal? Consent(CommandContext context, OfferReply given) => Answer(context, given, consented: true);

    /// <summary>A refusal may be spoken.</summary>
    public Refusal? Refuse(CommandContext context, OfferReply given) => Answer(context, given, consented: false);

    /// <summary>FM002, within the sum that was consented to.</summary>
    public Refusal? MakeOutCharge(CommandContext context, decimal amount, string? remark)
    {
        var charge = new Charge(amount, Offer?.Currency ?? context.Policy.Rmas.Currency, remark, Stamp.Of(context));
        return Transition(context, RmaUnitAction.MakeOutCharge, input: charge, change: () => Charge = charge);
    }

    /// <summary>FM002 gets its number when it is made out (C10).</summary>
    public void NumberCharge(string number)
    {
        ChargeNumber = number;
        Raise(new RepairCharged(Id, Version, Number, number, CustomerId, Charge!.Amount, Charge.Currency));
    }

    /// <summary>The original of FM001 is marked 需維修 after a consent, 返回 after a refusal, and signed by the
    /// handler.</summary>
    public Refusal? Annotate(CommandContext context, string printedName)
    {
        var annotation = new Annotation(
            Reply is { Consented: true } ? OfferMark.Repair : OfferMark.Return,
            new Signature(printedName, context.Now, HandlerMeaning),
            Stamp.Of(context)
        );
        return Transition(
            context,
            RmaUnitAction.Annotate,
            input: annotation,
            why: annotation.Mark.ToKebab(),
            change: () => Annotation = annotation
        );
    }

    /// <summary>The repairer has the annotated original.</summary>
    public Refusal? ReceiveOriginal(CommandContext context) =>
        Transition(
            context,
            RmaUnitAction.ReceiveOriginal,
            change: () =>
            {
                OriginalReceived = Stamp.Of(context);
                TakeOver(context);
                RepairStarted = State == RmaUnitState.InRepair ? OriginalReceived : null;
            }
        );

    public Refusal? StartRepair(CommandContext context) =>
        Transition(
            context,
            RmaUnitAction.StartRepair,
            change: () =>
            {
                RepairStarted = Stamp.Of(context);
                TakeOver(context);
            }
        );

    public Refusal? FinishRepair(
        CommandContext context,
        string workDone,
        IReadOnlyList<Component> replaced,
        IReadOnlyList<string> crew,
        decimal? hours,
        DateOnly finishedOn
    )
    {
        var work = new RepairWork(Round, workDone, replaced, crew, hours, finishedOn, Stamp.Of(context));
        return Transition(
            context,
            RmaUnitAction.FinishRepair,
            input: work,
            why: workDone,
            change: () =>
            {
                Works = [.. Works, work];
                PassTo(context, Domain.Place.Quality);
            }
        );
    }

    /// <summary>Put together as it came; it goes back unrepaired, without the quality department (C5.1.1.1).</summary>
    public Refusal? Reassemble(CommandContext context) =>
        Transition(context, RmaUnitAction.Reassemble, change: () => PassTo(context, Domain.Place.Warehouse));

    public Refusal? PassQc(CommandContext context, string opinion) =>
        Inspect(context, RmaUnitAction.PassQc, passed: true, opinion);

    public Refusal? FailQc(CommandContext context, string opinion) =>
        Inspect(context, RmaUnitAction.FailQc, passed: false, opinion);

    /// <summary>Goes on an FM003 (C5.1.2).</summary>
    public Refusal? Pack(CommandContext context, Guid shipmentId) =>
        Transition(context, RmaUnitAction.Pack, change: () => ShipmentId = shipmentId);

    /// <summary>FM003 has its number.</summary>
    public void NumberShipment(string number) => ShipmentNumber = number;

    public Refusal? Unpack(CommandContext context) =>
        Transition(context, RmaUnitAction.Unpack, change: () => (ShipmentId, ShipmentNumber) = (null, null));

    public Refusal? Ship(CommandContext context) =>
        Transition(
            context,
            RmaUnitAction.Ship,
            why: ShipmentNumber,
            change: () => Leave(context, MovementKind.Shipped)
        );

    public Refusal? Deliver(CommandContext context) =>
        Transition(
            context,
            RmaUnitAction.Deliver,
            why: ShipmentNumber,
            change: () => End(context, Annotation is { Mark: OfferMark.Return } ? "returned-unrepaired" : "repaired")
        );

    /// <summary>Taken over by the person who scans it.</summary>
    public Refusal? MoveTo(CommandContext context, Place place, string? note) =>
        Transition(
            context,
            RmaUnitAction.MoveTo,
            input: new Handing(place, note),
            why: place.ToKebab(),
            change: () => GoTo(context, place, note)
        );

    /// <summary>Takes so many off the lot; they are a unit of their own, in the same state.</summary>
    public Refusal? Split(CommandContext context, int quantity, string number, out RmaUnit? part)
    {
        part = null;
        var action = State == RmaUnitState.Diagnosing ? RmaUnitAction.SplitOffAtRepair : RmaUnitAction.SplitOff;
        if (
            Transition(
                context,
                RmaUnitAction.Split,
                input: new LotQuantity(quantity),
                why: number,
                change: () => Quantity -= quantity
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        part = new RmaUnit
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            RmaId = RmaId,
            RmaNumber = RmaNumber,
            CustomerId = CustomerId,
            CustomerName = CustomerName,
            ModelId = ModelId,
            ModelCode = ModelCode,
            ModelName = ModelName,
            Quantity = quantity,
            DeclaredOn = DeclaredOn,
            ReceivedOn = ReceivedOn,
            WarrantyEndsOn = WarrantyEndsOn,
            PolicyVersion = PolicyVersion,
            Fault = Fault,
        };
        if (part.Start(context, action, Number) is { } impossible)
        {
            throw new InvalidOperationException($"Refused: {impossible.Code} ({impossible.Rule}).");
        }

        Movements =
        [
            .. Movements,
            new(MovementKind.SplitAway, Place, null, quantity, Stamp.Of(context), part.Id, null),
        ];
        part.Movements = [new(MovementKind.SplitFrom, null, Place, quantity, Stamp.Of(context), Id, null)];
        part.Hold(context, Place, PlaceNote);
        return null;
    }

    /// <summary>Becomes part of another lot of the same RMA, model and place.</summary>
    public Refusal? MergeInto(CommandContext context, RmaUnit other)
    {
        var kind =
            other.Id == Id || other.State != RmaUnitState.Released || other.ReturnCaseId is not null
                ? null
                : other.LotKind;
        var (quantity, place) = (Quantity, Place);
        if (
            Transition(
                context,
                RmaUnitAction.MergeInto,
                input: kind,
                why: other.Number,
                change: () =>
                {
                    Movements =
                    [
                        .. Movements,
                        new(MovementKind.MergedAway, place, null, quantity, Stamp.Of(context), other.Id, null),
                    ];
                    Quantity = 0;
                    Hold(context, null, null);
                    (EndedOn, OpenSerialKey) = (context.Today, null);
                }
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        return other.Absorb(context with { Actor = Actor.System("repairs") }, this, quantity);
    }

    /// <summary>The customer gets another one; this one stays here, with the person who took it in (C5.1.5).</summary>
    public Refusal? Exchange(CommandContext context, Actor receiver, string caseNumber) =>
        Keep(context, RmaUnitAction.Exchange, receiver, caseNumber, "exchanged");

    /// <summary>The customer gets money; this one stays here (C5.1.5).</summary>
    public Refusal? TakeBack(CommandContext context, Actor receiver, string caseNumber) =>
        Keep(context, RmaUnitAction.TakeBack, receiver, caseNumber, "returned");

    /// <summary>An open return or exchange is about it: until that is decided it neither ships nor is repaired.</summary>
    public void HoldFor(CommandContext context, Guid caseId, string caseNumber)
    {
        (ReturnCaseId, ReturnCaseNumber) = (caseId, caseNumber);
        Record(context, "held-for-return", StateName, StateName, caseNumber);
    }

    /// <summary>The customer keeps it: the case was declined or withdrawn.</summary>
    public void LetGo(CommandContext context)
    {
        var number = ReturnCaseNumber;
        (ReturnCaseId, ReturnCaseNumber) = (null, null);
        Record(context, "let-go-of-return", StateName, StateName, number);
    }

    public Refusal? Scrap(CommandContext context, RecordedWord? agreed, string reason) =>
        Transition(
            context,
            RmaUnitAction.Scrap,
            input: agreed,
            why: reason,
            change: () =>
            {
                Leave(context, MovementKind.Scrapped);
                End(context, "scrapped");
            }
        );

    /// <summary>The unit goes to its maker, and stays on our books.</summary>
    public Refusal? SendToMaker(CommandContext context, Actor sender, string claim) =>
        Transition(
            context,
            RmaUnitAction.SendToMaker,
            why: claim,
            change: () => GoTo(context with { Actor = sender }, Domain.Place.Maker, claim)
        );

    /// <summary>The maker has sent it back.</summary>
    public Refusal? TakeFromMaker(CommandContext context, Actor receiver, string claim) =>
        Transition(
            context,
            RmaUnitAction.TakeFromMaker,
            why: claim,
            change: () => GoTo(context with { Actor = receiver }, Domain.Place.Repair, claim)
        );

    /// <summary>A component of it goes to its maker or comes back: in the ledger, whatever became of the unit.</summary>
    public void MovePart(CommandContext context, bool back, int quantity, Guid claimId, string what)
    {
        var kind = back ? MovementKind.PartBack : MovementKind.PartOut;
        Movements = [.. Movements, new(kind, null, null, quantity, Stamp.Of(context), claimId, what)];
        Record(context, kind.ToKebab(), StateName, StateName, what);
    }

    /// <summary>The registry calls the customer otherwise (S3).</summary>
    public Refusal? FollowRegistry(CommandContext context, ProductCustomer customer) =>
        customer.Name == CustomerName && customer.Id == CustomerId
            ? CheckRole(context, RmaUnitAction.FollowRegistry)
            : Transition(
                context,
                RmaUnitAction.FollowRegistry,
                why: $"{CustomerName} → {customer.Name}",
                change: () => (CustomerId, CustomerName) = (customer.Id, customer.Name)
            );

    /// <summary>The customer turned out to be another that is known (S4).</summary>
    public void MoveCustomer(CommandContext context, ProductCustomer customer)
    {
        (CustomerId, CustomerName) = (customer.Id, customer.Name);
        Record(context, "customer-moved", StateName, StateName, customer.Name);
    }

    private Refusal? Keep(
        CommandContext context,
        RmaUnitAction action,
        Actor receiver,
        string caseNumber,
        string result
    ) =>
        Transition(
            context,
            action,
            why: caseNumber,
            change: () =>
            {
                GoTo(context with { Actor = receiver }, Domain.Place.Warehouse, caseNumber);
                End(context, result);
            }
        );

    private Refusal? Absorb(CommandContext context, RmaUnit other, int quantity) =>
        Transition(
            context,
            RmaUnitAction.Absorb,
            why: other.Number,
            change: () =>
            {
                Quantity += quantity;
                Movements =
                [
                    .. Movements,
                    new(MovementKind.MergedIn, null, Place, quantity, Stamp.Of(context), other.Id, null),
                ];
            }
        );

    private Refusal? Answer(CommandContext context, OfferReply given, bool consented) =>
        Transition(
            context,
            consented ? RmaUnitAction.Consent : RmaUnitAction.Refuse,
            input: given,
            why: given.Words,
            change: () =>
            {
                var meaning = consented ? ConsentMeaning : RefusalMeaning;
                Reply = new(
                    consented,
                    Offer!.Version,
                    Offer.Hash,
                    given.Words,
                    given.PrintedName is { } name ? new Signature(name, context.Now, meaning) : null,
                    given.SignedCopy,
                    given.Recorded,
                    Stamp.Of(context)
                );
                Raise(
                    new RepairOfferAnswered(
                        Id,
                        Version,
                        Number,
                        OfferNumber ?? "",
                        Offer.Version,
                        CustomerId,
                        consented,
                        Offer.Sum,
                        Offer.Currency
                    )
                );
            }
        );

    private Refusal? Inspect(CommandContext context, RmaUnitAction action, bool passed, string opinion)
    {
        var verdict = new QcVerdict(Round, passed, opinion, Stamp.Of(context));
        return Transition(
            context,
            action,
            input: verdict,
            why: opinion,
            change: () =>
            {
                Verdicts = [.. Verdicts, verdict];
                PassedOn = passed ? context.Today : null;
                SettledOn = PassedOn;
                PassTo(context, passed ? Domain.Place.Warehouse : Domain.Place.Repair);
                Raise(
                    new RmaUnitInspected(
                        Id,
                        Version,
                        Number,
                        RmaId,
                        CustomerId,
                        ModelCode,
                        Quantity,
                        Diagnosis!.FaultCode,
                        Diagnosis.Covered!.Value,
                        passed,
                        verdict.Round,
                        ReceivedOn,
                        context.Today
                    )
                );
            }
        );
    }

    private void ReplaceOffer(Func<OfferVersion, OfferVersion> change) =>
        Offers = [.. Offers.Take(Offers.Count - 1), change(Offers[^1])];

    private void End(CommandContext context, string result)
    {
        (EndedOn, OpenSerialKey) = (context.Today, null);
        SettledOn ??= context.Today;
        Raise(
            new RmaUnitEnded(
                Id,
                Version,
                Number,
                RmaId,
                CustomerId,
                ModelCode,
                Quantity,
                Diagnosis?.FaultCode,
                Diagnosis?.Covered,
                result,
                ReceivedOn,
                context.Today
            )
        );
    }

    private void Book(CommandContext context, MovementKind kind, Place to, int quantity)
    {
        Movements = [.. Movements, new(kind, null, to, quantity, Stamp.Of(context))];
        Hold(context, to, null);
    }

    // Handed on: nobody has it before somebody there scans it or takes it up.
    private void PassTo(CommandContext context, Place place)
    {
        GoTo(context, place);
        (HolderId, HolderName) = (null, null);
    }

    private void TakeOver(CommandContext context)
    {
        if (HolderId is null)
        {
            (HolderId, HolderName) = (context.Actor.Id, context.Actor.Name);
        }
    }

    private void GoTo(CommandContext context, Place place, string? note = null)
    {
        Movements = [.. Movements, new(MovementKind.Moved, Place, place, Quantity, Stamp.Of(context), null, note)];
        Hold(context, place, note);
    }

    private void Leave(CommandContext context, MovementKind kind)
    {
        Movements = [.. Movements, new(kind, Place, null, Quantity, Stamp.Of(context), null, ShipmentNumber)];
        Hold(context, null, null);
    }

    private void Hold(CommandContext context, Place? place, string? note)
    {
        var here = place is not null;
        (Place, PlaceNote) = (place, here ? note : null);
        (HolderId, HolderName) = (here ? context.Actor.Id : null, here ? context.Actor.Name : null);
        HeldSince = here ? context.Now : null;
    }
}
