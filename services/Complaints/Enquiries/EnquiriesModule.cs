using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Complaints.Enquiries.Features;
using CustomerService.Records;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Enquiries;

/// <summary>Technical enquiries about products (C3.1.5).</summary>
internal static class EnquiriesModule
{
    public static void Add(IServiceCollection services) =>
        services.AddOverdueClock<ComplaintsDb, Enquiry>(
            "enquiry",
            (db, clock) => db.Enquiries.Where(e => e.State == EnquiryState.Registered && e.AnswerDueAt < clock.Now)
        );

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Enquiries");
        RegisterEnquiry.Map(routes);
        ListEnquiries.Map(routes);
        GetEnquiry.Map(routes);
        AnswerEnquiry.Map(routes);
        ConvertEnquiry.Map(routes);
        routes.MapRecords<ComplaintsDb, Enquiry>(
            "enquiries",
            (enquiries, actor) => enquiries.VisibleTo(actor),
            enquiry => enquiry.Number,
            EnquiryAction.Register,
            EnquiryAction.Answer,
            EnquiryAction.AskFurther,
            EnquiryAction.Close
        );
    }
}
