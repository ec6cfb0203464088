using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Invitations;

/// <summary>How invitations are kept and found.</summary>
internal static class InvitationDocument
{
    public static DocumentType<Invitation> Type { get; } =
        DocumentType
            .Of<Invitation>("invitation", "invitations")
            .Unique(i => i.TokenHash)
            .UniqueWhereSet(i => i.Occasion)
            .Index(i => i.State, i => i.ExpiresAt)
            .Index(i => i.SentOn)
            .Index(i => i.CustomerId)
            .Index(i => i.SourceId)
            .Index(i => i.Department)
            .Index(i => i.Survey)
            .Index(i => i.Recipient, i => i.SentOn)
            .Index(i => i.CampaignId)
            .Index(i => i.IsPartial, i => i.SentOn)
            .Index(i => i.BatchId)
            .Index(i => i.SentOn, i => i.Judged, i => i.State, i => i.Survey, i => i.Channel)
            .Index(i => i.Product);

    /// <summary>Runs and was sent on one of the days whose reminder falls on this one or before.</summary>
    public static DocumentQuery<Invitation> ToRemind(DateOnly sentThrough) =>
        DocumentQuery<Invitation>
            .All.In(i => i.State, InvitationDeadlines.Running)
            .Between(i => i.SentOn, null, sentThrough);

    /// <summary>Runs although its time is over, the same as <see cref="InvitationDeadlines.IsOverdue"/>.</summary>
    public static DocumentQuery<Invitation> Overdue(DateTimeOffset now) =>
        DocumentQuery<Invitation>
            .All.In(i => i.State, InvitationDeadlines.Running)
            .Between(i => i.ExpiresAt, null, now);
}
