using System.Text.Json.Serialization;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Records.Features;

/// <summary>A legal hold.</summary>
/// <param name="Reason">Why: for example the number of the case at court.</param>
/// <param name="LastDay">Its last day; without one until it is released.</param>
public sealed record HoldRequest(string Reason, DateOnly? LastDay = null)
{
    internal sealed class Validator : AbstractValidator<HoldRequest>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }
}

/// <summary>Why something is done.</summary>
/// <param name="Reason">The reason.</param>
public sealed record RetentionReason(string Reason)
{
    internal sealed class Validator : AbstractValidator<RetentionReason>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }
}

/// <summary>A department asks that a record be kept longer.</summary>
/// <param name="LastDay">The last day that it asks for.</param>
/// <param name="Reason">Why.</param>
public sealed record KeepLongerRequest(DateOnly LastDay, string Reason)
{
    internal sealed class Validator : AbstractValidator<KeepLongerRequest>
    {
        public Validator()
        {
            RuleFor(r => r.LastDay).NotEmpty();
            RuleFor(r => r.Reason).RequiredText();
        }
    }
}

/// <summary>Erases what is due.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RecordKind">Only records of this kind.</param>
/// <param name="ClosedTo">Only records that were closed on this day or before.</param>
/// <param name="Most">At most so many, 1 to 100; default 50.</param>
public sealed record EraseDueRequest(
    string Reason,
    string? RecordKind = null,
    DateOnly? ClosedTo = null,
    int? Most = null
)
{
    internal const int Largest = 100;
    internal const int Usual = 50;

    internal sealed class Validator : AbstractValidator<EraseDueRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).RequiredText();
            RuleFor(r => r.RecordKind).OptionalCode();
            RuleFor(r => r.Most).InclusiveBetween(1, Largest);
        }
    }
}

/// <summary>How long a record is kept.</summary>
public sealed record RetentionEntryView
{
    /// <summary>The entry, under which the audit trail has what was done.</summary>
    public required Guid Id { get; init; }

    /// <summary>Number of the record, where it has one.</summary>
    public required string? Number { get; init; }

    /// <summary>open, kept, held or erased.</summary>
    public required RetentionState State { get; init; }

    /// <summary>Version of the entry.</summary>
    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Kind of the record.</summary>
    public required string RecordKind { get; init; }

    /// <summary>The record.</summary>
    public required Guid RecordId { get; init; }

    /// <summary>The department that answers for it.</summary>
    public required string? Department { get; init; }

    /// <summary>Day on which it was closed.</summary>
    public required DateOnly? ClosedOn { get; init; }

    /// <summary>Last day of the warranty that it belongs to.</summary>
    public required DateOnly? WarrantyThrough { get; init; }

    /// <summary>Last day on which it must be there; 9999-12-31 under a hold without an end.</summary>
    public required DateOnly? KeepThrough { get; init; }

    /// <summary>The legal hold.</summary>
    public required RetentionHold? Hold { get; init; }

    /// <summary>What a department asked for.</summary>
    public required RetentionWish? Wish { get; init; }

    /// <summary>That it was erased.</summary>
    public required RetentionErasure? Erasure { get; init; }

    internal static RetentionEntryView From(RetentionEntry entry, Caller caller) =>
        new()
        {
            Id = entry.Id,
            Number = entry.RecordNumber,
            State = entry.State,
            Version = entry.Version,
            Actions = entry.AllowedActions(caller.Context()),
            RecordKind = entry.RecordKind,
            RecordId = entry.RecordId,
            Department = entry.Department,
            ClosedOn = entry.ClosedOn,
            WarrantyThrough = entry.WarrantyThrough,
            KeepThrough = entry.KeepThrough,
            Hold = entry.Hold,
            Wish = entry.Wish,
            Erasure = entry.Erasure,
        };
}

/// <summary>A record that was not erased.</summary>
/// <param name="RecordKind">Kind of the record.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Number">Its number, where it has one.</param>
/// <param name="Code">Code of the refusal.</param>
/// <param name="Rule">The rule.</param>
public sealed record NotErased(string RecordKind, Guid RecordId, string? Number, string Code, string Rule);

