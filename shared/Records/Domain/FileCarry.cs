using CustomerService.Contracts.Files;
using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>That a record takes the files of another one along, those that come later too; one for two records.</summary>
public sealed class FileCarry : Aggregate
{
    private FileCarry() { }

    /// <inheritdoc/>
    public override string Kind => RecordParts.FileCarry;

    /// <summary>Service of the record that has the files.</summary>
    public string FromService { get; private set; } = "";

    /// <summary>The record that has the files.</summary>
    public Guid FromId { get; private set; }

    /// <summary>Only files of this part of it; null for all.</summary>
    public Guid? FromPartId { get; private set; }

    /// <summary>Kind of the record that takes them along.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The record that takes them along.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>Its number, where it has one.</summary>
    public string? RecordNumber { get; private set; }

    internal static Guid IdOf(RecordRef from, Guid? part, RecordRef to) =>
        NamedIds.Of(
            RecordParts.FileCarry,
            from.Service,
            from.Id.ToString("N"),
            part?.ToString("N") ?? "",
            to.Service,
            to.Id.ToString("N")
        );

    /// <summary>From now on the files of one record are the other's, too; the service that has them is asked.</summary>
    internal static FileCarry Start(CommandContext context, RecordRef from, Guid? part, RecordRef to, FileEvents events)
    {
        var carry = new FileCarry
        {
            Id = IdOf(from, part, to),
            FromService = from.Service,
            FromId = from.Id,
            FromPartId = part,
            RecordKind = to.Kind,
            RecordId = to.Id,
            RecordNumber = to.Number,
        };
        carry.Record(context, "carry", null, "carried", from.Number);
        if (from.Service != to.Service)
        {
            carry.Raise(
                events.Wanted(
                    carry.Id,
                    carry.Version,
                    new FilesOfRecordWanted(
                        from.Service,
                        from.Kind,
                        from.Id,
                        part,
                        to.Service,
                        to.Kind,
                        to.Id,
                        to.Number
                    )
                )
            );
        }

        return carry;
    }

    /// <summary>Whether it takes this file along.</summary>
    internal bool Takes(string service, FileOfRecord file) =>
        service == FromService && file.RecordId == FromId && (FromPartId is null || file.PartId == FromPartId);
}
