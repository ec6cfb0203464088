using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Returns.Domain;

/// <summary>A customer's request to give goods back or to get others for them (C5.1.3–C5.1.5), with its inspection report
/// and its slip.</summary>
internal sealed class ReturnCase : Aggregate<ReturnCase, ReturnCaseState, ReturnCaseAction>, IUnderPolicy
{
    /// <summary>Prefix of its numbers.</summary>
    public const string NumberKind = "TX";

    /// <summary>The slip 退回/換貨品詳單.</summary>
    public const string SlipForm = "TH";

    /// <summary>The inspection report.</summary>
    public const string ReportForm = "JY";

    public const string SlipMeaning = "slip-approval";

    private ReturnCase() { }

    public override string Kind => "return-case";

    public override WorkSubject WorkSubject =>
        new(
            Number,
            $"{CustomerName}，{Goods.ModelCode ?? Answers.Model} {Goods.Serial ?? $"× {Goods.Quantity}"}：{(Answers.Reason ?? "").Truncate(60, "…")}",
            Severity.ToKebab()
        );

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? CustomerId : null;

    protected override Flow<ReturnCase, ReturnCaseState, ReturnCaseAction> Table => ReturnCaseFlow.Table;

    protected override DateTimeOffset? DueOf(ReturnCaseAction action, CommandContext context) =>
        action switch
        {
            ReturnCaseAction.ReceiveGoods when Advance?.Deadline is { } deadline => context.Zone.EndOf(deadline),
            ReturnCaseAction.HandSlip
            or ReturnCaseAction.CollectSlip
            or ReturnCaseAction.SignSlip
            or ReturnCaseAction.BookSlip when SlipHeldSince is { } since => context.Zone.EndOf(
                context.DateOf(since).AddDays(context.Policy.Rmas.SlipDays)
            ),
            _ => null,
        };

    public string Number { get; private set; } = "";

