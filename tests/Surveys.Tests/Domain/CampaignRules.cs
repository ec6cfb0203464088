using CustomerService.Rules;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>Campaigns and sheets (C5.8.2).</summary>
public sealed class CampaignRules
{
    internal static CampaignPlan Plan(SurveyKind kind = SurveyKind.A) =>
        new()
        {
            Title = "樣品測試",
            Survey = kind,
            LastDay = A.Today.AddDays(30),
        };

    internal static Campaign Planned(CampaignPlan? plan = null) =>
        Campaign.Plan(A.Context(Someone.InSales()), "KD-2026-000001", plan ?? Plan(), A.Questionnaire, null).Required();

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_campaign_that_is_over_When_planned_or_begun_Then_refused()
    {
        Campaign
            .Plan(
                A.Context(Someone.InSales()),
                "KD",
                Plan() with
                {
                    LastDay = A.Today.AddDays(-1),
                },
                A.Questionnaire,
                null
            )
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("campaign-over");
        Planned()
            .Begin(A.Context(Someone.InSales(), A.Moment.AddDays(31)))
            .ShouldNotBeNull()
            .Code.ShouldBe("campaign-over");
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData(0, false, null)]
    [InlineData(1, false, "questionnaire-not-in-force")]
    [InlineData(0, true, "questionnaire-incomplete")]
    public void Given_a_version_that_is_not_in_force_or_lacks_a_dimension_When_a_campaign_is_planned_Then_refused(
        int days,
        bool lacks,
        string? code
    )
    {
        var whole = EditionRules.Whole();
        var content = lacks
            ? whole with
            {
                Kinds = [.. whole.Kinds.Select(k => k with { Items = [.. k.Items.Except(["F.one"])] })],
            }
            : whole;

        var planned = Campaign.Plan(
            A.Context(Someone.InSales()),
            "KD",
            Plan(),
            content.As(3, A.Today.AddDays(days)),
            null
        );

        (planned.Refusal?.Code).ShouldBe(code);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_anonymous_campaign_When_people_are_asked_by_name_Then_refused_and_sheets_are_printed()
    {
        var campaign = Planned(Plan() with { IsAnonymous = true });
        campaign.Begin(A.Context(Someone.InSales())).ShouldBeNull();

        campaign.Invite(A.Context(Someone.InSales()), 3).ShouldNotBeNull().Code.ShouldBe("campaign-anonymous");
        campaign.Print(A.Context(Someone.InSales())).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_a_campaign_asks_only_while_it_runs() =>
        new FlowWalk<Campaign, CampaignState, CampaignAction>(CampaignFlow.Table)
            .Start(
                CampaignAction.Plan,
                move =>
                    Campaign.Plan(
                        move.Context,
                        "KD-2026-000001",
                        Plan(move.OneIn(2) ? SurveyKind.C : SurveyKind.A) with
                        {
                            IsAnonymous = move.OneIn(3),
                            LastDay = move.Context.Today.AddDays(30),
                        },
                        A.Questionnaire,
                        null
                    )
            )
            .On(CampaignAction.Begin, (c, move) => c.Begin(move.Context))
            .On(CampaignAction.Invite, (c, move) => c.Invite(move.Context, 1))
            .On(CampaignAction.Print, (c, move) => c.Print(move.Context))
            .On(CampaignAction.Interview, (c, move) => c.Interview(move.Context))
            .On(CampaignAction.Close, (c, move) => c.Close(move.Context, "done"))
            .On(CampaignAction.Cancel, (c, move) => c.Cancel(move.Context, "no"))
            .Run();

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData("A", "not-asked-in-person")]
    [InlineData("B", "not-asked-in-person")]
    [InlineData("C", null)]
    [InlineData("D", null)]
    public void Given_a_population_When_an_interviewer_asks_for_a_link_Then_only_of_visits_and_special_ones(
        string kind,
        string? code
    ) => (Link(Running(SurveyKinds.Parse(kind)!.Value)).Refusal?.Code).ShouldBe(code);

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData(null, null)]
    [InlineData(30, null)]
    [InlineData(31, "link-life")]
    [InlineData(-1, "link-life")]
    public void Given_a_last_day_When_a_link_is_made_Then_it_ends_with_its_campaign_at_the_latest(
        int? days,
        string? code
    )
    {
        var campaign = Running(SurveyKind.C);

        var made = Link(campaign, days is { } later ? A.Today.AddDays(later) : null);

        (made.Refusal?.Code).ShouldBe(code);
        if (!made.Failed(out _, out var link))
        {
            link.ExpiresAt.ShouldBe(A.Zone.EndOf(A.Today.AddDays(days ?? 0)));
        }
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_link_When_its_day_is_over_Then_it_opens_nothing_and_takes_what_was_taken_in_time()
    {
        var link = Link(Running(SurveyKind.C)).Required();
        var (end, later) = (link.ExpiresAt, A.Context(link.Interviewer, link.ExpiresAt.AddHours(9)));

        link.WhyClosed(A.Context(link.Interviewer, end.AddMilliseconds(-1))).ShouldBeNull();
        link.WhyClosed(A.Context(link.Interviewer, end)).ShouldNotBeNull().Code.ShouldBe("link-expired");
        link.WhyNotTaken(later, end.AddMilliseconds(-1)).ShouldBeNull();
        link.WhyNotTaken(later, end).ShouldNotBeNull().Code.ShouldBe("link-expired");
        link.WhyNotTaken(later, null).ShouldNotBeNull().Code.ShouldBe("link-expired");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_link_When_it_is_revoked_Then_it_opens_and_takes_nothing_and_only_interviewers_may()
    {
        var link = Link(Running(SurveyKind.D)).Required();
        link.Revoke(A.Context(Roles.Qc)).ShouldNotBeNull().Code.ShouldBe("role-missing");
        link.AllowedActions(A.Context(Roles.Qc)).ShouldBeEmpty();
        link.AllowedActions(A.Context(Roles.Sales)).ShouldBe(["revoke"]);

        link.Revoke(A.Context(Someone.InSales())).ShouldBeNull();
        link.Revoke(A.Context(Someone.InSales())).ShouldBeNull();

        link.State.ShouldBe(InterviewLinkState.Revoked);
        link.AllowedActions(A.Context(Roles.Sales)).ShouldBeEmpty();
        link.WhyClosed(A.Context(link.Interviewer)).ShouldNotBeNull().Code.ShouldBe("link-revoked");
        link.WhyNotTaken(A.Context(link.Interviewer), A.Moment).ShouldNotBeNull().Code.ShouldBe("link-revoked");
        link.PendingEntries.Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_link_When_it_is_used_Then_as_the_person_who_asked_for_it_with_the_roles_of_an_interviewer()
    {
        var sales = Someone.InSales();
        var asked = sales with { Roles = sales.Roles.Append(Roles.GeneralManager).ToHashSet() };

        var link = InterviewLink
            .Make(A.Context(asked), Running(SurveyKind.C), Invitations.Link, null)
            .Required()
            .Interviewer;

        (link.Id, link.Name, link.Department).ShouldBe((sales.Id, sales.Name, sales.Department));
        link.Roles.ShouldBe([Roles.Sales]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_people_of_a_campaign_When_an_interviewer_asks_them_Then_what_was_taken_in_time_may_arrive_late()
    {
        var campaign = Running(SurveyKind.D);
        var late = A.Policy.Surveys.LateAnswerDays;

        A.Zone.EndOf(campaign.LastDay.AddDays(late)).ShouldBe(Expiry(InvitationChannel.Staff));
        A.Zone.EndOf(campaign.LastDay).ShouldBe(Expiry(InvitationChannel.Message));

        DateTimeOffset Expiry(InvitationChannel channel) =>
            InvitationDeadlines.ExpiryOf(A.Context(Someone.InSales()), campaign.Addressee(channel));
    }

    private static Campaign Running(SurveyKind kind)
    {
        var campaign = Planned(Plan(kind));
        campaign.Begin(A.Context(Someone.InSales())).ShouldBeNull();
        return campaign;
    }

    private static Result<InterviewLink> Link(Campaign campaign, DateOnly? lastDay = null) =>
        InterviewLink.Make(A.Context(Someone.InSales()), campaign, Invitations.Link, lastDay);

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_a_batch_is_reprinted_until_it_is_revoked() =>
        new FlowWalk<SheetBatch, SheetBatchState, SheetBatchAction>(SheetBatchFlow.Table)
            .Start(SheetBatchAction.Print, move => SheetBatch.Print(move.Context, Planned(), 12, "zh-Hant"))
            .On(SheetBatchAction.Reprint, (b, move) => b.Reprint(move.Context, "lost"))
            .On(SheetBatchAction.Revoke, (b, move) => b.Revoke(move.Context, "stolen"))
            .Run();
}
