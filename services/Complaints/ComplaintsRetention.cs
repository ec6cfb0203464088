using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Records.Keeping;

namespace CustomerService.Complaints;

/// <summary>What is kept and, after its day, erased (C8).</summary>
internal static class ComplaintsRetention
{
    public static IReadOnlyList<KeptKind> Kinds { get; } =
    [
        KeptKind
            .Of<Complaint>(complaint => complaint.Number)
            .Department<Complaint>(complaint => complaint.ResponsibleDepartment)
            .With<AnswerLink>(link => link.ComplaintId),
        KeptKind.Of<Capa>(capa => capa.Number).Department<Capa>(capa => capa.Department),
        KeptKind.Of<ActionItem>(item => item.Number).Department<ActionItem>(item => item.Department),
        KeptKind.Of<ReviewMeeting>(meeting => meeting.Number),
        KeptKind.Of<Enquiry>(enquiry => enquiry.Number),
        KeptKind.Of<KnowledgeArticle>(article => article.Number).InUse(KnowledgeArticleState.Published),
        KeptKind.Of<AffectedLetter>(letter => letter.Number),
        KeptKind.Of<YearReport>(report => report.Number),
    ];
}
