using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;

namespace CustomerService.Surveys.Campaigns.Domain;

internal enum InterviewLinkState
{
    Active,
    Revoked,
}

/// <summary>
/// A link in the hand of an interviewer (C5.8.2 C and D): to the people of one campaign, until the end of a day. What is
/// taken by it is taken by the person who asked for it, and they can be shut out at any time.
/// </summary>
internal sealed class InterviewLink : Aggregate, IUnderPolicy
{
    private InterviewLink() { }

    public override string Kind => "interview-link";

    public Guid CampaignId { get; private set; }

    public string CampaignNumber { get; private set; } = "";

    public string TokenHash { get; private set; } = "";

    public Stamp CreatedBy { get; private set; } = null!;

    /// <summary>The roles that the interviewer had then, as far as they matter here.</summary>
    public IReadOnlyList<string> HeldRoles { get; private set; } = [];

    /// <summary>It opens to the end of this day.</summary>
    public DateOnly LastDay { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public int PolicyVersion { get; private set; }

    public InterviewLinkState State => RevokedAt is null ? InterviewLinkState.Active : InterviewLinkState.Revoked;

    /// <summary>The person who holds it.</summary>
    public Actor Interviewer =>
        new(CreatedBy.ActorId, CreatedBy.Name, HeldRoles.ToHashSet(StringComparer.Ordinal), CreatedBy.Department);

    /// <summary>A link of their own for somebody who asks people of a campaign.</summary>
    /// <param name="context">The interviewer.</param>
    /// <param name="campaign">The campaign; it notes it.</param>
    /// <param name="link">The link.</param>
    /// <param name="lastDay">Until when; null for today.</param>
    public static Result<InterviewLink> Make(
        CommandContext context,
        Campaign campaign,
        IssuedLink link,
        DateOnly? lastDay
    )
    {
        var last = lastDay ?? context.Today;
        if (last < context.Today || last > campaign.LastDay)
        {
            return Refusal
                .Invalid("link-life", "C5.8.2", "later-day")
                .With("from", context.Today)
                .With("to", campaign.LastDay);
        }

        if (campaign.Interview(context) is { } refusal)
        {
            return refusal;
        }

        var made = new InterviewLink
        {
            Id = Guid.CreateVersion7(context.Now),
            CampaignId = campaign.Id,
            CampaignNumber = campaign.Number,
            TokenHash = link.TokenHash,
            CreatedBy = Stamp.Of(context),
            HeldRoles = [.. InvitationFlow.Interviewers.Where(context.Actor.Has)],
            LastDay = last,
            ExpiresAt = context.Zone.EndOf(last),
            PolicyVersion = context.Policy.Version,
        };
        made.Record(context, "make", null, made.State.ToKebab(), campaign.Number);
        return made;
    }

    /// <summary>It leads nowhere from now on.</summary>
    public Refusal? Revoke(CommandContext context)
    {
        if (!context.Actor.HasAny(InvitationFlow.Interviewers))
        {
            return Refusal.RoleMissing("C5.8.2", InvitationFlow.Interviewers).With("action", "revoke");
        }

        if (RevokedAt is null)
        {
            RevokedAt = context.Now;
            Record(context, "revoke", InterviewLinkState.Active.ToKebab(), State.ToKebab(), null);
        }

        return null;
    }

    /// <summary>What this actor could do now, each the last part of a route.</summary>
    public IReadOnlyList<string> AllowedActions(CommandContext context) =>
        RevokedAt is null && context.Actor.HasAny(InvitationFlow.Interviewers) ? ["revoke"] : [];

    /// <summary>Why it opens nothing; null while it does.</summary>
    public Refusal? WhyClosed(CommandContext context) =>
        RevokedAt is not null ? Closed("link-revoked")
        : InvitationDeadlines.IsOver(ExpiresAt, context.Now) ? Closed("link-expired")
        : null;

    /// <summary>Why answers are not taken by it; null where they are. What was taken down while it opened may come
    /// later: the flow of the invitation says how late.</summary>
    /// <param name="context">When they come.</param>
    /// <param name="takenAt">When they were given; null for now.</param>
    public Refusal? WhyNotTaken(CommandContext context, DateTimeOffset? takenAt) =>
        RevokedAt is not null ? Closed("link-revoked")
        // A time to come says nothing of the link: the flow of the invitation refuses it for what it is.
        : InvitationDeadlines.IsOver(ExpiresAt, takenAt < context.Now ? takenAt.Value : context.Now)
            ? Closed("link-expired")
        : null;

    /// <summary>The interviewer may not act any more.</summary>
    public static Refusal ShutOut => Closed("link-revoked");

    private static Refusal Closed(string code) =>
        Refusal.Ended(code, "C5.8.2", ["new-link"], InvitationFlow.Interviewers);
}
