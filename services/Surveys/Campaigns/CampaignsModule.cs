using CustomerService.Records;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Campaigns.Features;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Campaigns;

/// <summary>Campaigns of the four populations, and their printed sheets (C5.8.2).</summary>
internal static class CampaignsModule
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Campaigns");
        PlanCampaign.Map(group);
        ReadCampaigns.Map(group);
        MoveCampaign.Map(group);
        InviteList.Map(group);
        PrintSheets.Map(group);
        ReadSheetBatches.Map(group);
        MoveSheetBatch.Map(group);
        GetSheets.Map(group);
        MakeInterviewLink.Map(group);
        ReadInterviewLinks.Map(group);
        RevokeInterviewLink.Map(group);
        group.MapRecords("campaigns", nameof(Campaign), DocumentRecordStore.Finds(StaffAccess.Of<Campaign>));
        group.MapRecords("sheet-batches", nameof(SheetBatch), DocumentRecordStore.Finds(StaffAccess.Of<SheetBatch>));
        group.MapAssignment<Campaign, CampaignView>(
            "campaigns",
            (c, caller, services) => CampaignView.From(c, caller, services.GetRequiredService<LinkTokens>())
        );
        group.MapAssignment<SheetBatch, SheetBatchView>(
            "sheet-batches",
            (b, caller, _) => SheetBatchView.From(b, caller, null)
        );
    }
}