    public ReturnKind ReturnKind { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public ProductCustomer Customer { get; private set; } = null!;

    public ReturnGoods Goods { get; private set; } = null!;

    /// <summary>The machine that is asked back, where it is one that is known.</summary>
    public Guid? SerialId { get; private set; }

    /// <summary>The serial while the case is open: no machine is asked back twice.</summary>
    public string? OpenSerialKey { get; private set; }

    public ReturnAnswers Answers { get; private set; } = null!;

    public DateOnly RequestedOn { get; private set; }

    public Stamp RequestedBy { get; private set; } = null!;

    public int PolicyVersion { get; private set; }

    /// <summary>A doubt about quality raises it (C5.1.4).</summary>
    public Severity Severity { get; private set; } = Severity.Minor;

    public string? Doubt { get; private set; }

    /// <summary>Number of the inspection report.</summary>
    public string? ReportNumber { get; private set; }

    public InspectionReport? Report { get; private set; }

    /// <summary>The sales manager's exception from the window.</summary>
    public SpecialApproval? Exception { get; private set; }

    public Decision? Decision { get; private set; }

    public IReadOnlyList<ReceivedGoods> Receipts { get; private set; } = [];

    public int GoodsReceived { get; private set; }

    /// <summary>The ledger of moves of what came (C3.1.1). Goods that are a unit of an RMA have theirs there.</summary>
    public IReadOnlyList<Movement> Movements { get; private set; } = [];

    /// <summary>Since when the goods that moved least are where they are; null while none is here.</summary>
    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>What is where, and with whom.</summary>
    public IReadOnlyList<HeldGoods> Held =>
        [
            .. Custody
                .Balance(Movements)
                .OrderBy(place => place.Key)
                .Select(place =>
                {
                    var last = Movements.Last(movement => movement.To == place.Key);
                    return new HeldGoods(place.Key, place.Value, last.By, last.Note);
                }),
        ];

    /// <summary>Number of the slip.</summary>
    public string? SlipNumber { get; private set; }

    public Slip? Slip { get; private set; }

    /// <summary>Custody of the red copy, hand by hand.</summary>
    public IReadOnlyList<SlipHanding> Handings { get; private set; } = [];

    public string? SlipHolder { get; private set; }

    public DateTimeOffset? SlipHeldSince { get; private set; }

    /// <summary>How often its holder was reminded of it.</summary>
    public int SlipReminders { get; private set; }

    /// <summary>The sales manager's, on the slip.</summary>
    public Signature? Signature { get; private set; }

    public DateOnly? BookedOn { get; private set; }

    /// <summary>The sales manager's exception: the exchange ships before goods and slip are here.</summary>
    public SpecialApproval? Advance { get; private set; }

    /// <summary>The deadline of the advance exchange, to be found by.</summary>
    public DateOnly? AdvanceDeadline { get; private set; }

    public DateOnly? AdvanceOverdueOn { get; private set; }

    public Replacement? Replacement { get; private set; }

    public string? WithdrawalReason { get; private set; }

    public DateOnly? ClosedOn { get; private set; }

    /// <summary>Whether all goods are here.</summary>
    public bool IsComplete => GoodsReceived == DueQuantity;

    /// <summary>How many are taken back or exchanged: of an accepted case those that failed (C5.1.4).</summary>
    public int DueQuantity => Decision is { Accepted: true, Quantity: { } accepted } ? accepted : Goods.Quantity;

    /// <summary>Last day on which the goods can be returned without an exception; null where it is not known when they
    /// left the factory.</summary>
    public DateOnly? ReturnableThrough(ReturnPolicy policy) =>
        Goods.ExFactoryOn is { } left ? Returnable.Through(left, policy) : null;

    /// <summary>Whether the deadline of an advance exchange has passed without goods and slip.</summary>
    public bool IsAdvanceOverdue(DateOnly today) =>
        Replacement is not null && Advance?.Deadline < today && !(IsComplete && State >= ReturnCaseState.SlipCollected);

    /// <summary>Why the window refuses a return (C5.1.4, worked case 6): counted to the day of the request. It does not hold
    /// for exchanges.</summary>
    internal Refusal? WindowProblem(CommandContext context) =>
        ReturnKind == ReturnKind.Exchange ? null
        : Goods.ExFactoryOn is { } left
            ? Returnable.Check(left, RequestedOn, qualityFault: true, Exception is not null, context.Policy.Returns)
        : Exception is not null ? null
        : Refusal.ByRule("return-window-passed", "C5.1.4", ["exception-approval"], Roles.SalesManager);

    public static Refusal? CheckRequest(CommandContext context) =>
        ReturnCaseFlow.Table.CheckStart(ReturnCaseAction.Request, context);

    /// <summary>A request: what lacks an answer stays open until it is there (C5.1.3).</summary>
    public static Result<ReturnCase> Request(
        CommandContext context,
        string number,
        ReturnKind kind,
        ProductCustomer customer,
        ReturnGoods goods,
        string? serialKey,
        ReturnAnswers answers,
        DateOnly? requestedOn = null
    )
    {
        var asked = requestedOn ?? context.Today;
        var one = new ReturnCase
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            ReturnKind = kind,
            CustomerId = customer.Id,
            CustomerName = customer.Name,
            Customer = customer,
            Goods = goods,
            SerialId = goods.SerialId,
            OpenSerialKey = serialKey,
            Answers = answers,
            RequestedOn = asked,
            RequestedBy = Stamp.Of(context),
            PolicyVersion = context.Policy.Version,
        };
        if (one.Start(context, ReturnCaseAction.Request, answers.Reason) is { } refusal)
        {
            return refusal;
        }

        if (goods.Quantity <= 0)
        {
            return Refusal.Invalid("quantity-not-positive", "C5.1.4", "quantity");
        }

        if (answers.PurchasedOn > context.Today || asked > context.Today)
        {
            return Refusal.Invalid("date-in-future", "C5.1.3", "past-date");
        }

        if (asked < context.Today.AddDays(-context.Policy.Returns.LongestDelayDays))
        {
            return Refusal
                .Invalid("request-too-old", "C5.1.4", "day-of-the-request")
                .With("days", context.Policy.Returns.LongestDelayDays);
        }

        one.Raise(
            new ReturnRequested(
                one.Id,
                one.Version,
                number,
                kind.ToKebab(),
                customer.Id,
                customer.Name,
                goods.ModelCode,
                goods.Quantity,
                asked
            )
        );
        return one;
    }

    /// <summary>What is asked back came for repair: the unit that it is now.</summary>
    public void LinkUnit(CommandContext context, Guid unitId, string unitNumber)
    {
        Goods = Goods with { UnitId = unitId };
        Record(context, "unit-linked", StateName, StateName, unitNumber);
    }

    public Refusal? Complete(CommandContext context, ReturnAnswers given)
    {
        var answers = new ReturnAnswers(
            given.PurchasedOn ?? Answers.PurchasedOn,
            given.Model ?? Answers.Model,
            given.Reason ?? Answers.Reason
        );
        return answers.PurchasedOn > context.Today
            ? Refusal.Invalid("date-in-future", "C5.1.3", "past-date")
            : Transition(context, ReturnCaseAction.Complete, why: given.Reason, change: () => Answers = answers);
    }

