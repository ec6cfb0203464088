using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Records.Features;

/// <summary>A note as it is written or edited.</summary>
/// <param name="Text">The text, at most 4000 characters.</param>
/// <param name="People">Accounts that it mentions, at most 20; they follow the record from then on.</param>
/// <param name="Departments">Codes of departments that it mentions, at most 20.</param>
public sealed record NoteRequest(
    string Text,
    IReadOnlyList<Guid>? People = null,
    IReadOnlyList<string>? Departments = null
)
{
    internal const int MostMentions = 20;

    internal NoteContent ToContent() => new(Text, People ?? [], Departments ?? []);

    internal sealed class Validator : AbstractValidator<NoteRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Text).RequiredText();
            RuleFor(r => r.People).AtMost(MostMentions);
            RuleFor(r => r.Departments).AtMost(MostMentions);
            RuleForEach(r => r.Departments).RequiredCode();
        }
    }
}

/// <summary>Strikes a note through.</summary>
/// <param name="Reason">Why, where that is to be said.</param>
public sealed record StrikeRequest(string? Reason = null)
{
    internal sealed class Validator : AbstractValidator<StrikeRequest>
    {
        public Validator() => RuleFor(r => r.Reason).OptionalText();
    }
}

/// <summary>An internal note.</summary>
public sealed record NoteView
{
    /// <summary>The note.</summary>
    public required Guid Id { get; init; }

    /// <summary>Version, for If-Match.</summary>
    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string Author { get; init; }

    /// <summary>Subject of the author's tokens.</summary>
    public required string AuthorId { get; init; }

