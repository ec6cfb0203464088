using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Returns.Domain;

/// <summary>What is asked back.</summary>
/// <param name="SerialId">The machine, where it is one.</param>
/// <param name="SaleId">The sale, where goods are counted.</param>
/// <param name="UnitId">The unit of an RMA, where it is here already.</param>
internal sealed record ReturnGoods(
    Guid? ModelId,
    string? ModelCode,
    string? ModelName,
    string? Serial,
    Guid? SerialId,
    Guid? SaleId,
    Guid? UnitId,
    int Quantity,
    DateOnly? ExFactoryOn
);

/// <summary>The three answers that every request needs (C5.1.3).</summary>
internal sealed record ReturnAnswers(DateOnly? PurchasedOn, string? Model, string? Reason)
{
    public IReadOnlyList<string> Missing =>
        [
            .. PurchasedOn is null ? ["purchased-on"] : Array.Empty<string>(),
            .. TextFolding.IsBlank(Model) ? ["model"] : Array.Empty<string>(),
            .. TextFolding.IsBlank(Reason) ? ["reason"] : Array.Empty<string>(),
        ];
}

/// <summary>What was measured.</summary>
internal sealed record Measurement(string What, string Required, string Found, bool Passed);

/// <summary>The quality department's inspection report (C5.1.4).</summary>
/// <param name="QualityFault">Whether the goods failed by their own quality.</param>
internal sealed record InspectionReport(
    string Findings,
    IReadOnlyList<Measurement> Measurements,
    bool QualityFault,
    ReturnLiability Liability,
    int Inspected,
    int Failed,
    DateOnly On,
    Stamp By
)
{
    /// <summary>Whether the goods failed by their own quality: the customer and the carrier are not liable for it
    /// (C5.1.4).</summary>
    public bool FailedByQuality => QualityFault && Liability is (ReturnLiability.Company or ReturnLiability.Supplier);
}

/// <summary>What is handed in for a report.</summary>
internal sealed record InspectionInput(
    string Findings,
    IReadOnlyList<Measurement> Measurements,
    bool QualityFault,
    ReturnLiability Liability,
    int Inspected,
    int Failed
);

/// <summary>A recorded approval of the sales manager.</summary>
/// <param name="Deadline">Of an advance exchange: by when goods and slip are here.</param>
internal sealed record SpecialApproval(string Reason, DateOnly? Deadline, Stamp By);

/// <summary>A clause of the after-sales terms, with the edition that held.</summary>
internal sealed record ClauseRef(Guid EditionId, string Edition, string Clause, string Text);

/// <summary>The decision, which names its clause (C5.1.3).</summary>
/// <param name="Clause">Null where the edition has no such clause, or did not hold on the day of the request.</param>
internal sealed record Ruling(ClauseRef? Clause, string Reason);

/// <summary>The decision as it is kept.</summary>
/// <param name="Quantity">How many are accepted: those that failed.</param>
internal sealed record Decision(
    bool Accepted,
    ClauseRef Clause,
    string Reason,
    DateOnly On,
    Stamp By,
    int? Quantity = null
);

/// <summary>Where so many of the goods go (C3.1.1).</summary>
/// <param name="From">Where they are; null where all that is here is at one place.</param>
/// <param name="To">Null for what is scrapped.</param>
/// <param name="Quantity">Null for all that is there.</param>
internal sealed record GoodsMove(Place? From, Place? To, int? Quantity, string? Note);

/// <summary>What is at a place, and with whom (C3.1.1).</summary>
/// <param name="By">Who took over the last of it, and when.</param>
internal sealed record HeldGoods(Place Place, int Quantity, Stamp By, string? Note);

/// <summary>Goods that came back.</summary>
internal sealed record ReceivedGoods(int Quantity, DateOnly On, string? Note, Stamp By);

/// <summary>The slip (退回/換貨品詳單, C5.1.5).</summary>
/// <param name="ShippedOutOn">When the goods were shipped out, as the salesperson reads it on the slip.</param>
/// <param name="Region">Code of the region whose salesperson gets the red copy.</param>
/// <param name="Salesperson">The customer's own salesperson, where the registry names one.</param>
internal sealed record Slip(
    DateOnly ShippedOutOn,
    string Reason,
    string Region,
    IReadOnlyList<SlipSheet> Copies,
    Stamp By,
    NamedPerson? Salesperson = null
)
{
    /// <summary>Who gets the red copy: the customer's salesperson, else those of the region (C5.1.5).</summary>
    public IReadOnlyList<Taker> Takers =>
        Salesperson is { } one
            ? [new(Roles.RegionalSales, PersonId: one.Id)]
            : [new(Roles.RegionalSales, Region: Region)];
}

/// <summary>A hand-over of the red copy (C5.1.5).</summary>
/// <param name="Holder">Who has it from then on, for example <c>regional-sales</c>.</param>
internal sealed record SlipHanding(string Holder, Stamp By, string? Note);

/// <summary>What was given in exchange.</summary>
internal sealed record Replacement(
    string? Serial,
    Guid? SerialId,
    int Quantity,
    string? Carrier,
    string? TrackingNumber,
    bool InAdvance,
    DateOnly On,
    Stamp By,
    ReplacementDelivery? Delivery = null
);

/// <summary>That the customer has what was given in exchange (C3.1.1).</summary>
/// <param name="Proof">By what it is known.</param>
/// <param name="Carrier">Who brought it.</param>
/// <param name="Receiver">Who received it.</param>
/// <param name="Reference">Of the carrier's proof, or what was said in the call.</param>
/// <param name="FileId">Scan or signature among the files of the case.</param>
internal sealed record DeliveryInput(
    ReceiptProof Proof,
    string? Carrier,
    string Receiver,
    DateOnly On,
    string? Reference,
    Guid? FileId
);

/// <summary>The proof as it is kept.</summary>
internal sealed record ReplacementDelivery(
    ReceiptProof Proof,
    string? Carrier,
    string Receiver,
    DateOnly On,
    string? Reference,
    Guid? FileId,
    Stamp By
);