    /// <summary>Quality is doubted: the case becomes urgent and the quality department is told at once (C5.1.4).</summary>
    public Refusal? RaiseDoubt(CommandContext context, string doubt) =>
        Transition(
            context,
            ReturnCaseAction.RaiseDoubt,
            why: doubt,
            change: () =>
            {
                (Doubt, Severity) = (doubt, Severity.Major);
                Raise(
                    new ReturnQualityDoubted(
                        Id,
                        Version,
                        Number,
                        CustomerId,
                        Goods.ModelCode,
                        Goods.Serial,
                        Goods.Quantity,
                        doubt
                    )
                );
            }
        );

    /// <summary>The detailed inspection, whose report fixes liability (C5.1.4).</summary>
    public Refusal? Inspect(CommandContext context, InspectionInput given) =>
        Transition(
            context,
            ReturnCaseAction.Inspect,
            input: given,
            why: given.Findings,
            change: () =>
                Report = new(
                    given.Findings,
                    given.Measurements,
                    given.QualityFault,
                    given.Liability,
                    given.Inspected,
                    given.Failed,
                    context.Today,
                    Stamp.Of(context)
                )
        );

    public void NumberReport(string number)
    {
        ReportNumber = number;
        Raise(
            new ReturnInspected(
                Id,
                Version,
                Number,
                number,
                CustomerId,
                Report!.QualityFault,
                Report.Liability.ToKebab()
            )
        );
    }

    /// <summary>A special case (C5.1.4): lifts the window, not the fault.</summary>
    public Refusal? ApproveException(CommandContext context, string reason) =>
        Transition(
            context,
            ReturnCaseAction.ApproveException,
            why: reason,
            change: () => Exception = new(reason, null, Stamp.Of(context))
        );

    public Refusal? Accept(CommandContext context, Ruling given) =>
        Decide(context, ReturnCaseAction.Accept, given, accepted: true);

    public Refusal? Decline(CommandContext context, Ruling given) =>
        Decide(context, ReturnCaseAction.Decline, given, accepted: false);

    /// <summary>Goods come in.</summary>
    /// <param name="context">Who takes them.</param>
    /// <param name="quantity">How many.</param>
    /// <param name="note">For example what the packaging looks like.</param>
    /// <param name="asUnit">They stand here as a unit of an RMA, which has its own ledger.</param>
    public Refusal? ReceiveGoods(CommandContext context, int quantity, string? note, bool asUnit = false) =>
        Transition(
            context,
            ReturnCaseAction.ReceiveGoods,
            input: new GoodsQuantity(quantity),
            why: note,
            change: () =>
            {
                Receipts = [.. Receipts, new(quantity, context.Today, note, Stamp.Of(context))];
                GoodsReceived += quantity;
                if (!asUnit)
                {
                    Book(context, new(MovementKind.Received, null, Place.Intake, quantity, Stamp.Of(context)));
                }
            }
        );

    /// <summary>Who scans the goods takes them over (C3.1.1).</summary>
    public Refusal? MoveGoods(CommandContext context, GoodsMove given) =>
        Transition(
            context,
            ReturnCaseAction.MoveGoods,
            input: given,
            why: given.To?.ToKebab(),
            change: () => Go(context, MovementKind.Moved, given)
        );

    /// <summary>What cannot be used again is scrapped.</summary>
    public Refusal? ScrapGoods(CommandContext context, GoodsMove given) =>
        Transition(
            context,
            ReturnCaseAction.ScrapGoods,
            input: given,
            why: given.Note,
            change: () => Go(context, MovementKind.Scrapped, given)
        );

    /// <summary>Where a move begins, and how many it takes; null where it names no place with as many.</summary>
    internal HeldGoods? TakenBy(GoodsMove given)
    {
        var held = Held;
        var at =
            given.From is { } named ? held.FirstOrDefault(h => h.Place == named)
            : held.Count == 1 ? held[0]
            : null;
        var quantity = given.Quantity ?? at?.Quantity;
        return at is not null && quantity > 0 && quantity <= at.Quantity ? at with { Quantity = quantity.Value } : null;
    }

    /// <summary>The slip with its copies; the red one begins its way (C5.1.5).</summary>
    public Refusal? IssueSlip(CommandContext context, SlipInput given) =>
        Transition(
            context,
            ReturnCaseAction.IssueSlip,
            input: given,
            why: given.Reason,
            change: () =>
            {
                Slip = new(
                    given.ShippedOutOn,
                    given.Reason,
                    Customer.Region!,
                    Enum.GetValues<SlipSheet>(),
                    Stamp.Of(context),
                    Customer.Salesperson
                );
                HandTo(context, Roles.CustomerService, null);
            }
        );