/// <summary>What a batch erased.</summary>
/// <param name="Erased">What is gone.</param>
/// <param name="Refused">What had to stay, though its day is over.</param>
public sealed record ErasedBatch(IReadOnlyList<RetentionEntryView> Erased, IReadOnlyList<NotErased> Refused);

/// <summary>How long the records of this service are kept, holds, and erasing after the day (C8).</summary>
internal static class RetentionEntries
{
    private const string Path = "/retention-entries";
    private const string One = Path + "/{kind}/{recordId:guid}";

    internal sealed record Query : PageQuery
    {
        /// <summary>open, kept, held or erased.</summary>
        public EnumFilter<RetentionState>? State { get; init; }

        /// <summary>Kind of the record, for example repair-order.</summary>
        public TextFilter? Kind { get; init; }

        /// <summary>Closed on this day or later.</summary>
        public Day? ClosedFrom { get; init; }

        /// <summary>Closed on this day or before.</summary>
        public Day? ClosedTo { get; init; }

        /// <summary>To be kept until this day or later.</summary>
        public Day? KeepThroughFrom { get; init; }

        /// <summary>To be kept until this day or before.</summary>
        public Day? KeepThroughTo { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Retention");
        routes
            .MapGet(Path, List)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("ListRetentionEntries")
            .WithSummary("Closed records and until when they are kept, the newest entry first")
            .WithDescription("Rule C8. For staff. `keepThroughTo` and `state=kept` give what may be erased.")
            .Produces<Page<RetentionEntryView>>();
        routes
            .MapGet(One, Read)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("GetRetentionEntry")
            .WithSummary("Until when a record is kept; what is left of it after it was erased")
            .WithDescription("Rule C8. For staff. An open record has an entry only where somebody holds it.")
            .Produces<RetentionEntryView>();
        routes
            .MapPost(One + "/hold", Hold)
            .AsCommand()
            .ForRoles(RetentionEntry.Holders)
            .WithName("HoldRecord")
            .WithSummary("Puts a legal hold on a record, or another in its place")
            .WithDescription(
                "Rule C8. Until its last day, or its release, the record cannot be erased. 400: hold-ended."
            )
            .WithExample(new HoldRequest("(2026) 滬01民初123號"))
            .Produces<RetentionEntryView>();
        routes
            .MapPost(One + "/release", Release)
            .AsCommand()
            .ForRoles(RetentionEntry.Holders)
            .WithName("ReleaseRecord")
            .WithSummary("Releases the legal hold")
            .WithDescription("Rule C8. 409: record-not-held.")
            .WithExample(new RetentionReason("判決已生效"))
            .Produces<RetentionEntryView>();
        routes
            .MapPost(One + "/keep-longer", KeepLonger)
            .AsCommand()
            .ForRoles(RetentionEntry.Askers)
            .WithName("KeepRecordLonger")
            .WithSummary("A department asks that a record be kept longer")
            .WithDescription(
                "Rule C8. By a head for the own department. 409: department-missing, other-department-asked."
            )
            .WithExample(new KeepLongerRequest(new(2036, 12, 31), "供產品開發部參考"))
            .Produces<RetentionEntryView>();
        routes
            .MapPost(One + "/erase", Erase)
            .AsCommand()
            .ForRoles(RetentionEntry.Erasers)
            .WithName("EraseRecord")
            .WithSummary("Erases a record after its day")
            .WithDescription(
                """
                Rule C8. By an administrator. With it go notes, files, links, work items and its audit trail; the entry
                stays and has kind, number, days, who, why, and a hash over all rows. 409: case-still-open,
                retention-not-over, record-held, records-depend, record-erased.
                """
            )
            .WithExample(new RetentionReason("保存期滿"))
            .Produces<RetentionEntryView>();
        routes
            .MapPost(Path + "/erase-due", EraseDue)
            .AsCommand()
            .ForRoles(RetentionEntry.Erasers)
            .WithName("EraseDueRecords")
            .WithSummary("Erases a batch of what is due")
            .WithDescription("Rule C8. By an administrator. Repeat it until nothing comes back.")
            .WithExample(new EraseDueRequest("保存期滿"))
            .Produces<ErasedBatch>();
    }

