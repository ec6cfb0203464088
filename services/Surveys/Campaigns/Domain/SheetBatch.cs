using System.Globalization;
using System.Security.Cryptography;
using CustomerService.Rules;

namespace CustomerService.Surveys.Campaigns.Domain;

/// <summary>Sheets with a code each that works once, to be laid into packages (C5.8.2 A).</summary>
internal sealed class SheetBatch : Aggregate<SheetBatch, SheetBatchState, SheetBatchAction>
{
    public const int MostSheets = 300;

    private SheetBatch() { }

    public override string Kind => "sheet-batch";

    public override WorkSubject WorkSubject => new(Number, Number);

    public Guid CampaignId { get; private set; }

    public string Number { get; private set; } = "";

    public int Sheets { get; private set; }

    /// <summary>From which its codes are made again when it is printed once more.</summary>
    public Guid Seed { get; private set; }

    public string Language { get; private set; } = "";

    public bool IsAnonymous { get; private set; }

    public Stamp PrintedBy { get; private set; } = null!;

    public int Prints { get; private set; }

    protected override Flow<SheetBatch, SheetBatchState, SheetBatchAction> Table => SheetBatchFlow.Table;

    public static Result<SheetBatch> Print(CommandContext context, Campaign campaign, int sheets, string language)
    {
        var batch = new SheetBatch { Id = Guid.CreateVersion7(context.Now) };
        if (batch.Start(context, SheetBatchAction.Print) is { } refusal)
        {
            return refusal;
        }

        batch.CampaignId = campaign.Id;
        batch.Number = string.Create(CultureInfo.InvariantCulture, $"{campaign.Number}/{campaign.Batches}");
        batch.Sheets = sheets;
        batch.Seed = new Guid(RandomNumberGenerator.GetBytes(16));
        batch.Language = language;
        batch.IsAnonymous = campaign.IsAnonymous;
        batch.PrintedBy = Stamp.Of(context);
        batch.Prints = 1;
        return batch;
    }

    /// <summary>The same codes on paper once more.</summary>
    public Refusal? Reprint(CommandContext context, string reason) =>
        Transition(context, SheetBatchAction.Reprint, why: reason, change: () => Prints++);

    public Refusal? Revoke(CommandContext context, string reason) =>
        Transition(context, SheetBatchAction.Revoke, why: reason);
}
