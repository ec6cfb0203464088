using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Complaints.Forms;
using CustomerService.Complaints.Complaints.Jobs;
using CustomerService.Complaints.Data;
using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints;

/// <summary>Complaints, with form FM004.</summary>
internal static class ComplaintsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddToTimelines<AnswerLink>(link => link.ComplaintId);
        services.AddScoped<Settling>();
        services.AddHostedService<RequireMeetings>();
        services.AddHostedService<RemindOfClocks>();
        services.AddHostedService<RemindOfOtherClocks>();
        services.AddOverdueClock<ComplaintsDb, Complaint>(
            "complaint-response",
            (db, clock) => db.Complaints.Where(ComplaintDeadlines.Overdue([ComplaintTarget.Response], clock.Now))
        );
        services.AddOverdueClock<ComplaintsDb, Complaint>(
            "complaint-resolution",
            (db, clock) => db.Complaints.Where(ComplaintDeadlines.Overdue([ComplaintTarget.Resolution], clock.Now))
        );
    }

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Complaints");
        RegisterComplaint.Map(routes);
        ListComplaints.Map(routes);
        GetComplaint.Map(routes);
        RespondToComplaint.Map(routes);
        TriageComplaint.Map(routes);
        DecideOurs.Map(routes);
        DecideNotOurs.Map(routes);
        DecideUnclear.Map(routes);
        AnswerComplaint.Map(routes);
        ConfirmConclusion.Map(routes);
        ObjectToConclusion.Map(routes);
        MakeAnswerLink.Map(routes);
        UseAnswerLink.Map(routes);
        CloseComplaint.Map(routes);
        ReopenComplaint.Map(routes);
        PauseComplaint.Map(routes);
        ResumeComplaint.Map(routes);
        ReclassifyComplaint.Map(routes);
        EscalateToSalesManager.Map(routes);
        EscalateToGeneralManager.Map(routes);
        AssessComplaint.Map(routes);
        PassOnComplaint.Map(routes);
        InformDepartment.Map(routes);
        InspectLot.Map(routes);
        TraceComplaint.Map(routes);
        ReleaseConclusion.Map(routes);
        MakeOutServiceReport.Map(routes);
        PromiseDate.Map(routes);
        MergeComplaint.Map(routes);
        SplitComplaint.Map(routes);
        BulkComplaints.Map(routes);
        FindSimilarComplaints.Map(routes);
        GetComplaintClocks.Map(routes);
        routes.MapRecords<ComplaintsDb, Complaint>(
            "complaints",
            (complaints, actor) => complaints.VisibleTo(actor),
            complaint => complaint.Number,
            ComplaintAction.Register,
            ComplaintAction.Respond,
            ComplaintAction.Explain,
            ComplaintAction.Solve,
            ComplaintAction.Answer,
            ComplaintAction.Confirm,
            ComplaintAction.Object,
            ComplaintAction.Close,
            ComplaintAction.Reopen
        );
        routes.MapForm<ServiceReportForm>(
            "complaints",
            "fm005",
            "Form FM005 維修服務報告",
            "Rules C5.3.2 and C10. Made out where the liability is not ours: 409 `service-report-not-made-out` before."
        );
        routes.MapForm<ComplaintForm>(
            "complaints",
            "fm004",
            "Form FM004 顧客投訴處理單",
            """
            Rules C5.2, C5.6.1 and C10. It is made out when the complaint first goes to QC: 409 `form-not-made-out`
            before. Customers get it without QC's ruling and the CAPAs.
            """
        );
    }
}
