namespace CustomerService.Records;

/// <summary>Kinds of what stands beside a record, as its timeline and its audit trail call them.</summary>
public static class RecordParts
{
    /// <summary>A note.</summary>
    public const string Note = "note";

    /// <summary>Somebody who follows the record.</summary>
    public const string Follower = "follower";

    /// <summary>A tag.</summary>
    public const string Tag = "tag";

    /// <summary>A link to another record.</summary>
    public const string Link = "link";
}
