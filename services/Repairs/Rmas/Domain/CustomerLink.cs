using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>What the holder of a link may do.</summary>
internal enum LinkScope
{
    /// <summary>Confirm the received quantity of an RMA (C5.1.1).</summary>
    ConfirmCount,

    /// <summary>Consent to an offer or refuse it (C5.1.1.1).</summary>
    AnswerOffer,

    /// <summary>See where the machines of an RMA are (C3.1.1).</summary>
    Track,
}

/// <summary>A link for a customer without an account: for one purpose and one record, until a day, and revocable. The
/// store keeps the hash of its token.</summary>
internal sealed class CustomerLink : Aggregate
{
    /// <summary>Who makes links.</summary>
    public static readonly string[] Makers = [Roles.CustomerService, Roles.RepairGroup, Roles.AfterSales];

    private CustomerLink() { }

    public override string Kind => "customer-link";

    public LinkScope Scope { get; private set; }

    public Guid RmaId { get; private set; }

    /// <summary>The unit whose offer is answered.</summary>
    public Guid? UnitId { get; private set; }

    public Guid CustomerId { get; private set; }

    /// <summary>For whom it is.</summary>
    public string Person { get; private set; } = "";

    public string SecretHash { get; private set; } = "";

    /// <summary>The last day on which it works.</summary>
    public DateOnly ValidThrough { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static Result<CustomerLink> Make(
        CommandContext context,
        LinkScope scope,
        Rma rma,
        RmaUnit? unit,
        string person,
        string hash
    )
    {
        if (!context.Actor.HasAny(Makers))
        {
            return Refusal.RoleMissing("C5.1.1", Makers).With("action", "make-link");
        }

        if ((scope == LinkScope.AnswerOffer) != (unit is not null))
        {
            return Refusal.Invalid("link-needs-unit", "C5.1.1.1", "unit");
        }

        var link = new CustomerLink
        {
            Id = Guid.CreateVersion7(context.Now),
            Scope = scope,
            RmaId = rma.Id,
            UnitId = unit?.Id,
            CustomerId = rma.CustomerId,
            Person = person,
            SecretHash = hash,
            ValidThrough = context.Today.AddDays(context.Policy.Rmas.LinkDays),
        };
        link.Record(context, "make", null, "open", scope.ToKebab());
        return link;
    }

    public Refusal? Revoke(CommandContext context)
    {
        if (!context.Actor.HasAny(Makers))
        {
            return Refusal.RoleMissing("C5.1.1", Makers).With("action", "revoke");
        }

        if (RevokedAt is not null)
        {
            return Refusal.ByRule("link-revoked", "C5.1.1", ["open-link"], Makers);
        }

        RevokedAt = context.Now;
        Record(context, "revoke", "open", "revoked", null);
        return null;
    }

    /// <summary>Null where it works today, else why not.</summary>
    public Refusal? Check(DateOnly today, LinkScope scope) =>
        RevokedAt is not null ? Refusal.Ended("link-revoked", "C5.1.1", ["open-link"], Makers)
        : today > ValidThrough ? Refusal.Ended("link-expired", "C5.1.1", ["open-link"], Makers)
        : scope != Scope ? Refusal.ByRule("link-for-something-else", "C5.1.1", ["suitable-link"], Makers)
        : null;

    /// <summary>Who acts by it: a person of the customer.</summary>
    public Actor Holder => new($"link:{Id:N}", Person, new HashSet<string> { Roles.Customer }, null, CustomerId);
}
