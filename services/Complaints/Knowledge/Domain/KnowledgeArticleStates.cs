namespace CustomerService.Complaints.Knowledge.Domain;

/// <summary>States of a knowledge article (C3.1.5).</summary>
internal enum KnowledgeArticleState
{
    /// <summary>Written, perhaps not in all languages yet.</summary>
    Draft,

    /// <summary>Read by a second person.</summary>
    Reviewed,

    /// <summary>Offered to whoever types a question.</summary>
    Published,

    /// <summary>No longer offered; readable where it was quoted.</summary>
    Withdrawn,
}

/// <summary>Each but the start is also the last part of the route under which it is called.</summary>
internal enum KnowledgeArticleAction
{
    Write,
    Edit,
    Review,
    SendBack,
    Publish,
    Revise,
    Withdraw,
}