    public void NumberSlip(string number)
    {
        SlipNumber = number;
        Raise(new ReturnSlipMoved(Id, Version, Number, number, CustomerId, Slip!.Region, SlipHolder!));
    }

    /// <summary>How often its holder is to be reminded by now: each time that the policy's days have passed.</summary>
    internal int SlipRemindersDue(CommandContext context) =>
        SlipHeldSince is { } since
            ? (context.Today.DayNumber - context.DateOf(since).DayNumber - 1)
                / Math.Max(1, context.Policy.Rmas.SlipDays)
            : 0;

    /// <summary>The red copy lies with somebody for too long (C5.1.5).</summary>
    public Refusal? RemindOfSlip(CommandContext context) =>
        Transition(
            context,
            ReturnCaseAction.RemindOfSlip,
            why: SlipHolder,
            change: () =>
            {
                SlipReminders = SlipRemindersDue(context);
                Raise(
                    new ReturnSlipReminderDue(
                        Id,
                        Version,
                        Number,
                        SlipNumber ?? "",
                        CustomerId,
                        Slip!.Region,
                        Slip.Salesperson?.Id,
                        SlipHolder!,
                        context.DateOf(SlipHeldSince!.Value),
                        SlipReminders
                    )
                );
            }
        );

    /// <summary>The region's salesperson has the red copy.</summary>
    public Refusal? HandSlip(CommandContext context, string? note) =>
        Hand(context, ReturnCaseAction.HandSlip, Roles.RegionalSales, note);

    /// <summary>The after-sales department has collected it.</summary>
    public Refusal? CollectSlip(CommandContext context, string? note) =>
        Hand(context, ReturnCaseAction.CollectSlip, Roles.AfterSales, note);

    /// <summary>The sales manager signs it.</summary>
    public Refusal? SignSlip(CommandContext context, string printedName) =>
        Hand(
            context,
            ReturnCaseAction.SignSlip,
            Roles.SalesManager,
            printedName,
            () => Signature = new(printedName, context.Now, SlipMeaning)
        );

    /// <summary>Finance books it: not before the signature.</summary>
    public Refusal? BookSlip(CommandContext context, string? note) =>
        Hand(
            context,
            ReturnCaseAction.BookSlip,
            Roles.Finance,
            note,
            () =>
            {
                BookedOn = context.Today;
                SlipHeldSince = null;
            }
        );

    public Refusal? ApproveAdvance(CommandContext context, string reason, DateOnly? deadline)
    {
        var approval = new SpecialApproval(reason, deadline, Stamp.Of(context));
        return Transition(
            context,
            ReturnCaseAction.ApproveAdvance,
            input: approval,
            why: reason,
            change: () => (Advance, AdvanceDeadline) = (approval, deadline)
        );
    }

    public Refusal? MarkAdvanceOverdue(CommandContext context) =>
        Transition(
            context,
            ReturnCaseAction.MarkAdvanceOverdue,
            change: () =>
            {
                AdvanceOverdueOn = context.Today;
                Raise(new AdvanceExchangeOverdue(Id, Version, Number, CustomerId, Advance!.Deadline!.Value));
            }
        );

    /// <summary>What is given in exchange leaves the house: in principle only when goods and slip are here (C5.1.5).</summary>
    public Refusal? ShipReplacement(
        CommandContext context,
        int quantity,
        string? serial,
        Guid? serialId,
        string? carrier,
        string? trackingNumber
    )
    {
        var early = !(IsComplete && State >= ReturnCaseState.SlipCollected);
        return Transition(
            context,
            ReturnCaseAction.ShipReplacement,
            input: new GoodsQuantity(quantity),
            why: serial,
            change: () =>
            {
                Replacement = new(
                    serial,
                    serialId,
                    quantity,
                    carrier,
                    trackingNumber,
                    early,
                    context.Today,
                    Stamp.Of(context)
                );
                Raise(
                    new ExchangeShipped(
                        Id,
                        Version,
                        Number,
                        CustomerId,
                        Goods.ModelCode,
                        Goods.Serial,
                        serial,
                        quantity,
                        early,
                        context.Today
                    )
                );
            }
        );
    }