    private static async Task<QueryResult> List(
        [AsParameters] Query query,
        IKeepingStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (!query.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        var criteria = new RetentionCriteria
        {
            States = query.State?.Values,
            Kind = query.Kind?.Value,
            ClosedFrom = query.ClosedFrom?.Value,
            ClosedTo = query.ClosedTo?.Value,
            KeepFrom = query.KeepThroughFrom?.Value,
            KeepTo = query.KeepThroughTo?.Value,
        };
        var read = await store.ListAsync(criteria, after, query.Size + 1, cancellation);
        return QueryResult.Of(
            Lists.Cut(read, query, entry => entry.Id.ToString("N"), entry => RetentionEntryView.From(entry, caller))
        );
    }

    private static async Task<QueryResult> Read(
        string kind,
        Guid recordId,
        IKeepingStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await store.FindAsync(recordId, cancellation) is { } entry && entry.RecordKind == kind
            ? QueryResult.Of(RetentionEntryView.From(entry, caller), entry.Version)
            : QueryResult.NotFound;

    private static Task<CommandResult> Hold(
        string kind,
        Guid recordId,
        HoldRequest body,
        RecordKeeping keeping,
        KeptKinds kinds,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            (kind, recordId),
            (entry, context) => entry.Put(context, body.LastDay, body.Reason),
            keeping,
            kinds,
            caller,
            cancellation
        );

    private static Task<CommandResult> Release(
        string kind,
        Guid recordId,
        RetentionReason body,
        RecordKeeping keeping,
        KeptKinds kinds,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            (kind, recordId),
            (entry, context) => entry.Release(context, body.Reason),
            keeping,
            kinds,
            caller,
            cancellation
        );

    private static Task<CommandResult> KeepLonger(
        string kind,
        Guid recordId,
        KeepLongerRequest body,
        RecordKeeping keeping,
        KeptKinds kinds,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            (kind, recordId),
            (entry, context) => entry.KeepLonger(context, body.LastDay, body.Reason),
            keeping,
            kinds,
            caller,
            cancellation
        );

    private static async Task<CommandResult> Erase(
        string kind,
        Guid recordId,
        RetentionReason body,
        RecordKeeping keeping,
        KeptKinds kinds,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (
            kinds.Find(kind) is not { } known
            || await keeping.EraseAsync(caller.Context(), known, recordId, body.Reason, cancellation) is not { } result
        )
        {
            return CommandResult.NotFound();
        }

        return result.Failed(out var refusal, out var entry)
            ? refusal
            : CommandResult.Ok(entry, () => RetentionEntryView.From(entry, caller));
    }

    private static async Task<CommandResult> EraseDue(
        EraseDueRequest body,
        IKeepingStore store,
        RecordKeeping keeping,
        KeptKinds kinds,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        var due = await store.ListAsync(
            new()
            {
                States = [RetentionState.Kept],
                Kind = body.RecordKind,
                ClosedTo = body.ClosedTo,
                KeepTo = context.Today.AddDays(-1),
            },
            null,
            body.Most ?? EraseDueRequest.Usual,
            cancellation
        );
        var (erased, refused) = (new List<RetentionEntry>(), new List<NotErased>());
        foreach (var entry in due)
        {
            if (
                kinds.Find(entry.RecordKind) is not { } kind
                || await keeping.EraseAsync(context, kind, entry.RecordId, body.Reason, cancellation) is not { } result
            )
            {
                continue;
            }

            if (result.Failed(out var refusal, out var gone))
            {
                refused.Add(new(entry.RecordKind, entry.RecordId, entry.RecordNumber, refusal.Code, refusal.Rule));
            }
            else
            {
                erased.Add(gone);
            }
        }

        return CommandResult.Ok(
            new ErasedBatch([.. erased.Select(entry => RetentionEntryView.From(entry, caller))], refused)
        );
    }

    private static async Task<CommandResult> ChangeAsync(
        (string Kind, Guid Id) record,
        Func<RetentionEntry, CommandContext, Refusal?> change,
        RecordKeeping keeping,
        KeptKinds kinds,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        if (
            kinds.Find(record.Kind) is not { } kind
            || await keeping.EntryAsync(context, kind, record.Id, cancellation) is not { } entry
        )
        {
            return CommandResult.NotFound();
        }

        return change(entry, context) is { } refusal
            ? refusal
            : CommandResult.Ok(entry, () => RetentionEntryView.From(entry, caller));
    }
}
