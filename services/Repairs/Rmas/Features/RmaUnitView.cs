using System.Text.Json.Serialization;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>The fault as it was recorded at intake.</summary>
internal sealed record FaultView(string Words, string? Code);

/// <summary>What the repair group found.</summary>
internal sealed record DiagnosisView(
    string Finding,
    string FaultCode,
    IReadOnlyList<Component> Damaged,
    bool MainComponentDamaged,
    bool UnderWarranty,
    bool Charged,
    DateOnly? WarrantyEndsOn,
    string? WarrantyEvidence,
    SignerView? By
)
{
    public static DiagnosisView? Of(Diagnosis? diagnosis, bool staff) =>
        diagnosis is null
            ? null
            : new(
                diagnosis.Finding,
                diagnosis.FaultCode,
                diagnosis.Damaged,
                diagnosis.MainComponentDamaged,
                diagnosis.Covered!.Value,
                diagnosis.IsCharged,
                diagnosis.WarrantyEndsOn,
                staff ? diagnosis.WarrantyEvidence : null,
                staff ? SignerView.Of(diagnosis.By) : null
            );
}

/// <summary>A contact about the charge.</summary>
internal sealed record ContactView(
    ContactChannel Channel,
    string Person,
    bool Reached,
    string Said,
    DateTimeOffset At,
    SignerView? By
);

/// <summary>A line of FM001.</summary>
internal sealed record OfferLineView(
    string Description,
    string? Component,
    int Quantity,
    decimal UnitPrice,
    decimal Amount
);

/// <summary>A version of FM001.</summary>
internal sealed record OfferView
{
    /// <summary>1, 2 …; the last one is in force.</summary>
    public required int OfferVersion { get; init; }

    public required IReadOnlyList<OfferLineView> Lines { get; init; }

    public required decimal Total { get; init; }

    public required decimal DiscountPercent { get; init; }

    public required decimal Discount { get; init; }

    /// <summary>What is to be paid.</summary>
    public required decimal Sum { get; init; }

    public required string Currency { get; init; }

    public string? Remark { get; init; }

    /// <summary>Why there is a discount. For staff.</summary>
    public string? DiscountReason { get; init; }

    /// <summary>The sales manager's approval of a discount beyond the limit. For staff.</summary>
    public SignerView? Approved { get; init; }

    /// <summary>When it was sent; null while it was not.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public ContactChannel? SentThrough { get; init; }

    /// <summary>Last day on which it can be answered.</summary>
    public DateOnly? ValidThrough { get; init; }

    /// <summary>What a consent binds: SHA-256 of form, unit, version, lines, discount, sum, currency, validity.</summary>
    public string? Hash { get; init; }

    public static OfferView Of(OfferVersion offer, bool staff) =>
        new()
        {
            OfferVersion = offer.Version,
            Lines =
            [
                .. offer.Lines.Select(line => new OfferLineView(
                    line.Description,
                    line.Component,
                    line.Quantity,
                    line.UnitPrice,
                    line.Amount
                )),
            ],
            Total = offer.Total,
            DiscountPercent = offer.DiscountPercent,
            Discount = offer.Discount,
            Sum = offer.Sum,
            Currency = offer.Currency,
            Remark = offer.Remark,
            DiscountReason = staff ? offer.DiscountReason : null,
            Approved = staff ? SignerView.Of(offer.ApprovedBy) : null,
            SentAt = offer.SentBy?.At,
            SentThrough = offer.SentThrough,
            ValidThrough = offer.ValidThrough,
            Hash = offer.Hash,
        };
}