    /// <summary>Department of the author, where there is one.</summary>
    public required string? AuthorDepartment { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Accounts that it mentions.</summary>
    public required IReadOnlyList<Guid> People { get; init; }

    /// <summary>Codes of departments that it mentions.</summary>
    public required IReadOnlyList<string> Departments { get; init; }

    /// <summary>When it was edited last, UTC.</summary>
    public required DateTimeOffset? EditedAt { get; init; }

    /// <summary>What it said before its edits, the oldest first.</summary>
    public required IReadOnlyList<FormerText> Former { get; init; }

    /// <summary>Who struck it through, and when; null while it stands.</summary>
    public required StruckView? Struck { get; init; }

    internal static NoteView From(Note note, Caller caller) =>
        new()
        {
            Id = note.Id,
            Version = note.Version,
            Actions = note.AllowedActions(caller.Context()),
            Author = note.AuthorName,
            AuthorId = note.AuthorId,
            AuthorDepartment = note.AuthorDepartment,
            At = note.At,
            Text = note.Text,
            People = note.People,
            Departments = note.Departments,
            EditedAt = note.EditedAt,
            Former = note.Former,
            Struck = note.StruckAt is { } at ? new(note.StruckBy!, at, note.StruckWhy) : null,
        };
}

/// <summary>That a note was struck through.</summary>
/// <param name="By">By whom.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why, where that was said.</param>
public sealed record StruckView(string By, DateTimeOffset At, string? Reason);

/// <summary>A page of notes.</summary>
internal sealed record NotesQuery : PageQuery;

/// <summary>Notes of a record; for staff who see it.</summary>
internal sealed class RecordNotes(RecordKind kind)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var path = $"/{kind.Collection}/{{id:guid}}/notes";
        routes
            .MapGet(path, List)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName($"List{kind.Word}Notes")
            .WithSummary("Internal notes, newest first")
            .WithDescription("Rule S2. For staff; what was struck through is among them.")
            .Produces<Page<NoteView>>();
        routes
            .MapGet(path + "/{noteId:guid}", Read)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName($"Get{kind.Word}Note")
            .WithSummary("An internal note")
            .WithDescription("Rule S2. For staff.")
            .Produces<NoteView>();
        routes
            .MapPost(path, Add)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Add{kind.Word}Note")
            .WithSummary("Write an internal note")
            .WithDescription(
                """
                Rule S2. No customer, repair unit or message to them ever sees it. People who are mentioned follow the
                record from then on. 400 `mention-unknown`: an account that is mentioned is not known, or is not staff.
                """
            )
            .WithExample(new NoteRequest("業主來電，請週五前回覆。", [], ["engineering"]))
            .Produces<NoteView>(StatusCodes.Status201Created);
        routes
            .MapPost(path + "/{noteId:guid}/edit", Edit)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Edit{kind.Word}Note")
            .WithSummary("Edit a note")
            .WithDescription(
                """
                Rule S2. By its author, for 15 minutes; what it said is kept. If-Match names the version of the note. 403
                `note-not-yours`; 409 `note-edit-time-over`, `note-struck`.
                """
            )
            .WithExample(new NoteRequest("業主來電，請週四前回覆。", [], ["engineering"]))
            .Produces<NoteView>();
        routes
            .MapPost(path + "/{noteId:guid}/strike", Strike)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Strike{kind.Word}Note")
            .WithSummary("Strike a note through")
            .WithDescription(
                """
                Rule S2. By its author, a head or an administrator; it stays to be read. If-Match names the version of
                the note. 403 `note-not-yours`; 409 `note-struck`.
                """
            )
            .WithExample(new StrikeRequest("寫錯了訂單。"))
            .Produces<NoteView>();
    }

    private async Task<QueryResult> List(
        Guid id,
        [AsParameters] NotesQuery query,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is null)
        {
            return QueryResult.NotFound;
        }

        var read = await store.NotesAsync(id, after, query.Size + 1, cancellation);
        return QueryResult.Of(
            Lists.Cut(read, query, note => note.Id.ToString("N"), note => NoteView.From(note, caller))
        );
    }

    private async Task<QueryResult> Read(
        Guid id,
        Guid noteId,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not null
        && (await store.ReadAsync<Note>([noteId], cancellation)).SingleOrDefault(n => n.RecordId == id) is { } note
            ? QueryResult.Of(NoteView.From(note, caller), note.Version)
            : QueryResult.NotFound;

    private async Task<CommandResult> Add(
        Guid id,
        NoteRequest body,
        HttpContext http,
        IRecordStore store,
        RecordPeople people,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } record)
        {
            return CommandResult.NotFound();
        }

        var content = body.ToContent();
        if ((await people.MentionedAsync(content.People, cancellation)).Failed(out var refusal, out var mentioned))
        {
            return refusal;
        }

        var context = caller.Context();
        var note = Note.Add(context, record, content);
        store.Add(note);
        await people.FollowAsync(context, record, mentioned, cancellation);
        return CommandResult.Created(
            $"{kind.Collection}/{id}/notes/{note.Id}",
            note,
            () => NoteView.From(note, caller)
        );
    }

    private async Task<CommandResult> Edit(
        Guid id,
        Guid noteId,
        NoteRequest body,
        HttpContext http,
        IRecordStore store,
        RecordPeople people,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } record)
        {
            return CommandResult.NotFound();
        }

        var content = body.ToContent();
        if ((await people.MentionedAsync(content.People, cancellation)).Failed(out var refusal, out var mentioned))
        {
            return refusal;
        }

        var note = await OfAsync(store, record, noteId, cancellation);
        var before = note?.People ?? [];
        var result = caller.Change(note, (n, context) => n.Edit(context, record, content), NoteView.From);
        if (note is { PendingEntries.Count: > 0 })
        {
            var added = mentioned.Where(account => !before.Contains(account.UserId));
            await people.FollowAsync(caller.Context(), record, added, cancellation);
        }

        return result;
    }

    private async Task<CommandResult> Strike(
        Guid id,
        Guid noteId,
        StrikeRequest body,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await kind.FindAsync(http.RequestServices, caller, id, cancellation) is { } record
            ? caller.Change(
                await OfAsync(store, record, noteId, cancellation),
                (note, context) => note.Strike(context, body.Reason),
                NoteView.From
            )
            : CommandResult.NotFound();

    private static async Task<Note?> OfAsync(
        IRecordStore store,
        RecordRef record,
        Guid noteId,
        CancellationToken cancellation
    ) => await store.FindAsync<Note>(noteId, cancellation) is { } note && note.RecordId == record.Id ? note : null;
}
