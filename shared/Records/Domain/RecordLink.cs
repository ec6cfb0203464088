using CustomerService.Contracts;
using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>What the second record of a link is to the first.</summary>
public enum LinkKind
{
    /// <summary>The first is a part of the second.</summary>
    Parent,

    /// <summary>Both are about the same; the second is the one that goes on.</summary>
    DuplicateOf,

    /// <summary>The second led to the first.</summary>
    CausedBy,
}

/// <summary>What the other record of a link is to the one that is looked at.</summary>
public enum LinkRelation
{
    /// <summary>This one is a part of the other.</summary>
    Parent,

    /// <summary>The other is a part of this one.</summary>
    Child,

    /// <summary>The other goes on in place of this one.</summary>
    DuplicateOf,

    /// <summary>This one goes on in place of the other.</summary>
    HasDuplicate,

    /// <summary>The other led to this one.</summary>
    CausedBy,

    /// <summary>This one led to the other.</summary>
    CauseOf,
}

/// <summary>Two records and what the second is to the first.</summary>
/// <param name="From">The first.</param>
/// <param name="Kind">What the second is to the first.</param>
/// <param name="To">The second.</param>
public sealed record LinkedPair(RecordRef From, LinkKind Kind, RecordRef To)
{
    /// <summary>The link; the same whichever end says it.</summary>
    public Guid Id =>
        NamedIds.Of(
            RecordParts.Link,
            From.Service,
            From.Kind,
            From.Id.ToString("N"),
            Kind.ToKebab(),
            To.Service,
            To.Kind,
            To.Id.ToString("N")
        );

    /// <summary>Both ends: the record, and what the other is to it.</summary>
    internal IEnumerable<(RecordRef Own, LinkRelation Relation, RecordRef Other)> Ends =>
        [
            (
                From,
                Kind switch
                {
                    LinkKind.Parent => LinkRelation.Parent,
                    LinkKind.DuplicateOf => LinkRelation.DuplicateOf,
                    _ => LinkRelation.CausedBy,
                },
                To
            ),
            (
                To,
                Kind switch
                {
                    LinkKind.Parent => LinkRelation.Child,
                    LinkKind.DuplicateOf => LinkRelation.HasDuplicate,
                    _ => LinkRelation.CauseOf,
                },
                From
            ),
        ];

    /// <summary>The pair of an event; null where the word is of a later version.</summary>
    internal static LinkedPair? Of(IRecordLinkEvent e) =>
        Spelling.FromKebab<LinkKind>(e.Kind) is { } kind
            ? new(
                new(e.FromService, e.FromKind, e.FromId, e.FromNumber),
                kind,
                new(e.ToService, e.ToKind, e.ToId, e.ToNumber)
            )
            : null;
}

/// <summary>
/// A link of two records as one of them keeps it, rule S2. Both ends keep it, each in the store of its service; either
/// can remove it. Which of two changes is the later one says <see cref="Revision"/>, which both ends count on.
/// </summary>
public sealed class RecordLink : Aggregate
{
    private const string Set = "set";
    private const string Removed = "removed";

    private RecordLink() { }

    /// <inheritdoc/>
    public override string Kind => RecordParts.Link;

    /// <summary>Kind of the record.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The record.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>The link, the same at both ends.</summary>
    public Guid LinkId { get; private set; }

    /// <summary>What the other record is to this one.</summary>
    public LinkRelation Relation { get; private set; }

    /// <summary>Service of the other record.</summary>
    public string OtherService { get; private set; } = "";

    /// <summary>Kind of the other record.</summary>
    public string OtherKind { get; private set; } = "";

    /// <summary>The other record.</summary>
    public Guid OtherId { get; private set; }

    /// <summary>Its number, where it has one.</summary>
    public string? OtherNumber { get; private set; }

    /// <summary>How often the link was set or removed, at either end.</summary>
    public long Revision { get; private set; }

    /// <summary>When it was set last, UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Who set it last: printed name, or the service that did it by itself.</summary>
    public string By { get; private set; } = "";

    /// <summary>Whether it is set.</summary>
    public bool Active { get; private set; }

    /// <summary>Identity of one end.</summary>
    public static Guid IdOf(LinkedPair pair, RecordRef own)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(own);
        return NamedIds.Of("end", pair.Id.ToString("N"), own.Service, own.Kind, own.Id.ToString("N"));
    }

    /// <summary>One end that is not set yet; <see cref="Change"/> is next.</summary>
    internal static RecordLink Of(LinkedPair pair, RecordRef own, LinkRelation relation, RecordRef other) =>
        new()
        {
            Id = IdOf(pair, own),
            RecordKind = own.Kind,
            RecordId = own.Id,
            LinkId = pair.Id,
            Relation = relation,
            OtherService = other.Service,
            OtherKind = other.Kind,
            OtherId = other.Id,
            OtherNumber = other.Number,
        };

    /// <summary>Sets or removes the link, on the word of this end or of the other; an older word changes
    /// nothing, of two of one revision the removal counts.</summary>
    /// <returns>Whether anything changed.</returns>
    internal bool Change(CommandContext context, bool active, long revision, string? number)
    {
        if (revision < Revision || (revision == Revision && (active || !Active)))
        {
            return false;
        }

        var from =
            Revision == 0 ? null
            : Active ? Set
            : Removed;
        Revision = revision;
        OtherNumber = number ?? OtherNumber;
        if (active)
        {
            (At, By) = (context.Now, context.Actor.Name);
        }

        // A word about what both know already, heard late, is no step.
        if (active == Active)
        {
            Record(context, active ? "link" : "unlink", from, active ? Set : Removed, "repeated");
            return true;
        }

        Active = active;
        Record(context, active ? "link" : "unlink", from, active ? Set : Removed, null);
        return true;
    }

    /// <summary>Both records, as the link names them.</summary>
    internal LinkedPair Pair(string service, string? number)
    {
        var own = new RecordRef(service, RecordKind, RecordId, number);
        var other = new RecordRef(OtherService, OtherKind, OtherId, OtherNumber);
        return Relation switch
        {
            LinkRelation.Parent => new(own, LinkKind.Parent, other),
            LinkRelation.DuplicateOf => new(own, LinkKind.DuplicateOf, other),
            LinkRelation.CausedBy => new(own, LinkKind.CausedBy, other),
            LinkRelation.Child => new(other, LinkKind.Parent, own),
            LinkRelation.HasDuplicate => new(other, LinkKind.DuplicateOf, own),
            _ => new(other, LinkKind.CausedBy, own),
        };
    }

    /// <summary>Tells the other services.</summary>
    internal void Announce(string service, LinkedPair pair) =>
        Raise(RecordEvents.LinkChanged(service, pair, Active, Revision));
}
