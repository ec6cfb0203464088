using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Analysis.Domain;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>What a record keeps of each step, tells the others of it, and shows on a work list (S1).</summary>
public sealed class KeptRules
{
    private static readonly Actor Service = Someone.InCustomerService();
    private static readonly Actor Sales = Someone.InSales();
    private static readonly Actor Quality = Someone.InQuality();
    private static readonly Actor Head = Someone.HeadOf("engineering");
    private static readonly Actor Manager = Someone.GeneralManager();
    private static readonly Actor Representative = Someone.ManagementRepresentative();
    private static readonly Actor Visitor = Someone.With("ping", "quality", Roles.Assessor);
    private static readonly Actor Developer = Someone.With("gao", "technical", Roles.ProductDevelopment);

    private static Stamp By(Actor actor, DateTimeOffset? at = null) => Stamp.Of(A.Context(actor, at));

    /// <summary>The end of a day, when the step of a record is due.</summary>
    private static void Due<T, TState, TAction>(Aggregate<T, TState, TAction> record, DateOnly? day)
        where T : Aggregate<T, TState, TAction>
        where TState : struct, Enum
        where TAction : struct, Enum
    {
        var steps = record.WorkSteps(A.Context(Someone.System()));
        steps.ShouldNotBeEmpty();
        steps.ShouldAllBe(step => step.DueAt == (day == null ? null : A.Zone.EndOf(day.Value)));
    }

    // Contact notes (C5.9)

