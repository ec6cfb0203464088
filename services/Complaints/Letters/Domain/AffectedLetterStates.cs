namespace CustomerService.Complaints.Letters.Domain;

/// <summary>States of a letter to a customer whose goods are affected (C7).</summary>
internal enum AffectedLetterState
{
    /// <summary>Written, and not sent yet.</summary>
    Written,

    /// <summary>On its way; the customer is to say what is with the goods.</summary>
    Sent,

    /// <summary>The customer said what is with the goods.</summary>
    Answered,

    /// <summary>It was not to be sent after all.</summary>
    Cancelled,
}

/// <summary>Each but the start and the reminder is also the last part of the route under which it is called.</summary>
internal enum AffectedLetterAction
{
    Write,
    Send,
    Remind,
    Answer,
    Cancel,
}
