namespace CustomerService.Repairs.ChargeBacks.Domain;

/// <summary>Where a charge-back stands (P3.1.1).</summary>
internal enum ChargeBackState
{
    /// <summary>The unit is to accept or dispute it.</summary>
    Proposed,

    /// <summary>The unit disputes it: engineering revises it, a leader upholds it, or it is given up.</summary>
    Disputed,

    /// <summary>Accepted, or upheld; finance is to settle it.</summary>
    Accepted,

    /// <summary>Paid or set off.</summary>
    Settled,

    /// <summary>Given up.</summary>
    Withdrawn,
}

/// <summary>What is done with a charge-back.</summary>
internal enum ChargeBackAction
{
    Propose,
    Accept,
    Dispute,

    /// <summary>Proposed again with another sum.</summary>
    Revise,

    /// <summary>A leader decides against the objection of the unit.</summary>
    Uphold,
    Settle,
    Withdraw,

    /// <summary>The unit turned out to be another organisation that is known (S4).</summary>
    FollowRegistry,
}
