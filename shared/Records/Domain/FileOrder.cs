using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>The order of a record's files, as somebody set it; one a record.</summary>
public sealed class FileOrder : Aggregate
{
    private FileOrder() { }

    /// <inheritdoc/>
    public override string Kind => RecordParts.FileOrder;

    /// <summary>The record.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>Kind of the record.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The files in order; those that came later stand behind them.</summary>
    public IReadOnlyList<Guid> Files { get; private set; } = [];

    internal static Guid IdOf(Guid record) => NamedIds.Of(RecordParts.FileOrder, record.ToString("N"));

    internal static FileOrder Of(RecordRef record) =>
        new()
        {
            Id = IdOf(record.Id),
            RecordId = record.Id,
            RecordKind = record.Kind,
        };

    /// <summary>Sets the order; nothing changes where it is the same.</summary>
    internal void Put(CommandContext context, IReadOnlyList<Guid> files)
    {
        if (AuditSequence == 0 || !Files.SequenceEqual(files))
        {
            Files = [.. files];
            Record(context, "order-files", AuditSequence == 0 ? null : "ordered", "ordered", null);
        }
    }

    /// <summary>The files in the order that was set, then as they came.</summary>
    internal static IReadOnlyList<RecordFile> Sorted(IEnumerable<RecordFile> files, FileOrder? order)
    {
        var places = (order?.Files ?? []).Select((id, place) => (id, place)).ToDictionary(f => f.id, f => f.place);
        return
        [
            .. files
                .OrderBy(f => places.GetValueOrDefault(f.Id, int.MaxValue))
                .ThenBy(f => f.UploadedAt)
                .ThenBy(f => f.Id),
        ];
    }
}
