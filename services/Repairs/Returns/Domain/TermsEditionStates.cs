namespace CustomerService.Repairs.Returns.Domain;

/// <summary>States of an edition of the after-sales terms, in the order of its life.</summary>
internal enum TermsEditionState
{
    Drafted,

    /// <summary>In force from its day on.</summary>
    Published,

    /// <summary>Holds for no request from a day on.</summary>
    Withdrawn,

    /// <summary>Given up before it was published.</summary>
    Dropped,
}

/// <summary>Actions of an edition.</summary>
internal enum TermsEditionAction
{
    Draft,
    Revise,
    Publish,
    Withdraw,
    Drop,
}
