using CustomerService.Contracts.Retention;
using CustomerService.Rules;

namespace CustomerService.Records.Keeping;

/// <summary>Where a record stands that must be kept (C8).</summary>
public enum RetentionState
{
    /// <summary>The record is open; the entry is there because somebody holds it.</summary>
    Open,

    /// <summary>It is closed and kept until its day.</summary>
    Kept,

    /// <summary>A legal hold keeps it, whatever its day.</summary>
    Held,

    /// <summary>It is gone; this entry is all that is left of it.</summary>
    Erased,
}

/// <summary>A legal hold.</summary>
/// <param name="Through">Its last day; null where it has no end.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who put it.</param>
public sealed record RetentionHold(DateOnly? Through, string Reason, Stamp By);

/// <summary>That a department asks for more than the years of the policy.</summary>
/// <param name="Through">The last day that it asks for.</param>
/// <param name="Department">The department.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who asked.</param>
public sealed record RetentionWish(DateOnly Through, string Department, string Reason, Stamp By);

/// <summary>That a record was erased.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Sha256">Hash over all rows that were erased, the audit trail among them.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Files">How many files.</param>
/// <param name="By">Who did it.</param>
public sealed record RetentionErasure(string Reason, string Sha256, int Rows, int Files, Stamp By);

/// <summary>What a record says of its own keeping.</summary>
/// <param name="Number">Its number, where it has one.</param>
/// <param name="ClosedOn">Day on which it was closed, company time zone; null while it is open.</param>
/// <param name="WarrantyThrough">Last day of the warranty that it belongs to.</param>
/// <param name="Department">The department that answers for it.</param>
/// <param name="Policies">The policy of the case and the one in force: the longer years count.</param>
public sealed record KeepingFacts(
    string? Number,
    DateOnly? ClosedOn,
    DateOnly? WarrantyThrough,
    string? Department,
    IReadOnlyList<Policy> Policies
);

/// <summary>A content that files of an erased record had.</summary>
/// <param name="Sha256">Its key among the blobs.</param>
/// <param name="Parts">Parts of the record that it showed.</param>
public sealed record ErasedBlob(string Sha256, IReadOnlyList<Guid> Parts)
{
    /// <summary>The contents of these files, each once.</summary>
    public static IReadOnlyList<ErasedBlob> Of(IEnumerable<RecordFile> files) =>
        [
            .. files
                .GroupBy(file => file.Sha256, StringComparer.Ordinal)
                .Select(same => new ErasedBlob(
                    same.Key,
                    [.. same.Select(file => file.PartId).OfType<Guid>().Distinct()]
                )),
        ];
}

/// <summary>What was erased.</summary>
/// <param name="Sha256">Hash over all rows.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Blobs">The contents that its files had, those of files that it had taken along, too.</param>
/// <param name="Parts">What went with the record.</param>
/// <param name="Links">The links that ended with it.</param>
public sealed record ErasedContent(
    string Sha256,
    int Rows,
    IReadOnlyList<ErasedBlob> Blobs,
    IReadOnlyList<Guid> Parts,
    IReadOnlyList<RecordLink> Links
);

/// <summary>
/// How long a record is kept, rule C8, one for a record; after the erasure the proof that it was there, and that nobody
/// erased it before its day. It holds nothing of the record but kind, number and days.
/// </summary>
public sealed class RetentionEntry : Aggregate
{
    /// <summary>Its kind in the audit trail.</summary>
    public const string Name = "retention-entry";

    private const string Rule = "C8";

    /// <summary>Who puts and releases legal holds.</summary>
    public static IReadOnlyList<string> Holders { get; } =
    [Roles.ManagementRepresentative, Roles.GeneralManager, Roles.DeputyGeneralManager, Roles.Administrator];

    /// <summary>Who asks that a record be kept longer: heads, for their departments.</summary>
    public static IReadOnlyList<string> Askers { get; } =
    [Roles.DepartmentHead, Roles.QcHead, Roles.EngineeringHead, Roles.SalesManager];

    /// <summary>Who erases.</summary>
    public static IReadOnlyList<string> Erasers { get; } = [Roles.Administrator];

    private RetentionEntry() { }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override string StateName => State.ToKebab();

    /// <summary>Where it stands.</summary>
    public RetentionState State { get; private set; }

    /// <summary>The service of the record.</summary>
    public string Service { get; private set; } = "";

    /// <summary>Kind of the record.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The record.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>Its number, where it has one.</summary>
    public string? RecordNumber { get; private set; }

    /// <summary>The department that answers for it.</summary>
    public string? Department { get; private set; }

