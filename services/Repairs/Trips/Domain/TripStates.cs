namespace CustomerService.Repairs.Trips.Domain;

/// <summary>Where a trip stands (P3.2.2).</summary>
internal enum TripState
{
    /// <summary>Unit, day and orders are fixed; leader and crew are to be briefed.</summary>
    Planned,

    /// <summary>Briefed once for all of its orders; the unit is to go.</summary>
    Briefed,

    /// <summary>The unit was there, and its costs are shared.</summary>
    Made,

    /// <summary>Given up.</summary>
    Cancelled,
}

/// <summary>What is done with a trip.</summary>
internal enum TripAction
{
    Plan,

    /// <summary>Another day.</summary>
    Move,
    AddOrder,
    RemoveOrder,

    /// <summary>Leader and crew are briefed once for all orders.</summary>
    Brief,

    /// <summary>A cost of the trip is split over its orders.</summary>
    ShareCost,

    /// <summary>The unit was there.</summary>
    Complete,
    Cancel,

    /// <summary>An order was merged into another one, or the unit is another organisation that is known (S4).</summary>
    FollowMerge,
}
