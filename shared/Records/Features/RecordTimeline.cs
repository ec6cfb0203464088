using System.Globalization;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Records.Features;

/// <summary>What an entry of a timeline is about.</summary>
public enum TimelineKind
{
    /// <summary>A step of the record itself.</summary>
    Transition,

    /// <summary>A note was written, edited or struck through.</summary>
    Note,

    /// <summary>A file was added, taken along, shared or struck through.</summary>
    File,

    /// <summary>A link was set or removed.</summary>
    Link,

    /// <summary>A tag was set or removed.</summary>
    Tag,

    /// <summary>A mail about the record was written, tried, sent or given up.</summary>
    Mail,

    /// <summary>A step of something that belongs to the record, for example an appointment or a link that was given
    /// out.</summary>
    Part,
}

/// <summary>Who did it.</summary>
/// <param name="Name">Printed name; not told to outsiders, but for people of their own organisation.</param>
/// <param name="Department">Department code, where it is known.</param>
/// <param name="Role">A role, where it is known; <c>system</c> for the system itself.</param>
public sealed record TimelineActor(string? Name, string? Department, string? Role);

/// <summary>One entry of a timeline.</summary>
public sealed record TimelineEntry
{
    /// <summary>What it is about.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was done, for example <c>dispatch</c>, <c>edit</c>, <c>untag</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Who did it.</summary>
    public required TimelineActor By { get; init; }

    /// <summary>State before, of a transition or of a part; for staff.</summary>
    public string? From { get; init; }

    /// <summary>State after, of a transition or of a part.</summary>
    public string? To { get; init; }

    /// <summary>Reason, of a transition, of a file that was struck through, or of a mail that was not taken; for
    /// staff.</summary>
    public string? Why { get; init; }

    /// <summary>The note as it is now; for staff.</summary>
    public NoteView? Note { get; init; }

    /// <summary>The tag; for staff.</summary>
    public string? Tag { get; init; }

    /// <summary>The link; for staff.</summary>
    public LinkView? Link { get; init; }

    /// <summary>The mail; for staff.</summary>
    public TimelineMail? Mail { get; init; }

    /// <summary>What belongs to the record and took the step; for staff.</summary>
    public TimelinePartView? Part { get; init; }

    /// <summary>The file; outsiders see those that the record shows them and their own.</summary>
    public TimelineFile? File { get; init; }
}

/// <summary>A file in a timeline.</summary>
/// <param name="Id">The file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record TimelineFile(Guid Id, string? Name, string? Purpose = null);

/// <summary>What belongs to a record, in its timeline.</summary>
/// <param name="Kind">What it is, for example <c>appointment</c>.</param>
/// <param name="Id">Its identity.</param>
public sealed record TimelinePartView(string Kind, Guid Id);

/// <summary>A mail in a timeline.</summary>
/// <param name="Id">The mail.</param>
/// <param name="Occasion">What it is about.</param>
/// <param name="To">Address of its reader.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="State">Where it stands now.</param>
public sealed record TimelineMail(Guid Id, string Occasion, string To, string Subject, MailState State);

/// <summary>A page of a timeline.</summary>
internal sealed record TimelineQuery : PageQuery;

