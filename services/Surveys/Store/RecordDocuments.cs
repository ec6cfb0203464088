using CustomerService.Records;
using CustomerService.Records.Keeping;
using CustomerService.ServiceDefaults;

namespace CustomerService.Surveys.Store;

/// <summary>How notes, followers, tags, links and files of records are kept and found.</summary>
internal static class RecordDocuments
{
    public static IReadOnlyList<DocumentType> Types { get; } =
    [
        DocumentType.Of<Note>(RecordParts.Note, "record_notes").Index(n => n.RecordId),
        DocumentType
            .Of<Follower>(RecordParts.Follower, "record_followers")
            .Index(f => f.RecordId, f => f.Active)
            .Index(f => f.UserId, f => f.Active),
        DocumentType
            .Of<Tag>(RecordParts.Tag, "record_tags")
            .Index(t => t.RecordId, t => t.Active)
            .Index(t => t.Key, t => t.Active),
        DocumentType.Of<RecordLink>(RecordParts.Link, "record_links").Index(l => l.RecordId, l => l.Active),
        DocumentType.Of<RecordFile>(RecordParts.File, "record_files").Index(f => f.RecordId).Index(f => f.Sha256),
        DocumentType.Of<OutgoingMail>(RecordParts.Mail, "outgoing_mails").Index(m => m.RecordId).Index(m => m.NextAt),
        DocumentType.Of<FileOrder>(RecordParts.FileOrder, "record_file_orders").Index(o => o.RecordId),
        DocumentType
            .Of<FileCarry>(RecordParts.FileCarry, "record_file_carries")
            .Index(c => c.FromId)
            .Index(c => c.RecordId),
        DocumentType
            .Of<RetentionEntry>(RetentionEntry.Name, "retention_entries")
            .Unique(e => e.RecordId)
            .Index(e => e.State, e => e.KeepThrough)
            .Index(e => e.RecordKind)
            .Index(e => e.ClosedOn)
            .Index(e => e.BlobsDueAt),
        DocumentType.Of<PersonalDataExport>(PersonalDataExport.Name, "personal_data_exports"),
    ];
}
