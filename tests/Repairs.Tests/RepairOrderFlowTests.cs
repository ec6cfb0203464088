using System.Collections;
using System.Globalization;
using CsCheck;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>The table and the aggregate, without any server.</summary>
public sealed class RepairOrderFlowTests
{
    private static readonly DateOnly Today = new(2026, 3, 10);
    private static readonly Guid Owner = Guid.CreateVersion7();
    private static readonly Guid Unit = Guid.CreateVersion7();
    private static readonly Guid OwnUnit = Guid.CreateVersion7();

    [Fact]
    public void The_flow_table_is_sound() =>
        FlowChecks.Problems(RepairOrderFlow.Table, RepairTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    public void Everything_that_a_refusal_can_name_as_missing_has_a_text_in_three_languages()
    {
        var named = RepairOrderFlow
            .Table.Rows.SelectMany(r => r.Guards)
            .SelectMany(g => g.Missing)
            .Concat(Enum.GetNames<RepairOrderState>().Select(s => "state:" + Spelling.Kebab(s)))
            .Distinct();
        foreach (
            var language in new[]
            {
                CultureInfo.InvariantCulture,
                CultureInfo.GetCultureInfo("zh-Hant"),
                CultureInfo.GetCultureInfo("zh-Hans"),
            }
        )
        {
            var texts = RepairTexts
                .Manager.GetResourceSet(language, true, false)!
                .Cast<DictionaryEntry>()
                .Select(e => (string)e.Key)
                .ToHashSet();
            named.Where(name => !texts.Contains("missing." + name)).ShouldBeEmpty(language.Name);
        }
    }

    [Fact]
    public void The_three_languages_have_the_same_texts()
    {
        HashSet<string> Keys(string language) =>
            [
                .. RepairTexts
                    .Manager.GetResourceSet(CultureInfo.GetCultureInfo(language), true, false)!
                    .Cast<DictionaryEntry>()
                    .Select(e => (string)e.Key),
            ];
        Keys("").SetEquals(Keys("zh-Hant")).ShouldBeTrue();
        Keys("").SetEquals(Keys("zh-Hans")).ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_author_When_he_reviews_his_own_record_Then_refused_and_nothing_changes()
    {
        var order = At(RepairOrderState.Analysed);
        var before = order.Version;

        var refusal = order.GiveReview(Who("eng", Roles.EngineeringHead), "fine");

        refusal.ShouldNotBeNull().Code.ShouldBe("reviewer-is-author");
        refusal.Rule.ShouldBe("P3.2.1");
        (order.State, order.Version, order.Review).ShouldBe((RepairOrderState.Analysed, before, null));
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_two_authors_of_what_stands_When_the_first_one_reviews_Then_refused()
    {
        var order = At(RepairOrderState.Analysed);
        order.Analyse(Who("second", Roles.Engineering), "f", "c", "m", ["x"]).ShouldBeNull();

        order
            .GiveReview(Who("eng", Roles.EngineeringHead), "fine")
            .ShouldNotBeNull()
            .Code.ShouldBe("reviewer-is-author");
        order
            .GiveReview(Who("second", Roles.EngineeringHead), "fine")
            .ShouldNotBeNull()
            .Code.ShouldBe("reviewer-is-author");
        order.GiveReview(Who("head", Roles.EngineeringHead), "fine").ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_the_reviewer_When_he_approves_Then_refused()
    {
        var order = At(RepairOrderState.Reviewed);

        order.Approve(Who("head", Roles.UnitLeader), "ok").ShouldNotBeNull().Code.ShouldBe("approver-is-reviewer");
        order.Approve(Who("leader", Roles.UnitLeader), "ok").ShouldBeNull();
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(RepairOrderState.Analysed, Roles.EngineeringHead)]
    [InlineData(RepairOrderState.Reviewed, Roles.UnitLeader)]
    public void Given_a_record_sent_back_When_written_anew_Then_it_is_reviewed_anew(object from, string role)
    {
        var order = At((RepairOrderState)from);

        order.SendBack(Who("critic", role), "the cause is not shown").ShouldBeNull();
        (order.State, order.Review, order.IsSentBack).ShouldBe((RepairOrderState.Confirmed, null, true));
        order.Analyse(Who("other", Roles.Engineering), "f", "c", "m", ["x"]).ShouldBeNull();

        order.IsSentBack.ShouldBeFalse();
        order
            .GiveReview(Who("eng", Roles.EngineeringHead), "fine")
            .ShouldBeNull("the author of a revision that was sent back is not the author of what stands");
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Given_a_due_day_When_confirmed_Then_in_time_through_that_day(int daysAfterNotice, bool inTime)
    {
        var order = Opened(notifiedOn: Today.AddDays(-5));
        order
            .Confirm(
                Who("cs", Roles.CustomerService),
                ConfirmationWay.Phone,
                order.NotifiedOn.AddDays(daysAfterNotice),
                "owner",
                "redo"
            )
            .ShouldBeNull();
        order.Confirmation!.InTime.ShouldBe(inTime);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_overdue_confirmation_When_marked_twice_Then_once_and_announced_once()
    {
        var order = Opened(notifiedOn: Today.AddDays(-5));
        var system = new FlowContext(Actor.System("repairs"), DateTimeOffset.UnixEpoch, Today);

        order.MarkOverdue(system).ShouldBeNull();
        order.MarkOverdue(system).ShouldNotBeNull().Code.ShouldBe("marked-already");
        order.ConfirmationOverdueOn.ShouldBe(Today);
        Opened(notifiedOn: Today.AddDays(-2)).MarkOverdue(system).ShouldNotBeNull().Code.ShouldBe("not-yet-due");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_no_emergency_When_issued_before_approval_Then_refused()
    {
        foreach (
            var state in new[] { RepairOrderState.Confirmed, RepairOrderState.Analysed, RepairOrderState.Reviewed }
        )
        {
            var refusal = At(state).Dispatch(Who("eng", Roles.Engineering), Decision());
            refusal.ShouldNotBeNull().Code.ShouldBe("not-approved");
            refusal.SuppliedBy.ShouldContain(Roles.UnitLeader);
        }
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_of_a_revisit_When_issued_before_approval_Then_only_of_a_kind_that_the_policy_lists()
    {
        var order = Opened(DefectSeverity.Emergency);
        Drive(order, RepairOrderState.Confirmed);
        order.EmergencyKind.ShouldBeNull("a finding does not say");
        order
            .Dispatch(Who("eng", Roles.Engineering), Decision() with { EmergencyKind = null })
            .ShouldNotBeNull()
            .Code.ShouldBe("emergency-unexplained");
        order
            .Dispatch(
                Who("eng", Roles.Engineering),
                Decision() with
                {
                    EmergencyKind = EmergencyKind.EssentialFunction,
                }
            )
            .ShouldNotBeNull()
            .Code.ShouldBe("emergency-not-listed");
        (order.State, order.EmergencyKind).ShouldBe((RepairOrderState.Confirmed, null));
        order.Dispatch(Who("eng", Roles.Engineering), Decision()).ShouldBeNull();
        order.EmergencyKind.ShouldBe(EmergencyKind.Safety);

        var major = At(RepairOrderState.Approved);
        major.Dispatch(Who("eng", Roles.Engineering), Decision()).ShouldBeNull();
        major.EmergencyKind.ShouldBeNull("what is no emergency has no kind of one");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_When_it_is_worked_off_before_approval_Then_it_cannot_be_returned_unratified()
    {
        var order = Opened(DefectSeverity.Emergency);
        Drive(order, RepairOrderState.Confirmed);
        order.Dispatch(Who("eng", Roles.Engineering), Decision()).ShouldBeNull();
        order.Issue!.BeforeApproval.ShouldBeTrue();
        Drive(order, RepairOrderState.Accepted);

        var refusal = order.Return(UnitMan(), null);
        refusal.ShouldNotBeNull().Code.ShouldBe("not-ratified");
        refusal.Missing.ShouldBe(["ratification"]);

        order.Ratify(Who("leader", Roles.UnitLeader), "ok").ShouldNotBeNull().Code.ShouldBe("not-analysed");
        order.Analyse(Who("eng", Roles.Engineering), "f", "c", "m", ["x"]).ShouldBeNull();
        order.Ratify(Who("leader", Roles.UnitLeader), "ok").ShouldNotBeNull().Code.ShouldBe("not-reviewed");
        order
            .GiveReview(Who("eng", Roles.EngineeringHead), "fine")
            .ShouldNotBeNull()
            .Code.ShouldBe("reviewer-is-author");
        order.GiveReview(Who("head", Roles.EngineeringHead), "fine").ShouldBeNull();
        order
            .Analyse(Who("eng", Roles.Engineering), "f", "c", "m", ["x"])
            .ShouldNotBeNull()
            .Code.ShouldBe("reviewed-already");
        order.Ratify(Who("head", Roles.UnitLeader), "ok").ShouldNotBeNull().Code.ShouldBe("approver-is-reviewer");
        order.Ratify(Who("leader", Roles.UnitLeader), "ok").ShouldBeNull();
        order.Ratify(Who("leader", Roles.UnitLeader), "ok").ShouldNotBeNull().Code.ShouldBe("approved-already");
        order.Return(UnitMan(), null).ShouldBeNull();
        order.State.ShouldBe(RepairOrderState.Closed);
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_an_emergency_in_repair_When_its_record_is_sent_back_Then_it_is_written_and_reviewed_again()
    {
        var order = Opened(DefectSeverity.Emergency);
        Drive(order, RepairOrderState.Confirmed);
        order.Dispatch(Who("eng", Roles.Engineering), Decision()).ShouldBeNull();
        Drive(order, RepairOrderState.InRepair);
        order.Analyse(Who("eng", Roles.Engineering), "f", "c", "m", ["x"]).ShouldBeNull();
        order.GiveReview(Who("head", Roles.EngineeringHead), "fine").ShouldBeNull();

        order.SendBack(Who("leader", Roles.UnitLeader), "cause?").ShouldBeNull();

        (order.State, order.Review).ShouldBe((RepairOrderState.InRepair, null));
        order.GiveReview(Who("head", Roles.EngineeringHead), "fine").ShouldNotBeNull().Code.ShouldBe("not-analysed");
        order.Analyse(Who("eng", Roles.Engineering), "f", "c", "m", ["x"]).ShouldBeNull();
        order.GiveReview(Who("head", Roles.EngineeringHead), "fine").ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_another_leader_than_proposed_When_no_reason_is_given_Then_refused()
    {
        var proposed = new LeaderCandidate(LeaderBasis.OriginalManager, Guid.CreateVersion7(), "張經理", null, null, 0);
        var other = new LeaderCandidate(LeaderBasis.NearestProject, Guid.CreateVersion7(), "李經理", null, null, 3);

        At(RepairOrderState.Approved)
            .Dispatch(Who("eng", Roles.Engineering), Decision() with { Leader = other, Proposed = proposed })
            .ShouldNotBeNull()
            .Code.ShouldBe("leader-departure-without-reason");
        At(RepairOrderState.Approved)
            .Dispatch(
                Who("eng", Roles.Engineering),
                Decision() with
                {
                    Leader = other,
                    Proposed = proposed,
                    LeaderReason = "on leave",
                }
            )
            .ShouldBeNull();
        At(RepairOrderState.Approved)
            .Dispatch(Who("eng", Roles.Engineering), Decision() with { Leader = proposed, Proposed = proposed })
            .ShouldBeNull();
        At(RepairOrderState.Approved)
            .Dispatch(Who("eng", Roles.Engineering), Decision() with { Leader = other, Proposed = null })
            .ShouldBeNull("nobody proposed anybody");
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_a_special_dispatch_proposed_When_somebody_is_sent_specially_Then_the_proposal_is_followed()
    {
        var proposed = new LeaderCandidate(LeaderBasis.SpecialDispatch, null, null, null, null, null);
        var sent = new LeaderCandidate(LeaderBasis.SpecialDispatch, null, "趙工", null, null, null);

        At(RepairOrderState.Approved)
            .Dispatch(Who("eng", Roles.Engineering), Decision() with { Leader = sent, Proposed = proposed })
            .ShouldBeNull();
        At(RepairOrderState.Approved)
            .Dispatch(
                Who("eng", Roles.Engineering),
                Decision() with
                {
                    Leader = sent with { Basis = LeaderBasis.NearestProject },
                    Proposed = proposed,
                }
            )
            .ShouldNotBeNull()
            .Code.ShouldBe("leader-departure-without-reason");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_subcontractors_part_When_another_unit_is_sent_Then_only_with_a_reason()
    {
        var elsewhere = Decision() with { Unit = new RepairUnit(OwnUnit, "own"), UnitIsOwn = true };

        At(RepairOrderState.Approved)
            .Dispatch(Who("eng", Roles.Engineering), elsewhere)
            .ShouldNotBeNull()
            .Code.ShouldBe("unit-departure-without-reason");
        At(RepairOrderState.Approved)
            .Dispatch(Who("eng", Roles.Engineering), elsewhere with { UnitReason = "bankrupt", ChargeBack = true })
            .ShouldBeNull("the subcontractor can be charged for what another repaired");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_a_part_of_two_subcontractors_When_issued_Then_one_is_chosen_and_either_is_no_departure()
    {
        var second = Guid.CreateVersion7();
        var open = Decision() with
        {
            Unit = null,
            Assigned = [new RepairUnit(Unit, "roof"), new RepairUnit(second, "basement")],
        };

        var refusal = At(RepairOrderState.Approved).Dispatch(Who("eng", Roles.Engineering), open);
        (refusal.ShouldNotBeNull().Code, refusal.Rule).ShouldBe(("repair-unit-choice-needed", "P3.1.1"));
        foreach (var assigned in open.Assigned)
        {
            var order = At(RepairOrderState.Approved);
            order.Dispatch(Who("eng", Roles.Engineering), open with { Unit = assigned }).ShouldBeNull();
            order.RepairUnitId.ShouldBe(assigned.Id);
        }

        At(RepairOrderState.Approved)
            .Dispatch(
                Who("eng", Roles.Engineering),
                open with
                {
                    Unit = new RepairUnit(OwnUnit, "own"),
                    UnitIsOwn = true,
                }
            )
            .ShouldNotBeNull()
            .Code.ShouldBe("unit-departure-without-reason");
    }

    [Fact]
    [Trait("Rule", "P3.1.1")]
    public void Given_the_contractors_own_part_When_charged_back_Then_refused()
    {
        var order = At(RepairOrderState.Approved, subcontracted: false);
        var own = Decision() with
        {
            Unit = new RepairUnit(OwnUnit, "own"),
            Assigned = [new RepairUnit(OwnUnit, "own")],
            UnitIsOwn = true,
        };

        order
            .Dispatch(Who("eng", Roles.Engineering), own with { ChargeBack = true })
            .ShouldNotBeNull()
            .Code.ShouldBe("nobody-to-charge");
        order.Dispatch(Who("eng", Roles.Engineering), own).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_anybody_who_had_a_hand_in_the_repair_When_he_inspects_Then_refused()
    {
        // The leader's id in the registry of projects and the subject of his account are different numbers:
        // only the name tells.
        var leader = new Actor(Guid.CreateVersion7().ToString(), "張經理", Set(Roles.Qc));
        Actor[] repairers =
        [
            new("unit", "班長", Set(Roles.Qc)),
            leader,
            leader with
            {
                Name = " 張經理 ",
            },
            new(LeaderId.ToString(), "Zhang", Set(Roles.Qc)),
            new("crew-1", "Li", Set(Roles.Qc)),
            new("crew-9", "小李", Set(Roles.Qc)),
            new("x", "無帳號師傅", Set(Roles.Qc)),
            new("y", "臨時工", Set(Roles.Qc)),
        ];
        foreach (var repairer in repairers)
        {
            At(RepairOrderState.Done)
                .Inspect(new FlowContext(repairer, DateTimeOffset.UnixEpoch, Today), true, "ok")
                .ShouldNotBeNull($"{repairer.Name} repaired")
                .Code.ShouldBe("inspector-is-repairer");
        }

        At(RepairOrderState.Done)
            .Inspect(Who("observer-qc", Roles.Qc), true, "ok")
            .ShouldBeNull("who only listened at the briefing may inspect");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_work_begun_When_withdrawn_Then_refused()
    {
        foreach (
            var state in new[]
            {
                RepairOrderState.InRepair,
                RepairOrderState.Done,
                RepairOrderState.Inspected,
                RepairOrderState.Accepted,
                RepairOrderState.Closed,
            }
        )
        {
            At(state)
                .Withdraw(Who("cs", Roles.CustomerService), "mistake")
                .ShouldNotBeNull()
                .Code.ShouldBe("not-in-this-state");
        }
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Whatever_is_tried_in_whatever_order_The_rules_of_the_repair_hold()
    {
        Gen.Int[0, 10_000]
            .Array[0, 60]
            .Sample(
                moves =>
                {
                    var order = Opened(moves.Length % 3 == 0 ? DefectSeverity.Emergency : DefectSeverity.Major);
                    var actors = Actors();
                    foreach (var move in moves)
                    {
                        var (state, version, audit) = (order.State, order.Version, order.AuditHead);
                        order.MarkSaved();
                        var refusal = Try(
                            order,
                            (RepairOrderAction)(move % Enum.GetValues<RepairOrderAction>().Length),
                            actors[move % actors.Length],
                            move
                        );
                        if (
                            refusal is not null
                            && (order.State != state || order.Version != version || order.AuditHead != audit)
                        )
                        {
                            return false;
                        }

                        Check(order);
                    }

                    return true;
                },
                iter: 2_000
            );

        static void Check(RepairOrder order)
        {
            order.FailedInspections.ShouldBe(order.Inspections.Count(i => !i.Passed));
            order.OwnerRefusals.ShouldBe(order.OwnerResponses.Count(r => !r.Accepted));
            if (order.State >= RepairOrderState.InRepair && order.State != RepairOrderState.Withdrawn)
            {
                order.Briefing.ShouldNotBeNull();
            }

            if (order.State is RepairOrderState.Dispatched && !order.IsEmergency)
            {
                order.Approval.ShouldNotBeNull();
            }

            if (order.State is RepairOrderState.Accepted or RepairOrderState.Closed)
            {
                order.IsPassed.ShouldBeTrue();
                order.OwnerResponses[^1].Accepted.ShouldBeTrue();
            }

            if (order.State == RepairOrderState.Closed)
            {
                order.Approval.ShouldNotBeNull();
                order.Approval!.By.Id.ShouldNotBe(order.Review!.By.Id);
                order.Review.By.Id.ShouldNotBe(order.Analysis!.Author.Id);
            }
        }
    }

    private static readonly Guid LeaderId = Guid.CreateVersion7();

    private static HashSet<string> Set(params string[] roles) => [.. roles];

    private static FlowContext Who(string id, string role, Guid? organisation = null) =>
        new(new Actor(id, id, Set(role), null, organisation), DateTimeOffset.UnixEpoch, Today);

    private static FlowContext UnitMan() =>
        new(new Actor("unit", "班長", Set(Roles.RepairUnit), null, Unit), DateTimeOffset.UnixEpoch, Today);

    private static FlowContext OwnerMan() =>
        new(new Actor("owner", "王先生", Set(Roles.Customer), null, Owner), DateTimeOffset.UnixEpoch, Today);

    private static FlowContext[] Actors() =>
        [
            Who("cs", Roles.CustomerService),
            Who("eng", Roles.Engineering),
            Who("head", Roles.EngineeringHead),
            Who("leader", Roles.UnitLeader),
            UnitMan(),
            OwnerMan(),
            Who("qc", Roles.Qc),
            Who("eng", Roles.EngineeringHead),
            Who("head", Roles.UnitLeader),
            new FlowContext(
                new Actor("all", "all", Set([.. Roles.All, Roles.System]), null, Unit),
                DateTimeOffset.UnixEpoch,
                Today
            ),
        ];

    private static DispatchDecision Decision() =>
        new(
            new RepairUnit(Unit, "宏達防水"),
            [new RepairUnit(Unit, "宏達防水")],
            null,
            new LeaderCandidate(LeaderBasis.OriginalManager, LeaderId, "張經理", null, null, 0),
            null,
            null,
            false,
            false,
            EmergencyKind.Safety,
            [EmergencyKind.Structure, EmergencyKind.Safety]
        );

    private static Briefing Briefing() =>
        new(
            Today,
            "how",
            [
                new("張經理", BriefingPart.Leader, null),
                new("小李", BriefingPart.Crew, "crew-1"),
                new("無帳號師傅", BriefingPart.Crew, null),
                new("observer-qc", BriefingPart.Observer, "observer-qc"),
            ],
            true,
            true,
            true,
            true,
            new Person("head", "head")
        );

    private static RepairOrder Opened(
        DefectSeverity severity = DefectSeverity.Major,
        DateOnly? notifiedOn = null,
        bool subcontracted = true
    )
    {
        var notified = notifiedOn ?? Today;
        RepairOrder
            .Open(
                Who("cs", Roles.CustomerService),
                new Notice(
                    OrderSource.Notice,
                    null,
                    null,
                    new ProjectFacts(Guid.CreateVersion7(), "濱江花園", "HT-1", Owner, "業主"),
                    "王",
                    "1",
                    "waterproofing",
                    "roof",
                    "leak",
                    severity,
                    null,
                    notified
                ),
                notified.AddDays(2),
                out var order
            )
            .ShouldBeNull();
        order.Enter(
            "WX-2026-0001",
            new WarrantyStanding(
                WarrantyCover.Yes,
                notified,
                null,
                "P3.1.2",
                1,
                "prescribed",
                subcontracted ? Unit : null,
                subcontracted ? "宏達防水" : null,
                DateTimeOffset.UnixEpoch,
                DateTimeOffset.UnixEpoch,
                null
            )
        );
        return order;
    }

    private static RepairOrder At(RepairOrderState state, bool subcontracted = true)
    {
        var order = Opened(subcontracted: subcontracted);
        Drive(order, state);
        return order;
    }

    private static void Drive(RepairOrder order, RepairOrderState state)
    {
        while (order.State != state)
        {
            Refusal? refusal = order.State switch
            {
                RepairOrderState.Opened => order.Confirm(
                    Who("cs", Roles.CustomerService),
                    ConfirmationWay.OnSite,
                    Today,
                    "owner",
                    "redo"
                ),
                RepairOrderState.Confirmed => order.Analyse(Who("eng", Roles.Engineering), "f", "c", "m", ["x"]),
                RepairOrderState.Analysed => order.GiveReview(Who("head", Roles.EngineeringHead), "fine"),
                RepairOrderState.Reviewed => order.Approve(Who("leader", Roles.UnitLeader), "ok"),
                RepairOrderState.Approved => order.Dispatch(Who("eng", Roles.Engineering), Decision()),
                RepairOrderState.Dispatched => order.Brief(Who("head", Roles.EngineeringHead), Briefing()),
                RepairOrderState.Briefed => order.Start(UnitMan()),
                RepairOrderState.InRepair => order.Finish(UnitMan(), "done", null, null, ["小李", "臨時工"], Today),
                RepairOrderState.Done => order.Inspect(Who("qc", Roles.Qc), true, "ok"),
                RepairOrderState.Inspected => order.Accept(OwnerMan(), new OwnerWord("good", "王先生", null, null)),
                RepairOrderState.Accepted => order.Return(UnitMan(), null),
                _ => throw new InvalidOperationException($"{order.State} leads nowhere."),
            };
            refusal.ShouldBeNull();
        }
    }

    private static Refusal? Try(RepairOrder order, RepairOrderAction action, FlowContext who, int seed) =>
        action switch
        {
            RepairOrderAction.AskWarranty => order.KeepWarranty(
                who,
                WarrantyStanding.Unanswered(Today, DateTimeOffset.UnixEpoch, "no-answer")
            ),
            RepairOrderAction.MarkOverdue => order.MarkOverdue(who),
            RepairOrderAction.Confirm => order.Confirm(
                who,
                ConfirmationWay.Phone,
                Today.AddDays((seed % 3) - 1),
                "o",
                "r"
            ),
            RepairOrderAction.Analyse => order.Analyse(who, "f", "c", "m", ["x"]),
            RepairOrderAction.Review => order.GiveReview(who, "o"),
            RepairOrderAction.SendBack => order.SendBack(who, "r"),
            RepairOrderAction.Approve => order.Approve(who, "o"),
            RepairOrderAction.Ratify => order.Ratify(who, "o"),
            RepairOrderAction.Dispatch => order.Dispatch(who, Decision()),
            RepairOrderAction.Brief => order.Brief(who, Briefing() with { NeverQuarrel = seed % 4 != 0 }),
            RepairOrderAction.Start => order.Start(who),
            RepairOrderAction.Finish => order.Finish(who, "w", null, null, ["x"], Today),
            RepairOrderAction.PassInspection => order.Inspect(who, true, "o"),
            RepairOrderAction.FailInspection => order.Inspect(who, false, "o"),
            RepairOrderAction.Accept => order.Accept(who, new OwnerWord("o", "n", seed % 2 == 0 ? Today : null, null)),
            RepairOrderAction.Refuse => order.Refuse(who, new OwnerWord("o", "n", Today, null)),
            RepairOrderAction.Return => order.Return(who, null),
            RepairOrderAction.Withdraw => seed % 5 == 0 ? order.Withdraw(who, "r") : null,
            _ => null,
        };
}
