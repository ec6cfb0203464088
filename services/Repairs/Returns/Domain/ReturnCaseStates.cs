namespace CustomerService.Repairs.Returns.Domain;

/// <summary>States of a return or exchange, in the order of its life.</summary>
internal enum ReturnCaseState
{
    /// <summary>The customer has asked.</summary>
    Requested,

    /// <summary>Its quality is doubted; it is with the quality department (C5.1.4).</summary>
    InInspection,

    /// <summary>The inspection report is there.</summary>
    Inspected,

    /// <summary>Accepted by the after-sales terms.</summary>
    Accepted,

    /// <summary>The slip is made out (C5.1.5).</summary>
    SlipIssued,

    /// <summary>The red copy is with the region's salesperson.</summary>
    SlipWithSales,

    /// <summary>… with the after-sales department.</summary>
    SlipCollected,

    /// <summary>Signed by the sales manager.</summary>
    SlipSigned,

    /// <summary>Booked by finance.</summary>
    Booked,

    Closed,

    /// <summary>Declined by the after-sales terms.</summary>
    Declined,

    /// <summary>The customer keeps it.</summary>
    Withdrawn,
}

/// <summary>Actions of a return or exchange.</summary>
internal enum ReturnCaseAction
{
    Request,
    Complete,
    RaiseDoubt,
    Inspect,
    ApproveException,
    Accept,
    Decline,
    ReceiveGoods,
    IssueSlip,
    HandSlip,
    CollectSlip,
    SignSlip,
    BookSlip,
    ApproveAdvance,
    MarkAdvanceOverdue,
    ShipReplacement,

    /// <summary>The customer has what was given in exchange.</summary>
    ConfirmReplacement,
    Close,
    Withdraw,
    RemindOfSlip,
    MoveGoods,
    ScrapGoods,
    FollowRegistry,
}

/// <summary>Whether money or another machine is asked for.</summary>
internal enum ReturnKind
{
    Return,
    Exchange,
}

/// <summary>A copy of the slip 退回/換貨品詳單.</summary>
internal enum SlipSheet
{
    /// <summary>存根, stays with who made it out.</summary>
    Stub,

    /// <summary>紅聯, goes from hand to hand.</summary>
    Red,

    /// <summary>財務聯.</summary>
    Finance,
}

/// <summary>Whose fault it is, as the inspection report fixes it (C5.1.4).</summary>
internal enum ReturnLiability
{
    Company,
    Customer,
    Carrier,
    Supplier,
}
