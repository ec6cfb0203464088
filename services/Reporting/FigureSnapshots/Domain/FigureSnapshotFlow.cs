using CustomerService.Rules;
using static CustomerService.Reporting.FigureSnapshots.Domain.FigureSnapshotAction;
using static CustomerService.Reporting.FigureSnapshots.Domain.FigureSnapshotState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Reporting.FigureSnapshots.Domain.FigureSnapshot,
    CustomerService.Reporting.FigureSnapshots.Domain.FigureSnapshotState,
    CustomerService.Reporting.FigureSnapshots.Domain.FigureSnapshotAction
>;

namespace CustomerService.Reporting.FigureSnapshots.Domain;

/// <summary>The life of a frozen figure (C5.7: what was submitted stays as it was).</summary>
internal static class FigureSnapshotFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("figure-snapshot")
        .Start(Freeze, Frozen, "C5.7", [.. Roles.Staff])
        .Ends(Frozen)
        .Build();
}
