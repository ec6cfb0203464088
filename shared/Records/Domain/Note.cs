using CustomerService.Contracts;
using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>What a note says, and whom it calls.</summary>
/// <param name="Text">The text, at most 4000 characters.</param>
/// <param name="People">Accounts that are mentioned.</param>
/// <param name="Departments">Codes of departments that are mentioned.</param>
public sealed record NoteContent(string Text, IReadOnlyList<Guid> People, IReadOnlyList<string> Departments);

/// <summary>What a note said before an edit.</summary>
/// <param name="Text">The text.</param>
/// <param name="Until">When it was replaced, UTC.</param>
public sealed record FormerText(string Text, DateTimeOffset Until);

/// <summary>
/// An internal note on a record, rule S2. Its author can edit it for <see cref="EditableFor"/>; after that it can only
/// be struck through, and never be deleted. What it said stays with it.
/// </summary>
public sealed class Note : Aggregate
{
    /// <summary>How long the author can edit.</summary>
    public static readonly TimeSpan EditableFor = TimeSpan.FromMinutes(15);

    /// <summary>Who may strike the notes of others: heads and administrators.</summary>
    public static readonly IReadOnlyList<string> Strikers =
    [
        Roles.DepartmentHead,
        Roles.SalesManager,
        Roles.QcHead,
        Roles.EngineeringHead,
        Roles.ManagementRepresentative,
        Roles.GeneralManager,
        Roles.DeputyGeneralManager,
        Roles.Administrator,
    ];

    private const string Rule = "S2";
    private const string Written = "written";
    private const string Struck = "struck";

    private Note() { }

    /// <inheritdoc/>
    public override string Kind => RecordParts.Note;

    /// <summary>Kind of the record.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The record.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>Who wrote it: the subject of the token.</summary>
    public string AuthorId { get; private set; } = "";

    /// <summary>Printed name of the author at that time.</summary>
    public string AuthorName { get; private set; } = "";

    /// <summary>Department of the author, where there is one.</summary>
    public string? AuthorDepartment { get; private set; }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Accounts that are mentioned.</summary>
    public IReadOnlyList<Guid> People { get; private set; } = [];

    /// <summary>Codes of departments that are mentioned.</summary>
    public IReadOnlyList<string> Departments { get; private set; } = [];

    /// <summary>What it said before its edits, the oldest first.</summary>
    public IReadOnlyList<FormerText> Former { get; private set; } = [];

    /// <summary>When it was edited last, UTC.</summary>
    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>When it was struck through, UTC.</summary>
    public DateTimeOffset? StruckAt { get; private set; }

    /// <summary>Who struck it through: printed name.</summary>
    public string? StruckBy { get; private set; }

    /// <summary>Why it was struck through, where that was said.</summary>
    public string? StruckWhy { get; private set; }

    /// <summary>Writes a note on a record.</summary>
    public static Note Add(CommandContext context, RecordRef record, NoteContent content)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(record);
        var note = new Note
        {
            Id = Guid.CreateVersion7(context.Now),
            RecordKind = record.Kind,
            RecordId = record.Id,
            AuthorId = context.Actor.Id,
            AuthorName = context.Actor.Name,
            AuthorDepartment = context.Actor.Department,
            At = context.Now,
        };
        note.Take(content);
        note.Record(context, "add", null, Written, null);
        note.Announce(context, record);
        return note;
    }

    /// <summary>Replaces the text; the former one is kept.</summary>
    public Refusal? Edit(CommandContext context, RecordRef record, NoteContent content)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(content);
        if (CheckEdit(context) is { } refusal)
        {
            return refusal;
        }

        var callsOthers = content.People.Except(People).Any() || content.Departments.Except(Departments).Any();
        Former = [.. Former, new FormerText(Text, context.Now)];
        EditedAt = context.Now;
        Take(content);
        Record(context, "edit", Written, Written, null);
        if (callsOthers)
        {
            Announce(context, record);
        }

        return null;
    }

    /// <summary>Strikes the note through; it stays to be read.</summary>
    public Refusal? Strike(CommandContext context, string? why)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (CheckStrike(context) is { } refusal)
        {
            return refusal;
        }

        (StruckAt, StruckBy, StruckWhy) = (context.Now, context.Actor.Name, why);
        Record(context, "strike", Written, Struck, why);
        return null;
    }

    /// <summary>What this actor could do now, as the API's <c>_actions</c>.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        [
            .. CheckEdit(context) is null ? ["edit"] : Array.Empty<string>(),
            .. CheckStrike(context) is null ? ["strike"] : Array.Empty<string>(),
        ];

    private Refusal? CheckEdit(CommandContext context) =>
        context.Actor.Id != AuthorId ? new Refusal(RefusalKind.Forbidden, "note-not-yours", Rule, ["author"], [])
        : StruckAt is not null ? IsStruck
        : context.Now - At > EditableFor
            ? Refusal.ByRule("note-edit-time-over", Rule, ["time"]).With("minutes", EditableFor.TotalMinutes)
        : null;

    private Refusal? CheckStrike(CommandContext context) =>
        context.Actor.Id != AuthorId && !context.Actor.HasAny(Strikers)
            ? new Refusal(RefusalKind.Forbidden, "note-not-yours", Rule, ["author"], Strikers)
        : StruckAt is not null ? IsStruck
        : null;

    private static Refusal IsStruck => Refusal.ByRule("note-struck", Rule, []);

    private void Take(NoteContent content) =>
        (Text, People, Departments) = (
            content.Text,
            [.. content.People.Distinct()],
            [.. content.Departments.Distinct(StringComparer.Ordinal)]
        );

    private void Announce(CommandContext context, RecordRef record)
    {
        if (record.Discretion != Discretion.KeptQuiet)
        {
            Raise(RecordEvents.NoteAdded(record, this, context.Now));
        }
    }
}