    /// <summary>Day on which it was closed.</summary>
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>When it was closed, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Last day of the warranty that it belongs to.</summary>
    public DateOnly? WarrantyThrough { get; private set; }

    /// <summary>Last day by closing, warranty and policy.</summary>
    public DateOnly? RuleThrough { get; private set; }

    /// <summary>Last day on which it must be there; null while the record is open.</summary>
    public DateOnly? KeepThrough { get; private set; }

    /// <summary>The legal hold.</summary>
    public RetentionHold? Hold { get; private set; }

    /// <summary>What a department asked for.</summary>
    public RetentionWish? Wish { get; private set; }

    /// <summary>That it was erased.</summary>
    public RetentionErasure? Erasure { get; private set; }

    /// <summary>Contents that the erased record's files had and that are still in the store of files.</summary>
    public IReadOnlyList<string> Blobs { get; private set; } = [];

    /// <summary>The same contents with the parts of the record that they showed.</summary>
    public IReadOnlyList<ErasedBlob> Contents { get; private set; } = [];

    /// <summary>From when on these contents may go; null where there are none.</summary>
    public DateTimeOffset? BlobsDueAt { get; private set; }

    /// <summary>An entry for a record; <see cref="Look"/> is next.</summary>
    public static RetentionEntry Of(CommandContext context, string service, string kind, Guid record)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new()
        {
            Id = Guid.CreateVersion7(context.Now),
            Service = service,
            RecordKind = kind,
            RecordId = record,
        };
    }

    /// <summary>Takes over what the record says; nothing changes where it is known.</summary>
    /// <param name="context">Who looks.</param>
    /// <param name="facts">What the record says.</param>
    /// <param name="closedAt">When it was closed, UTC.</param>
    /// <param name="announce">False where a command follows, which says all: of one version there is one event.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Look(CommandContext context, KeepingFacts facts, DateTimeOffset? closedAt, bool announce = true)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(facts);
        var through = facts
            .Policies.Select(policy =>
                Retention.KeepThrough(facts.ClosedOn, facts.WarrantyThrough, null, facts.Department, policy.Retention)
            )
            .Max();
        if (
            AuditSequence > 0
            && (RecordNumber, ClosedOn, WarrantyThrough, Department, RuleThrough)
                == (facts.Number, facts.ClosedOn, facts.WarrantyThrough, facts.Department, through)
        )
        {
            return false;
        }

        var action =
            facts.ClosedOn == ClosedOn && AuditSequence > 0 ? "look"
            : facts.ClosedOn is null ? "reopen"
            : "close";
        (RecordNumber, ClosedOn, ClosedAt) = (facts.Number, facts.ClosedOn, facts.ClosedOn is null ? null : closedAt);
        (WarrantyThrough, Department, RuleThrough) = (facts.WarrantyThrough, facts.Department, through);
        Step(context, AuditSequence == 0 && facts.ClosedOn is null ? "open" : action, null, announce);
        return true;
    }

    /// <summary>Puts a legal hold, or another one in its place.</summary>
    /// <param name="context">Who does it.</param>
    /// <param name="through">Its last day; null where it has no end.</param>
    /// <param name="reason">Why.</param>
    public Refusal? Put(CommandContext context, DateOnly? through, string reason)
    {
        if (Check(context, Holders) is { } refusal)
        {
            return refusal;
        }

        if (through < context.Today)
        {
            return Refusal.Invalid("hold-ended", Rule, "last-day");
        }

        Hold = new(through, reason, Stamp.Of(context));
        Step(context, "hold", reason);
        return null;
    }

    /// <summary>Releases the legal hold.</summary>
    public Refusal? Release(CommandContext context, string reason)
    {
        if (Check(context, Holders) is { } refusal)
        {
            return refusal;
        }

        if (Hold is null)
        {
            return Refusal.ByRule("record-not-held", Rule, ["legal-hold"]);
        }

        Hold = null;
        Step(context, "release", reason);
        return null;
    }

    /// <summary>A department asks that it be kept longer.</summary>
    public Refusal? KeepLonger(CommandContext context, DateOnly through, string reason)
    {
        if (Check(context, Askers) is { } refusal)
        {
            return refusal;
        }

        if (context.Actor.Department is not { } department)
        {
            return Refusal.ByRule("department-missing", Rule, ["account-department"], Roles.Administrator);
        }

        if (Wish is { } known && through < known.Through && known.Department != department)
        {
            return Refusal
                .ByRule("other-department-asked", Rule, ["department-consent"], [.. Askers])
                .With("department", known.Department)
                .With("through", known.Through);
        }

        Wish = new(through, department, reason, Stamp.Of(context));
        Step(context, "keep-longer", reason);
        return null;
    }

    /// <summary>Whether it may be erased on this day.</summary>
    public Refusal? CheckErase(CommandContext context) =>
        Check(context, Erasers)
        ?? (
            IsHeldOn(context.Today)
                ? Refusal
                    .ByRule("record-held", Rule, ["hold-release"], [.. Holders])
                    .With("through", Hold!.Through ?? DateOnly.MaxValue)
                : Retention.CheckDeletion(context.Today, KeepThrough)
        );

    /// <summary>The record is gone with all that stood beside it; contents of files go after a while.</summary>
    /// <param name="context">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="content">What was erased.</param>
    /// <param name="grace">How long others may still fetch the contents of files that they took along.</param>
    public Refusal? Erase(CommandContext context, string reason, ErasedContent content, TimeSpan grace)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (CheckErase(context) is { } refusal)
        {
            return refusal;
        }

        Erasure = new(reason, content.Sha256, content.Rows, content.Blobs.Count, Stamp.Of(context));
        (Hold, Contents, Blobs) = (null, content.Blobs, [.. content.Blobs.Select(blob => blob.Sha256)]);
        BlobsDueAt = content.Blobs.Count > 0 ? context.Now + grace : null;
        var from = StateName;
        State = RetentionState.Erased;
        Record(context, "erase", from, StateName, reason);
        // Apart from the reason, so that a reader finds it: the chain keeps what the rows were.
        Record(context, "prove", StateName, StateName, content.Sha256);
        foreach (var link in content.Links)
        {
            Raise(RecordEvents.LinkChanged(Service, link.Pair(Service, RecordNumber), false, link.Revision + 1));
        }

        Raise(
            RetentionEvents.Erased(
                Service,
                Version,
                new(
                    RecordKind,
                    RecordId,
                    RecordNumber,
                    ClosedOn!.Value,
                    KeepThrough!.Value,
                    reason,
                    context.Actor.Name,
                    context.Now,
                    content.Sha256,
                    content.Parts
                )
            )
        );
        return null;
    }

    /// <summary>A link of the erased record was heard of late: it ends, as those did that were known then.</summary>
    /// <param name="context">Who heard it.</param>
    /// <param name="pair">The two records.</param>
    /// <param name="revision">Of the link, with its end.</param>
    internal void Unlink(CommandContext context, LinkedPair pair, long revision)
    {
        Record(context, "unlink", StateName, StateName, null);
        Raise(RecordEvents.LinkChanged(Service, pair, false, revision));
    }

    /// <summary>The contents of its files are gone, too.</summary>
    public void BlobsGone(CommandContext context)
    {
        Record(context, "erase-contents", StateName, StateName, null);
        (Contents, Blobs, BlobsDueAt) = ([], [], null);
    }

    /// <summary>What this actor could do now, as the API's <c>_actions</c>.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        [
            .. new (string Action, bool Allowed)[]
            {
                ("hold", Check(context, Holders) is null),
                ("release", Hold is not null && Check(context, Holders) is null),
                ("keep-longer", Check(context, Askers) is null && context.Actor.Department is not null),
                ("erase", CheckErase(context) is null),
            }
                .Where(a => a.Allowed)
                .Select(a => a.Action),
        ];

    private bool IsHeldOn(DateOnly day) => Hold is { } hold && (hold.Through is not { } last || day <= last);

    private Refusal? Check(CommandContext context, IReadOnlyList<string> roles)
    {
        ArgumentNullException.ThrowIfNull(context);
        return !context.Actor.HasAny(roles) ? Refusal.RoleMissing(Rule, roles)
            : Erasure is not null ? Refusal.ByRule("record-erased", Rule, [])
            : null;
    }

    private void Step(CommandContext context, string action, string? why, bool announce = true)
    {
        KeepThrough = RuleThrough is null
            ? null
            : new[] { RuleThrough, Wish?.Through, Hold is { } hold ? hold.Through ?? DateOnly.MaxValue : null }.Max();
        var from = AuditSequence == 0 ? null : StateName;
        State =
            Hold is not null ? RetentionState.Held
            : ClosedOn is null ? RetentionState.Open
            : RetentionState.Kept;
        Record(context, action, from, StateName, why);
        if (!announce)
        {
            return;
        }

        Raise(
            RetentionEvents.Kept(
                Service,
                Version,
                new(
                    RecordKind,
                    RecordId,
                    RecordNumber,
                    Department,
                    ClosedOn,
                    KeepThrough,
                    Hold is not null,
                    Hold?.Through,
                    Wish?.Department
                )
            )
        );
    }
}
