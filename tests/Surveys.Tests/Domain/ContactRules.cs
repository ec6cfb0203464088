using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>Who is asked, reminded and left in peace (C5.8.2).</summary>
public sealed class ContactRules
{
    private static readonly CommandContext Sales = A.Context(Someone.InSales());

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData(29, "asked-recently")]
    [InlineData(30, null)]
    [InlineData(31, null)]
    public void Given_a_person_was_asked_some_days_ago_When_asked_by_another_population_Then_once_in_thirty_days(
        int daysAgo,
        string? code
    )
    {
        var history = ContactHistory.None with { LastAskedOn = A.Today.AddDays(-daysAgo) };

        (Send(SurveyKind.C, history).Refusal?.Code).ShouldBe(code);
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData(true, false, "opted-out")]
    [InlineData(false, true, "case-open")]
    public void Given_a_person_opted_out_or_has_an_open_case_When_asked_Then_not(bool optedOut, bool open, string code)
    {
        var refusal = Send(SurveyKind.D, new(null, optedOut, open)).Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Rule).ShouldBe((code, "C5.8.2"));
        refusal.SuppliedBy.ShouldNotBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_two_spellings_of_a_name_When_they_are_compared_Then_it_is_one_person() =>
        ContactHistory.KeyOf(Guid.Empty, " 李主任 ").ShouldBe(ContactHistory.KeyOf(Guid.Empty, "李主任"));

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_no_answer_When_the_reminder_days_come_Then_each_once_and_with_the_link()
    {
        Invitation invitation = A.Invitation();
        Refusal? Remind(int days) =>
            invitation.Remind(
                A.Context(Someone.System("surveys"), A.Moment.AddDays(days)),
                "https://care.example/x",
                ContactHistory.None
            );

        Remind(6).ShouldNotBeNull().Code.ShouldBe("no-reminder-due");
        Remind(7).ShouldBeNull();
        Remind(8).ShouldNotBeNull().Code.ShouldBe("no-reminder-due");
        Remind(21).ShouldBeNull();

        invitation.Reminded.ShouldBe([7, 21]);
        invitation
            .PendingEvents.OfType<InvitationReminded>()
            .Select(e => (e.Count, e.Link))
            .Last()
            .ShouldBe((2, "https://care.example/x"));
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData(InvitationState.Answered)]
    [InlineData(InvitationState.Withdrawn)]
    public void Given_an_invitation_that_ended_When_a_reminder_day_comes_Then_nobody_is_reminded(object state)
    {
        var invitation = A.Invitation().At((InvitationState)state);

        invitation
            .Remind(A.Context(Someone.System("surveys"), A.Moment.AddDays(7)), null, ContactHistory.None)
            .ShouldNotBeNull()
            .Code.ShouldBe("not-in-this-state");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_form_that_is_begun_When_it_is_saved_Then_the_link_is_not_spent_and_it_can_be_finished()
    {
        Invitation invitation = A.Invitation();
        var draft = A.Filled(Grade.Satisfied, ("E.skill", Grade.Satisfied));

        invitation.SaveDraft(A.Context(invitation.Holder), A.Questionnaire, draft).ShouldBeNull();

        (invitation.Draft, invitation.IsPartial, invitation.State).ShouldBe((draft, true, InvitationState.Sent));
        A.Receipt(invitation).Refusal.ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData(true, false, "opted-out")]
    [InlineData(false, true, "case-open")]
    public void Given_a_person_opted_out_or_has_an_open_case_When_a_reminder_day_comes_Then_they_are_left_in_peace(
        bool optedOut,
        bool open,
        string code
    )
    {
        Invitation invitation = A.Invitation();
        var system = A.Context(Someone.System("surveys"), A.Moment.AddDays(7));

        invitation.Remind(system, null, new(A.Today, optedOut, open)).ShouldNotBeNull().Code.ShouldBe(code);

        invitation.Reminded.ShouldBeEmpty();
        invitation.Remind(system, null, ContactHistory.None with { LastAskedOn = A.Today }).ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.8.3")]
    [InlineData("suggestions", "text-too-long")]
    [InlineData("comment", "text-too-long")]
    [InlineData("items", "duplicate-item")]
    [InlineData("unknown", "unknown-item")]
    [InlineData("grade", "unknown-grade")]
    [InlineData("right", null)]
    public void Given_a_form_that_is_not_finished_When_it_is_kept_Then_within_the_bounds_of_the_form(
        string what,
        string? code
    )
    {
        FilledItem[] items = what switch
        {
            "comment" => [new("E.skill", null, new string('字', 1001))],
            "items" => [new("E.skill"), new("E.skill")],
            "unknown" => [new("X.y")],
            "grade" => [new("E.skill", "5")],
            _ => [new("E.skill"), new("E.speed", null, "慢")],
        };
        var draft = new FilledForm
        {
            Items = items,
            Suggestions = what == "suggestions" ? new string('字', 4001) : "未完",
        };
        Invitation saved = A.Invitation();
        Invitation brokenOff = A.Invitation();

        (saved.SaveDraft(A.Context(saved.Holder), A.Questionnaire, draft)?.Code).ShouldBe(code);
        (brokenOff.BreakOff(Sales, A.Questionnaire, draft, "接電話")?.Code).ShouldBe(code);

        (saved.IsPartial, brokenOff.IsPartial).ShouldBe((code is null, code is null));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_a_customer_that_is_merged_When_its_records_move_Then_the_person_is_known_under_the_other_one()
    {
        var (from, into) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Invitation invitation = A.Invitation().For(from);
        var optOut = OptOut.Of(Sales, from, invitation.Recipient!);

        invitation.MoveCustomer(Sales, into, "保留客戶");
        optOut.MoveCustomer(Sales, into);

        invitation.Recipient.ShouldBe(ContactHistory.KeyOf(into, "李主任"));
        (optOut.Recipient, optOut.CustomerId).ShouldBe((invitation.Recipient, into));
        optOut.MoveCustomer(Sales, from);
        optOut.Recipient.ShouldBe(ContactHistory.KeyOf(from, "李主任"));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_campaign_that_ends_When_a_link_goes_out_Then_it_lives_to_the_end_of_that_day()
    {
        var to = A.Addressee() with { LastDay = A.Day("2026-03-12") };

        Invitation
            .Send(Sales, to, A.Questionnaire, Invitations.Link)
            .Required()
            .ExpiresAt.ShouldBe(A.At("2026-03-13 00:00"));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_links_and_codes_When_they_are_made_Then_short_and_the_same_again_from_seed_and_key_only()
    {
        var (own, other) = (Tokens("one"), Tokens("two"));
        var (link, seed) = (own.New(), Guid.NewGuid());

        new Uri(link.Address).AbsolutePath.Length.ShouldBeLessThanOrEqualTo(40);
        own.AddressOf(link.Seed!.Value).ShouldBe(link.Address);
        other.AddressOf(link.Seed!.Value).ShouldNotBe(link.Address);
        var codes = Enumerable.Range(0, 300).Select(sheet => own.CodeOf(seed, sheet)).ToList();
        codes.Distinct().Count().ShouldBe(300);
        codes.ShouldAllBe(code => LinkTokens.Normalise(LinkTokens.Grouped(code).ToLowerInvariant()) == code);
        own.CodeOf(seed, 7).ShouldBe(codes[7]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("UUUU-UUUU-UUUU")]
    [InlineData("\u8abf\u67e5\u8868\u8abf\u67e5\u8868\u8abf\u67e5\u8868\u8abf\u67e5\u8868")]
    public void Given_what_is_no_code_When_it_is_typed_Then_no_store_is_asked(string typed) =>
        LinkTokens.Normalise(typed).ShouldBeNull();

    [Theory]
    [InlineData("0123-4567-89ab", "0123456789AB")]
    [InlineData("o123 4567 89il", "012345678911")]
    public void Given_a_code_as_people_type_it_When_it_is_read_Then_what_is_misread_is_put_right(
        string typed,
        string code
    ) => LinkTokens.Normalise(typed).ShouldBe(code);

    private static LinkTokens Tokens(string key) => new(new("https://care.example", 3600, key));

    private static Result<Invitation> Send(SurveyKind kind, ContactHistory history) =>
        Invitation.Send(Sales, A.Addressee(kind), A.Questionnaire, Invitations.Link, history);
}
