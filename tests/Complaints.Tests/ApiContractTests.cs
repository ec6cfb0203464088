using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>The published description is what the service takes and answers; it needs no server.</summary>
public sealed class ApiContractTests
{
    [Fact]
    public async Task The_description_is_the_service_and_every_action_has_its_route()
    {
        await using var app = ComplaintsService.Build([.. OpenApiContract.Settings]);

        await OpenApiContract.CheckAsync(
            app,
            (ComplaintFlow.Table, "complaints"),
            (CapaFlow.Table, "capas"),
            (ActionItemFlow.Table, "action-items"),
            (ReviewMeetingFlow.Table, "meetings"),
            (EnquiryFlow.Table, "enquiries"),
            (KnowledgeArticleFlow.Table, "knowledge-articles"),
            (AffectedLetterFlow.Table, "affected-letters"),
            (YearReportFlow.Table, "year-reports")
        );
    }
}