/// <summary>The customer's answer to an offer.</summary>
internal sealed record ReplyView(
    bool Consented,
    int OfferVersion,
    string? Hash,
    string? Words,
    string? PrintedName,
    string? SignedCopy,
    WordBy? How,
    string? Person,
    DateTimeOffset At
)
{
    public static ReplyView? Of(KeptReply? reply) =>
        reply is null
            ? null
            : new(
                reply.Consented,
                reply.Version,
                reply.Hash,
                reply.Words,
                reply.Signature?.PrintedName,
                reply.SignedCopy,
                reply.Recorded?.How,
                reply.Recorded?.By,
                reply.By.At
            );
}

/// <summary>FM002.</summary>
internal sealed record ChargeView(string? Number, decimal Amount, string Currency, string? Remark, DateTimeOffset At);

/// <summary>The mark on the original of FM001.</summary>
internal sealed record AnnotationView(
    OfferMark Mark,
    string PrintedName,
    DateTimeOffset At,
    SignerView? ReceivedByRepairer
);

/// <summary>What was done in a round of repair.</summary>
internal sealed record RepairWorkView(
    int Round,
    string WorkDone,
    IReadOnlyList<Component> Replaced,
    IReadOnlyList<string> Crew,
    decimal? Hours,
    DateOnly FinishedOn,
    SignerView? By
);

/// <summary>The quality department's verdict on a round.</summary>
internal sealed record VerdictView(int Round, bool Passed, string? Opinion, SignerView? By);

/// <summary>A line of the ledger of custody.</summary>
internal sealed record MovementView(
    MovementKind Kind,
    Place? From,
    Place? To,
    int Quantity,
    string By,
    DateTimeOffset At,
    string? Note
);

