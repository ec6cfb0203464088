namespace CustomerService.Repairs.Components.Domain;

/// <summary>States of what is sent to its maker, in the order of its life (C3.1.1).</summary>
internal enum MakerClaimState
{
    /// <summary>What goes to whom, and why.</summary>
    Prepared,

    /// <summary>It has left; the maker's answer is expected.</summary>
    Sent,

    /// <summary>The maker has answered.</summary>
    Answered,

    /// <summary>The cost is recovered, or it is known that it is not.</summary>
    Settled,

    /// <summary>Not sent after all.</summary>
    Cancelled,
}

/// <summary>Each but the start is also the last part of the route under which it is called.</summary>
internal enum MakerClaimAction
{
    Prepare,
    Send,
    Expect,
    Chase,
    MarkOverdue,
    Answer,
    Settle,
    Cancel,
}

/// <summary>What the maker did.</summary>
internal enum MakerAnswer
{
    /// <summary>Repaired it.</summary>
    Repaired,

    /// <summary>Sent another one.</summary>
    Replaced,

    /// <summary>Gives its price back.</summary>
    Credited,

    /// <summary>Does not answer for it.</summary>
    Refused,
}
