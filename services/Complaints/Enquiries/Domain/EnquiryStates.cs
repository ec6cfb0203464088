namespace CustomerService.Complaints.Enquiries.Domain;

/// <summary>States of a technical enquiry (C3.1.5).</summary>
internal enum EnquiryState
{
    /// <summary>Taken; the customer waits for the answer.</summary>
    Registered,

    /// <summary>Answered; the customer may ask further.</summary>
    Answered,

    /// <summary>Nothing more was asked.</summary>
    Closed,

    /// <summary>It went on as a complaint or as an RMA.</summary>
    Converted,
}

/// <summary>Each but the start is also the last part of the route under which it is called.</summary>
internal enum EnquiryAction
{
    Register,
    Answer,
    AskFurther,
    Close,
    BecomeComplaint,
    BecomeRma,
}
