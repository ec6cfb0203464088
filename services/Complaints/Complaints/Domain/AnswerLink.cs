using CustomerService.Rules;

namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>What the holder of a link said about the answer (C5.6.1).</summary>
internal enum LinkOutcome
{
    Confirmed,
    Disputed,
}

/// <summary>A link for a person of the customer without an account: to one answer of one complaint, to be used once, until a
/// day, and revocable (C5.6.1). The store keeps the hash of its token.</summary>
internal sealed class AnswerLink : Aggregate
{
    private const string Rule = "C5.6.1";

    /// <summary>Who makes links: those who answer.</summary>
    public static readonly string[] Makers = [Roles.CustomerService, Roles.Sales, Roles.SalesManager];

    private AnswerLink() { }

    public override string Kind => "answer-link";

    public Guid ComplaintId { get; private set; }

    public Guid CustomerId { get; private set; }

    /// <summary>The answer that it is about: when it was given.</summary>
    public DateTimeOffset AnsweredAt { get; private set; }

    /// <summary>For whom it is.</summary>
    public string Person { get; private set; } = "";

    public string SecretHash { get; private set; } = "";

    /// <summary>The last day on which it works.</summary>
    public DateOnly ValidThrough { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Null until it is used.</summary>
    public LinkOutcome? Outcome { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Who acts by it: a person of the customer.</summary>
    public Actor Holder => new($"link:{Id:N}", Person, new HashSet<string> { Roles.Customer }, null, CustomerId);

    public static Result<AnswerLink> Make(CommandContext context, Complaint complaint, string person, string hash)
    {
        if (!context.Actor.HasAny(Makers))
        {
            return Refusal.RoleMissing(Rule, Makers).With("action", "make-link");
        }

        if (!complaint.AwaitsConfirmation)
        {
            return Refusal.ByRule("customer-not-answered", Rule, ["answer"], Makers);
        }

        var link = new AnswerLink
        {
            Id = Guid.CreateVersion7(context.Now),
            ComplaintId = complaint.Id,
            CustomerId = complaint.CustomerId,
            AnsweredAt = complaint.ResolvedAt!.Value,
            Person = person,
            SecretHash = hash,
            ValidThrough = context.Today.AddDays(context.Policy.Complaints.AnswerLinkDays),
        };
        link.Record(context, "make", null, "open", person);
        return link;
    }

    public Refusal? Revoke(CommandContext context)
    {
        if (!context.Actor.HasAny(Makers))
        {
            return Refusal.RoleMissing(Rule, Makers).With("action", "revoke");
        }

        if (RevokedAt is not null)
        {
            return Refusal.ByRule("link-revoked", Rule, ["open-link"], Makers);
        }

        RevokedAt = context.Now;
        Record(context, "revoke", Outcome is null ? "open" : "used", "revoked", null);
        return null;
    }

    /// <summary>Null where it can be looked at today, else why not.</summary>
    public Refusal? WhyClosed(DateOnly today) =>
        RevokedAt is not null ? Refusal.Ended("link-revoked", Rule, ["open-link"], Makers)
        : today > ValidThrough ? Refusal.Ended("link-expired", Rule, ["open-link"], Makers)
        : null;

    /// <summary>The customer's word about the answer, once (C5.6.1).</summary>
    /// <param name="context">Its holder.</param>
    /// <param name="complaint">Its complaint.</param>
    /// <param name="outcome">What was said.</param>
    /// <param name="act">The step of the complaint.</param>
    public Refusal? Use(CommandContext context, Complaint complaint, LinkOutcome outcome, Func<Refusal?> act)
    {
        if (WhyClosed(context.Today) is { } closed)
        {
            return closed;
        }

        if (Outcome is not null)
        {
            return Refusal.Ended("link-used", Rule, ["open-link"], Makers);
        }

        if (complaint.ResolvedAt != AnsweredAt || complaint.CustomerId != CustomerId)
        {
            return Refusal.Ended("link-of-earlier-answer", Rule, ["open-link"], Makers);
        }

        if (act() is { } refusal)
        {
            return refusal;
        }

        (Outcome, UsedAt) = (outcome, context.Now);
        Record(context, outcome.ToKebab(), "open", "used", null);
        return null;
    }
}