    /// <summary>The customer has what was given in exchange: they say so, the carrier proves it, or a call was taken down
    /// (C3.1.1).</summary>
    public Refusal? ConfirmReplacement(CommandContext context, DeliveryInput given) =>
        Transition(
            context,
            ReturnCaseAction.ConfirmReplacement,
            input: given,
            why: given.Proof.ToKebab(),
            change: () =>
            {
                Replacement = Replacement! with
                {
                    Delivery = new(
                        given.Proof,
                        given.Carrier ?? Replacement.Carrier,
                        given.Receiver,
                        given.On,
                        given.Reference,
                        given.FileId,
                        Stamp.Of(context)
                    ),
                };
                Raise(
                    new ExchangeDelivered(
                        Id,
                        Version,
                        Number,
                        CustomerId,
                        Replacement.Serial,
                        Replacement.Quantity,
                        given.Proof.ToKebab(),
                        given.On
                    )
                );
            }
        );

    public Refusal? Close(CommandContext context) =>
        Transition(
            context,
            ReturnCaseAction.Close,
            change: () =>
            {
                (ClosedOn, OpenSerialKey) = (context.Today, null);
                Raise(
                    new ReturnClosed(
                        Id,
                        Version,
                        Number,
                        ReturnKind.ToKebab(),
                        CustomerId,
                        Goods.ModelCode,
                        DueQuantity,
                        context.Today
                    )
                );
            }
        );

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(
            context,
            ReturnCaseAction.Withdraw,
            why: reason,
            change: () =>
                (WithdrawalReason, OpenSerialKey, ClosedOn, SlipHeldSince) = (reason, null, context.Today, null)
        );

    /// <summary>The registry calls the customer otherwise (S3).</summary>
    public Refusal? FollowRegistry(CommandContext context, ProductCustomer customer) =>
        customer == Customer
            ? CheckRole(context, ReturnCaseAction.FollowRegistry)
            : Transition(
                context,
                ReturnCaseAction.FollowRegistry,
                why: $"{CustomerName} → {customer.Name}",
                change: () => MoveTo(customer)
            );

    /// <summary>The customer turned out to be another that is known (S4).</summary>
    public void MoveCustomer(CommandContext context, ProductCustomer customer)
    {
        MoveTo(customer);
        Record(context, "customer-moved", StateName, StateName, customer.Name);
    }

    private void Go(CommandContext context, MovementKind kind, GoodsMove given)
    {
        var taken = TakenBy(given)!;
        Book(context, new(kind, taken.Place, given.To, taken.Quantity, Stamp.Of(context), null, given.Note));
    }

    private void Book(CommandContext context, Movement movement)
    {
        Movements = [.. Movements, movement];
        HeldSince = Held is { Count: > 0 } held ? held.Min(place => place.By.At) : null;
    }

    private void MoveTo(ProductCustomer customer)
    {
        (CustomerId, CustomerName, Customer) = (customer.Id, customer.Name, customer);
        // A red copy that nobody of sales has yet goes to who is the customer's salesperson now.
        if (State == ReturnCaseState.SlipIssued && customer.Region is { } region)
        {
            Slip = Slip! with { Region = region, Salesperson = customer.Salesperson };
        }
    }

    private Refusal? Decide(CommandContext context, ReturnCaseAction action, Ruling given, bool accepted) =>
        Transition(
            context,
            action,
            input: given,
            why: given.Reason,
            change: () =>
            {
                Decision = new(
                    accepted,
                    given.Clause!,
                    given.Reason,
                    context.Today,
                    Stamp.Of(context),
                    accepted ? Report!.Failed : null
                );
                (OpenSerialKey, ClosedOn) = (accepted ? OpenSerialKey : null, accepted ? null : context.Today);
                Raise(
                    new ReturnDecided(
                        Id,
                        Version,
                        Number,
                        ReturnKind.ToKebab(),
                        CustomerId,
                        accepted,
                        given.Clause!.Edition,
                        given.Clause.Clause,
                        Exception is not null,
                        context.Today
                    )
                );
            }
        );

    private Refusal? Hand(
        CommandContext context,
        ReturnCaseAction action,
        string holder,
        string? note,
        Action? besides = null
    ) =>
        Transition(
            context,
            action,
            why: note,
            change: () =>
            {
                HandTo(context, holder, note);
                besides?.Invoke();
                Raise(new ReturnSlipMoved(Id, Version, Number, SlipNumber ?? "", CustomerId, Slip!.Region, holder));
            }
        );

    private void HandTo(CommandContext context, string holder, string? note)
    {
        Handings = [.. Handings, new(holder, Stamp.Of(context), note)];
        (SlipHolder, SlipHeldSince, SlipReminders) = (holder, context.Now, 0);
    }
}