/// <summary>A machine or lot that was sent for repair.</summary>
internal sealed record RmaUnitView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required RmaUnitState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid RmaId { get; init; }

    public required string RmaNumber { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public Guid? ModelId { get; init; }

    public string? ModelCode { get; init; }

    public string? ModelName { get; init; }

    public string? Serial { get; init; }

    /// <summary>The machine, where it is known.</summary>
    public Guid? SerialId { get; init; }

    public required int Quantity { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public DateOnly? WarrantyEndsOn { get; init; }

    public FaultView? Fault { get; init; }

    public DiagnosisView? Diagnosis { get; init; }

    /// <summary>Last day of the first contact about the charge (C3.1.2). For staff.</summary>
    public DateOnly? ContactDueOn { get; init; }

    /// <summary>Nobody was reached by that day, and nobody has been since. For staff.</summary>
    public bool? ContactOverdue { get; init; }

    /// <summary>Day on which that was marked; stays when they are reached late. For staff.</summary>
    public DateOnly? ContactOverdueOn { get; init; }

    /// <summary>For staff.</summary>
    public IReadOnlyList<ContactView> Contacts { get; init; } = [];

    /// <summary>Number of FM001.</summary>
    public string? OfferNumber { get; init; }

    /// <summary>Every version of FM001; for others than staff those that were sent.</summary>
    public required IReadOnlyList<OfferView> Offers { get; init; }

    public ReplyView? Reply { get; init; }

    public ChargeView? Charge { get; init; }

    /// <summary>For staff.</summary>
    public AnnotationView? Annotation { get; init; }

    /// <summary>For others than staff without names.</summary>
    public required IReadOnlyList<RepairWorkView> Works { get; init; }

    /// <summary>For others than staff those that passed, without opinion.</summary>
    public required IReadOnlyList<VerdictView> Verdicts { get; init; }

    public DateOnly? PassedOn { get; init; }

    public Guid? ShipmentId { get; init; }

    /// <summary>Number of FM003.</summary>
    public string? ShipmentNumber { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <summary>Where it is; null where it is not in the house.</summary>
    public Place? Place { get; init; }

    /// <summary>For staff.</summary>
    public string? PlaceNote { get; init; }

    /// <summary>Who has it. For staff.</summary>
    public string? Holder { get; init; }

    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>The ledger of its moves. For staff.</summary>
    public IReadOnlyList<MovementView> Movements { get; init; } = [];

    public required int PolicyVersion { get; init; }

    public static RmaUnitView From(RmaUnit unit, Caller caller)
    {
        var shown = Common(unit, caller, caller.IsStaff);
        return caller.IsStaff ? ForStaff(shown, unit, caller) : shown;
    }

    /// <summary>What the customer sees: nothing of who works on it, nor of what was said between people of the house.</summary>
    private static RmaUnitView Common(RmaUnit unit, Caller caller, bool staff) =>
        new()
        {
            Id = unit.Id,
            Number = unit.Number,
            State = unit.State,
            Version = unit.Version,
            Actions = unit.AllowedActions(caller.Context(unit)),
            RmaId = unit.RmaId,
            RmaNumber = unit.RmaNumber,
            CustomerId = unit.CustomerId,
            CustomerName = unit.CustomerName,
            ModelId = unit.ModelId,
            ModelCode = unit.ModelCode,
            ModelName = unit.ModelName,
            Serial = unit.Serial,
            SerialId = unit.SerialId,
            Quantity = unit.Quantity,
            ReceivedOn = unit.ReceivedOn,
            WarrantyEndsOn = unit.WarrantyEndsOn,
            Fault = unit.Fault is { } fault ? new(fault.Words, fault.Code) : null,
            Diagnosis = DiagnosisView.Of(unit.Diagnosis, staff),
            OfferNumber = unit.OfferNumber,
            Offers =
            [
                .. unit.Offers.Where(offer => staff || offer.SentBy is not null).Select(o => OfferView.Of(o, staff)),
            ],
            Reply = ReplyView.Of(unit.Reply),
            Charge = unit.Charge is { } charge
                ? new(unit.ChargeNumber, charge.Amount, charge.Currency, charge.Remark, charge.By.At)
                : null,
            Works =
            [
                .. unit.Works.Select(work => new RepairWorkView(
                    work.Round,
                    work.WorkDone,
                    work.Replaced,
                    staff ? work.Crew : [],
                    staff ? work.Hours : null,
                    work.FinishedOn,
                    staff ? SignerView.Of(work.By) : null
                )),
            ],
            Verdicts =
            [
                .. unit
                    .Verdicts.Where(verdict => staff || verdict.Passed)
                    .Select(v => new VerdictView(
                        v.Round,
                        v.Passed,
                        staff ? v.Opinion : null,
                        staff ? SignerView.Of(v.By) : null
                    )),
            ],
            PassedOn = unit.PassedOn,
            ShipmentId = unit.ShipmentId,
            ShipmentNumber = unit.ShipmentNumber,
            EndedOn = unit.EndedOn,
            Place = unit.Place,
            HeldSince = unit.HeldSince,
            PolicyVersion = unit.PolicyVersion,
        };

    private static RmaUnitView ForStaff(RmaUnitView shown, RmaUnit unit, Caller caller) =>
        shown with
        {
            ContactDueOn = unit.ContactDueOn,
            ContactOverdue = unit.IsContactOverdue(caller.Today),
            ContactOverdueOn = unit.ContactOverdueOn,
            Contacts =
            [
                .. unit.Contacts.Select(contact => new ContactView(
                    contact.Channel,
                    contact.Person,
                    contact.Reached,
                    contact.Said,
                    contact.At,
                    SignerView.Of(contact.By)
                )),
            ],
            Annotation = unit.Annotation is { } annotation
                ? new(
                    annotation.Mark,
                    annotation.Signature.PrintedName,
                    annotation.Signature.At,
                    SignerView.Of(unit.OriginalReceived)
                )
                : null,
            PlaceNote = unit.PlaceNote,
            Holder = unit.HolderName,
            Movements =
            [
                .. unit.Movements.Select(movement => new MovementView(
                    movement.Kind,
                    movement.From,
                    movement.To,
                    movement.Quantity,
                    movement.By.Name,
                    movement.By.At,
                    movement.Note
                )),
            ],
        };
}
