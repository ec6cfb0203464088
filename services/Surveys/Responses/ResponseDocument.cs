using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses;

/// <summary>How responses are kept and found.</summary>
internal static class ResponseDocument
{
    public static DocumentType<Response> Type { get; } =
        DocumentType
            .Of<Response>("response", "responses")
            // One response an invitation, whatever else goes wrong.
            .Unique(r => r.InvitationId)
            .Index(r => r.ReceivedOn)
            .Index(r => r.CustomerId)
            .Index(r => r.Verdict)
            .Index(r => r.Department)
            .Index(r => r.State)
            .Index(r => r.Survey);
}
