using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.WorkLinks.Domain;

/// <summary>
/// A link or QR code in the hand of somebody who repairs (P3.2.3): to one order, or to the orders of a unit on a day. Its
/// holder takes the steps of the work and no others, needs no account, and can be shut out at any time.
/// </summary>
internal sealed class WorkLink : Aggregate
{
    /// <summary>The longest life of a link.</summary>
    public const int MostDays = 14;

    private static readonly string[] Creators = [Roles.Engineering, Roles.EngineeringHead, Roles.RepairUnit];

    /// <summary>The steps of a holder; the table of the order still decides which of them may be taken now.</summary>
    public static IReadOnlyList<RepairOrderAction> Steps { get; } =
    [
        RepairOrderAction.Receive,
        RepairOrderAction.Object,
        RepairOrderAction.Arrive,
        RepairOrderAction.Attempt,
        RepairOrderAction.Pause,
        RepairOrderAction.Resume,
        RepairOrderAction.Start,
        RepairOrderAction.AddCost,
        RepairOrderAction.Finish,
    ];

    public override string Kind => "work-link";

    /// <summary>The one order; null for a unit's orders of the day.</summary>
    public Guid? RepairOrderId { get; private set; }

    /// <summary>The day; null for one order.</summary>
    public DateOnly? Day { get; private set; }

    public Guid UnitId { get; private set; }

    public string UnitName { get; private set; } = "";

    public bool UnitIsOwn { get; private set; }

    /// <summary>The person to whom it is given; steps are recorded under this name.</summary>
    public string HolderName { get; private set; } = "";

    public string SecretHash { get; private set; } = "";

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public Stamp CreatedBy { get; private set; } = null!;

    private string State => RevokedAt is null ? "active" : "revoked";

    /// <summary>A link for a unit that the caller may speak for.</summary>
    /// <param name="context">Who makes it.</param>
    /// <param name="order">The one order; null for a unit's day.</param>
    /// <param name="unit">The unit that repairs.</param>
    /// <param name="day">The day; null for one order.</param>
    /// <param name="holder">The person to whom it is given.</param>
    /// <param name="secretHash">Hash of the secret in the link.</param>
    /// <param name="expiresAt">When it ends.</param>
    public static Result<WorkLink> Create(
        CommandContext context,
        Guid? order,
        RepairUnit unit,
        DateOnly? day,
        string holder,
        string secretHash,
        DateTimeOffset expiresAt
    )
    {
        if (CheckRole(context, unit.Id) is { } refusal)
        {
            return refusal;
        }

        if (expiresAt <= context.Now || expiresAt > context.Now.AddDays(MostDays))
        {
            return Refusal.Invalid("link-life", "P3.2.3", "expires-at").With("days", MostDays);
        }

        var link = new WorkLink
        {
            Id = Guid.CreateVersion7(context.Now),
            RepairOrderId = order,
            Day = day,
            UnitId = unit.Id,
            UnitName = unit.Name,
            UnitIsOwn = unit.Kind == UnitKind.Own,
            HolderName = holder,
            SecretHash = secretHash,
            ExpiresAt = expiresAt.ToWholeMilliseconds(),
            CreatedBy = Stamp.Of(context),
        };
        link.Record(context, "create", null, link.State, holder);
        return link;
    }

    public Refusal? Revoke(CommandContext context)
    {
        if (CheckRole(context, UnitId) is { } refusal)
        {
            return refusal;
        }

        if (RevokedAt is null)
        {
            var from = State;
            RevokedAt = context.Now;
            Record(context, "revoke", from, State, null);
        }

        return null;
    }

    /// <summary>The unit is called otherwise (S3), or turned out to be another organisation that is known (S4).</summary>
    public void FollowUnit(CommandContext context, Guid unitId, string name)
    {
        (UnitId, UnitName) = (unitId, name);
        Record(context, "follow-unit", State, State, name);
    }

    /// <summary>Why the link leads nowhere; null while it is open.</summary>
    public Refusal? WhyClosed(DateTimeOffset now) =>
        RevokedAt is not null ? Refusal.Ended("link-revoked", "P3.2.3", ["new-link"], Creators)
        : ExpiresAt <= now ? Refusal.Ended("link-expired", "P3.2.3", ["new-link"], Creators)
        : null;

    /// <summary>Whether its holder may act on this order.</summary>
    public bool Covers(RepairOrder order) =>
        order.RepairUnitId == UnitId
        && (
            RepairOrderId is { } one
                ? order.Id == one
                : order.Plan is null || (order.Plan.From <= Day && Day <= order.Plan.To)
        );

    /// <summary>The holder as an actor.</summary>
    public Actor Holder =>
        new(
            $"link:{Id}",
            HolderName,
            new HashSet<string> { UnitIsOwn ? Roles.Repair : Roles.RepairUnit },
            OrganisationId: UnitId
        );

    /// <summary>What this actor could do now, each the last part of a route.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        RevokedAt is null && CheckRole(context, UnitId) is null ? ["revoke"] : [];

    // A unit makes links to its own orders only.
    private static Refusal? CheckRole(CommandContext context, Guid unit) =>
        context.Actor.HasAny(Creators) && (context.Actor.IsStaff() || context.Actor.OrganisationId == unit)
            ? null
            : Refusal.RoleMissing("P3.2.3", Creators).With("action", "create");
}
