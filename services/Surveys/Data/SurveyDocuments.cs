using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Campaigns;
using CustomerService.Surveys.Capas;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.FollowUps;
using CustomerService.Surveys.Goals;
using CustomerService.Surveys.Identity;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Responses;
using CustomerService.Surveys.Reviews;
using CustomerService.Surveys.ServicePoints;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Data;

/// <summary>Everything that this service keeps, whatever the store.</summary>
internal static class SurveyDocuments
{
    public static IReadOnlyList<DocumentType> All { get; } =
    [
        InvitationDocument.Type,
        ResponseDocument.Type,
        EditionDocument.Type,
        CampaignDocuments.Campaigns,
        CampaignDocuments.Batches,
        CampaignDocuments.InterviewLinks,
        FollowUpDocuments.Notes,
        FollowUpDocuments.Suggestions,
        FollowUpDocuments.OwedAnswers,
        EvaluationDocuments.Goals,
        EvaluationDocuments.Evaluations,
        HalfYearReviewDocument.Type,
        ServicePointDocuments.Points,
        ServicePointDocuments.Assessments,
        SheetCode.Type,
        SpentCodes.Type,
        AnswerBox.Type,
        OptOut.Type,
        CustomerCase.Type,
        ServingCapa.Type,
        NumberSeries.Type,
        KnownOrganisationDocument.Type,
        KnownCustomerDocument.Type,
        KnownDepartments.Type,
        .. RecordDocuments.Types,
    ];
}
