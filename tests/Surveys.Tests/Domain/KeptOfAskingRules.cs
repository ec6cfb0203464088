using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>What campaigns, sheets, links, invitations and versions of the form keep and tell of each step.</summary>
public sealed class KeptOfAskingRules
{
    private static readonly Actor Sales = Someone.InSales();
    private static readonly Actor Service = Someone.InCustomerService();

    private static Stamp By(Actor actor) => Stamp.Of(A.Context(actor));

    private static Campaign Planned(CampaignPlan plan, IssuedLink? open = null) =>
        Campaign.Plan(A.Context(Sales), "KD-2026-000001", plan, A.Questionnaire, open).Required();

    private static Campaign Running(CampaignPlan plan, IssuedLink? open = null)
    {
        var campaign = Planned(plan, open);
        campaign.Begin(A.Context(Sales)).ShouldBeNull();
        campaign.MarkSaved();
        return campaign;
    }

    private static CampaignPlan Plan(SurveyKind kind = SurveyKind.D) =>
        new()
        {
            Title = "夏季回訪",
            Survey = kind,
            Product = "X-200",
            LastDay = A.Today.AddDays(30),
        };

    private static void Says(
        Refusal? refusal,
        RefusalKind kind,
        string rule,
        string missing,
        params string[] suppliedBy
    )
    {
        refusal.ShouldNotBeNull();
        (refusal.Kind, refusal.Rule).ShouldBe((kind, rule));
        refusal.Missing.ShouldBe([missing]);
        refusal.SuppliedBy.ShouldBe(suppliedBy);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "S1")]
    public void Given_a_campaign_When_it_is_planned_Then_what_it_asks_of_whom_until_when_and_by_whom()
    {
        var seed = Guid.NewGuid();

        var campaign = Planned(
            Plan() with
            {
                Department = "sales",
                IsAnonymous = true,
            },
            new("hash", "https://x", seed)
        );

        (campaign.Kind, campaign.WorkSubject, campaign.PlannedBy, campaign.PolicyVersion).ShouldBe(
            ("campaign", new("KD-2026-000001", "夏季回訪"), By(Sales), 1)
        );
        (campaign.Number, campaign.Title, campaign.Survey, campaign.Department, campaign.Product).ShouldBe(
            ("KD-2026-000001", "夏季回訪", SurveyKind.D, "sales", "X-200")
        );
        (campaign.LastDay, campaign.IsAnonymous, campaign.QuestionnaireVersion).ShouldBe(
            (A.Today.AddDays(30), true, A.Questionnaire.Version)
        );
        (campaign.OpenSeed, campaign.OpenHash).ShouldBe((seed, "hash"));
        campaign
            .WorkSteps(A.Context(Someone.System()))
            .ShouldAllBe(step => step.DueAt == A.Zone.EndOf(A.Today.AddDays(30)));
        Planned(Plan() with { LastDay = A.Today }).State.ShouldBe(CampaignState.Planned, "its last day is not over");
        Planned(Plan(SurveyKind.B)).Department.ShouldBe("engineering", "the usual one of its kind");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_plan_that_may_not_be_When_refused_Then_what_is_missing_and_who_supplies_it()
    {
        Refusal? Refused(CampaignPlan plan, Questionnaire form) =>
            Campaign.Plan(A.Context(Sales), "KD", plan, form, null).Refusal;
        var whole = EditionRules.Whole();
        var lacking = whole with { Kinds = [.. whole.Kinds.Select(k => k with { Items = ["A.one"] })] };

        Says(
            Refused(Plan() with { LastDay = A.Today.AddDays(-1) }, A.Questionnaire),
            RefusalKind.Rule,
            "C5.8.2",
            "later-day"
        );
        Says(
            Refused(Plan(), whole.As(3, A.Today.AddDays(1))),
            RefusalKind.Rule,
            "C5.8.3",
            "edition-in-force",
            Roles.CustomerService,
            Roles.Sales
        );
        Says(
            Refused(Plan(), lacking.As(3, A.Today)),
            RefusalKind.Rule,
            "C5.8.3",
            "graded-items",
            Roles.CustomerService,
            Roles.Sales
        );
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_campaign_When_it_goes_its_way_Then_numbers_and_reasons_are_on_record()
    {
        var (campaign, cancelled) = (Running(Plan()), Planned(Plan()));
        cancelled.MarkSaved();

        campaign.Invite(A.Context(Sales), 12).ShouldBeNull();
        campaign.Print(A.Context(Sales)).ShouldBeNull();
        campaign.Print(A.Context(Sales)).ShouldBeNull();
        campaign.Close(A.Context(Sales), "已足夠").ShouldBeNull();
        cancelled.Cancel(A.Context(Sales), "改期").ShouldBeNull();

        campaign.Batches.ShouldBe(2);
        campaign.PendingEntries.Select(entry => entry.Why).ShouldBe(["12", null, null, "已足夠"]);
        cancelled.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("改期");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_open_link_When_a_day_comes_Then_it_leads_to_a_form_while_the_campaign_runs()
    {
        var link = new IssuedLink("hash", "https://x", Guid.NewGuid());
        var (running, planned, without) = (Running(Plan(), link), Planned(Plan(), link), Running(Plan()));

        running.IsOpenOn(running.LastDay).ShouldBeTrue();
        running.IsOpenOn(running.LastDay.AddDays(1)).ShouldBeFalse();
        planned.IsOpenOn(A.Today).ShouldBeFalse();
        without.IsOpenOn(A.Today).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_campaign_When_its_forms_are_counted_Then_for_its_department_or_each_whose_items_it_asks()
    {
        var form = EditionRules.Whole("production").As(3, A.Today);

        Planned(Plan() with { Department = "sales" }).JudgedBy(form).ShouldBe(["sales"]);
        Campaign.Plan(A.Context(Sales), "KD", Plan(), form, null).Required().JudgedBy(form).ShouldBe(["production"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_campaign_When_somebody_is_asked_by_it_Then_as_it_says()
    {
        var campaign = Planned(Plan() with { Department = "sales" });

        campaign
            .Addressee(InvitationChannel.Sheet)
            .ShouldBe(
                new()
                {
                    Survey = SurveyKind.D,
                    CustomerId = Guid.Empty,
                    CustomerName = "",
                    Contact = "",
                    Phone = "",
                    Department = "sales",
                    SourceNumber = "KD-2026-000001",
                    Product = "X-200",
                    CampaignId = campaign.Id,
                    Channel = InvitationChannel.Sheet,
                    LastDay = campaign.LastDay,
                }
            );
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_batch_When_it_is_printed_reprinted_and_revoked_Then_how_often_by_whom_and_why()
    {
        var campaign = Running(Plan() with { IsAnonymous = true });
        campaign.Print(A.Context(Sales)).ShouldBeNull();
        var batch = SheetBatch.Print(A.Context(Sales), campaign, 12, "en").Required();
        (batch.Kind, batch.Number, batch.WorkSubject).ShouldBe(
            ("sheet-batch", "KD-2026-000001/1", new("KD-2026-000001/1", "KD-2026-000001/1"))
        );
        (batch.CampaignId, batch.Sheets, batch.Language, batch.IsAnonymous, batch.PrintedBy, batch.Prints).ShouldBe(
            (campaign.Id, 12, "en", true, By(Sales), 1)
        );
        batch.Seed.ShouldNotBe(SheetBatch.Print(A.Context(Sales), campaign, 12, "en").Required().Seed);
        batch.MarkSaved();

        batch.Reprint(A.Context(Service), "受潮").ShouldBeNull();
        batch.Revoke(A.Context(Service), "遺失").ShouldBeNull();

        batch.Prints.ShouldBe(2);
        batch.PendingEntries.Select(entry => entry.Why).ShouldBe(["受潮", "遺失"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_interviewers_link_When_it_is_made_and_revoked_Then_whose_it_is_and_until_when()
    {
        var campaign = Running(Plan());
        InterviewLink Made() => InterviewLink.Make(A.Context(Sales), campaign, Invitations.Link, null).Required();

        var link = Made();

        (link.Kind, link.CampaignId, link.CampaignNumber, link.TokenHash).ShouldBe(
            ("interview-link", campaign.Id, "KD-2026-000001", "hash")
        );
        (link.CreatedBy, link.LastDay, link.PolicyVersion, link.State).ShouldBe(
            (By(Sales), A.Today, 1, InterviewLinkState.Active)
        );
        link.Revoke(A.Context(Service)).ShouldBeNull();
        link.RevokedAt.ShouldBe(A.Moment);
        link.PendingEntries.Select(entry => (entry.Action, entry.From, entry.To, entry.Why))
            .ShouldBe([("make", null, "active", "KD-2026-000001"), ("revoke", "active", "revoked", null)]);
        var role = Made().Revoke(A.Context(Roles.Qc));
        Says(role, RefusalKind.Forbidden, "C5.8.2", "role", Roles.CustomerService, Roles.Sales, Roles.RegionalSales);
        role!.Arguments["action"].ShouldBe("revoke");
        string[] interviewers = [Roles.CustomerService, Roles.Sales, Roles.RegionalSales];
        Says(link.WhyClosed(A.Context(Sales)), RefusalKind.Gone, "C5.8.2", "new-link", interviewers);
        Says(InterviewLink.ShutOut, RefusalKind.Gone, "C5.8.2", "new-link", interviewers);
        InterviewLink.ShutOut.Code.ShouldBe("link-revoked");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_link_of_too_long_a_life_When_refused_Then_the_days_that_it_may_have_are_said()
    {
        var campaign = Running(Plan());

        var refusal = InterviewLink
            .Make(A.Context(Sales), campaign, Invitations.Link, campaign.LastDay.AddDays(1))
            .Refusal;

        Says(refusal, RefusalKind.Invalid, "C5.8.2", "later-day");
        (refusal!.Arguments["from"], refusal.Arguments["to"]).ShouldBe((A.Today, campaign.LastDay));
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_answers_of_a_time_to_come_When_taken_by_a_link_that_opens_Then_the_link_is_not_to_blame()
    {
        var link = InterviewLink.Make(A.Context(Sales), Running(Plan()), Invitations.Link, null).Required();

        link.WhyNotTaken(A.Context(Sales), link.ExpiresAt.AddDays(1)).ShouldBeNull();
    }

    // Invitations

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "S1")]
    public void Given_all_that_is_known_of_somebody_When_asked_Then_it_is_kept()
    {
        var seed = Guid.NewGuid();
        var to = A.Addressee() with
        {
            Email = "li@example.org",
            Product = "X-200",
            Language = "en",
            CampaignId = Guid.NewGuid(),
            BatchId = Guid.NewGuid(),
            Channel = InvitationChannel.Sheet,
            Department = "sales",
        };

        var invitation = Invitation
            .Send(A.Context(Sales), to, A.Questionnaire, new("hash", "https://x", seed))
            .Required();

        (invitation.Email, invitation.Product, invitation.Language, invitation.Phone, invitation.Contact).ShouldBe(
            ("li@example.org", "X-200", "en", "010-5555", "李主任")
        );
        (invitation.CampaignId, invitation.BatchId, invitation.Channel, invitation.Seed).ShouldBe(
            (to.CampaignId, to.BatchId, InvitationChannel.Sheet, seed)
        );
        (invitation.Judged, invitation.Recipient).ShouldBe(("sales", ContactHistory.KeyOf(to.CustomerId, "李主任")));
        (invitation.Kind, invitation.WorkSubject).ShouldBe(("invitation", new("WX-2026-000001", "永安置業")));
        invitation.OutsideOrganisation(Roles.Customer).ShouldBe(to.CustomerId);
        invitation.OutsideOrganisation(Roles.RepairUnit).ShouldBeNull();
        invitation.WorkSteps(A.Context(Someone.System())).ShouldAllBe(step => step.DueAt == invitation.ExpiresAt);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_nobody_in_particular_When_asked_Then_by_no_name_and_for_each_department_of_its_items()
    {
        var form = EditionRules.Whole("production").As(3, A.Today);
        var to = A.Addressee() with { Contact = "", SourceNumber = null };

        var invitation = Invitation.Send(A.Context(Sales), to, form, Invitations.Link).Required();

        (invitation.Recipient, invitation.Judged, invitation.Language).ShouldBe((null, "production", "zh-Hant"));
        invitation.WorkSubject.ShouldBe(new("", "永安置業"));
        invitation.FollowName(A.Context(Service), "新名");
        invitation.MoveCustomer(A.Context(Service), Guid.NewGuid(), "另一家");
        invitation.Recipient.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_no_answer_When_reminded_Then_all_that_a_message_needs_is_told()
    {
        Invitation invitation = A.Invitation();

        invitation
            .Remind(A.Context(Someone.System("surveys"), A.Moment.AddDays(7)), "https://x", ContactHistory.None)
            .ShouldBeNull();

        invitation
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new InvitationReminded(
                    invitation.Id,
                    invitation.Version,
                    invitation.CustomerId,
                    "永安置業",
                    "李主任",
                    "010-5555",
                    "https://x",
                    "zh-Hant",
                    invitation.ExpiresAt,
                    1
                )
            );
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData("sheet", 7)]
    [InlineData("staff", 7)]
    [InlineData("message", 6)]
    public void Given_another_channel_or_an_early_day_When_reminders_go_out_Then_none_is_due(string channel, int days)
    {
        var to = A.Addressee() with { Channel = Spelling.FromKebab<InvitationChannel>(channel)!.Value };
        var invitation = Invitation.Send(A.Context(Sales), to, A.Questionnaire, Invitations.Link).Required();

        InvitationDeadlines.ReminderDue(invitation, A.Context(Someone.System(), A.Moment.AddDays(days))).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_reminder_days_that_were_missed_When_they_are_looked_at_Then_the_last_of_them_alone_is_due()
    {
        Invitation invitation = A.Invitation();
        var late = A.Context(Someone.System("surveys"), A.Moment.AddDays(22));

        InvitationDeadlines.ReminderDue(invitation, late).ShouldBe(21);
        invitation.Remind(late, null, ContactHistory.None).ShouldBeNull();

        invitation.Reminded.ShouldBe([21]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_somebody_in_peace_When_asked_Then_who_can_change_it_and_from_which_day()
    {
        var context = A.Context(Sales);

        Says(
            new ContactHistory(null, true, false).WhyNot(context),
            RefusalKind.Rule,
            "C5.8.2",
            "consent",
            Roles.Customer
        );
        Says(
            new ContactHistory(null, false, true).WhyNot(context),
            RefusalKind.Rule,
            "C5.8.2",
            "closed-case",
            Roles.CustomerService,
            Roles.Engineering
        );
        var recently = new ContactHistory(A.Today, false, false).WhyNot(context);
        Says(recently, RefusalKind.Rule, "C5.8.2", "later-day", Roles.CustomerService, Roles.Sales);
        recently!.Arguments["from"].ShouldBe(A.Today.AddDays(30));
        ContactHistory.None.WhyNot(context).ShouldBeNull();
        ContactHistory.MovedKey("a/李/主任", Guid.Empty).ShouldBe($"{Guid.Empty:N}/李/主任");
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_an_interview_that_is_broken_off_When_kept_Then_with_reason_draft_and_the_link_is_dead()
    {
        Invitation invitation = A.Invitation();
        var draft = A.Filled();

        invitation.BreakOff(A.Context(Sales), A.Questionnaire, draft, "接電話").ShouldBeNull();

        (invitation.Draft, invitation.IsPartial, invitation.EndedAt).ShouldBe((draft, true, A.Moment));
        invitation.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("接電話");
        var closed = invitation.WhyClosed(A.Context(invitation.Holder));
        closed.ShouldNotBeNull().Code.ShouldBe("link-withdrawn");
        Says(closed, RefusalKind.Gone, "C5.8.2", "invitation", Roles.CustomerService, Roles.Sales);
    }

    [Theory]
    [Trait("Rule", "C5.8.2")]
    [InlineData("A", "message", "invite-tester")]
    [InlineData("A", "open", "invite-openly")]
    [InlineData("B", "anonymous", "invite-openly")]
    [InlineData("B", "message", "invite-after-repair")]
    [InlineData("B", "staff", "invite-specially")]
    [InlineData("B", "sheet", "invite-specially")]
    [InlineData("C", "staff", "invite-after-visit")]
    [InlineData("D", "sheet", "invite-specially")]
    public void Given_a_kind_and_a_channel_When_somebody_is_asked_Then_by_this_start(
        string kind,
        string channel,
        string action
    ) =>
        InvitationFlow
            .StartOf(SurveyKinds.Parse(kind)!.Value, Spelling.FromKebab<InvitationChannel>(channel)!.Value)
            .ToKebab()
            .ShouldBe(action);

    // Responses

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C10")]
    public void Given_answers_that_staff_took_down_When_filed_Then_by_whom_when_from_which_paper_and_number()
    {
        var (early, scan) = (A.Moment.AddHours(-3), Guid.NewGuid());
        Response Taken(DateTimeOffset? at) =>
            Response
                .TakeDown(
                    A.Context(Sales),
                    A.Invitation(),
                    A.Questionnaire,
                    A.Filled() with
                    {
                        WantsAnswer = true,
                        Reach = "139",
                    },
                    new(AnswerMode.Interview, at)
                )
                .Required();

        var response = Taken(early);

        (response.Kind, response.Mode, response.TakenDownBy, response.TakenAt).ShouldBe(
            ("response", AnswerMode.Interview, By(Sales), early)
        );
        Taken(null).TakenAt.ShouldBe(A.Moment);
        (response.Competitor, response.WantsAnswer, response.Reach).ShouldBe(("同行甲", true, "139"));
        response.MarkSaved();
        response.ShowPaper([scan]);
        response.File(A.Context(Service), "FM006-2026-0001");
        response.Scans.ShouldBe([scan]);
        (response.Number, response.IsFiled).ShouldBe(("FM006-2026-0001", true));
        var entry = response.PendingEntries.ShouldHaveSingleItem();
        (entry.Action, entry.Why).ShouldBe(("file", "FM006-2026-0001"));
        A.Response().TakenDownBy.ShouldBeNull("the customer filled it in");
    }

    // Versions of the questionnaire

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_version_When_it_is_written_published_or_discarded_Then_who_did_what_is_kept()
    {
        var edition = Edition.Draft(A.Context(Service), "第三版", EditionRules.Whole()).Required();
        var discarded = Edition.Draft(A.Context(Service), "草稿", EditionRules.Whole()).Required();
        (edition.Kind, edition.WorkSubject, edition.WrittenBy).ShouldBe(
            ("edition", new("FM006", "第三版"), By(Service))
        );
        edition.Questionnaire.EffectiveFrom.ShouldBe(DateOnly.MaxValue, "it is sent on no day yet");
        discarded.MarkSaved();

        edition.Revise(A.Context(Sales), "第三版修訂", EditionRules.Branched()).ShouldBeNull();
        edition.Publish(A.Context(Service), A.Today.AddDays(5), 3).ShouldBeNull();
        discarded.Discard(A.Context(Service), "重複").ShouldBeNull();

        (edition.Title, edition.WrittenBy, edition.PublishedBy).ShouldBe(("第三版修訂", By(Sales), By(Service)));
        (edition.Number, edition.QuestionnaireVersion, edition.EffectiveFrom).ShouldBe(("v3", 3, A.Today.AddDays(5)));
        edition.WorkSubject.ShouldBe(new("v3", "第三版修訂"));
        (edition.Questionnaire.Version, edition.Questionnaire.EffectiveFrom, edition.Questionnaire.Form).ShouldBe(
            (3, A.Today.AddDays(5), "FM006")
        );
        discarded.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("重複");
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_version_with_faults_When_it_is_checked_Then_each_is_named()
    {
        var whole = EditionRules.Whole();
        var content = whole with
        {
            Items =
            [
                .. whole.Items,
                EditionRules.Item("A.one"),
                EditionRules.Item("Z.one"),
                EditionRules.Item("AB"),
                EditionRules.Item("B.early") with
                {
                    Branch = new("B.late", Grade.Satisfied),
                },
                EditionRules.Item("B.late"),
            ],
            Kinds = [.. whole.Kinds.Select(k => k.Kind == SurveyKind.C ? k with { Items = [.. k.Items, "X.y"] } : k)],
        };

        content
            .Faults()
            .ShouldBe(["twice:A.one", "dimension:Z.one", "dimension:AB", "unknown:C/X.y", "branch:B.early"]);
    }

    // Figures

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_grades_When_they_are_counted_Then_best_first_and_within_bounds()
    {
        var tally = Tally.Of(
            new Dictionary<Grade, int>
            {
                [Grade.VerySatisfied] = 1,
                [Grade.FairlySatisfied] = 6,
                [Grade.Dissatisfied] = 3,
            },
            A.Policy.Surveys
        );

        tally
            .Distribution.Select(count => (count.Grade, count.Count))
            .ShouldBe([
                (Grade.VerySatisfied, 1),
                (Grade.Satisfied, 0),
                (Grade.FairlySatisfied, 6),
                (Grade.RatherDissatisfied, 0),
                (Grade.Dissatisfied, 3),
            ]);
        (tally.Recovered, tally.Satisfied, tally.Percent).ShouldBe((10, 7, 70.0m));
        // Wilson's interval of 7 of 10, as tables have it.
        tally.Interval.ShouldBe(new(39.7m, 89.2m));
        Interval.Wilson(0, 5).ShouldBe(new(0m, 43.4m));
        Interval.Wilson(5, 5).ShouldBe(new(56.6m, 100m));
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData(true, "139", "139")]
    [InlineData(false, "139", null)]
    [InlineData(null, "139", null)]
    public void Given_a_form_When_its_sender_wants_no_answer_Then_how_to_reach_them_is_not_kept(
        bool? wants,
        string reach,
        string? kept
    )
    {
        var filled = new FilledForm
        {
            Overall = "satisfied",
            WantsAnswer = wants,
            Reach = reach,
        };

        var answers = A.Questionnaire.Check(SurveyKind.D, filled).Required();

        (answers.WantsAnswer, answers.Reach).ShouldBe((wants == true, kept));
        answers.All.Last().Item.ShouldBe(Answers.OverallItem, "what was graded by itself stands before it");
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData("great", "unknown-grade")]
    [InlineData("satisfied", null)]
    [InlineData(null, null)]
    public void Given_a_draft_When_it_is_checked_Then_only_what_is_there_must_be_right(string? overall, string? code) =>
        (A.Questionnaire.CheckDraft(SurveyKind.D, new() { Overall = overall })?.Code).ShouldBe(code);

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_several_faults_of_a_form_When_it_is_checked_Then_the_first_of_the_form_is_told()
    {
        var form = (
            EditionRules.Whole() with
            {
                Items =
                [
                    .. EditionRules
                        .Whole()
                        .Items.Select(item => item.Code == "A.one" ? item with { Required = true } : item),
                ],
            }
        ).As(3, A.Today);
        FilledForm filled = new()
        {
            Overall = "satisfied",
            OverallComment = new string('字', 1001),
            Suggestions = new string('字', 4001),
            Respondent = new string('字', 101),
            Competitor = new string('字', 101),
            Reach = new string('字', 101),
            WantsAnswer = true,
            Items = [new("D.one", "satisfied")],
        };
        string Told(FilledForm of) => (string)form.Check(SurveyKind.D, of).Refusal.ShouldNotBeNull().Arguments["item"]!;

        Told(filled).ShouldBe("overall");
        filled = filled with { OverallComment = null };
        Told(filled).ShouldBe("suggestions");
        filled = filled with { Suggestions = null };
        Told(filled).ShouldBe("respondent");
        filled = filled with { Respondent = null };
        Told(filled).ShouldBe("competitor");
        filled = filled with { Competitor = null };
        Told(filled).ShouldBe("reach");
        filled = filled with { Reach = null };
        form.Check(SurveyKind.D, filled).Refusal.ShouldNotBeNull().Code.ShouldBe("competitor-missing");
        filled = filled with { Competitor = "同行甲" };
        form.Check(SurveyKind.D, filled).Refusal.ShouldNotBeNull().Code.ShouldBe("item-missing");
        form.Check(SurveyKind.D, filled with { Items = [.. filled.Items!, new("A.one", "satisfied")] })
            .Refusal.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_a_branch_When_the_other_item_has_just_its_grade_Then_it_is_asked()
    {
        var form = EditionRules.Branched().As(3, A.Today);

        form.Check(SurveyKind.D, new() { Overall = "satisfied", Items = [new("F.one", "rather-dissatisfied")] })
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("item-missing");
        form.Check(SurveyKind.D, new() { Overall = "satisfied", Items = [new("F.one", "fairly-satisfied")] })
            .Refusal.ShouldBeNull();
        // A branch beside an item that is always asked leaves the dimension asked.
        form.DimensionsLackedBy(SurveyKind.D).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_the_form_When_it_is_worded_Then_title_grades_best_first_dimensions_and_items_by_their_keys()
    {
        var worded = WordedQuestionnaire.Of(A.Questionnaire, SurveyKind.B, key => $"<{key}>");

        (worded.Title, worded.Overall, worded.Kind).ShouldBe(("<fm006.title>", "<fm006.overall>", "B"));
        worded.Grades[0].ShouldBe(new("very-satisfied", "<grade.very-satisfied>"));
        worded.Grades[^1].ShouldBe(new("dissatisfied", "<grade.dissatisfied>"));
        worded.Dimensions.ShouldAllBe(d => d.Text == $"<dimension.{d.Code}>" && d.Items.Count > 0);
        worded.Dimensions.SelectMany(d => d.Items).ShouldAllBe(item => item.Text == $"<item.{item.Code}>");
    }

    [Theory]
    [Trait("Rule", "C5.8.3")]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Given_a_kind_When_it_is_worded_Then_it_asks_who_is_compared_only_beside_a_comparison(
        bool names,
        bool compares,
        bool asks
    )
    {
        var whole = EditionRules.Whole();
        var content = whole with
        {
            NamesCompetitor = names,
            Kinds = [.. whole.Kinds.Select(k => compares ? k : k with { Items = ["A.one", "B.one"] })],
        };

        WordedQuestionnaire.Of(content.As(3, A.Today), SurveyKind.D, key => key).NamesCompetitor.ShouldBe(asks);
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void Given_an_item_a_field_or_the_overall_evaluation_When_it_is_named_Then_in_three_languages()
    {
        ItemNames.Of(A.Questionnaire, "E.skill").ShouldBe(new("Professional skill", "專業技能", "专业技能"));
        ItemNames.Of(A.Questionnaire, "X.unknown").ShouldBe(new("X.unknown", "X.unknown", "X.unknown"));
        var overall = ItemNames.Of(A.Questionnaire, Answers.OverallItem);
        new[] { overall.En, overall.ZhHant, overall.ZhHans }.Distinct().Count().ShouldBe(3);
        var field = ItemNames.OfField(A.Questionnaire, "respondent");
        (field.ZhHant, field.ZhHans).ShouldBe(("填表人（可不填）", "填表人（可不填）"));
        field.En.ShouldNotBe(field.ZhHant);
        var words = new Words("One", "一個", "一个");
        (words.In("en"), words.In("zh-Hant"), words.In("zh-Hans"), words.In("fr")).ShouldBe(
            ("One", "一個", "一个", "One")
        );
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_records_When_they_are_made_Then_each_has_an_identity_of_its_instant()
    {
        var response = A.Response();
        var customer = A.Context(Someone.AtCustomer(response.CustomerId));
        Aggregate[] made =
        [
            Planned(Plan()),
            SheetBatch.Print(A.Context(Sales), Planned(Plan()), 1, "en").Required(),
            InterviewLink.Make(A.Context(Sales), Running(Plan()), Invitations.Link, null).Required(),
            A.Invitation().Fresh(),
            response,
            Edition.Draft(A.Context(Service), "x", EditionRules.Whole()).Required(),
            FollowUps.Domain.Suggestion.Of(customer, response)!,
            FollowUps.Domain.OwedAnswer.Open(A.Context(Service), response, "x", "y", "z").Required(),
        ];

        // The first 48 bits of such an identity are its milliseconds.
        var instant = Guid.CreateVersion7(A.Moment).ToString("N")[..12];
        made.Select(record => record.Id.ToString("N")[..12]).ShouldAllBe(id => id == instant);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.8.3")]
    public void Given_the_last_day_or_instant_When_something_is_done_on_it_Then_it_is_in_time()
    {
        var edition = Edition.Draft(A.Context(Service), "x", EditionRules.Whole()).Required();
        edition.Publish(A.Context(Someone.SalesManager()), A.Today, 3).ShouldBeNull();
        Planned(Plan() with { LastDay = A.Today }).Begin(A.Context(Sales)).ShouldBeNull();
        Invitation asked = A.Invitation();
        asked.TakeDown(A.Context(Sales), Guid.NewGuid(), new(AnswerMode.Interview, A.Moment)).ShouldBeNull();
        asked.Holder.Id.ShouldBe($"link:{asked.Id:D}");
        Planned(Plan(SurveyKind.B) with { Department = "sales" }).Department.ShouldBe("sales");
    }
}
