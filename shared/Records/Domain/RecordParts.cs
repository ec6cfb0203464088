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

    /// <summary>A file.</summary>
    public const string File = "file";

    /// <summary>A mail about the record.</summary>
    public const string Mail = "mail";

    /// <summary>The order of a record's files.</summary>
    public const string FileOrder = "file-order";

    /// <summary>That a record takes the files of another one along.</summary>
    public const string FileCarry = "file-carry";
}
