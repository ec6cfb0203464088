using CustomerService.Rules;
using static CustomerService.Complaints.Enquiries.Domain.EnquiryState;
using Do = CustomerService.Complaints.Enquiries.Domain.EnquiryAction;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Complaints.Enquiries.Domain.Enquiry,
    CustomerService.Complaints.Enquiries.Domain.EnquiryState,
    CustomerService.Complaints.Enquiries.Domain.EnquiryAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Complaints.Enquiries.Domain.Enquiry>;

namespace CustomerService.Complaints.Enquiries.Domain;

/// <summary>The life of a technical enquiry, rule C3.1.5.</summary>
internal static class EnquiryFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("enquiry")
        .Start(Do.Register, Registered, "C3.1.5", Askers)

        .From(Registered)
            .On(Do.Answer,             Answered,   "C3.1.5", Answerers)
        .From(Answered)
            .On(Do.Close,              Closed,     "C3.1.5", Closers)
        .From(Answered, Closed)
            .MayOn(Do.AskFurther,      Registered, "C3.1.5", Askers)
        .From(Registered, Answered)
            .MayOn(Do.BecomeComplaint, Converted,  "C3.1.5", Desk, HasCustomer)
            .MayOn(Do.BecomeRma,       Converted,  "C3.1.5", Desk, HasCustomer)
        .Ends(Converted)
        .EndsButReopens(Closed)
        .Build();

    private static readonly string[] Desk = [Roles.CustomerService, Roles.Sales, Roles.SalesManager];
    private static readonly string[] Askers = [.. Desk, Roles.Customer];
    private static readonly string[] Closers = Askers;
    private static readonly string[] Answerers =
    [
        .. Desk,
        Roles.RepairGroup,
        Roles.ProductDevelopment,
        Roles.Engineering,
    ];

    private static readonly Guard HasCustomer = Guard.Require(
        (enquiry, _) => enquiry.CustomerId is not null,
        code: "enquirer-unknown",
        rule: "C3.1.5",
        missing: ["customer-id"],
        suppliedBy: Desk
    );
}
