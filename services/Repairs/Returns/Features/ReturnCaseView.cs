using System.Text.Json.Serialization;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>The quality department's inspection report.</summary>
internal sealed record ReportView(
    string? Number,
    string Findings,
    IReadOnlyList<Measurement> Measurements,
    bool QualityFault,
    ReturnLiability Liability,
    int Inspected,
    int Failed,
    DateOnly On,
    string? Inspector
);

/// <summary>The decision with its clause.</summary>
internal sealed record DecisionView(
    bool Accepted,
    string Edition,
    string Clause,
    string ClauseText,
    string Reason,
    DateOnly On,
    string? By
);

/// <summary>A recorded approval of the sales manager.</summary>
internal sealed record ApprovalView(string Reason, DateOnly? Deadline, string By, DateTimeOffset At);

/// <summary>Who had the red copy of the slip.</summary>
internal sealed record HandingView(string Holder, string By, DateTimeOffset At, string? Note);

/// <summary>The slip 退回/換貨品詳單.</summary>
internal sealed record SlipView(
    string? Number,
    DateOnly ShippedOutOn,
    string Reason,
    string Region,
    IReadOnlyList<SlipSheet> Copies,
    string? SignedBy,
    DateTimeOffset? SignedAt,
    string? Salesperson = null
);

/// <summary>What was given in exchange.</summary>
internal sealed record ReplacementView(
    string? Serial,
    int Quantity,
    string? Carrier,
    string? TrackingNumber,
    bool InAdvance,
    DateOnly On,
    DeliveryView? Delivery
);

/// <summary>That the customer has what was given in exchange.</summary>
/// <param name="FileId">Scan or signature among the files of the case. For staff.</param>
/// <param name="By">Who entered it. For staff.</param>
internal sealed record DeliveryView(
    ReceiptProof Proof,
    string? Carrier,
    string Receiver,
    DateOnly On,
    string? Reference,
    Guid? FileId,
    string? By
)
{
    public static DeliveryView? Of(ReplacementDelivery? part, bool staff) =>
        part is null
            ? null
            : new(
                part.Proof,
                part.Carrier,
                part.Receiver,
                part.On,
                part.Reference,
                staff ? part.FileId : null,
                staff ? part.By.Name : null
            );
}

/// <summary>What is at a place, and with whom.</summary>
/// <param name="Since">When the last of it came there.</param>
internal sealed record HeldGoodsView(Place Place, int Quantity, string Holder, DateTimeOffset Since, string? Note);

/// <summary>A line of the ledger of the goods.</summary>
/// <param name="From">Null where they came from outside.</param>
/// <param name="To">Null where they were scrapped.</param>
internal sealed record GoodsMovementView(
    MovementKind Kind,
    Place? From,
    Place? To,
    int Quantity,
    string By,
    DateTimeOffset At,
    string? Note
);

/// <summary>A return or exchange.</summary>
internal sealed record ReturnCaseView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required ReturnCaseState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required ReturnKind Kind { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public required ReturnGoods Goods { get; init; }

    public DateOnly? PurchasedOn { get; init; }

    public string? Model { get; init; }

    public string? Reason { get; init; }

    /// <summary>Answers that are still asked for (C5.1.3).</summary>
    public required IReadOnlyList<string> MissingAnswers { get; init; }

    public required DateOnly RequestedOn { get; init; }

