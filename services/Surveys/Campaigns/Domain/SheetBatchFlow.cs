using CustomerService.Rules;
using static CustomerService.Surveys.Campaigns.Domain.SheetBatchAction;
using static CustomerService.Surveys.Campaigns.Domain.SheetBatchState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.Campaigns.Domain.SheetBatch,
    CustomerService.Surveys.Campaigns.Domain.SheetBatchState,
    CustomerService.Surveys.Campaigns.Domain.SheetBatchAction
>;

namespace CustomerService.Surveys.Campaigns.Domain;

/// <summary>The life of a batch of printed sheets (C5.8.2): printed, printed again, revoked where it was lost.</summary>
internal static class SheetBatchFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("sheet-batch")
        .Start(Print, Printed, "C5.8.2", Senders)

        .From(Printed) .On(Revoke, Revoked, "C5.8.2", Senders)
        .In(Printed)   .Stay(Reprint,       "C5.8.2", Senders)
        .EndsButReopens(Printed)
        .Abandons(Revoked)
        .Build();

    private static readonly string[] Senders = [Roles.CustomerService, Roles.Sales];
}
