namespace CustomerService.Surveys.Responses.Domain;

internal enum ResponseState
{
    /// <summary>The form was returned.</summary>
    Received,
}

internal enum ResponseAction
{
    Receive,

    /// <summary>Staff take it down: an interview, or a form on paper.</summary>
    TakeDown,
}

/// <summary>How a form was answered; each is reported apart (C5.8.2).</summary>
internal enum AnswerMode
{
    /// <summary>By the customer, behind a link or code.</summary>
    Online,

    /// <summary>Asked face to face or by phone.</summary>
    Interview,

    /// <summary>On paper, typed in.</summary>
    Paper,
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
