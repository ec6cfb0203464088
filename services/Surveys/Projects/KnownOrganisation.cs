using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Projects;

/// <summary>A record that a merge moved.</summary>
internal sealed record MovedRecord(string What, Guid Id);

/// <summary>An organisation of a merge (S4): into which it was merged, and what that moved. Others are not kept.</summary>
internal sealed class KnownOrganisation : Aggregate
{
    private KnownOrganisation() { }

    public override string Kind => "organisation";

    public string Name { get; private set; } = "";

    /// <summary>The organisation into which it was merged; null for one that stays.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>Version of the last merge or its undoing that was heard of.</summary>
    public long MergeVersion { get; private set; }

    /// <summary>What its merge moved.</summary>
    public IReadOnlyList<MovedRecord> Moved { get; private set; } = [];

    public Party Party => new(Id, Name);

    public static KnownOrganisation Heard(CommandContext context, Guid id, string name)
    {
        var organisation = new KnownOrganisation { Id = id, Name = name };
        organisation.Record(context, "heard-of", null, "known", name);
        return organisation;
    }

    /// <summary>Another survivor, or none; an older announcement changes nothing.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Merge(CommandContext context, Guid? into, string name, long version)
    {
        if (version <= MergeVersion)
        {
            return false;
        }

        (MergedInto, MergeVersion, Name) = (into, version, name);
        Note(context, into is null ? "unmerge" : "merge");
        return true;
    }

    /// <summary>Remembers what the merge moved.</summary>
    public void Remember(CommandContext context, RecordReference reference)
    {
        var moved = new MovedRecord(reference.What, reference.RecordId);
        if (!Moved.Contains(moved))
        {
            Moved = [.. Moved, moved];
            Note(context, "remember");
        }
    }

    /// <summary>It went back, or goes back with another merge.</summary>
    public void Forget(CommandContext context, RecordReference reference)
    {
        Moved = [.. Moved.Where(one => one != new MovedRecord(reference.What, reference.RecordId))];
        Note(context, "forget");
    }

    // One entry a commit is enough: what moved has an entry of its own.
    private void Note(CommandContext context, string action)
    {
        if (PendingEntries.Count == 0)
        {
            Record(context, action, "known", "known", null);
        }
    }
}

/// <summary>How organisations of merges are kept and found.</summary>
internal static class KnownOrganisationDocument
{
    public static DocumentType<KnownOrganisation> Type { get; } =
        DocumentType.Of<KnownOrganisation>("organisation", "organisations");
}
