using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

public sealed class InvitationRules
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C3.1.6")]
    [InlineData("A", Roles.CustomerService, true)]
    [InlineData("A", Roles.Sales, true)]
    [InlineData("A", Roles.Qc, false)]
    [InlineData("B", Roles.System, true)]
    [InlineData("B", Roles.CustomerService, false)]
    [InlineData("B", Roles.Sales, false)]
    [InlineData("C", Roles.Sales, true)]
    [InlineData("C", Roles.CustomerService, false)]
    [InlineData("D", Roles.CustomerService, true)]
    [InlineData("D", Roles.Sales, true)]
    [InlineData("D", Roles.Customer, false)]
    public void Given_a_kind_of_survey_When_a_role_invites_Then_only_those_who_may(string kind, string role, bool may)
    {
        var result = Send(A.Addressee(SurveyKinds.Parse(kind)!.Value), A.Context(role));

        (result.Refusal?.Kind, result.Refusal?.Code, result.Refusal?.Rule).ShouldBe(
            may ? (null, null, null) : (RefusalKind.Forbidden, "role-missing", "C5.8.2")
        );
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData("A", "sample", null, "invite-tester")]
    [InlineData("B", "repair-order", "engineering", "invite-after-repair")]
    [InlineData("C", "visit", null, "invite-after-visit")]
    [InlineData("D", "special", null, "invite-specially")]
    public void Given_nothing_else_is_said_When_a_customer_is_invited_Then_source_and_department_are_the_usual_ones(
        string kind,
        string source,
        string? department,
        string action
    )
    {
        var invitation = A.Invitation(SurveyKinds.Parse(kind)!.Value).Fresh();

        (invitation.Source, invitation.Department).ShouldBe((source, department));
        invitation.PendingEntries.ShouldHaveSingleItem().Action.ShouldBe(action);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_source_and_department_are_said_When_a_customer_is_invited_Then_these_count()
    {
        var to = A.Addressee(SurveyKind.B) with { Source = "visit", Department = "sales" };

        var invitation = Send(to, A.Context(Someone.System())).Required();

        (invitation.Source, invitation.Department).ShouldBe(("visit", "sales"));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_policy_When_a_customer_is_invited_Then_the_link_ends_after_its_days()
    {
        var policy = A.Policy with { Surveys = A.Policy.Surveys with { InvitationExpiryDays = 9 } };

        var invitation = Send(A.Addressee(), A.Context(Someone.InSales(), policy: policy)).Required();

        invitation.ExpiresAt.ShouldBe(A.At("2026-03-20 00:00"), "the end of 19 March");
        invitation.PolicyVersion.ShouldBe(policy.Version);
        (invitation.SentOn, invitation.QuestionnaireVersion).ShouldBe((A.Today, A.Questionnaire.Version));
        invitation.SentBy.ShouldBe(Stamp.Of(A.Context(Someone.InSales())));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_invitation_When_it_is_sent_Then_the_event_tells_the_link_and_the_record_only_its_hash()
    {
        var to = A.Addressee() with { Department = "engineering", Occasion = "visit:7" };

        var invitation = Send(to, A.Context(Someone.InSales())).Required();

        (invitation.TokenHash, invitation.Occasion).ShouldBe((Invitations.Link.TokenHash, "visit:7"));
        invitation
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new InvitationSent(
                    invitation.Id,
                    1,
                    "D",
                    to.CustomerId,
                    to.CustomerName,
                    to.Contact,
                    to.Phone,
                    "special",
                    to.SourceId,
                    to.SourceNumber,
                    Invitations.Link.Address,
                    invitation.ExpiresAt,
                    A.Today,
                    "engineering",
                    "message",
                    "zh-Hant"
                )
            );
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_the_last_instant_of_a_link_When_it_is_looked_at_Then_it_still_works()
    {
        Invitation invitation = A.Invitation();
        var last = A.Context(invitation.Holder, invitation.ExpiresAt - Instant);

        invitation.Open(last).ShouldBeNull();

        (invitation.WhyClosed(last), invitation.OpenedAt).ShouldBe((null, last.Now));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_thirty_days_When_the_last_of_them_is_named_Then_the_link_works_to_the_end_of_it()
    {
        var policy = A.Policy with { Surveys = A.Policy.Surveys with { InvitationExpiryDays = 30 } };
        var sent = A.Context(Someone.InSales(), A.At("2026-11-29 05:28"), policy);
        var invitation = Send(A.Addressee(), sent).Required();
        CommandContext At(string local) => A.Context(invitation.Holder, A.At(local), policy);

        InvitationDeadlines.LastDay(invitation, new CompanyClock(TimeProvider.System)).ShouldBe(A.Day("2026-12-29"));
        invitation.WhyClosed(At("2026-12-29 05:28")).ShouldBeNull();
        invitation.WhyClosed(At("2026-12-29 23:59")).ShouldBeNull();
        InvitationDeadlines.IsOverdue(invitation, A.At("2026-12-29 23:59")).ShouldBeFalse("the job leaves it, too");
        invitation.WhyClosed(At("2026-12-30 00:00")).ShouldNotBeNull().Code.ShouldBe("link-expired");
        InvitationDeadlines.IsOverdue(invitation, A.At("2026-12-30 00:00")).ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_the_instant_of_expiry_When_the_link_is_opened_Then_it_is_dead()
    {
        Invitation invitation = A.Invitation();

        var refusal = invitation.Open(A.Context(invitation.Holder, invitation.ExpiresAt));

        (refusal?.Code, refusal?.Rule).ShouldBe(("link-expired", "C5.8.2"));
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData("answered", "link-used")]
    [InlineData("withdrawn", "link-withdrawn")]
    [InlineData("expired", "link-expired")]
    public void Given_a_link_that_ended_When_it_is_held_Then_it_says_how(string state, string code)
    {
        var invitation = A.Invitation().At(Spelling.FromKebab<InvitationState>(state)!.Value);

        var closed = invitation.WhyClosed(A.Context(invitation.Holder, invitation.EndedAt));

        closed.ShouldNotBeNull().Code.ShouldBe(code);
        closed.Rule.ShouldBe("C5.8.2");
        closed.Missing.ShouldBe(["invitation"]);
        closed.SuppliedBy.ShouldBe([Roles.CustomerService, Roles.Sales]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_customer_without_the_link_When_it_answers_Then_refused()
    {
        Invitation invitation = A.Invitation();
        var other = A.Context(Someone.AtCustomer(invitation.CustomerId));

        var refusal = invitation.Answer(other, Guid.CreateVersion7());

        refusal.ShouldNotBeNull().Code.ShouldBe("link-not-held");
        invitation.AllowedActions(other).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_link_that_works_When_its_holder_and_staff_ask_Then_each_is_offered_their_own()
    {
        Invitation invitation = A.Invitation();

        invitation.AllowedActions(A.Context(invitation.Holder)).ShouldBe(["open", "answer", "save-draft"]);
        invitation
            .AllowedActions(A.Context(Someone.InSales()))
            .ShouldBe(["withdraw", "take-down", "break-off"], ignoreOrder: true);
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData("李主任", "李主任")]
    [InlineData("", "永安置業")]
    public void Given_a_link_When_its_holder_acts_Then_under_the_name_of_the_contact(string contact, string name)
    {
        var to = A.Addressee() with { Contact = contact };

        var holder = Send(to, A.Context(Someone.InSales())).Required().Holder;

        (holder.Name, holder.OrganisationId).ShouldBe((name, to.CustomerId));
        holder.Roles.ShouldBe([Roles.Customer]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_time_is_left_When_the_sweep_would_end_it_Then_refused()
    {
        Invitation invitation = A.Invitation();

        var refusal = invitation.Expire(A.Context(Someone.System(), invitation.ExpiresAt - Instant));

        (refusal?.Code, refusal?.Rule).ShouldBe(("still-open", "C5.8.2"));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_the_time_is_over_When_the_sweep_comes_Then_it_is_expired()
    {
        Invitation invitation = A.Invitation();

        invitation.Expire(A.Context(Someone.System(), invitation.ExpiresAt)).ShouldBeNull();

        (invitation.State, invitation.EndedAt).ShouldBe((InvitationState.Expired, invitation.ExpiresAt));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_opened_invitation_When_it_is_withdrawn_Then_with_the_reason_on_record()
    {
        var invitation = A.Invitation().At(InvitationState.Opened);

        invitation.Withdraw(A.Context(Someone.InCustomerService()), "寄錯人").ShouldBeNull();

        (invitation.WithdrawalReason, invitation.EndedAt).ShouldBe(("寄錯人", A.Moment));
        invitation.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("寄錯人");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_another_department_When_it_withdraws_Then_refused_for_the_role()
    {
        Invitation invitation = A.Invitation();

        var refusal = invitation.Withdraw(A.Context(Someone.InQuality()), "no");

        (refusal?.Kind, refusal?.Code).ShouldBe((RefusalKind.Forbidden, "role-missing"));
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData(-14, null)]
    [InlineData(-15, "taken-long-ago")]
    [InlineData(1, "taken-in-future")]
    public void Given_answers_taken_down_without_a_connection_When_they_arrive_Then_lately_and_not_before_they_were(
        int days,
        string? code
    )
    {
        Invitation invitation = A.Invitation(SurveyKind.C);
        var context = A.Context(Someone.InSales());

        var refusal = invitation.TakeDown(
            context,
            Guid.CreateVersion7(),
            new(AnswerMode.Interview, context.Now.AddDays(days))
        );

        (refusal?.Code).ShouldBe(code);
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData(0, 0, "scan-missing")]
    [InlineData(2, 1, "scan-missing")]
    [InlineData(2, 2, null)]
    public void Given_a_form_on_paper_When_it_is_typed_in_Then_its_scan_is_a_file_of_the_invitation(
        int named,
        int known,
        string? code
    )
    {
        Invitation invitation = A.Invitation();

        var refusal = invitation.TakeDown(
            A.Context(Someone.InCustomerService()),
            Guid.CreateVersion7(),
            new(AnswerMode.Paper, NamedScans: named, Scans: known)
        );

        (refusal?.Code).ShouldBe(code);
        invitation.State.ShouldBe(code is null ? InvitationState.Answered : InvitationState.Sent);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.8.3")]
    [Trait("Rule", "S1")]
    public void Given_whatever_order_When_whoever_tries_Then_the_link_works_once_and_in_its_time() =>
        new FlowWalk<Invitation, InvitationState, InvitationAction>(InvitationFlow.Table)
            .Start(InvitationAction.InviteTester, move => Send(A.Addressee(SurveyKind.A), move.Context))
            .Start(InvitationAction.InviteAfterRepair, move => Send(A.Addressee(SurveyKind.B), move.Context))
            .Start(InvitationAction.InviteAfterVisit, move => Send(A.Addressee(SurveyKind.C), move.Context))
            .Start(InvitationAction.InviteSpecially, move => Send(A.Addressee(SurveyKind.D), move.Context))
            .Start(
                InvitationAction.InviteOpenly,
                move => Send(A.Addressee() with { Channel = InvitationChannel.Open }, move.Context)
            )
            .On(
                InvitationAction.TakeDown,
                (invitation, move) =>
                    invitation.TakeDown(
                        move.Context,
                        Guid.CreateVersion7(),
                        move.Pick<TakenDown>(
                            new(AnswerMode.Interview),
                            new(AnswerMode.Interview, move.Context.Now.AddHours(-1)),
                            new(AnswerMode.Interview, move.Context.Now.AddHours(1)),
                            new(AnswerMode.Interview, move.Context.Now.AddDays(-60)),
                            new(AnswerMode.Paper, NamedScans: 1, Scans: 1),
                            new(AnswerMode.Paper)
                        )
                    )
            )
            .On(
                InvitationAction.BreakOff,
                (invitation, move) => invitation.BreakOff(move.Context, A.Questionnaire, new(), "no time")
            )
            .On(
                InvitationAction.SaveDraft,
                (invitation, move) => invitation.SaveDraft(move.Context, A.Questionnaire, A.Filled())
            )
            .On(
                InvitationAction.Remind,
                (invitation, move) => invitation.Remind(move.Context, "https://care.example/", ContactHistory.None)
            )
            .On(InvitationAction.Open, (invitation, move) => invitation.Open(move.Context))
            .On(InvitationAction.Answer, (invitation, move) => invitation.Answer(move.Context, Guid.CreateVersion7()))
            .On(InvitationAction.Expire, (invitation, move) => invitation.Expire(move.Context))
            .On(InvitationAction.Withdraw, (invitation, move) => invitation.Withdraw(move.Context, "wrong person"))
            .By(invitation =>
                [
                    invitation.Holder,
                    Someone.AtCustomer(invitation.CustomerId),
                    Someone.System(),
                    Someone.InSales(),
                    Someone.InCustomerService(),
                    Someone.InQuality(),
                ]
            )
            .Holds(Holds)
            .Run();

    private static void Holds(Invitation invitation, CommandContext context)
    {
        var ended = !InvitationDeadlines.Running.Contains(invitation.State);
        (invitation.EndedAt is not null).ShouldBe(ended);
        (invitation.ResponseId is not null).ShouldBe(invitation.State == InvitationState.Answered);
        (invitation.WithdrawalReason is not null).ShouldBe(invitation.State == InvitationState.Withdrawn);
        var over = context.Now >= invitation.ExpiresAt;
        (invitation.WhyClosed(context) is null).ShouldBe(!ended && !over);
        InvitationDeadlines.IsOverdue(invitation, context.Now).ShouldBe(!ended && over);
        if (invitation.State == InvitationState.Answered)
        {
            invitation.EndedAt!.Value.ShouldBeLessThan(invitation.ExpiresAt);
        }
    }

    private static Result<Invitation> Send(Addressee to, CommandContext context) =>
        Invitation.Send(context, to, A.Questionnaire, Invitations.Link);
}