/// <summary>What happened to a record, in one order, for everybody who sees it; outsiders see what is listed.</summary>
internal sealed class RecordTimeline(RecordKind kind)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet($"/{kind.Collection}/{{id:guid}}/timeline", Read)
            .AsQuery()
            .WithName($"Get{kind.Word}Timeline")
            .WithSummary("What happened to the record, newest first")
            .WithDescription(
                "Rule S2. Transitions, notes, files, links, tags, mails and parts by time, then by kind. Customers and repair units "
                    + (
                        kind.OutsidersSee.Count == 0
                            ? "see none of them."
                            : $"see these steps of it, without reasons and names: {string.Join(", ", kind.OutsidersSee)}."
                    )
                    + " Of files they see that one was added which they can read."
            )
            .Produces<Page<TimelineEntry>>();

    private async Task<QueryResult> Read(
        Guid id,
        [AsParameters] TimelineQuery query,
        HttpContext http,
        IRecordStore store,
        RecordPeople people,
        Caller caller,
        CancellationToken cancellation
    )
    {
        TimelineCursor? after = null;
        if (!string.IsNullOrEmpty(query.After) && !TryRead(query.After, out after))
        {
            return PageQuery.BadCursor;
        }

        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is null)
        {
            return QueryResult.NotFound;
        }

        var cut = caller.IsStaff ? null : await CutAsync(id, store, caller, cancellation);
        var read = await store.TimelineAsync(kind.Name, id, cut, after, query.Size + 1, cancellation);
        var page = read.Take(query.Size).ToList();
        var accounts = await people.OfAsync(page.Select(entry => entry.ActorId), cancellation);
        var parts = await Parts.OfAsync(store, page, cancellation);
        return QueryResult.Of(
            Lists.Cut(
                read,
                query,
                Write,
                entry =>
                    cut is null
                        ? ForStaff(entry, id, accounts, parts, caller)
                        : ForOutsiders(entry, id, accounts, parts, caller)
            )
        );
    }

    // The files by the same rule as in their list.
    private async Task<TimelineCut> CutAsync(
        Guid id,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        new(
            kind.OutsidersSee,
            [
                .. (await store.FilesAsync(id, cancellation))
                    .Where(file => kind.Files.AreSeenBy(caller.Actor, file))
                    .Select(file => file.Id),
            ],
            [RecordFile.Attach, RecordFile.Carry]
        );

    private static TimelineEntry ForStaff(
        AuditEntry entry,
        Guid id,
        IReadOnlyDictionary<string, Account> accounts,
        Parts parts,
        Caller caller
    )
    {
        var account = accounts.GetValueOrDefault(entry.ActorId);
        var by = new TimelineActor(entry.ActorName, account?.Department, RoleOf(entry, account));
        var (kind, itself) = KindOf(entry, id);
        return new()
        {
            Kind = kind,
            At = entry.At,
            Action = entry.Action,
            By = by,
            From = itself || kind == TimelineKind.Part ? entry.From : null,
            To = itself || kind == TimelineKind.Part ? entry.To : null,
            Why =
                itself
                || kind is TimelineKind.Mail or TimelineKind.Part
                || entry is { AggregateType: RecordParts.File, To: RecordFile.Struck }
                    ? entry.Why
                    : null,
            Note = parts.Notes.TryGetValue(entry.AggregateId, out var note) ? NoteView.From(note, caller) : null,
            Tag = parts.Tags.GetValueOrDefault(entry.AggregateId)?.Text,
            Link = parts.Links.TryGetValue(entry.AggregateId, out var link) ? LinkView.From(link) : null,
            Mail = parts.Mails.TryGetValue(entry.AggregateId, out var mail)
                ? new(mail.Id, mail.Occasion, mail.Address, mail.Subject, mail.State)
                : null,
            Part = kind == TimelineKind.Part ? new(entry.AggregateType, entry.AggregateId) : null,
            File =
                kind != TimelineKind.File ? null
                : parts.Files.TryGetValue(entry.AggregateId, out var file) ? new(file.Id, file.Name, file.Purpose)
                : new(entry.AggregateId, entry.Why),
        };
    }

    // Listed: what an entry is given one day is not shown to outsiders unasked.
    private static TimelineEntry ForOutsiders(
        AuditEntry entry,
        Guid id,
        IReadOnlyDictionary<string, Account> accounts,
        Parts parts,
        Caller caller
    )
    {
        var itself = entry.AggregateId == id;
        var account = accounts.GetValueOrDefault(entry.ActorId);
        var isOwn =
            entry.ActorId == caller.Actor.Id
            || (account?.OrganisationId is { } organisation && organisation == caller.Actor.OrganisationId);
        return new()
        {
            Kind = itself ? TimelineKind.Transition : TimelineKind.File,
            At = entry.At,
            Action = entry.Action,
            By = new(isOwn ? entry.ActorName : null, account?.Department, RoleOf(entry, account)),
            To = itself ? entry.To : null,
            File = parts.Files.TryGetValue(entry.AggregateId, out var file)
                ? new(file.Id, file.Name, file.Purpose)
                : null,
        };
    }

    private static string? RoleOf(AuditEntry entry, Account? account) =>
        entry.ActorId.StartsWith(Actor.SystemPrefix, StringComparison.Ordinal)
            ? Roles.System
            : account?.Roles.FirstOrDefault();

    private static (TimelineKind Kind, bool Itself) KindOf(AuditEntry entry, Guid id) =>
        entry.AggregateId == id
            ? (TimelineKind.Transition, true)
            : entry.AggregateType switch
            {
                RecordParts.Note => (TimelineKind.Note, false),
                RecordParts.Tag => (TimelineKind.Tag, false),
                RecordParts.Link => (TimelineKind.Link, false),
                RecordParts.Mail => (TimelineKind.Mail, false),
                RecordParts.File => (TimelineKind.File, false),
                _ => (TimelineKind.Part, false),
            };

    private static string Write(AuditEntry entry) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.At.ToUnixTimeMilliseconds()}.{entry.AggregateId:N}.{entry.Sequence}.{entry.AggregateType}"
        );

    private static bool TryRead(string text, out TimelineCursor? cursor)
    {
        cursor =
            text.Length <= 120
            && text.Split('.') is [var at, var id, var sequence, var type]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && Guid.TryParseExact(id, "N", out var aggregate)
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && type.All(letter => letter is '-' or (>= 'a' and <= 'z'))
                ? new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), type, aggregate, number)
                : null;
        return cursor is not null;
    }

    /// <summary>What the entries of a page are about.</summary>
    private sealed record Parts(
        IReadOnlyDictionary<Guid, Note> Notes,
        IReadOnlyDictionary<Guid, Tag> Tags,
        IReadOnlyDictionary<Guid, RecordLink> Links,
        IReadOnlyDictionary<Guid, RecordFile> Files,
        IReadOnlyDictionary<Guid, OutgoingMail> Mails
    )
    {
        public static async Task<Parts> OfAsync(
            IRecordStore store,
            IReadOnlyList<AuditEntry> page,
            CancellationToken cancellation
        ) =>
            new(
                await ReadAsync<Note>(store, page, RecordParts.Note, cancellation),
                await ReadAsync<Tag>(store, page, RecordParts.Tag, cancellation),
                await ReadAsync<RecordLink>(store, page, RecordParts.Link, cancellation),
                await ReadAsync<RecordFile>(store, page, RecordParts.File, cancellation),
                await ReadAsync<OutgoingMail>(store, page, RecordParts.Mail, cancellation)
            );

        private static async Task<IReadOnlyDictionary<Guid, T>> ReadAsync<T>(
            IRecordStore store,
            IReadOnlyList<AuditEntry> page,
            string kind,
            CancellationToken cancellation
        )
            where T : Aggregate
        {
            var ids = page.Where(e => e.AggregateType == kind).Select(e => e.AggregateId).Distinct().ToList();
            return (await store.ReadAsync<T>(ids, cancellation)).ToDictionary(part => part.Id);
        }
    }
}
