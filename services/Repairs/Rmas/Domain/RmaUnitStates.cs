namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>States of a machine or lot that was sent for repair, in the order of its life.</summary>
internal enum RmaUnitState
{
    /// <summary>Received; the received quantity is not agreed yet (C5.1.1).</summary>
    Received,

    /// <summary>Agreed; its fault is recorded and it goes to repair.</summary>
    Released,

    /// <summary>With the repair group, to be looked at.</summary>
    Diagnosing,

    /// <summary>What is wrong with it is known.</summary>
    Diagnosed,

    /// <summary>FM001 is made out (C5.1.1.1).</summary>
    Quoted,

    /// <summary>FM001 was sent; the customer has to answer.</summary>
    Offered,

    /// <summary>The offer has expired without an answer.</summary>
    Lapsed,

    /// <summary>The customer consented in writing.</summary>
    Consented,

    /// <summary>The customer does not want it repaired.</summary>
    Refused,

    /// <summary>FM001 is annotated 需維修 and goes to the repairer.</summary>
    ToRepair,

    /// <summary>FM001 is annotated 返回 and goes to the repairer.</summary>
    ToReturn,

    InRepair,

    /// <summary>Put together again as it came.</summary>
    Reassembling,

    /// <summary>Repaired; the quality department has to pass it (C5.1.2).</summary>
    Repaired,

    /// <summary>May be shipped.</summary>
    Ready,

    /// <summary>On an FM003.</summary>
    Packed,

    /// <summary>With the carrier.</summary>
    Shipped,

    /// <summary>The customer has it (C3.1.1).</summary>
    Delivered,

    /// <summary>Kept: the customer gets another one (C5.1.5).</summary>
    Exchanged,

    /// <summary>Kept: the customer gets money (C5.1.5).</summary>
    Returned,

    Scrapped,

    /// <summary>Part of another lot now.</summary>
    Merged,
}

/// <summary>Actions of a unit.</summary>
internal enum RmaUnitAction
{
    Receive,
    ReceiveReleased,
    SplitOff,
    SplitOffAtRepair,
    Release,
    RecordFault,
    HandOver,
    Diagnose,
    LogContact,

    /// <summary>Nobody was reached about the charge by the day for it.</summary>
    MarkContactOverdue,
    MakeOutOffer,
    ApproveOffer,
    SendOffer,
    Remind,
    Lapse,
    Consent,
    Refuse,
    MakeOutCharge,
    Annotate,
    ReceiveOriginal,
    StartRepair,
    FinishRepair,
    Reassemble,
    PassQc,
    FailQc,
    Pack,
    Unpack,
    Ship,
    Deliver,
    MoveTo,
    Split,
    MergeInto,
    Absorb,
    Exchange,
    TakeBack,
    Scrap,
    SendToMaker,
    TakeFromMaker,
    FollowRegistry,
}

/// <summary>Where a unit can be. Outside are the customer, the carrier and what was scrapped.</summary>
internal enum Place
{
    /// <summary>Goods in, with customer service.</summary>
    Intake,

    /// <summary>With the repair group.</summary>
    Repair,

    /// <summary>With the quality department.</summary>
    Quality,

    /// <summary>Store, shipping.</summary>
    Warehouse,

    /// <summary>With the maker of the goods, who sends them back.</summary>
    Maker,
}

/// <summary>What happened to the quantity at a place.</summary>
internal enum MovementKind
{
    Received,
    Moved,

    /// <summary>Taken off this lot.</summary>
    SplitAway,

    /// <summary>Begins as a part of another lot.</summary>
    SplitFrom,

    /// <summary>Became part of another lot.</summary>
    MergedAway,

    /// <summary>Took another lot in.</summary>
    MergedIn,
    Shipped,
    Scrapped,

    /// <summary>A component of it went to its maker; the unit stays.</summary>
    PartOut,

    /// <summary>A component came back from its maker.</summary>
    PartBack,
}

/// <summary>How somebody was reached.</summary>
internal enum ContactChannel
{
    Phone,
    Fax,
    Mail,
    Portal,
    OnSite,
}

/// <summary>What the handler writes on the original of FM001 (C5.1.1.1).</summary>
internal enum OfferMark
{
    /// <summary>需維修.</summary>
    Repair,

    /// <summary>返回.</summary>
    Return,
}
