namespace CustomerService.Reporting.FigureSnapshots.Domain;

internal enum FigureSnapshotState
{
    /// <summary>It stays as it is.</summary>
    Frozen,
}

internal enum FigureSnapshotAction
{
    Freeze,
}
