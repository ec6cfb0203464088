using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>What a module says of the files of its records.</summary>
public sealed record FileRules
{
    /// <summary>A signature, drawn on a screen or scanned from paper: PNG or JPEG, and whole, because it is
    /// printed.</summary>
    public const string Signature = "signature";

    /// <summary>The purpose of a file that was sent without one.</summary>
    public const string Other = "other";

    /// <summary>Words for what a file is for, as callers name them; <c>other</c> is always one.</summary>
    public IReadOnlyList<string> Purposes { get; init; } =
    ["photo", "before", "after", "damage", "scan", "document", Signature];

    /// <summary>Purposes whose files customers and repair units see who see the record; what they hand in themselves
    /// they always see.</summary>
    public IReadOnlyList<string> OutsidersSee { get; init; } = [];

    /// <summary>Purposes whose files are never struck through.</summary>
    public IReadOnlyList<string> NeverRemoved { get; init; } = [Signature];

    /// <summary>Whether a part belongs to the record, for example a finding; null where records have no
    /// parts.</summary>
    public Func<IServiceProvider, Guid, Guid, CancellationToken, Task<bool>>? IsPart { get; init; }

    internal bool Knows(string purpose) => purpose == Other || Purposes.Contains(purpose);

    /// <summary>Whether the actor, who sees the record, sees the file.</summary>
    public bool AreSeenBy(Actor actor, RecordFile file)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(file);
        return actor.IsStaff()
            || actor.Has(Roles.System)
            || (file.Stands && (OutsidersSee.Contains(file.Purpose) || IsOwn(actor, file)));
    }

    internal static bool IsOwn(Actor actor, RecordFile file) =>
        file.UploadedById == actor.Id
        || (actor.OrganisationId is { } organisation && file.UploadedByOrganisation == organisation);
}

/// <summary>A kind of record that was mapped, for what its module says beyond.</summary>
public sealed class MappedRecord
{
    private readonly RecordKind _kind;

    internal MappedRecord(RecordKind kind) => _kind = kind;

    /// <summary>What the module says of files; without it the defaults of <see cref="FileRules"/> hold.</summary>
    public MappedRecord WithFiles(FileRules rules)
    {
        _kind.Files = rules;
        return this;
    }
}
