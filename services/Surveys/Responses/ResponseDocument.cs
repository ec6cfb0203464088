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
            .Index(r => r.Survey)
            .Index(r => r.CampaignId)
            .Index(r => r.Product)
            .Index(r => r.Mode)
            .Index(r => r.Competitor)
            .Index(r => r.IsFiled)
            // The rate of a period (C5.10) is counted by this one alone.
            .Index(r => r.ReceivedOn, r => r.Judged, r => r.Overall, r => r.Survey, r => r.Mode);
}