    private static ContactNote Note() =>
        ContactNote
            .Issue(
                A.Context(Service),
                "LL-2026-000001",
                new(
                    "engineering",
                    A.Today.AddDays(-30),
                    A.Today,
                    Tally.Of([], A.Policy.Surveys),
                    [],
                    "維修速度評價偏低"
                )
            )
            .Required();

    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "S1")]
    public void Given_a_contact_note_When_it_is_issued_Then_it_is_told_and_on_the_list_by_its_day()
    {
        var note = Note();

        note.PendingEvents.ShouldBe([
            new ContactNoteIssued(note.Id, 1, "LL-2026-000001", "engineering", A.Today.AddDays(7), A.Today),
        ]);
        (note.Kind, note.WorkSubject).ShouldBe(("contact-note", new("LL-2026-000001", "維修速度評價偏低")));
        (note.Number, note.Department, note.IssuedBy, note.PolicyVersion).ShouldBe(
            ("LL-2026-000001", "engineering", By(Service), 1)
        );
        Due(note, A.Today.AddDays(7));
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_contact_note_When_it_goes_its_way_Then_who_did_what_is_kept_with_their_words()
    {
        var note = Note();
        note.MarkSaved();

        note.Receive(A.Context(Head)).ShouldBeNull();
        note.SetMeasures(A.Context(Head), "增派人手", null).ShouldBeNull();
        note.ReportDone(A.Context(Head), "已增派兩人").ShouldBeNull();
        note.VerifyByService(A.Context(Service), "客戶滿意").ShouldBeNull();
        note.VerifyByQuality(A.Context(Quality), "有效").ShouldBeNull();

        (note.ReceivedBy, note.MeasuresBy, note.DoneBy).ShouldBe((By(Head), By(Head), By(Head)));
        (note.Measures, note.Execution).ShouldBe(("增派人手", "已增派兩人"));
        (note.ByService, note.ByQuality).ShouldBe((By(Service), By(Quality)));
        note.DueOn.ShouldBe(A.Today.AddDays(7), "no earlier day was said");
        note.PendingEntries.Select(entry => entry.Why).ShouldBe([null, "增派人手", "已增派兩人", "客戶滿意", "有效"]);
        note.PendingEvents.ShouldBe([
            new ContactNoteVerified(note.Id, note.Version, "LL-2026-000001", "engineering", A.Today),
        ]);
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_measures_that_do_not_work_When_they_are_sent_back_Then_verdicts_are_gone_and_days_begin_again()
    {
        var note = Note();
        note.Receive(A.Context(Head)).ShouldBeNull();
        note.SetMeasures(A.Context(Head), "增派人手", A.Today.AddDays(2)).ShouldBeNull();
        note.DueOn.ShouldBe(A.Today.AddDays(2));
        note.ReportDone(A.Context(Head), "已增派").ShouldBeNull();
        note.VerifyByService(A.Context(Service), "有效").ShouldBeNull();
        note.MarkSaved();

        note.SendBack(A.Context(Quality, A.Moment.AddDays(4)), "仍太慢").ShouldBeNull();

        (note.State, note.SentBack, note.ByQuality, note.ByService).ShouldBe(
            (ContactNoteState.Received, 1, null, null)
        );
        note.DueOn.ShouldBe(A.Today.AddDays(4 + 7));
        note.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("仍太慢");
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_note_When_it_is_extended_and_withdrawn_Then_with_the_reasons()
    {
        var note = Note();
        note.MarkSaved();

        note.Extend(A.Context(Service), A.Today.AddDays(9), "零件未到").ShouldBeNull();
        note.Withdraw(A.Context(Service), "發錯部門").ShouldBeNull();

        note.DueOn.ShouldBe(A.Today.AddDays(9));
        note.PendingEntries.Select(entry => entry.Why).ShouldBe(["零件未到", "發錯部門"]);
    }

    // Suggestions (C5.8.1)

    private static Response Form(string? product = null)
    {
        Invitation invitation = Invitation
            .Send(A.Context(Sales), A.Addressee() with { Product = product }, A.Questionnaire, Invitations.Link)
            .Required();
        return A.Receipt(invitation).Required();
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_form_When_its_suggestion_is_taken_up_Then_it_says_whose_it_is_and_what_becomes_of_it()
    {
        var form = Form("X-200");
        var suggestion = Suggestion.Of(A.Context(Someone.AtCustomer(form.CustomerId)), form).ShouldNotBeNull();
        (suggestion.Kind, suggestion.WorkSubject, suggestion.Month).ShouldBe(
            ("suggestion", new("永安置業", "多來看看"), "2026-03")
        );
        (suggestion.ResponseId, suggestion.CustomerId, suggestion.Survey, suggestion.Product).ShouldBe(
            (form.Id, form.CustomerId, SurveyKind.D, "X-200")
        );
        suggestion.ReceivedOn.ShouldBe(A.Today);
        suggestion.MarkSaved();

        suggestion.TakeUp(A.Context(Developer), "上門", "每季一次").ShouldBeNull();
        suggestion.Tell(A.Context(Sales), "已電話說明").ShouldBeNull();

        suggestion.PendingEvents.ShouldBe([
            new SuggestionDecided(
                suggestion.Id,
                2,
                form.Id,
                form.CustomerId,
                "X-200",
                "上門",
                true,
                "每季一次",
                A.Today
            ),
        ]);
        (suggestion.Topic, suggestion.Reason, suggestion.IsTakenUp).ShouldBe(("上門", "每季一次", true));
        (suggestion.DecidedBy, suggestion.ToldBy).ShouldBe((By(Developer), By(Sales)));
        suggestion.PendingEntries.Select(entry => entry.Why).ShouldBe(["每季一次", "已電話說明"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_suggestion_When_it_is_declined_Then_the_reason_is_on_record()
    {
        var form = Form();
        var suggestion = Suggestion.Of(A.Context(Someone.AtCustomer(form.CustomerId)), form).ShouldNotBeNull();
        suggestion.MarkSaved();

        suggestion.Decline(A.Context(Developer), "上門", "人手不足").ShouldBeNull();

        suggestion.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("人手不足");
        (suggestion.Topic, suggestion.Reason, suggestion.IsTakenUp).ShouldBe(("上門", "人手不足", false));
    }

    // Answers that are owed (C5.9)

    private static OwedAnswer Owed(Response form) =>
        OwedAnswer.Open(A.Context(Service), form, "李主任", "010-5555", "請回覆").Required();

    [Fact]
    [Trait("Rule", "C5.9")]
    [Trait("Rule", "S1")]
    public void Given_an_answer_that_is_owed_When_it_is_given_or_dropped_Then_to_whom_and_in_which_words()
    {
        var form = Form();
        var (owed, dropped) = (Owed(form), Owed(form));
        (owed.Kind, owed.WorkSubject, owed.PolicyVersion).ShouldBe(("owed-answer", new("永安置業", "請回覆"), 1));
        (owed.ResponseId, owed.CustomerId, owed.Contact, owed.Phone, owed.What).ShouldBe(
            (form.Id, form.CustomerId, "李主任", "010-5555", "請回覆")
        );
        Due(owed, A.Today.AddDays(3));
        owed.MarkSaved();
        dropped.MarkSaved();

        owed.Give(A.Context(Sales), "已上門").ShouldBeNull();
        dropped.Drop(A.Context(Sales), "重複").ShouldBeNull();

        (owed.Given, owed.GivenBy).ShouldBe(("已上門", By(Sales)));
        owed.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("已上門");
        dropped.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("重複");
    }

    // Customers that are merged or renamed (S3, S4)

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_open_and_ended_records_When_their_customer_is_merged_Then_all_move_and_ended_ones_keep_the_name()
    {
        var into = Guid.CreateVersion7();
        var form = Form();
        var (owed, given) = (Owed(form), Owed(form));
        given.Give(A.Context(Sales), "已上門").ShouldBeNull();
        var holder = A.Context(Someone.AtCustomer(form.CustomerId));
        var (open, told) = (Suggestion.Of(holder, form)!, Suggestion.Of(holder, form)!);
        told.Decline(A.Context(Developer), "上門", "人手不足").ShouldBeNull();
        told.Tell(A.Context(Sales), "已說明").ShouldBeNull();
        Invitation sent = A.Invitation();
        var withdrawn = A.Invitation().At(InvitationState.Withdrawn);
        Aggregate[] records = [form, owed, given, open, told, sent, withdrawn];
        foreach (var record in records)
        {
            record.MarkSaved();
        }

        form.MoveCustomer(A.Context(Service), into, "保留客戶");
        owed.MoveCustomer(A.Context(Service), into, "保留客戶");
        given.MoveCustomer(A.Context(Service), into, "保留客戶");
        open.MoveCustomer(A.Context(Service), into, "保留客戶");
        told.MoveCustomer(A.Context(Service), into, "保留客戶");
        sent.MoveCustomer(A.Context(Service), into, "保留客戶");
        withdrawn.MoveCustomer(A.Context(Service), into, "保留客戶");

        new[] { form.CustomerId, owed.CustomerId, given.CustomerId, open.CustomerId, told.CustomerId }.ShouldAllBe(id =>
            id == into
        );
        (sent.CustomerId, withdrawn.CustomerId).ShouldBe((into, into));
        new[] { owed.CustomerName, open.CustomerName, sent.CustomerName }.ShouldAllBe(name => name == "保留客戶");
        new[] { form.CustomerName, given.CustomerName, told.CustomerName, withdrawn.CustomerName }.ShouldAllBe(name =>
            name == "永安置業"
        );
        records
            .Select(record => record.PendingEntries.ShouldHaveSingleItem())
            .ShouldAllBe(entry =>
                entry.Action == "customer-merged" && entry.From == entry.To && entry.Why == "保留客戶"
            );
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_open_and_ended_records_When_the_registry_renames_the_customer_Then_open_ones_follow_once()
    {
        var form = Form();
        var (owed, given) = (Owed(form), Owed(form));
        given.Give(A.Context(Sales), "已上門").ShouldBeNull();
        var holder = A.Context(Someone.AtCustomer(form.CustomerId));
        var (open, told) = (Suggestion.Of(holder, form)!, Suggestion.Of(holder, form)!);
        told.Decline(A.Context(Developer), "上門", "人手不足").ShouldBeNull();
        told.Tell(A.Context(Sales), "已說明").ShouldBeNull();
        Invitation sent = A.Invitation();
        var withdrawn = A.Invitation().At(InvitationState.Withdrawn);
        foreach (var record in new Aggregate[] { owed, given, open, told, sent, withdrawn })
        {
            record.MarkSaved();
        }

        // Twice: the second changes nothing any more.
        for (var i = 0; i < 2; i++)
        {
            owed.FollowName(A.Context(Service), "新名");
            given.FollowName(A.Context(Service), "新名");
            open.FollowName(A.Context(Service), "新名");
            told.FollowName(A.Context(Service), "新名");
            sent.FollowName(A.Context(Service), "新名");
            withdrawn.FollowName(A.Context(Service), "新名");
        }

        new[] { owed.CustomerName, open.CustomerName, sent.CustomerName }.ShouldAllBe(name => name == "新名");
        new Aggregate[] { owed, open, sent }
            .Select(record => record.PendingEntries.ShouldHaveSingleItem())
            .ShouldAllBe(entry => entry.Action == "follow-registry" && entry.Why == "永安置業 → 新名");
        new[] { given.CustomerName, told.CustomerName, withdrawn.CustomerName }.ShouldAllBe(name => name == "永安置業");
        new Aggregate[] { given, told, withdrawn }.ShouldAllBe(record => record.PendingEntries.Count == 0);
    }

    // Evaluations (C5.10)

    private static Evaluation Evaluated(int satisfied, string? notice = "TB-2026-000001") =>
        Evaluation
            .Of(
                A.Context(Service),
                "engineering",
                A.Today.AddMonths(-3),
                A.Today.AddDays(-1),
                75,
                new(10, satisfied),
                notice
            )
            .Required();

    [Theory]
    [Trait("Rule", "C5.10")]
    [InlineData(10, 9, "reward", 90.0)]
    [InlineData(10, 7, "corrective-order", 70.0)]
    [InlineData(3, 3, "not-available", 100.0)]
    public void Given_a_department_When_it_is_evaluated_Then_its_figures_are_kept_and_told(
        int received,
        int satisfied,
        string outcome,
        double percent
    )
    {
        var (from, to) = (A.Today.AddMonths(-3), A.Today.AddDays(-1));

        var evaluation = Evaluation
            .Of(A.Context(Service), "engineering", from, to, 75, new(received, satisfied), "TB-2026-000001")
            .Required();

        evaluation
            .PendingEvents.OfType<DepartmentEvaluated>()
            .ShouldBe([
                new DepartmentEvaluated(
                    evaluation.Id,
                    1,
                    "engineering",
                    from,
                    to,
                    75,
                    received,
                    satisfied,
                    (decimal)percent,
                    outcome,
                    A.Today
                ),
            ]);
        (evaluation.Department, evaluation.From, evaluation.To, evaluation.GoalPercent).ShouldBe(
            ("engineering", from, to, 75)
        );
        (evaluation.Recovered, evaluation.Satisfied, evaluation.Percent).ShouldBe(
            (received, satisfied, (decimal)percent)
        );
        (evaluation.Key, evaluation.Kind, evaluation.PolicyVersion).ShouldBe(
            ("engineering/2025-12-10/2026-03-09", "evaluation", 1)
        );
        evaluation.WorkSubject.ShouldBe(
            new(outcome == "corrective-order" ? "TB-2026-000001" : evaluation.Key, "engineering")
        );
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    [Trait("Rule", "S1")]
    public void Given_a_department_below_its_goal_When_ordered_to_correct_Then_the_criticism_is_told_with_its_days()
    {
        var evaluation = Evaluated(7);

        evaluation
            .PendingEvents.OfType<CorrectiveOrderIssued>()
            .ShouldBe([
                new CorrectiveOrderIssued(
                    evaluation.Id,
                    1,
                    "TB-2026-000001",
                    "engineering",
                    evaluation.From,
                    evaluation.To,
                    75,
                    70.0m,
                    evaluation.DueOn!.Value,
                    A.Today.AddDays(90),
                    A.Today
                ),
            ]);
        evaluation.NoticeFrom.ShouldBe(A.Today);
        Due(evaluation, evaluation.DueOn);
        Due(Evaluated(9), null);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_reward_When_it_is_granted_and_noted_or_refused_Then_by_whom_and_in_which_words()
    {
        var (granted, refused) = (Evaluated(9), Evaluated(9));
        granted.MarkSaved();
        refused.MarkSaved();

        granted.Grant(A.Context(Manager), "獎金 5,000").ShouldBeNull();
        granted.Note(A.Context(Service), "已發放").ShouldBeNull();
        refused.Refuse(A.Context(Manager), "預算不足").ShouldBeNull();

        granted.PendingEvents.ShouldBe([
            new RewardGranted(granted.Id, 2, "engineering", granted.From, granted.To, "獎金 5,000", A.Today),
        ]);
        (granted.GrantedBy, granted.NotedBy).ShouldBe((By(Manager), By(Service)));
        granted.PendingEntries.Select(entry => entry.Why).ShouldBe(["獎金 5,000", "已發放"]);
        refused.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("預算不足");
    }

    [Theory]
    [Trait("Rule", "C5.10")]
    [InlineData(10, 8, "reached")]
    [InlineData(10, 7, "missed")]
    [InlineData(4, 4, "not-available")]
    public void Given_an_order_When_the_department_is_measured_again_Then_its_new_figures_are_told(
        int received,
        int satisfied,
        string outcome
    )
    {
        var evaluation = Evaluated(7);
        evaluation.MarkSaved();
        var after = A.Context(Someone.System("surveys"), evaluation.DueOn!.Value.AddDays(1));

        evaluation.MeasureAgain(after, new(received, satisfied)).ShouldBeNull();

        evaluation.PendingEvents.ShouldBe([
            new DepartmentMeasuredAgain(
                evaluation.Id,
                2,
                "engineering",
                received,
                new SatisfactionRate(received, satisfied).Percent,
                outcome == "reached",
                after.Today,
                outcome
            ),
        ]);
        if (outcome == "missed")
        {
            evaluation.HoldMeeting(A.Context(Manager, after.Now), "各部門主管會議紀要").ShouldBeNull();
            evaluation.Minutes.ShouldBe("各部門主管會議紀要");
            evaluation.PendingEntries[^1].Why.ShouldBe("各部門主管會議紀要");
        }
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_period_or_a_goal_that_may_not_be_When_refused_Then_who_supplies_what_is_said()
    {
        var over = Evaluation
            .Of(A.Context(Service), "sales", A.Today.AddDays(-9), A.Today, 75, new(10, 9), null)
            .Refusal.ShouldNotBeNull();
        var role = QualityGoal.Set(A.Context(Sales), "sales", 60, A.Today).Refusal.ShouldNotBeNull();
        var past = QualityGoal.Set(A.Context(Manager), "sales", 60, A.Today.AddDays(-1)).Refusal.ShouldNotBeNull();

        Says(over, RefusalKind.Rule, "C5.10", "end-of-period", Roles.CustomerService);
        Says(role, RefusalKind.Forbidden, "C5.10", "role", Roles.GeneralManager, Roles.DeputyGeneralManager);
        Says(past, RefusalKind.Rule, "C5.10", "effective-date", Roles.GeneralManager);
        QualityGoal.Set(A.Context(Roles.DeputyGeneralManager), "sales", 60, A.Today).Refusal.ShouldBeNull();
    }

    private static void Says(Refusal refusal, RefusalKind kind, string rule, string missing, params string[] suppliedBy)
    {
        (refusal.Kind, refusal.Rule).ShouldBe((kind, rule));
        refusal.Missing.ShouldBe([missing]);
        refusal.SuppliedBy.ShouldBe(suppliedBy);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public void Given_a_goal_When_it_is_set_Then_by_whom_from_when_and_of_two_of_a_day_the_later_counts()
    {
        var goal = QualityGoal.Set(A.Context(Manager), "sales", 70, A.Today).Required();
        var later = QualityGoal.Set(A.Context(Manager, A.Moment.AddHours(1)), "sales", 80, A.Today).Required();

        (goal.Kind, goal.Department, goal.Percent, goal.EffectiveFrom, goal.SetBy).ShouldBe(
            ("quality-goal", "sales", 70, A.Today, By(Manager))
        );
        var entry = goal.PendingEntries.ShouldHaveSingleItem();
        (entry.Action, entry.From, entry.To).ShouldBe(("set", null, "set"));
        QualityGoal.On([later, goal], A.Today, A.Policy.Surveys).ShouldBe(80);
        QualityGoal.On([goal, later], A.Today, A.Policy.Surveys).ShouldBe(80);
    }

    // Reviews of half a year (C5.8.1 D)

    private static readonly HalfYear Period = new(2025, 2);

    private static HalfYearReview Review() =>
        HalfYearReview
            .Open(
                A.Context(Service),
                Period,
                new(Tally.Of([], A.Policy.Surveys), null, 85, [Chapter(84.9m), Chapter(85m), Chapter(null)], 0, null)
            )
            .Required();

    private static ChapterFigures Chapter(decimal? percent) =>
        new(
            percent is null ? ReviewChapter.AfterSales
                : percent < 85 ? ReviewChapter.Management
                : ReviewChapter.ProductQuality,
            Tally.Of([], A.Policy.Surveys) with
            {
                Percent = percent,
            },
            null,
            []
        );

    private static HalfYearReview Assessed()
    {
        var review = Review();
        // Not in their order: they stand in it all the same.
        review.Assess(A.Context(Service), ReviewChapter.AfterSales, "無問卷").ShouldBeNull();
        review.Assess(A.Context(Quality), ReviewChapter.ProductQuality, "穩定").ShouldBeNull();
        review.IsToAssess.ShouldBeTrue();
        review.Assess(A.Context(Representative), ReviewChapter.Management, "回覆太慢").ShouldBeNull();
        review.IsToAssess.ShouldBeFalse();
        return review;
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_review_When_it_is_opened_Then_number_figures_and_who_opened_it_are_kept()
    {
        var review = Review();

        (review.Kind, review.Number, review.Key, review.Period).ShouldBe(
            ("half-year-review", "BN-2025-2", "BN-2025-2", Period)
        );
        (review.WorkSubject, review.OpenedBy, review.PolicyVersion).ShouldBe(
            (new("BN-2025-2", "BN-2025-2"), By(Service), 1)
        );
        review.WeakChapters.ShouldBe([ReviewChapter.Management], "nothing graded is not below, nor is the goal itself");
        Due(review, null);
        var refusal = HalfYearReview.Open(A.Context(Service), new(2026, 1), review.Figures).Refusal.ShouldNotBeNull();
        Says(
            refusal,
            RefusalKind.Rule,
            "C5.8.1",
            "end-of-period",
            Roles.CustomerService,
            Roles.QcHead,
            Roles.ManagementRepresentative
        );
        HalfYearReview
            .Open(A.Context(Service, A.At("2025-12-31 10:00")), Period, review.Figures)
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe("period-not-over", "its last day is not over");
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_chapters_When_they_are_written_and_written_again_Then_each_stands_once_in_its_order()
    {
        var review = Review();
        review.MarkSaved();

        review.Assess(A.Context(Service), ReviewChapter.AfterSales, "無問卷").ShouldBeNull();
        review.Assess(A.Context(Representative), ReviewChapter.Management, "草稿").ShouldBeNull();
        review.Assess(A.Context(Representative), ReviewChapter.Management, "回覆太慢").ShouldBeNull();

        review.Texts.ShouldBe([
            new(ReviewChapter.Management, "回覆太慢", By(Representative)),
            new(ReviewChapter.AfterSales, "無問卷", By(Service)),
        ]);
        review.PendingEntries[0].Why.ShouldBe("after-sales: 無問卷");
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    [Trait("Rule", "S1")]
    public void Given_measures_When_they_are_carried_out_Then_who_did_what_is_kept_and_the_earliest_open_day_is_due()
    {
        var review = Assessed();
        var (management, quality) = (A.Context(Representative), A.Context(Quality));
        var (late, soon) = (A.Today.AddDays(20), A.Today);
        review.SetMeasure(management, new(ReviewChapter.Management, "設專線", "engineering", late)).ShouldBeNull();
        review.SetMeasure(quality, new(ReviewChapter.ProductQuality, "加測", "engineering", soon)).ShouldBeNull();
        review.Measures.ShouldBe([
            new(1, ReviewChapter.Management, "設專線", "engineering", late, By(Representative)),
            new(2, ReviewChapter.ProductQuality, "加測", "engineering", soon, By(Quality)),
        ]);
        Due(review, null);
        review.MarkSaved();

        review.Issue(management).ShouldBeNull();
        Due(review, soon);
        review.ReportDone(A.Context(Head), 2, "已加測").ShouldBeNull();
        (review.IsToDo, review.IsToVerify).ShouldBe((true, true));
        Due(review, soon);
        review.Verify(quality, 2, "有效").ShouldBeNull();
        Due(review, late);
        (review.IsToDo, review.IsToVerify).ShouldBe((true, false));
        review.ReportDone(A.Context(Head), 1, "已設").ShouldBeNull();
        review.SendBack(quality, 1, "無人接聽").ShouldBeNull();
        review.Measures[0].DoneBy.ShouldBeNull();
        review.ReportDone(A.Context(Head), 1, "有人接").ShouldBeNull();
        review.Verify(A.Context(Service), 1, "接通").ShouldBeNull();
        review.Close(management).ShouldBeNull();

        review
            .Measures.Select(m => (m.Number, m.Done, m.DoneBy, m.VerifiedBy))
            .ShouldBe([(1, "有人接", By(Head), By(Service)), (2, "已加測", By(Head), By(Quality))]);
        (review.IssuedBy, review.ClosedBy).ShouldBe((By(Representative), By(Representative)));
        review
            .PendingEntries.Select(entry => entry.Why)
            .ShouldBe([null, "已加測", "有效", "已設", "無人接聽", "有人接", "接通", null]);
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_a_review_When_it_is_given_up_Then_with_the_reason()
    {
        var review = Review();
        review.MarkSaved();

        review.Withdraw(A.Context(Service), "數據補登").ShouldBeNull();

        review.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("數據補登");
    }

    [Theory]
    [Trait("Rule", "C5.8.1")]
    [InlineData("E.responsiveness", "management")]
    [InlineData("E.billing", "management")]
    [InlineData("B.anything", "product-quality")]
    [InlineData("A", "product-quality")]
    [InlineData("Ex", null)]
    [InlineData("D.price", null)]
    public void Given_an_item_When_it_is_reviewed_Then_in_this_chapter_or_none(string item, string? chapter) =>
        (ReviewChapters.Of(item)?.ToKebab()).ShouldBe(chapter);

    // Assessments of service points (T1 to T3)

    private static ServicePoint Point() =>
        ServicePoint.Open(
            A.Context(Quality),
            "FW-01",
            "望京服務中心",
            ServicePointKind.ServiceCentre,
            "北京市朝陽區",
            "engineering"
        );

    private static Assessment Planned(ServicePoint point, bool mystery = false) =>
        Assessment
            .Plan(
                A.Context(Quality),
                "FW-2026-000001",
                point,
                new(Visitor.Id, Visitor.Name),
                A.Today.AddDays(7),
                "第一輪",
                mystery
            )
            .Required();

    private static readonly Guid Photo = Guid.NewGuid();

    private static Refusal? Score(Assessment assessment, Func<ServiceItem, int?> score) =>
        assessment.Score(
            A.Context(Visitor),
            [.. assessment.Catalogue.Items.Select(item => new ItemScore(item.Code, score(item), null, [Photo]))],
            new HashSet<Guid> { Photo }
        );

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_a_service_point_When_it_is_opened_and_closed_Then_what_it_is_and_why_it_is_closed()
    {
        var point = Point();
        (point.Kind, point.Code, point.Name, point.Type, point.Address, point.Department, point.Active).ShouldBe(
            (
                "service-point",
                "FW-01",
                "望京服務中心",
                ServicePointKind.ServiceCentre,
                "北京市朝陽區",
                "engineering",
                true
            )
        );

        point.Close(A.Context(Quality), "租約到期");

        point.Active.ShouldBeFalse();
        point
            .PendingEntries.Select(entry => (entry.Action, entry.From, entry.To, entry.Why))
            .ShouldBe([("open", null, "open", null), ("close", "open", "closed", "租約到期")]);
    }

    [Theory]
    [Trait("Rule", "T1")]
    [Trait("Rule", "S1")]
    [InlineData(false, "plan", "")]
    [InlineData(true, "plan-mystery", "engineering")]
    public void Given_a_service_point_When_a_visit_is_planned_Then_where_by_whom_by_when_and_from_whom_it_is_hidden(
        bool mystery,
        string action,
        string hidden
    )
    {
        var point = Point();

        var assessment = Planned(point, mystery);

        (assessment.Kind, assessment.WorkSubject).ShouldBe(("assessment", new("FW-2026-000001", "望京服務中心")));
        (assessment.PointId, assessment.Department, assessment.Round).ShouldBe((point.Id, "engineering", "第一輪"));
        (assessment.IsMystery, assessment.HiddenFrom).ShouldBe((mystery, hidden));
        (assessment.CatalogueVersion, assessment.PolicyVersion, assessment.Assessor.Name).ShouldBe((1, 1, "PING"));
        assessment.PendingEntries.ShouldHaveSingleItem().Action.ShouldBe(action);
        Due(assessment, A.Today.AddDays(7));
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_a_visit_When_the_assessor_signs_Then_its_result_is_told_and_each_signature_says_what_for()
    {
        var point = Point();
        var assessment = Planned(point);
        Score(assessment, item => item.Code == "T2.safety" ? 2 : 5).ShouldBeNull();
        (assessment.HeldOn, assessment.HiddenFrom).ShouldBe((A.Today, ""));
        assessment.MarkSaved();

        assessment.SignByAssessor(A.Context(Visitor)).ShouldBeNull();
        assessment.AcceptFindings(A.Context(Head)).ShouldBeNull();

        var told = assessment.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<ServicePointAssessed>();
        (told with { FailedItems = [] }).ShouldBe(
            new ServicePointAssessed(
                assessment.Id,
                told.Version,
                "FW-2026-000001",
                point.Id,
                "望京服務中心",
                false,
                assessment.Percent!.Value,
                true,
                [],
                A.Today
            )
        );
        told.FailedItems.ShouldBe(["T2.safety"]);
        assessment.ByAssessor.ShouldBe(new("PING", A.Moment, "assessed"));
        assessment.BySite.ShouldBe(new(Head.Name, A.Moment, "findings-accepted"));
    }

    [Fact]
    [Trait("Rule", "T1")]
    [Trait("Rule", "S1")]
    public void Given_failed_items_When_they_are_corrected_Then_who_did_what_is_kept_and_the_earliest_open_day_is_due()
    {
        var assessment = Planned(Point());
        Score(assessment, item => item.Code is "T2.safety" or "T3.channels" ? 2 : 5).ShouldBeNull();
        Due(assessment, A.Today.AddDays(7));
        assessment.SignByAssessor(A.Context(Visitor)).ShouldBeNull();
        Due(assessment, A.Today.AddDays(7));
        assessment.AcceptFindings(A.Context(Head)).ShouldBeNull();
        Due(assessment, A.Today.AddDays(14));
        assessment.MarkSaved();

        (assessment.IsToCorrect, assessment.IsToVerify).ShouldBe((true, false));
        assessment.Correct(A.Context(Head), "T2.safety", "已更換").ShouldBeNull();
        (assessment.IsToCorrect, assessment.IsToVerify).ShouldBe((true, true));
        assessment.Verify(A.Context(Quality), "T2.safety", "有效").ShouldBeNull();
        (assessment.IsToCorrect, assessment.IsToVerify).ShouldBe((true, false));
        assessment.Correct(A.Context(Head), "T2.safety", "再換").ShouldNotBeNull().Code.ShouldBe("item-not-failed");
        assessment
            .Verify(A.Context(Quality), "T2.safety", "又看")
            .ShouldNotBeNull()
            .Code.ShouldBe("item-not-corrected");
        assessment.Correct(A.Context(Head), "T3.channels", "設專線").ShouldBeNull();
        assessment.SendBack(A.Context(Quality), "T3.channels", "無人接").ShouldBeNull();
        assessment.Corrections[1].DoneBy.ShouldBeNull();
        assessment.Correct(A.Context(Head), "T3.channels", "有人接").ShouldBeNull();
        (assessment.IsToCorrect, assessment.IsToVerify).ShouldBe((false, true));
        assessment.Verify(A.Context(Quality), "T3.channels", "接通").ShouldBeNull();
        Due(assessment, A.Today.AddDays(7));

        assessment
            .Corrections.Select(c => (c.Item, c.Done, c.DoneBy, c.VerifiedBy))
            .ShouldBe([
                ("T2.safety", "已更換", By(Head), By(Quality)),
                ("T3.channels", "有人接", By(Head), By(Quality)),
            ]);
        assessment
            .PendingEntries.Select(entry => entry.Why)
            .ShouldBe(["已更換", "有效", "設專線", "無人接", "有人接", "接通"]);
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_a_visit_When_it_is_cancelled_Then_with_the_reason_and_a_mystery_stays_one()
    {
        var assessment = Planned(Point(), mystery: true);
        assessment.MarkSaved();

        assessment.Cancel(A.Context(Quality), "搬遷").ShouldBeNull();

        assessment.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("搬遷");
        assessment.IsKeptQuiet.ShouldBeTrue();
    }

    [Theory]
    [Trait("Rule", "T2")]
    [InlineData(0, 0.0)]
    [InlineData(5, 100.0)]
    [InlineData(3, 60.0)]
    public void Given_scores_When_they_are_weighed_Then_in_percent_of_the_best(int score, double percent) =>
        Assessment
            .PercentOf(
                ServiceCatalogue.Versions[0],
                [.. ServiceCatalogue.Versions[0].Items.Select(item => new ItemScore(item.Code, score, null, []))]
            )
            .ShouldBe((decimal)percent);

    [Fact]
    [Trait("Rule", "T2")]
    public void Given_items_of_other_weight_When_they_are_scored_Then_each_counts_by_its_weight_and_none_is_nought()
    {
        var words = new Words("x", "x", "x");
        var catalogue = new ServiceCatalogue(1, A.Today, 80, [new("T1.a", words, 1), new("T1.b", words, 3)]);

        Assessment.PercentOf(catalogue, [new("T1.a", 5, null, []), new("T1.b", 1, null, [])]).ShouldBe(40m, "8 of 20");
        Assessment.PercentOf(catalogue, [new("T1.a", 4, null, []), new("T1.b", null, null, [])]).ShouldBe(80m);
        Assessment.PercentOf(catalogue, [new("T1.a", null, null, [])]).ShouldBe(0m);
    }

    [Fact]
    [Trait("Rule", "T1")]
    public void Given_scores_at_the_bounds_When_they_are_checked_Then_from_nought_to_five_and_three_has_not_failed()
    {
        foreach (
            var (score, code) in new (int?, string?)[]
            {
                (-1, "score-unknown"),
                (0, null),
                (5, null),
                (6, "score-unknown"),
            }
        )
        {
            (Score(Planned(Point()), _ => score)?.Code).ShouldBe(code);
            (Score(Planned(Point()), _ => score) is null).ShouldBe(code is null);
        }

        new ItemScore("x", 3, null, []).Failed.ShouldBeFalse();
        new ItemScore("x", 2, null, []).Failed.ShouldBeTrue();
        new ItemScore("x", null, null, []).Failed.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_the_day_of_a_note_When_measures_are_due_on_it_Then_that_is_in_time_and_no_later_day()
    {
        var note = Note();
        note.Receive(A.Context(Head)).ShouldBeNull();

        note.Extend(A.Context(Service), note.DueOn, "x").ShouldNotBeNull().Code.ShouldBe("no-later-day");
        note.SetMeasures(A.Context(Head), "增派人手", note.DueOn).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.1")]
    public void Given_two_measures_of_two_departments_When_one_is_done_Then_the_other_is_neither_done_nor_verified()
    {
        var review = Assessed();
        var (management, quality) = (A.Context(Representative), A.Context(Quality));
        review.SetMeasure(management, new(ReviewChapter.Management, "設專線", "engineering", null)).ShouldBeNull();
        review.SetMeasure(quality, new(ReviewChapter.ProductQuality, "加測", "production", null)).ShouldBeNull();
        review.Issue(management).ShouldBeNull();

        review.ReportDone(A.Context(Head), 2, "x").ShouldNotBeNull().Code.ShouldBe("measure-not-open");
        review.ReportDone(A.Context(Head), 3, "x").ShouldNotBeNull().Code.ShouldBe("measure-not-open");
        review.ReportDone(A.Context(Head), 1, "已設").ShouldBeNull();
        review.Verify(quality, 2, "x").ShouldNotBeNull().Code.ShouldBe("measure-not-done");
        review.Verify(quality, 3, "x").ShouldNotBeNull().Code.ShouldBe("measure-not-done");
        review.Verify(quality, 1, "有效").ShouldBeNull();
        review.Close(management).ShouldNotBeNull().Code.ShouldBe("measures-open");
    }
}
