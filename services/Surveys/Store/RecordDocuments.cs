using CustomerService.Records;

namespace CustomerService.Surveys.Store;

/// <summary>How notes, followers, tags and links of records are kept and found.</summary>
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
    ];
}
