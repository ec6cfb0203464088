using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Campaigns;

/// <summary>How campaigns and batches are kept and found.</summary>
internal static class CampaignDocuments
{
    public static DocumentType<Campaign> Campaigns { get; } =
        DocumentType
            .Of<Campaign>("campaign", "campaigns")
            .UniqueWhereSet(c => c.OpenHash)
            .Unique(c => c.Number)
            .Index(c => c.State, c => c.LastDay)
            .Index(c => c.Survey);

    public static DocumentType<InterviewLink> InterviewLinks { get; } =
        DocumentType
            .Of<InterviewLink>("interview-link", "interview_links")
            .Unique(l => l.TokenHash)
            .Index(l => l.CampaignId);

    public static DocumentType<SheetBatch> Batches { get; } =
        DocumentType.Of<SheetBatch>("sheet-batch", "sheet_batches").Index(b => b.CampaignId).Index(b => b.IsAnonymous);
}
