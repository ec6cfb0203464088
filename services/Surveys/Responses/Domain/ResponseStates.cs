namespace CustomerService.Surveys.Responses.Domain;

internal enum ResponseState
{
    /// <summary>The form was returned.</summary>
    Received,
}

internal enum ResponseAction
{
    Receive,
}

/// <summary>What follows from a response (C5.9).</summary>
internal enum Verdict
{
    /// <summary>Nothing.</summary>
    Content,

    /// <summary>An item is graded 不太滿意, none worse: the departments look at it.</summary>
    Warning,

    /// <summary>An item is graded 不滿意: the response enters the complaint procedure.</summary>
    Complaint,
}
