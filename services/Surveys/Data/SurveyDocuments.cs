using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Responses;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Data;

/// <summary>Everything that this service keeps, whatever the store.</summary>
internal static class SurveyDocuments
{
    public static IReadOnlyList<DocumentType> All { get; } =
    [InvitationDocument.Type, ResponseDocument.Type, KnownOrganisationDocument.Type, .. RecordDocuments.Types];
}
