namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>States of a shipment, in the order of its life.</summary>
internal enum ShipmentState
{
    /// <summary>FM003 is made out (C5.1.2).</summary>
    Issued,

    /// <summary>With the carrier.</summary>
    InTransit,

    /// <summary>The customer has it (C3.1.1).</summary>
    Delivered,

    /// <summary>FM003 was withdrawn before anything left.</summary>
    Cancelled,
}

/// <summary>Actions of a shipment.</summary>
internal enum ShipmentAction
{
    Issue,
    Dispatch,
    Chase,
    ConfirmReceipt,
    Cancel,
    FollowRegistry,
}

/// <summary>How goods go back (運輸方式).</summary>
internal enum ShippingMethod
{
    Express,
    Freight,
    OwnVehicle,
    PickedUp,
}

/// <summary>By what it is known that the customer has the goods (C3.1.1).</summary>
internal enum ReceiptProof
{
    /// <summary>The customer said so in the portal.</summary>
    Portal,

    /// <summary>The carrier's proof of delivery.</summary>
    Carrier,

    /// <summary>A call that was taken down.</summary>
    Call,
}
