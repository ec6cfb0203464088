using CustomerService.Rules;
using CustomerService.Surveys.Campaigns.Domain;
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
                        Plan() with
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
            .On(CampaignAction.Close, (c, move) => c.Close(move.Context, "done"))
            .On(CampaignAction.Cancel, (c, move) => c.Cancel(move.Context, "no"))
            .Run();

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
