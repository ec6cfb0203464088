using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using static CustomerService.Complaints.Complaints.Domain.ComplaintState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>The way of a complaint: triage, liability, answer, confirmation, closing, escalation.</summary>
public sealed class ComplaintFlowTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    private static CommandContext Qc => A.Context(Someone.InQuality());

    private static CommandContext Manager => A.Context(Someone.SalesManager());

    [Fact]
    public void The_flow_of_a_complaint_is_sound() =>
        FlowChecks.Problems(ComplaintFlow.Table, ComplaintsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_complaint() =>
        new FlowWalk<Complaint, ComplaintState, ComplaintAction>(ComplaintFlow.Table)
            .Start(
                ComplaintAction.Register,
                move => Complaint.Register(move.Context, "TS-2026-000001", AnyIntake(move))
            )
            .On(ComplaintAction.Respond, (c, move) => c.Respond(move.Context, "received") ?? Absorb(c, move))
            .On(ComplaintAction.WaiveResponse, (c, move) => c.WaiveResponse(move.Context))
            .On(ComplaintAction.Explain, (c, move) => c.Explain(move.Context, "not ours"))
            .On(ComplaintAction.Solve, (c, move) => c.Solve(move.Context, "done"))
            .On(ComplaintAction.SendToQc, (c, move) => c.SendToQc(move.Context, "look"))
            .On(
                ComplaintAction.DecideOurs,
                (c, move) => c.DecideOurs(move.Context, "production", "M01", "ours") ?? ReleaseToo(c, move)
            )
            .On(
                ComplaintAction.DecideNotOurs,
                (c, move) => c.DecideNotOurs(move.Context, null, "theirs") ?? ReleaseToo(c, move)
            )
            .On(ComplaintAction.DecideUnclear, (c, move) => c.DecideUnclear(move.Context, "?"))
            .On(ComplaintAction.OpenCapa, OpenCapa)
            .On(
                ComplaintAction.Answer,
                (c, move) => c.Answer(move.Context, move.OneIn(3) ? "other" : null, "the lot", null)
            )
            .On(
                ComplaintAction.Confirm,
                (c, move) =>
                    c.Confirm(
                        move.Context,
                        move.OneIn(4) ? null : "customer",
                        "good",
                        // Other shares than above, or the first refusal hides the rest.
                        move.OneIn(5)
                            ? null
                            : new(ConfirmationChannel.Phone, move.Context.Today.AddDays(move.OneIn(7) ? 1 : 0)),
                        allScansAreHere: !move.OneIn(6)
                    )
            )
            .On(ComplaintAction.Object, (c, move) => c.Object(move.Context, "no"))
            .On(ComplaintAction.Close, (c, move) => c.Close(move.Context, move.OneIn(3) ? " " : "not reached"))
            .On(ComplaintAction.Reopen, (c, move) => c.Reopen(move.Context, "again"))
            .On(ComplaintAction.Pause, (c, move) => c.Pause(move.Context, PauseReason.WaitingForSample, null))
            .On(ComplaintAction.Resume, (c, move) => c.Resume(move.Context))
            .On(
                ComplaintAction.Reclassify,
                (c, move) => c.Reclassify(move.Context, move.Pick(Enum.GetValues<Severity>()), "so")
            )
            .On(
                ComplaintAction.EscalateToSalesManager,
                (c, move) => c.EscalateToSalesManager(move.Context, EscalationReason.CauseUnknown, "unknown")
            )
            .On(
                ComplaintAction.EscalateToGeneralManager,
                (c, move) => c.EscalateToGeneralManager(move.Context, "grave")
            )
            .On(
                ComplaintAction.Assess,
                (c, move) => c.Assess(move.Context, AssessmentBy(move.Context, move.OneIn(4)), null)
            )
            .On(ComplaintAction.HoldMeeting, HoldMeeting)
            .On(
                ComplaintAction.JoinCapa,
                (c, move) =>
                    c.JoinCapa(
                        move.Context,
                        move.OneIn(3) || move.The<World>().Capas.Count == 0
                            ? A.Capa().Build()
                            : move.The<World>().Capas[0]
                    )
            )
            .On(ComplaintAction.CallMeeting, CallMeeting)
            .On(ComplaintAction.PassOn, (c, move) => Issued(c, move, ActionPurpose.PassOn))
            .On(ComplaintAction.PlanRemedy, (c, move) => Issued(c, move, ActionPurpose.Remedy))
            .On(ComplaintAction.InformDepartment, (c, move) => c.InformDepartment(move.Context, "production", "look"))
            .On(ComplaintAction.ReceiveNotice, (c, move) => c.ReceiveNotice(move.Context))
            .On(ComplaintAction.InspectLot, (c, move) => c.InspectLot(move.Context, AnyLot(c, move)))
            .On(
                ComplaintAction.DisposeLot,
                (c, move) =>
                    c.DisposeLot(
                        move.Context,
                        move.OneIn(5) ? 99 : c.Lots.FirstOrDefault(NonconformingGoods.IsUndisposed)?.No ?? 1,
                        move.Pick(Enum.GetValues<DispositionKind>()),
                        "so"
                    )
            )
            .On(ComplaintAction.Trace, (c, move) => c.Trace(move.Context, []))
            .On(
                ComplaintAction.ReleaseConclusion,
                (c, move) => c.ReleaseConclusion(move.Context, "cause", "lot", "conclusion")
            )
            .On(
                ComplaintAction.MakeOutServiceReport,
                (c, move) => c.MakeOutServiceReport(move.Context, AnyReport(move))
            )
            .On(
                ComplaintAction.Promise,
                (c, move) => c.Promise(move.Context, move.Context.Today.AddDays(move.Pick(1, -1)), "soon")
            )
            .On(ComplaintAction.MergeInto, MergeInto)
            .On(
                ComplaintAction.Unmerge,
                // Some think of it too late.
                (c, move) => c.Unmerge(move.OneIn(3) ? Later(move.Context) : move.Context, The(move), "own")
            )
            .On(
                ComplaintAction.AnswerWithParent,
                (c, move) => c.AnswerWithParent(move.Context, new("cause", "lot", "conclusion", Stamp.Of(move.Context)))
            )
            .On(ComplaintAction.Remind, (c, move) => c.Remind(move.Context))
            .On(ComplaintAction.RemindOfClocks, (c, move) => c.RemindOfClocks(move.Context))
            .On(ComplaintAction.RequireMeeting, (c, move) => c.RequireMeeting(move.Context))
            .On(
                ComplaintAction.ExplainWithParent,
                (c, move) => c.SettleWithParent(move.Context, TriageOutcome.Explained, "told")
            )
            .On(
                ComplaintAction.SolveWithParent,
                (c, move) => c.SettleWithParent(move.Context, TriageOutcome.Solved, "told")
            )
            .On(ComplaintAction.NoteRepeatedFault, (c, move) => c.NoteRepeatedFault(move.Context, "TS-2026-000002"))
            .Every(TimeSpan.Zero, TimeSpan.FromMinutes(7), TimeSpan.FromHours(3), TimeSpan.FromHours(26))
            .Beside(() => new World())
            .By(People)
            .Never(
                // Each needs a certain answer at a certain moment: chance reaches it now and then, and twelve rounds of
                // walks take minutes. InvestigationTests and MergingTests prove them.
                "conclusion-not-released",
                "released-text-altered",
                "has-merged-complaints",
                "merged-too-long-ago",
                "customer-not-answered",
                "remedy-missing",
                "lot-unsettled",
                "action-open",
                "capa-not-to-join",
                "unconfirmed-reason-missing"
            )
            .Holds(Invariants)
            .Run(walks: 120, steps: 100);

    [Fact]
    [Trait("Rule", "C5.2")]
    public void Given_no_first_response_When_triaged_Then_it_is_too_early()
    {
        var complaint = A.Complaint().Build();

        var refusal = complaint.Explain(Desk, "使用不當");

        refusal.Refused("not-in-this-state", "C5.2").Missing.ShouldBe(["state:responded"]);
    }

    [Theory]
    [InlineData("explain", "explained", "explained")]
    [InlineData("solve", "solved", "solved")]
    [InlineData("send-to-qc", "with-qc", "to-qc")]
    [Trait("Rule", "C5.2")]
    public void Given_a_response_When_customer_service_triages_Then_one_of_three_ways_is_taken_and_told(
        string action,
        string state,
        string outcome
    )
    {
        var complaint = A.Complaint().At(Responded);

        var refusal = action switch
        {
            "explain" => complaint.Explain(Desk, "附註"),
            "solve" => complaint.Solve(Desk, "附註"),
            _ => complaint.SendToQc(Desk, "附註"),
        };

        refusal.ShouldBeNull();
        (complaint.State.ToKebab(), complaint.Triage!.Outcome.ToKebab()).ShouldBe((state, outcome));
        (complaint.Triage.Note, complaint.Triage.On, complaint.PendingEntries[^1].Why).ShouldBe(
            ("附註", A.Today, "附註")
        );
        (complaint.ResolvedAt is null).ShouldBe(state == "with-qc");
        complaint
            .Event<ComplaintTriaged>()
            .ShouldBe(new ComplaintTriaged(complaint.Id, complaint.Version, Records.CustomerId, outcome, A.Today));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_ground_for_a_meeting_When_customer_service_settles_it_alone_Then_the_heads_meet_first(
        bool explain
    )
    {
        var complaint = A.Complaint(Severity.Critical).At(Responded);
        Refusal? Settle() => explain ? complaint.Explain(Desk, "使用不當") : complaint.Solve(Desk, "已更換");
        Settle().Refused("meeting-due", "C5.5.1");
        complaint.Actions(Someone.InCustomerService()).ShouldNotContain(explain ? "explain" : "solve");
        var head = A.Context(Someone.HeadOfQuality());
        complaint.EscalateToGeneralManager(head, "重大").ShouldBeNull();

        complaint.Met(head, A.Today).ShouldBeNull();

        Settle().ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.2")]
    public void Given_a_complaint_that_goes_to_QC_When_its_form_is_made_out_Then_it_has_one_number_for_ever()
    {
        var complaint = A.Complaint().At(WithQc);
        complaint.CheckForm().Refused("form-not-made-out", "C5.2").Missing.ShouldBe(["send-to-qc"]);

        complaint.MakeOutForm("FM004-2026-0007");

        complaint.FormNumber.ShouldBe("FM004-2026-0007");
        complaint.CheckForm().ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => complaint.MakeOutForm("FM004-2026-0008"));
        complaint.FormNumber.ShouldBe("FM004-2026-0007");
    }

    [Theory]
    [InlineData("ours", OurLiability)]
    [InlineData("not-ours", NotOurLiability)]
    [InlineData("unclear", LiabilityUnclear)]
    [Trait("Rule", "C5.3.1")]
    [Trait("Rule", "C3.2.2")]
    internal void Given_an_investigation_When_QC_rules_Then_liability_cause_and_department_are_kept_and_told(
        string liability,
        ComplaintState state
    )
    {
        var complaint = A.Complaint().At(WithQc);

        var refusal = liability switch
        {
            "ours" => complaint.DecideOurs(Qc, "production", "W-03", "搭接不足"),
            "not-ours" => complaint.DecideNotOurs(Qc, "U-01", "外力損壞"),
            _ => complaint.DecideUnclear(Qc, "需檢測"),
        };

        refusal.ShouldBeNull();
        var (department, cause) = liability switch
        {
            "ours" => ("production", "W-03"),
            "not-ours" => ((string?)null, "U-01"),
            _ => (null, (string?)null),
        };
        complaint.State.ShouldBe(state);
        var ruling = complaint.LiabilityRuling.ShouldNotBeNull();
        (ruling.Liability.ToKebab(), ruling.Department, ruling.CauseCode, ruling.On).ShouldBe(
            (liability, department, cause, A.Today)
        );
        (complaint.ResponsibleDepartment, complaint.PendingEntries[^1].Why).ShouldBe((department, ruling.Findings));
        complaint
            .Event<ComplaintLiabilityDecided>()
            .ShouldBe(
                new ComplaintLiabilityDecided(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    liability,
                    department,
                    cause,
                    A.Today
                )
            );
    }

    [Fact]
    [Trait("Rule", "C5.3.1")]
    public void Given_a_ruling_When_the_customer_is_not_answered_yet_Then_QC_may_correct_it()
    {
        var complaint = A.Complaint().At(NotOurLiability);

        complaint.DecideOurs(Qc, "production", "W-03", "查明").ShouldBeNull();

        (complaint.State, complaint.ResponsibleDepartment).ShouldBe((OurLiability, "production"));
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_an_open_CAPA_When_QC_takes_the_liability_back_Then_refused()
    {
        var complaint = WithOpenCapa();

        complaint.DecideNotOurs(Qc, null, "查明").Refused("capa-open", "C5.6.2");
        complaint.DecideUnclear(Qc, "查明").Refused("capa-open", "C5.6.2").Missing.ShouldBe(["verified-capas"]);
    }

    [Fact]
    [Trait("Rule", "C5.3.2")]
    public void Given_not_our_liability_When_customer_service_answers_Then_no_CAPA_is_needed()
    {
        var complaint = A.Complaint().At(NotOurLiability);

        complaint.Released().Answer(Desk, null, null, null).ShouldBeNull();

        complaint.State.ShouldBe(Answered);
    }

    [Theory]
    [InlineData(Answered)]
    [InlineData(Confirmed)]
    [Trait("Rule", "C5.3.2")]
    internal void Given_an_answer_that_it_is_not_ours_When_QC_opens_a_CAPA_Then_refused_and_not_on_offer(
        ComplaintState state
    )
    {
        var complaint = A.Complaint().At(state);

        var refusal = Open(complaint, A.Today).Refusal;

        refusal.Refused("not-our-liability", "C5.3.2").SuppliedBy.ShouldBe([Roles.Qc, Roles.QcHead]);
        complaint.Actions(Someone.InQuality()).ShouldNotContain("open-capa");
        complaint.Capas.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(OurLiability)]
    [InlineData(Answered)]
    [InlineData(Confirmed)]
    [Trait("Rule", "C5.4")]
    [Trait("Rule", "C3.2.3")]
    internal void Given_our_liability_When_QC_opens_a_CAPA_Then_it_is_for_the_department_of_the_ruling(
        ComplaintState state
    )
    {
        var complaint = A.Complaint().Ours().At(state);
        var version = complaint.Version;

        var capa = Open(complaint, A.Today).Required();

        complaint.State.ShouldBe(state);
        complaint.Actions(Someone.InQuality()).ShouldContain("open-capa");
        complaint.Capas[^1].ShouldBe(new CapaSummary(capa.Id, capa.Number, "production", CapaState.Analysis, A.Today));
        complaint.HasOpenCapa.ShouldBeTrue();
        complaint.Version.ShouldBe(version + 1);
        (capa.ComplaintId, capa.SourceId, capa.SourceNumber, capa.Subject, capa.ProjectId).ShouldBe(
            (complaint.Id, complaint.Id, complaint.Number, complaint.Subject, complaint.ProjectId)
        );
        complaint.PendingEntries[^1].Why.ShouldBe("防止再次發生");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_department_When_QC_names_another_than_its_ruling_Then_the_CAPA_is_for_that()
    {
        var complaint = A.Complaint().At(OurLiability);

        var capa = complaint
            .OpenCapa(Qc, Qc, "CAPA-2026-000001", new CapaRequest("purchasing", A.Today, "防止再次發生"))
            .Required();

        capa.Department.ShouldBe("purchasing");
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_CAPA_When_its_copy_is_brought_up_Then_what_was_seen_of_the_complaint_is_stale()
    {
        var complaint = A.Complaint().At(OurLiability);
        var capa = Open(complaint, A.Today).Required();
        complaint.MarkSaved();
        var seen = complaint.Version;

        complaint.UpdateCapa(capa);

        complaint.Version.ShouldBe(seen + 1);
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_a_new_policy_When_a_CAPA_is_opened_Then_it_is_a_case_of_its_own_under_that()
    {
        var complaint = A.Complaint().At(OurLiability);
        var newer = A.Context(Someone.InQuality(), A.Moment, A.Policy with { Version = 7 });

        var capa = complaint
            .OpenCapa(Qc, newer, "CAPA-2026-000001", new CapaRequest(null, A.Today, "防止再次發生"))
            .Required();

        (capa.PolicyVersion, complaint.PolicyVersion, complaint.PendingEntries[^1].PolicyVersion).ShouldBe((7, 1, 1));
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_a_due_day_in_the_past_When_QC_opens_a_CAPA_Then_refused()
    {
        var complaint = A.Complaint().At(OurLiability);

        var refusal = Open(complaint, A.Today.AddDays(-1)).Refusal;

        refusal.Refused("due-in-the-past", "C5.6.2").Missing.ShouldBe(["due-date"]);
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_our_liability_When_answered_without_a_CAPA_Then_refused()
    {
        var complaint = A.Complaint().At(OurLiability);

        var refusal = complaint.Answer(Desk, "原因", "追溯", "結論");

        refusal.Refused("capa-missing", "C5.4").Missing.ShouldBe(["capa"]);
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_two_CAPAs_When_one_is_not_reviewed_Then_the_answer_is_refused()
    {
        var complaint = A.Complaint().At(OurLiability);
        var reviewed = Open(complaint, A.Today).Required();
        Open(complaint, A.Today).Required();
        Approve(complaint, reviewed);

        var refusal = complaint.Answer(Desk, "原因", "追溯", "結論");

        refusal.Refused("capa-not-reviewed", "C5.4").SuppliedBy.ShouldBe([Roles.ManagementRepresentative]);
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_reviewed_CAPA_When_answered_Then_cause_traceability_and_conclusion_are_kept()
    {
        var complaint = A.Complaint().At(OurLiability);
        Approve(complaint, Open(complaint, A.Today).Required());

        complaint.Released().Answer(Desk, "原因", "追溯", "結論").ShouldBeNull();

        var answer = complaint.CustomerAnswer.ShouldNotBeNull();
        (answer.Cause, answer.Traceability, answer.Conclusion, answer.By.At).ShouldBe(
            ("原因", "追溯", "結論", A.Moment)
        );
        (complaint.IsAnswered, complaint.ResolvedInTime, complaint.PendingEntries[^1].Why).ShouldBe(
            (true, true, "結論")
        );
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_an_answer_When_staff_confirm_Then_they_must_name_who_did()
    {
        var complaint = A.Complaint().At(Answered);

        complaint
            .Confirm(Desk, null, null)
            .Refused("confirmed-by-missing", "C5.6.1")
            .Missing.ShouldBe(["confirmed-by"]);
        complaint.Confirm(Desk, "王小姐", "滿意", Records.ByPhone).ShouldBeNull();

        var confirmation = complaint.Confirmation.ShouldNotBeNull();
        confirmation.Signature.ShouldBe(new Signature("王小姐", A.Moment, "conclusion-confirmed"));
        (confirmation.Opinion, confirmation.RecordedBy.Is(Someone.InCustomerService())).ShouldBe(("滿意", true));
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_an_answer_When_staff_confirm_Then_a_scan_of_the_signature_or_the_opinion_as_taken_down_is_there()
    {
        var complaint = A.Complaint().At(Answered);
        Refusal? Confirm(string? opinion, ConfirmationProof? proof, bool here = true) =>
            complaint.Confirm(Desk, "王小姐", opinion, proof, here);
        var signed = new ConfirmationProof(ConfirmationChannel.Signed, A.Today) { Scans = [Guid.NewGuid()] };

        Confirm("滿意", null).Refused("confirmation-unproven", "C5.6.1");
        Confirm(" ", Records.ByPhone).Refused("confirmation-unproven", "C5.6.1");
        Confirm("滿意", signed with { Scans = [] }).Refused("confirmation-unproven", "C5.6.1");
        Confirm(null, signed, here: false).Refused("confirmation-scan-unknown", "C5.6.1");
        foreach (var days in (int[])[-1, 1])
        {
            Confirm("滿意", Records.ByPhone with { On = A.Today.AddDays(days) })
                .Refused("confirmation-day-impossible", "C5.6.1");
        }

        Confirm(null, signed).ShouldBeNull();

        complaint.Confirmation!.Proof.ShouldBe(signed);
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_an_answer_When_the_customer_confirms_on_the_portal_Then_it_is_in_their_own_name()
    {
        var complaint = A.Complaint().At(Answered);
        var customer = Someone.AtCustomer(Records.CustomerId);

        complaint.Confirm(A.Context(customer), null, null).ShouldBeNull();

        complaint.Confirmation!.Signature.PrintedName.ShouldBe(customer.Name);
    }

    [Theory]
    [InlineData(Answered, WithQc)]
    [InlineData(Explained, Responded)]
    [InlineData(Solved, Responded)]
    [Trait("Rule", "C5.6.1")]
    internal void Given_a_conclusion_When_the_customer_objects_Then_work_goes_on_where_it_came_from(
        ComplaintState from,
        ComplaintState back
    )
    {
        var complaint = A.Complaint().At(from);
        var conclusion = complaint.CustomerAnswer?.Conclusion ?? complaint.Triage!.Note;

        complaint.Object(A.Context(Someone.AtCustomer(Records.CustomerId)), "不同意").ShouldBeNull();

        complaint.State.ShouldBe(back);
        var objection = complaint.Objections.ShouldHaveSingleItem();
        (objection.Reason, objection.RejectedConclusion).ShouldBe(("不同意", conclusion));
        complaint.CustomerAnswer.ShouldBeNull();
        (complaint.Triage is null).ShouldBe(from != Answered);
        complaint.IsAnswered.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Given_case_7_an_open_CAPA_When_closed_Then_refused_and_it_says_who_can_help()
    {
        var complaint = WithOpenCapa();

        var refusal = complaint.Close(Desk, null);

        var open = refusal.Refused("capa-open", "C5.6.2");
        open.Missing.ShouldBe(["verified-capas"]);
        open.SuppliedBy.ShouldBe([Roles.Qc, Roles.CustomerService]);
    }

    [Theory]
    [InlineData(Answered)]
    [InlineData(Confirmed)]
    [Trait("Rule", "C5.6.2")]
    internal void Given_a_CAPA_that_was_opened_after_the_answer_When_closed_Then_refused(ComplaintState state)
    {
        var complaint = A.Complaint().Ours().At(state);
        Open(complaint, A.Today).Required();

        complaint.Close(Manager, "聯絡不上").Refused("capa-open", "C5.6.2");
    }

    [Theory]
    [InlineData(Explained)]
    [InlineData(Solved)]
    [Trait("Rule", "C5.6.2")]
    internal void Given_a_CAPA_that_was_reopened_When_the_new_round_is_triaged_and_closed_Then_refused(
        ComplaintState state
    )
    {
        var builder = A.Complaint().Ours();
        var complaint = builder.At(Closed);
        Recurrence.Reopen(record => Qc, complaint, builder.Capas, "再漏", null).ShouldBeNull();
        complaint.Respond(Desk, "收到").ShouldBeNull();
        (state == Explained ? complaint.Explain(Desk, "說明") : complaint.Solve(Desk, "解決")).ShouldBeNull();

        complaint.Close(Manager, "聯絡不上").Refused("capa-open", "C5.6.2");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_our_liability_and_no_answer_When_closed_Then_refused()
    {
        var complaint = A.Complaint().At(OurLiability);

        complaint.Close(Desk, null).Refused("customer-not-answered", "C5.6.1").Missing.ShouldBe(["answer"]);
        complaint.Actions(Someone.InCustomerService()).ShouldNotContain("close");
    }

    [Theory]
    [InlineData(Explained)]
    [InlineData(Solved)]
    [InlineData(Answered)]
    [Trait("Rule", "C5.6.1")]
    internal void Given_no_confirmation_When_others_than_the_sales_manager_close_Then_refused(ComplaintState state)
    {
        var complaint = A.Complaint().At(state);

        var refusal = complaint.Close(Desk, "聯絡不上");

        refusal.Refused("customer-not-confirmed", "C5.6.1").Missing.ShouldBe(["customer-confirmation"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [Trait("Rule", "C5.6.1")]
    public void Given_no_confirmation_When_the_sales_manager_closes_without_a_reason_Then_refused(string? reason)
    {
        var complaint = A.Complaint().At(Answered);

        complaint.Close(Manager, reason).Refused("unconfirmed-reason-missing", "C5.6.1");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_no_confirmation_When_the_sales_manager_says_why_Then_it_is_closed_and_told_so()
    {
        var complaint = A.Complaint().At(Answered);

        complaint.Close(Manager, "三次聯絡未果").ShouldBeNull();

        (complaint.ClosedOn, complaint.ClosedWithoutConfirmation, complaint.PendingEntries[^1].Why).ShouldBe(
            (A.Today, "三次聯絡未果", "三次聯絡未果")
        );
        complaint.Event<ComplaintClosed>().CustomerConfirmed.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_confirmation_When_closed_Then_no_reason_is_kept_and_the_confirmation_is_told()
    {
        var complaint = A.Complaint().At(Confirmed);

        complaint.Close(Desk, "多餘").ShouldBeNull();

        (complaint.State, complaint.ClosedOn, complaint.ClosedWithoutConfirmation).ShouldBe((Closed, A.Today, null));
        complaint
            .Event<ComplaintClosed>()
            .ShouldBe(
                new ComplaintClosed(
                    complaint.Id,
                    complaint.Version,
                    Records.CustomerId,
                    A.Today,
                    A.Today,
                    CustomerConfirmed: true
                )
            );
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_unclear_liability_When_customer_service_escalates_Then_the_report_is_kept()
    {
        var complaint = A.Complaint().At(LiabilityUnclear);
        MeetingGrounds.Standing(complaint, Desk).ShouldBe([EscalationReason.LiabilityUnclear]);

        complaint.EscalateToSalesManager(Desk, EscalationReason.LiabilityUnclear, "請召集會議").ShouldBeNull();

        var escalation = complaint.Escalations.ShouldHaveSingleItem();
        (escalation.Rule, escalation.Reason, escalation.Note, escalation.EscalatedTo).ShouldBe(
            ("C5.5.1", EscalationReason.LiabilityUnclear, "請召集會議", Roles.SalesManager)
        );
        (complaint.State, complaint.PendingEntries[^1].Why).ShouldBe((LiabilityUnclear, "請召集會議"));
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_complaint_When_QC_escalates_to_the_sales_manager_Then_the_role_is_missing()
    {
        var complaint = A.Complaint().At(WithQc);

        var refusal = complaint.EscalateToSalesManager(Qc, EscalationReason.CauseUnknown, "?");

        refusal.Refused("role-missing", "C5.5.1");
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public void Given_a_critical_complaint_When_the_head_of_QC_escalates_Then_it_goes_to_the_general_manager()
    {
        var complaint = A.Complaint(Severity.Critical).At(WithQc);

        complaint.EscalateToGeneralManager(A.Context(Someone.HeadOfQuality()), "重大").ShouldBeNull();

        var escalation = complaint.Escalations.ShouldHaveSingleItem();
        (escalation.Rule, escalation.Reason, escalation.EscalatedTo).ShouldBe(
            ("C5.5.2", EscalationReason.MajorQualityProblem, Roles.GeneralManager)
        );
        complaint.PendingEntries[^1].Why.ShouldBe("重大");
        MeetingGrounds.Standing(complaint, Desk).ShouldBe([EscalationReason.MajorQualityProblem]);
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public void Given_a_major_complaint_When_the_head_of_QC_escalates_Then_refused()
    {
        var complaint = A.Complaint().At(WithQc);

        var refusal = complaint.EscalateToGeneralManager(A.Context(Someone.HeadOfQuality()), "重大");

        refusal.Refused("not-a-major-problem", "C5.5.2").Missing.ShouldBe(["major-problem"]);
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_missed_target_When_asked_Then_it_is_a_reason_to_escalate()
    {
        var complaint = A.Complaint().At(WithQc);
        var late = A.Context(Someone.InQuality(), complaint.ResolutionDueAt!.Value.AddMilliseconds(1));

        MeetingGrounds.Standing(complaint, Qc).ShouldBeEmpty();
        MeetingGrounds.Standing(complaint, late).ShouldBe([EscalationReason.NotImprovableInTime]);
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_an_overdue_CAPA_When_asked_Then_it_is_a_ground_whatever_the_customer_said()
    {
        var complaint = A.Complaint().Ours().At(Answered);
        Open(complaint, A.Today).Required();
        var late = A.Context(Someone.InQuality(), A.Today.AddDays(1));

        MeetingGrounds.Standing(complaint, Qc).ShouldBeEmpty();
        MeetingGrounds.Standing(complaint, late).ShouldBe([EscalationReason.NotImprovableInTime]);
        complaint.Confirm(Desk, "王小姐", "滿意", Records.ByPhone).ShouldBeNull();
        MeetingGrounds.Standing(complaint, late).ShouldBe([EscalationReason.NotImprovableInTime]);
    }

    [Fact]
    [Trait("Rule", "C5.5.2")]
    public void Given_a_critical_complaint_When_it_is_closed_Then_there_is_no_reason_left() =>
        MeetingGrounds.Standing(A.Complaint(Severity.Critical).At(Closed), Desk).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_CAPAs_in_every_state_When_the_complaint_copies_them_Then_it_knows_what_is_open_and_reviewed()
    {
        foreach (var state in Enum.GetValues<CapaState>())
        {
            var summary = new CapaSummary(Guid.Empty, "", "", state, null);
            summary.IsOpen.ShouldBe(state != CapaState.Closed, state.ToString());
            summary.IsReviewed.ShouldBe(
                state is not (CapaState.Unassigned or CapaState.Analysis or CapaState.Review),
                state.ToString()
            );
        }
    }

    [Fact]
    [Trait("Rule", "C5.4")]
    public void Given_two_CAPAs_When_one_changes_Then_only_its_copy_does()
    {
        var complaint = A.Complaint().At(OurLiability);
        var (first, second) = (Open(complaint, A.Today).Required(), Open(complaint, A.Today).Required());

        Approve(complaint, second);

        complaint
            .Capas.Select(capa => (capa.Id, capa.State))
            .ShouldBe([(first.Id, CapaState.Analysis), (second.Id, CapaState.Execution)]);
    }

    private static Assessment AssessmentBy(CommandContext context, bool safety) =>
        new(safety, "E-07", 100m, "附註", Stamp.Of(context));

    private static Complaint WithOpenCapa()
    {
        var complaint = A.Complaint().At(OurLiability);
        Open(complaint, A.Today).Required();
        return complaint;
    }

    private static Result<Capa> Open(Complaint complaint, DateOnly due) =>
        complaint.OpenCapa(Qc, Qc, "CAPA-2026-000099", new CapaRequest(null, due, "防止再次發生"));

    private static void Approve(Complaint complaint, Capa capa)
    {
        capa.Propose(A.Context(Someone.InResponsible()), "a", "b", "c", "d").ShouldBeNull();
        capa.Approve(A.Context(Someone.ManagementRepresentative()), "同意").ShouldBeNull();
        complaint.UpdateCapa(capa);
    }

    private static Intake AnyIntake(Move move) =>
        move.Context.Actor is { OrganisationId: null } actor && actor.Has(Roles.Customer) && !actor.IsStaff()
            ? A.Intake() with
            {
                CustomerId = null,
                Channel = null,
            }
            : A.Intake() with
            {
                // Of some nobody knows whose they are.
                CustomerId = move.OneIn(4) ? Guid.Empty : Records.CustomerId,
            };

    private static Refusal? OpenCapa(Complaint complaint, Move move)
    {
        var due = move.Context.Today.AddDays(move.OneIn(5) ? -1 : 5);
        var opened = complaint.OpenCapa(
            move.Context,
            move.Context,
            "CAPA-2026-000001",
            new CapaRequest("production", due, "recurs")
        );
        if (opened.Failed(out var refusal, out var capa))
        {
            return refusal;
        }

        // Some of them are carried through, so that closing is reached as well.
        if (move.OneIn(3))
        {
            CapaBuilder.CarryThrough(capa, move.Context.Now);
            complaint.UpdateCapa(capa);
        }

        move.The<World>().Capas.Add(capa);
        return null;
    }

    // What a walk carries beside its complaint.
    private sealed class World
    {
        public List<Capa> Capas { get; } = [];

        public Complaint Parent { get; } = A.Complaint().At(WithQc);
    }

    private static Complaint The(Move move) => move.The<World>().Parent;

    private static CommandContext Later(CommandContext context) =>
        new(context.Actor, context.Now.AddDays(40), context.Policy, context.Calendars, context.Zone);

    // Some have another one merged into them.
    private static Refusal? Absorb(Complaint complaint, Move move)
    {
        if (move.OneIn(4) && !complaint.IsAnonymous)
        {
            var desk = move.Context with { Actor = Someone.InCustomerService() };
            A.Complaint().At(WithQc).MergeInto(desk, complaint, "together").ShouldBeNull();
        }

        return null;
    }

    // Mostly QC releases with the ruling, so that many walks come to the answer.
    private static Refusal? ReleaseToo(Complaint complaint, Move move)
    {
        if (!move.OneIn(2))
        {
            _ = complaint.ReleaseConclusion(move.Context, "cause", "lot", "conclusion");
        }

        return null;
    }

    private static IReadOnlyList<Actor> People(Complaint complaint) =>
        [
            Someone.WithEveryRole(),
            Someone.WithoutRole(),
            Someone.InResponsible(),
            Someone.HeadOf("quality"),
            .. ComplaintFlow
                .Table.Rows.SelectMany(row => row.Roles)
                .Distinct()
                .Select(role => Someone.With(role, null, role)),
        ];

    private static Refusal? HoldMeeting(Complaint complaint, Move move) =>
        complaint.HoldMeeting(
            move.Context,
            Records.Meeting(
                move.Context.Today.AddDays(move.Pick(0, 0, 1)),
                MeetingGrounds.OpenRules(complaint, move.Context).FirstOrDefault() ?? MeetingGrounds.MajorRule
            )
        );

    private static Refusal? CallMeeting(Complaint complaint, Move move)
    {
        var called = complaint.CallMeeting(
            move.Context,
            move.Context,
            "HY-2026-000001",
            MeetingBuilder.CallOf(move.Context)
        );
        if (called.Failed(out var refusal, out var meeting))
        {
            return refusal;
        }

        // Some are cancelled at once, so that another one is called.
        if (move.OneIn(2))
        {
            meeting
                .Cancel(
                    move.Context with
                    {
                        Actor = Someone.With("x", null, MeetingGrounds.ConvenerOf(meeting.Rule)),
                    },
                    "no"
                )
                .ShouldBeNull();
            complaint.UpdateMeeting(meeting);
        }

        return null;
    }

    private static Refusal? Issued(Complaint complaint, Move move, ActionPurpose purpose)
    {
        var order = Records.Order(purpose, move.Context.Today);
        var issued =
            purpose == ActionPurpose.PassOn
                ? complaint.PassOn(move.Context, move.Context, "AI-2026-000001", order)
                : complaint.PlanRemedy(move.Context, move.Context, "AI-2026-000001", order);
        if (issued.Failed(out var refusal, out var item))
        {
            return refusal;
        }

        // Most are settled at once, so that closing is reached.
        if (!move.OneIn(2))
        {
            var owner = move.Context with { Actor = Someone.InResponsible() };
            if (item.State == ActionItemState.Issued)
            {
                item.Receive(owner).ShouldBeNull();
            }

            item.Complete(owner, "done", "seen", move.Context.Today).ShouldBeNull();
            item.Accept(
                    move.Context with
                    {
                        Actor =
                            purpose == ActionPurpose.PassOn ? Someone.InCustomerService() : Someone.InQuality("other"),
                    },
                    null
                )
                .ShouldBeNull();
            complaint.UpdateAction(item);
        }

        return null;
    }

    private static LotResult AnyLot(Complaint complaint, Move move)
    {
        if (complaint.Lots.FirstOrDefault(lot => NonconformingGoods.IsReworkDue(complaint.Lots, lot)) is { } due)
        {
            return new("A", due.Failed, due.Failed, due.Failed, 0, null, "again", due.No);
        }

        return move.Pick<LotResult>(
            new("A", 10, 10, 8, 2, "B2", "two failed", null),
            new("A", 10, 10, 8, 1, "B2", "wrong sum", null),
            new("A", 10, 9, 9, 0, null, "not all", null),
            new("A", 10, 10, 8, 2, null, "nowhere", null),
            new("A", 10, 10, 10, 0, null, "no such lot", 77),
            new("A", 10, 10, 10, 0, null, "good", null)
        );
    }

    private static ServiceReport AnyReport(Move move) =>
        new(
            null,
            "M-200",
            "SN-1",
            null,
            "fault",
            "work",
            [],
            move.Context.Today.AddDays(move.OneIn(3) ? 1 : -1),
            move.Context.Today,
            "wei",
            "works",
            Stamp.Of(move.Context)
        );

    // Every third time into itself, which is refused; a long merge cannot be undone.
    private static Refusal? MergeInto(Complaint complaint, Move move) =>
        complaint.MergeInto(move.Context, move.OneIn(3) ? complaint : The(move), "together");

    private static void Invariants(Complaint complaint, CommandContext context)
    {
        if (complaint.State == Closed)
        {
            complaint.HasOpenCapa.ShouldBeFalse();
            (complaint.IsAnswered || complaint.IsAnonymous).ShouldBeTrue();
            (
                complaint.Confirmation is not null
                || complaint.ClosedWithoutConfirmation is not null
                || complaint.IsAnonymous
            ).ShouldBeTrue();
        }

        foreach (var round in complaint.Rounds)
        {
            // C5.5: none was closed over a ground that a meeting had to deal with.
            (
                round.Assessment is { Safety: true } && complaint.Meetings.All(meeting => meeting.Round != round.Number)
            ).ShouldBeFalse();
        }

        (complaint.State == OurLiability && complaint.LiabilityRuling!.Liability != Liability.Ours).ShouldBeFalse();
        (complaint.ResolvedAt is null).ShouldBe(complaint.ResolvedInTime is null);
        complaint.Pauses.Count(pause => pause.To is null).ShouldBeLessThanOrEqualTo(1);
        (complaint.ResolutionDueAt is not null || complaint.IsPaused).ShouldBeTrue();
        (
            complaint.State == Merged
            && complaint is { MergedInto: null } or { CustomerAnswer: not null, State: Merged }
        ).ShouldBeFalse();
        complaint.Rounds.Count.ShouldBe(complaint.Round - 1);
        context.Actor.ShouldNotBeNull();
    }
}
