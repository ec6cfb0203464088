using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

public sealed class FlowTests
{
    [Fact]
    public void The_flow_tables_have_no_holes_and_every_refusal_has_its_texts()
    {
        FlowChecks.Problems(InvitationFlow.Table, SurveysService.Texts, Texts.Common).ShouldBeEmpty();
        FlowChecks.Problems(SurveyFormFlow.Table, SurveysService.Texts, Texts.Common).ShouldBeEmpty();
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData("A", Roles.CustomerService, true)]
    [InlineData("A", Roles.Sales, true)]
    [InlineData("A", Roles.Qc, false)]
    [InlineData("B", Roles.System, true)]
    [InlineData("B", Roles.CustomerService, false)]
    [InlineData("C", Roles.Sales, true)]
    [InlineData("C", Roles.CustomerService, false)]
    [InlineData("D", Roles.CustomerService, true)]
    [InlineData("D", Roles.Sales, true)]
    [InlineData("D", Roles.Customer, false)]
    public void Each_kind_is_sent_by_those_who_may(string kind, string role, bool may)
    {
        var (_, refusal) = Invitation.Send(
            Some.Addressee(Enum.Parse<SurveyKind>(kind)),
            Some.Context(Some.Actor(role)),
            Some.Policy.Surveys,
            1,
            LinkToken.New(),
            t => t
        );
        (refusal is null).ShouldBe(may);
        if (!may)
        {
            refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
            refusal.Rule.ShouldBe("C5.8.2");
        }
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void A_link_works_once_and_until_it_expires()
    {
        var invitation = Some.Invitation();
        var last = invitation.ExpiresAt.AddMilliseconds(-1);
        invitation.Fault(Some.Context(invitation.Holder, last)).ShouldBeNull();
        invitation.Fault(Some.Context(invitation.Holder, invitation.ExpiresAt))!.Code.ShouldBe("link-expired");
        invitation
            .Answer(Some.Context(invitation.Holder, invitation.ExpiresAt), Guid.CreateVersion7())!
            .Code.ShouldBe("link-expired");
        invitation.Expire(Some.Context(Some.Actor(Roles.System), last))!.Code.ShouldBe("still-open");
        invitation.Open(Some.Context(invitation.Holder, last)).ShouldBeNull();
        Some.Recover(invitation, at: last);
        invitation.State.ShouldBe(InvitationState.Answered);
        var (form, refusal) = SurveyForm.Recover(
            invitation,
            Some.Answers(),
            Some.Context(invitation.Holder, last),
            Some.Policy.Surveys
        );
        form.ShouldBeNull();
        refusal!.Code.ShouldBe("link-used");
        refusal.Rule.ShouldBe("C5.8.2");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void An_invitation_expires_or_is_withdrawn_and_its_link_is_dead()
    {
        var expired = Some.Invitation();
        expired.Expire(Some.Context(Some.Actor(Roles.System), expired.ExpiresAt)).ShouldBeNull();
        expired.State.ShouldBe(InvitationState.Expired);
        var withdrawn = Some.Invitation();
        withdrawn.Withdraw(Some.Context(Some.Actor(Roles.Qc)), "no")!.Kind.ShouldBe(RefusalKind.Forbidden);
        withdrawn.Withdraw(Some.Context(Some.Actor(Roles.CustomerService)), "wrong person").ShouldBeNull();
        withdrawn.Fault(Some.Context(withdrawn.Holder))!.Code.ShouldBe("link-withdrawn");
        withdrawn.PendingEntries[^1].Why.ShouldBe("wrong person");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void The_expiry_is_the_policys()
    {
        var invitation = Some.Invitation();
        invitation.ExpiresAt.ShouldBe(Some.Noon.AddDays(Some.Policy.Surveys.InvitationExpiryDays));
        invitation.PolicyVersion.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void A_token_has_256_random_bits_and_only_its_hash_is_kept()
    {
        var token = LinkToken.New();
        LinkToken.IsWellFormed(token).ShouldBeTrue();
        LinkToken.New().ShouldNotBe(token);
        var invitation = Some.Invitation(token: token);
        invitation.TokenHash.ShouldBe(LinkToken.HashOf(token));
        Data.Documents.Write(invitation).ShouldNotContain(token);
        foreach (var wrong in new[] { "", "x", token + "A", token[..^1], token[..^1] + "/", "../../etc/passwd" })
        {
            LinkToken.IsWellFormed(wrong).ShouldBeFalse(wrong);
        }
    }
}