    /// <summary>Last day on which it can be returned without an exception (C5.1.4).</summary>
    public DateOnly? ReturnableThrough { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>For staff.</summary>
    public string? Doubt { get; init; }

    public ReportView? Report { get; init; }

    /// <summary>The exception from the window. For staff.</summary>
    public ApprovalView? Exception { get; init; }

    public DecisionView? Decision { get; init; }

    /// <summary>How many of the goods are here.</summary>
    public required int GoodsReceived { get; init; }

    /// <summary>Where the goods are, and with whom; empty where they are a unit of an RMA. For staff.</summary>
    public IReadOnlyList<HeldGoodsView> Held { get; init; } = [];

    /// <summary>The ledger of their moves (C3.1.1). For staff.</summary>
    public IReadOnlyList<GoodsMovementView> Movements { get; init; } = [];

    /// <summary>For staff.</summary>
    public SlipView? Slip { get; init; }

    /// <summary>Custody of the red copy. For staff.</summary>
    public IReadOnlyList<HandingView> Handings { get; init; } = [];

    /// <summary>Who has the red copy. For staff.</summary>
    public string? SlipHolder { get; init; }

    /// <summary>For staff.</summary>
    public DateTimeOffset? SlipHeldSince { get; init; }

    public DateOnly? BookedOn { get; init; }

    /// <summary>The exception that lets the exchange ship first. For staff.</summary>
    public ApprovalView? Advance { get; init; }

    /// <summary>Day on which the deadline of an advance exchange was missed. For staff.</summary>
    public DateOnly? AdvanceOverdueOn { get; init; }

    public ReplacementView? Replacement { get; init; }

    /// <summary>For staff.</summary>
    public string? WithdrawalReason { get; init; }

    public DateOnly? ClosedOn { get; init; }

    public required int PolicyVersion { get; init; }

    public static ReturnCaseView From(ReturnCase one, Caller caller)
    {
        var shown = Common(one, caller, caller.IsStaff);
        return caller.IsStaff ? ForStaff(shown, one) : shown;
    }

    private static ReturnCaseView Common(ReturnCase one, Caller caller, bool staff)
    {
        var context = caller.Context(one);
        return new()
        {
            Id = one.Id,
            Number = one.Number,
            State = one.State,
            Version = one.Version,
            Actions = one.AllowedActions(context),
            Kind = one.ReturnKind,
            CustomerId = one.CustomerId,
            CustomerName = one.CustomerName,
            Goods = one.Goods,
            PurchasedOn = one.Answers.PurchasedOn,
            Model = one.Answers.Model,
            Reason = one.Answers.Reason,
            MissingAnswers = one.Answers.Missing,
            RequestedOn = one.RequestedOn,
            ReturnableThrough = one.ReturnableThrough(context.Policy.Returns),
            Severity = one.Severity,
            Report = one.Report is { } report
                ? new(
                    one.ReportNumber,
                    report.Findings,
                    report.Measurements,
                    report.QualityFault,
                    report.Liability,
                    report.Inspected,
                    report.Failed,
                    report.On,
                    staff ? report.By.Name : null
                )
                : null,
            Decision = one.Decision is { } decision
                ? new(
                    decision.Accepted,
                    decision.Clause.Edition,
                    decision.Clause.Clause,
                    decision.Clause.Text,
                    decision.Reason,
                    decision.On,
                    staff ? decision.By.Name : null
                )
                : null,
            GoodsReceived = one.GoodsReceived,
            BookedOn = one.BookedOn,
            Replacement = one.Replacement is { } given
                ? new(
                    given.Serial,
                    given.Quantity,
                    given.Carrier,
                    given.TrackingNumber,
                    given.InAdvance,
                    given.On,
                    DeliveryView.Of(given.Delivery, staff)
                )
                : null,
            ClosedOn = one.ClosedOn,
            PolicyVersion = one.PolicyVersion,
        };
    }

    private static ReturnCaseView ForStaff(ReturnCaseView shown, ReturnCase one) =>
        shown with
        {
            Doubt = one.Doubt,
            Exception = Approved(one.Exception),
            Advance = Approved(one.Advance),
            AdvanceOverdueOn = one.AdvanceOverdueOn,
            Slip = one.Slip is { } slip
                ? new(
                    one.SlipNumber,
                    slip.ShippedOutOn,
                    slip.Reason,
                    slip.Region,
                    slip.Copies,
                    one.Signature?.PrintedName,
                    one.Signature?.At,
                    slip.Salesperson?.Name
                )
                : null,
            Handings = [.. one.Handings.Select(h => new HandingView(h.Holder, h.By.Name, h.By.At, h.Note))],
            Held = [.. one.Held.Select(h => new HeldGoodsView(h.Place, h.Quantity, h.By.Name, h.By.At, h.Note))],
            Movements =
            [
                .. one.Movements.Select(m => new GoodsMovementView(
                    m.Kind,
                    m.From,
                    m.To,
                    m.Quantity,
                    m.By.Name,
                    m.By.At,
                    m.Note
                )),
            ],
            SlipHolder = one.SlipHolder,
            SlipHeldSince = one.SlipHeldSince,
            WithdrawalReason = one.WithdrawalReason,
        };

    private static ApprovalView? Approved(SpecialApproval? approval) =>
        approval is null ? null : new(approval.Reason, approval.Deadline, approval.By.Name, approval.By.At);
}
