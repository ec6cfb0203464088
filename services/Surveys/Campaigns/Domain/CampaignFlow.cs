using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using static CustomerService.Surveys.Campaigns.Domain.CampaignAction;
using static CustomerService.Surveys.Campaigns.Domain.CampaignState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.Campaigns.Domain.Campaign,
    CustomerService.Surveys.Campaigns.Domain.CampaignState,
    CustomerService.Surveys.Campaigns.Domain.CampaignAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Surveys.Campaigns.Domain.Campaign>;

namespace CustomerService.Surveys.Campaigns.Domain;

/// <summary>The life of a campaign: one of the four populations is asked until a day (C5.8.2).</summary>
internal static class CampaignFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("campaign")
        .Start(Plan, Planned, "C5.8.2", Senders)

        .From(Planned)  .On(Begin,  Running,   "C5.8.2", Senders, NotOver)
                        .On(Cancel, Cancelled, "C5.8.2", Senders)
        .From(Running)  .On(Close,  Closed,    "C5.8.2", Closers)
        .In(Running)    .Stay(Invite,          "C5.8.2", Senders, NotOver, WithNames)
                        .Stay(Print,           "C5.8.2", Senders, NotOver)
                        .Stay(Interview,       "C5.8.2", InvitationFlow.Interviewers, NotOver, WithNames, AskedInPerson)
        .Ends(Closed)
        .Abandons(Cancelled)
        .Build();

    internal static readonly string[] Senders = [Roles.CustomerService, Roles.Sales];
    private static readonly string[] Closers = [Roles.CustomerService, Roles.Sales, Roles.System];

    private static readonly Guard NotOver = Guard.Require(
        (campaign, context) => context.Today <= campaign.LastDay,
        code: "campaign-over",
        rule: "C5.8.2",
        missing: ["later-day"],
        suppliedBy: Senders
    );

    // A link that is sent to a name is not anonymous, whatever is promised.
    private static readonly Guard WithNames = Guard.Require(
        (campaign, _) => !campaign.IsAnonymous,
        code: "campaign-anonymous",
        rule: "C5.8.2",
        missing: ["printed-sheets"],
        suppliedBy: Senders
    );

    private static readonly Guard AskedInPerson = Guard.Require(
        (campaign, _) => campaign.Survey is SurveyKind.C or SurveyKind.D,
        code: "not-asked-in-person",
        rule: "C5.8.2",
        missing: ["campaign-of-kind-c-or-d"],
        suppliedBy: Senders
    );
}
