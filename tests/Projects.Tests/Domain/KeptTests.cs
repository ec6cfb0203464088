using CustomerService.Contracts.Projects.V1;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>What projects and revisits keep of each step, tell others of it, and show on a work list (S1).</summary>
public sealed class KeptTests
{
    private static readonly DateOnly Due = new(2024, 4, 30);
    private static readonly DateOnly Accepted = ProjectBuilder.Accepted;
    private static readonly DateOnly Cleared = new(2024, 2, 10);

    private static CommandContext Head => Sample.By(Roles.EngineeringHead);
    private static CommandContext Engineering => Sample.By(Roles.Engineering);
    private static CommandContext Production => Sample.By(Roles.Production);
    private static CommandContext Quality => Sample.By(Roles.Qc);

    private static CommandContext System(DateOnly day) => A.Context(Someone.System("projects"), day);

    private static DateTimeOffset? DueOf(Project project, string action) =>
        project.WorkSteps(System(Sample.Today)).First(step => step.Action == action).DueAt;

    // Projects

    [Fact, Trait("Rule", "P1"), Trait("Rule", "S1")]
    public void Given_details_When_a_project_is_registered_Then_all_of_them_are_kept_and_told()
    {
        var details = Sample.Details() with
        {
            PlannedAcceptanceOn = Accepted,
            Users = [new(Guid.Empty, "王宅", "1-201", "王先生", "138")],
        };

        var project = Project.Register(Engineering, details).Required();

        project
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new ProjectRegistered(
                    project.Id,
                    1,
                    "JC-2024-001",
                    "濱江花園",
                    details.OwnerId,
                    "濱江置業",
                    "shanghai",
                    23500.5m,
                    "frame-shear-wall",
                    31.2304,
                    121.4737
                )
            );
        Sample.DetailsOf(project).ShouldBe(details with { Users = project.Users });
        project.Users.ShouldHaveSingleItem().ShouldBe(details.Users[0] with { Id = project.Users[0].Id });
        project.Users[0].Id.ShouldNotBe(Guid.Empty);
        (project.Kind, project.WorkSubject, project.PolicyVersion).ShouldBe(
            ("project", new("JC-2024-001", "濱江花園"), Engineering.Policy.Version)
        );
        project.ContractKey.ShouldBe(TextFolding.Key("JC-2024-001"));
        project.TeamIds.ShouldBe(details.Team.Ids);
        foreach (var word in new[] { "JC-2024-001", "濱江花園", "濱江置業", "濱江路 88 號" })
        {
            project.SearchText.ShouldContain(SearchText.Of(word).Trim());
        }

        project.SearchGrams.ShouldBe(SearchText.Grams(project.SearchText));
        DueOf(project, "accept").ShouldBe(A.Zone.EndOf(Accepted));
        (project.OutsideOrganisation(Roles.Customer), project.OutsideOrganisation(Roles.RepairUnit)).ShouldBe(
            (details.OwnerId, null)
        );
        project.User(project.Users[0].Id).ShouldBe(project.Users[0]);
        project.CheckUser(null).ShouldBeNull();
        project.CheckUser(Guid.NewGuid()).ShouldNotBeNull().SuppliedBy.ShouldBe([Roles.Engineering, Roles.Production]);
    }

    [Fact, Trait("Rule", "P1"), Trait("Rule", "P3")]
    public void Given_a_project_When_accepted_cleared_and_handed_over_Then_each_step_is_told_with_its_days()
    {
        Project project = A.Project();
        DueOf(project, "accept").ShouldBeNull("no day is planned");

        project.Accept(Engineering, Accepted).ShouldBeNull();
        DueOf(project, "clear-site").ShouldBe(A.Zone.EndOf(Cleared));
        var clearance = new SiteClearance(new(2024, 2, 2), true, [], "已清", [], Sample.Restored);
        project.ClearSite(Sample.By(Roles.Production), clearance, new HashSet<Guid>()).ShouldBeNull();
        project.HandOver(Engineering, new(2024, 2, 3)).Required();

        project.PendingEvents.ShouldBe([
            new ProjectAccepted(project.Id, project.Version, project.OwnerId, Accepted, Cleared),
            new SiteCleared(project.Id, project.Version, project.OwnerId, new(2024, 2, 2), Cleared),
            new ProjectHandedOver(
                project.Id,
                project.Version,
                "濱江花園",
                project.OwnerId,
                "濱江置業",
                Accepted,
                new(2024, 2, 3),
                project.HorizonEndsOn!.Value
            ),
        ]);
        project.Clearance.ShouldBe(clearance);
        project
            .PendingEntries.Select(entry => (entry.Action, entry.Why))
            .ShouldBe([("accept", null), ("clear-site", "已清"), ("hand-over", null)]);
        project.LatestGoodwill.ShouldBe(new DateOnly(2024, 2, 3).AddYears(WarrantyLength.LongestYears));
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_a_registered_project_When_withdrawn_Then_the_reason_is_kept_and_told()
    {
        Project project = A.Project();

        project.Withdraw(Head, "錄入重複").ShouldBeNull();

        project.PendingEvents.ShouldBe([
            new ProjectWithdrawn(project.Id, project.Version, project.OwnerId, "錄入重複"),
        ]);
        project.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("錄入重複");
    }

    [Fact, Trait("Rule", "P1"), Trait("Rule", "P2.1.1")]
    public void Given_days_that_have_come_When_the_system_notes_them_Then_each_is_told_with_its_day()
    {
        var uncleared = A.Project().At(ProjectState.Accepted);
        var unvisited = A.Project().At(ProjectState.HandedOver);
        var horizon = unvisited.HorizonEndsOn!.Value;

        uncleared.RemindOfClearance(System(Cleared.AddDays(-3))).ShouldBeNull();
        uncleared.MarkClearanceOverdue(System(Cleared.AddDays(1))).ShouldBeNull();
        unvisited.MarkBreach(System(horizon.AddDays(1))).ShouldBeNull();
        unvisited.EndWarranty(System(unvisited.WarrantyEndsOn!.Value.AddDays(1))).ShouldBeNull();

        uncleared.PendingEvents.ShouldBe([
            new ClearanceReminderDue(uncleared.Id, uncleared.Version, uncleared.OwnerId, Cleared, 3),
            new ClearanceOverdue(uncleared.Id, uncleared.Version, uncleared.OwnerId, Cleared),
        ]);
        (uncleared.ClearanceRemindedOn, uncleared.ClearanceMarkedOverdueOn).ShouldBe(
            (Cleared.AddDays(-3), Cleared.AddDays(1))
        );
        unvisited.PendingEvents.ShouldBe([
            new RevisitBreached(unvisited.Id, unvisited.Version, unvisited.OwnerId, horizon),
            new WarrantyEnded(unvisited.Id, unvisited.Version, unvisited.OwnerId, unvisited.WarrantyEndsOn.Value),
        ]);
        unvisited.BreachMarkedOn.ShouldBe(horizon.AddDays(1));
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public void Given_goodwill_When_it_is_granted_Then_the_term_of_its_part_alone_reaches_further_and_it_is_told()
    {
        var project = A.Project().At(ProjectState.HandedOver);
        var before = project.Terms.ToDictionary(t => (t.Part, t.Season), t => t.Through);
        var last = project.WarrantyEndsOn!.Value.AddDays(5);

        project.GrantGoodwill(Head, "roof", last, "老客戶").ShouldBeNull();

        project.PendingEvents.ShouldBe([
            new GoodwillGranted(project.Id, project.Version, project.OwnerId, "roof", last, "老客戶"),
        ]);
        project.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("老客戶");
        (project.WarrantyEndsOn, project.ThroughOf("roof"), project.ThroughOf("garden")).ShouldBe((last, last, null));
        foreach (var term in project.Terms.Where(t => t.Part != "roof"))
        {
            term.Through.ShouldBe(before[(term.Part, term.Season)]);
        }

        project.GoodwillGrants.ShouldHaveSingleItem().Granted.ShouldBe(Stamp.Of(Head));
    }

    [Fact, Trait("Rule", "S3"), Trait("Rule", "S4")]
    public void Given_the_registry_changes_When_a_project_follows_Then_names_and_search_follow_and_it_is_noted()
    {
        var project = A.Project().At(ProjectState.HandedOver);
        var ended = A.Project().At(ProjectState.WarrantyEnded);
        var (owner, sub, person) = (Guid.NewGuid(), Guid.NewGuid(), new PersonRef(Guid.NewGuid(), "鄭"));
        var manager = project.Team.Manager.Id;

        project.FollowOwner(Engineering, "濱江集團");
        project.SearchText.ShouldContain(SearchText.Of("濱江集團").Trim());
        project.FollowSubcontractor(Engineering, Sample.Subcontractor, "安固集團");
        project.Packages.ShouldHaveSingleItem().SubcontractorName.ShouldBe("安固集團");
        project.FollowSubcontractor(Engineering, Guid.NewGuid(), "別家");
        project.Packages.ShouldHaveSingleItem().SubcontractorName.ShouldBe("安固集團");
        project.MoveSubcontractor(Engineering, Sample.Subcontractor, sub, "大安");
        project.FollowPerson(Engineering, manager, "李四");
        (project.Team.Manager.Name, project.Team.QualityHead.Name).ShouldBe(("李四", "吳"));
        project.MovePerson(Engineering, new HashSet<TeamSeat> { TeamSeat.Manager }, person);
        project.MoveOwner(Engineering, owner, "保留業主");
        ended.MoveOwner(Engineering, owner, "保留業主");

        (project.Packages[0].SubcontractorId, project.Packages[0].SubcontractorName).ShouldBe((sub, "大安"));
        (project.Team.Manager, project.TeamIds.Contains(person.Id), project.TeamIds.Contains(manager)).ShouldBe(
            (person, true, false)
        );
        (project.OwnerId, project.OwnerName, ended.OwnerId, ended.OwnerName).ShouldBe(
            (owner, "保留業主", owner, "濱江置業")
        );
        project.SearchText.ShouldContain(SearchText.Of("保留業主").Trim());
        project
            .PendingEntries.Select(entry => (entry.Action, entry.From, entry.To, entry.Why))
            .ShouldBe([
                ("owner-renamed", "handed-over", "handed-over", "濱江集團"),
                ("subcontractor-renamed", "handed-over", "handed-over", "安固集團"),
                ("subcontractor-renamed", "handed-over", "handed-over", "別家"),
                ("subcontractor-merged", "handed-over", "handed-over", "大安"),
                ("person-renamed", "handed-over", "handed-over", "李四"),
                ("person-merged", "handed-over", "handed-over", "鄭"),
                ("owner-merged", "handed-over", "handed-over", "保留業主"),
            ]);
        project.PendingEvents.OfType<ProjectRevised>().Select(e => e.OwnerName).ShouldBe(["濱江集團", "保留業主"]);
        ended.PendingEvents.ShouldHaveSingleItem().ShouldBe(ended.Announcement());
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.1.2")]
    public void Given_corrected_dates_or_terms_When_they_are_entered_Then_the_warranty_is_told_with_the_reason()
    {
        var builder = A.Project();
        var project = builder.At(ProjectState.HandedOver);
        var committed = new CommittedTerms("beijing", 70, [], []);

        project.CorrectDates(Head, new(Accepted, new(2024, 2, 1)), "錄錯", builder.Plan).Required();
        var first = project.PendingEvents.OfType<WarrantyChanged>().Single();
        project.ChangeCommitments(Head, committed, "補充合同", builder.Plan).Required();

        first.ShouldBe(
            new WarrantyChanged(
                project.Id,
                first.Version,
                project.OwnerId,
                Accepted,
                new(2024, 2, 1),
                first.WarrantyEndsOn,
                "錄錯",
                Cleared
            )
        );
        project.PendingEvents.OfType<WarrantyChanged>().Last().Reason.ShouldBe("補充合同");
        (project.City, project.DesignLifeYears, project.HandedOverOn).ShouldBe(
            ("beijing", 70, new DateOnly(2024, 2, 1))
        );
        project
            .PendingEntries.Where(entry => entry.Action is "correct-dates" or "change-commitments")
            .Select(entry => entry.Why)
            .ShouldBe(["錄錯", "補充合同"]);
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public void Given_what_the_warranty_follows_from_When_one_of_it_changes_Then_the_basis_is_another()
    {
        Commitment[] two = [new("roof", WarrantyLength.Years(6)), new("electrical", WarrantyLength.Years(3))];
        var details = Sample.Details(50, "shanghai", two);
        Project project = A.Project(details);

        project.HasSameWarrantyBasis(details with { Name = "x", Commitments = [two[1], two[0]] }).ShouldBeTrue();
        project.HasSameWarrantyBasis(details with { City = "beijing" }).ShouldBeFalse();
        project.HasSameWarrantyBasis(details with { DesignLifeYears = 70 }).ShouldBeFalse();
        project.HasSameWarrantyBasis(details with { Commitments = [two[0]] }).ShouldBeFalse();
    }

    [Fact, Trait("Rule", "P1")]
    public void Given_acceptance_alone_When_its_day_is_corrected_Then_it_is_told_again_with_the_reason()
    {
        var project = A.Project().At(ProjectState.Accepted);

        project.CorrectDates(Head, new(new(2024, 2, 20), null), "錄錯", []).Required();

        project.PendingEvents.ShouldBe([
            new ProjectAccepted(project.Id, project.Version, project.OwnerId, new(2024, 2, 20), new(2024, 3, 1)),
        ]);
        project.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("錄錯");
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public void Given_corrected_dates_When_terms_are_worked_out_Then_they_are_those_of_a_project_that_had_them_at_once()
    {
        var builder = A.Project();
        var corrected = builder.At(ProjectState.HandedOver);
        Project straight = A.Project();
        straight.Accept(Engineering, new(2024, 3, 1)).ShouldBeNull();
        straight.HandOver(Engineering, new(2024, 6, 1)).Required();

        corrected.CorrectDates(Head, new(new(2024, 3, 1), new(2024, 6, 1)), "r", builder.Plan).Required();

        corrected
            .Terms.Select(t => (t.Part, t.Season, t.Through))
            .ShouldBe(straight.Terms.Select(t => (t.Part, t.Season, t.Through)), ignoreOrder: true);
        corrected.Terms.Select(t => t.Season).Distinct().Order().ShouldBe(["", "cooling", "heating"]);
        (corrected.WarrantyEndsOn, corrected.HorizonEndsOn, corrected.ClearanceDueOn).ShouldBe(
            (straight.WarrantyEndsOn, straight.HorizonEndsOn, straight.ClearanceDueOn)
        );
    }

    [Fact, Trait("Rule", "P3.1.2")]
    public void Given_terms_of_no_part_When_they_are_changed_or_favoured_Then_refused_and_nothing_changes()
    {
        var builder = A.Project();
        var project = builder.At(ProjectState.HandedOver);
        var blank = new CommittedTerms("shanghai", 50, [], ["garden"]);

        (project.ChangeCommitments(Head, blank, "r", builder.Plan).Refusal?.Code).ShouldBe("warranty-part-unknown");
        (project.GrantGoodwill(Head, "garden", new(2080, 1, 1), "r")?.Code).ShouldBe("warranty-part-unknown");

        (project.PendingEntries.Count, project.PendingEvents.Count, project.GoodwillGrants.Count).ShouldBe((0, 0, 0));
    }

    [Theory, Trait("Rule", "P2.1.1")]
    [InlineData(8, null)]
    [InlineData(5, "2029-02-01")]
    public void Given_a_plan_that_ended_without_a_visit_When_its_end_moves_Then_the_mark_of_breach_goes_only_with_it(
        int years,
        string? marked
    )
    {
        var builder = A.Project();
        var project = builder.At(ProjectState.HandedOver);
        project.MarkBreach(System(new(2029, 2, 1))).ShouldBeNull();
        var longer = new CommittedTerms("shanghai", 70, [new("roof", WarrantyLength.Years(years))], []);

        project
            .ChangeCommitments(Sample.On(new(2029, 2, 1), Roles.EngineeringHead), longer, "r", builder.Plan)
            .Required();

        project.BreachMarkedOn.ShouldBe(marked is null ? null : A.Day(marked));
    }

    [Fact, Trait("Rule", "P1"), Trait("Rule", "P2.1.1")]
    public void Given_every_day_around_a_deadline_When_asked_in_memory_and_as_a_query_Then_both_agree()
    {
        int[] days = [7, 3];
        var accepted = A.Project().At(ProjectState.Accepted);
        var reminded = A.Project().At(ProjectState.Accepted);
        reminded.RemindOfClearance(System(Cleared.AddDays(-3))).ShouldBeNull();
        var cleared = A.Project().At(ProjectState.Accepted);
        var clearance = new SiteClearance(Cleared, true, [], null, [], Sample.Restored);
        cleared.ClearSite(Production, clearance, new HashSet<Guid>()).ShouldBeNull();
        Agree(
            [accepted, reminded, cleared],
            Cleared,
            (ProjectDeadlines.IsClearanceOverdue, day => ProjectDeadlines.ClearanceOverdue(day).Compile()),
            (
                (project, day) => ProjectDeadlines.IsClearanceReminderDue(project, days, day),
                day => ProjectDeadlines.ClearanceReminderDue(days, day).Compile()
            )
        );
        var builder = A.Revisit();
        var planned = builder.Build();
        Agree(
            [builder.Project],
            builder.Project.HorizonEndsOn!.Value,
            (ProjectDeadlines.IsInBreach, day => ProjectDeadlines.InBreach(day).Compile()),
            (
                (project, day) => !ProjectDeadlines.IsInBreach(project, day),
                day => ProjectDeadlines.NotInBreach(day).Compile()
            )
        );
        var (opened, cancelled) = (A.Revisit().At(RevisitState.Opened), builder.Plan[1]);
        cancelled.Cancel(Production, "r", builder.Project).ShouldBeNull();
        opened.Remind(System(Due.AddDays(-14))).ShouldBeNull();
        int[] fortnight = [14, 1];
        Agree(
            [planned, opened, cancelled, A.Revisit().At(RevisitState.Held)],
            Due,
            (RevisitDeadlines.IsOverdue, day => RevisitDeadlines.Overdue(day).Compile()),
            (
                (revisit, day) => !RevisitDeadlines.IsOverdue(revisit, day),
                day => RevisitDeadlines.NotOverdue(day).Compile()
            ),
            (
                (revisit, day) => RevisitDeadlines.IsReminderDue(revisit, fortnight, day),
                day => RevisitDeadlines.ReminderDue(fortnight, day).Compile()
            ),
            (
                (revisit, day) => RevisitDeadlines.IsDueIn(revisit, day, day.AddDays(2)),
                day => RevisitDeadlines.DueIn(day, day.AddDays(2)).Compile()
            )
        );
    }

    private static void Agree<T>(
        IReadOnlyList<T> records,
        DateOnly around,
        params (Func<T, DateOnly, bool> InMemory, Func<DateOnly, Func<T, bool>> AsQuery)[] rules
    )
    {
        foreach (var (inMemory, asQuery) in rules)
        {
            var answers = (
                from record in records
                from day in Enumerable.Range(-20, 30).Select(around.AddDays)
                select (Memory: inMemory(record, day), Query: asQuery(day)(record))
            ).ToList();
            answers.ShouldAllBe(answer => answer.Memory == answer.Query);
            answers.Select(answer => answer.Query).Distinct().Count().ShouldBe(2, "else nothing was asked");
        }
    }

    [Fact, Trait("Rule", "P3"), Trait("Rule", "S1")]
    public void Given_a_project_without_contract_or_clearance_When_asked_Then_both_are_on_the_list_until_then()
    {
        var project = A.Project().At(ProjectState.Accepted);
        string[] Steps() => [.. project.WorkSteps(System(Sample.Today)).Select(step => step.Action)];
        Steps().ShouldContain("record-contract");
        Steps().ShouldContain("clear-site");
        var contract = new WarrantyContract("BX-1", Accepted, Guid.NewGuid(), "按表 3.1", []);
        var clearance = new SiteClearance(Cleared, true, [], null, [], Sample.Restored);

        project.RecordContract(Sample.By(Roles.Sales), new(contract, true)).ShouldBeNull();
        project.ClearSite(Production, clearance, new HashSet<Guid>()).ShouldBeNull();

        Steps().ShouldNotContain("record-contract");
        Steps().ShouldNotContain("clear-site");
        project.PendingEntries[0].Why.ShouldBe("BX-1");
    }

    // Revisits

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "S1")]
    public void Given_a_planned_revisit_When_it_is_opened_or_cancelled_Then_list_and_others_are_told()
    {
        var builder = A.Revisit();
        var revisit = builder.Build();
        var other = builder.Plan[1];
        var id = builder.Project.OwnerId;
        (revisit.Kind, revisit.WorkSubject, revisit.OwnerId).ShouldBe(("revisit", new("JC-2024-001", "濱江花園"), id));
        revisit.WorkSteps(System(Due)).ShouldAllBe(step => step.DueAt == A.Zone.EndOf(Due));
        (revisit.OutsideOrganisation(Roles.Customer), revisit.OutsideOrganisation(Roles.RepairUnit)).ShouldBe(
            (id, null)
        );
        (revisit.PlanDate, revisit.PlanSlot, revisit.IsMovedByHand, revisit.Ordinal).ShouldBe((Due, 1, false, 1));
        builder.Project.MarkSaved();
        other.MarkSaved();

        revisit.Open(Production, null, "屋面", null, builder.Project).ShouldBeNull();
        other.Cancel(Production, "業主要求", builder.Project).ShouldBeNull();

        revisit.WorkSubject.ShouldBe(new("JC-2024-001/HF-01", "濱江花園，屋面"));
        revisit.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("屋面");
        other.PendingEvents.ShouldBe([
            new RevisitCancelled(other.Id, other.Version, builder.Project.Id, id, "業主要求"),
        ]);
        (other.CancelReason, other.IsOpen, revisit.IsOpen).ShouldBe(("業主要求", false, true));
        other.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("業主要求");
        builder
            .Project.PendingEntries.Select(entry => (entry.Action, entry.Why))
            .ShouldBe([("revisit-cancelled", "業主要求")]);
    }

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P2.1.2")]
    public void Given_days_of_a_revisit_When_they_come_or_are_changed_Then_they_are_told()
    {
        var builder = A.Revisit();
        var revisit = builder.Build();
        var project = builder.Project;
        project.MarkSaved();

        revisit.Remind(System(Due.AddDays(-14))).ShouldBeNull();
        revisit.MarkOverdue(System(Due.AddDays(1))).ShouldBeNull();
        var extra = Revisit.Add(Production, project, new(2024, 6, 1), ExtraVisit.Seasonal, "雨季前").Required();

        revisit.PendingEvents.ShouldBe([
            new RevisitReminderDue(revisit.Id, revisit.Version, project.Id, project.OwnerId, 1, Due, 14),
            new RevisitOverdue(revisit.Id, revisit.Version, project.Id, project.OwnerId, Due),
        ]);
        revisit.MarkedOverdueFor.ShouldBe(Due);
        extra.PendingEvents.ShouldBe([
            new RevisitPlanned(extra.Id, 1, project.Id, project.OwnerId, extra.Ordinal, new(2024, 6, 1)),
        ]);
        (extra.ExtraKind, extra.ExtraReason, extra.IsMovedByHand, extra.PlanDate, extra.PlanSlot).ShouldBe(
            (ExtraVisit.Seasonal, "雨季前", true, null, null)
        );
        (extra.ProjectNumber, extra.ProjectName, extra.Ordinal).ShouldBe(
            ("JC-2024-001", "濱江花園", builder.Plan.Count + 1)
        );
        extra.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("雨季前");
        project.PendingEntries.ShouldHaveSingleItem().Action.ShouldBe("revisit-planned");
    }

    [Fact, Trait("Rule", "P2.2.1"), Trait("Rule", "P2.2.2")]
    public void Given_a_visit_with_findings_When_it_is_held_Then_what_each_receiver_needs_is_told()
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Opened);
        var project = builder.Project;
        project.MarkSaved();
        var leak = A.Leak(repair: true, capa: true, explained: true);
        var record = Sample.Held(project, Due, leak) with { Owner = new("王經理", "138"), Form = RevisitForm.Meeting };

        revisit.Hold(Engineering, record, project, Sample.Contact).ShouldBeNull();

        revisit.PendingEvents.ShouldBe([
            new RevisitHeld(revisit.Id, revisit.Version, project.Id, project.OwnerId, 1, Due, Due, 1),
            new FindingRecorded(
                revisit.Id,
                revisit.Version,
                leak.Id,
                project.Id,
                "濱江花園",
                project.OwnerId,
                "roof",
                "屋面東南角",
                "滲漏",
                "major",
                Due,
                "JC-2024-001"
            ),
            new RepairRequested(
                revisit.Id,
                revisit.Version,
                leak.Id,
                project.Id,
                "濱江花園",
                "JC-2024-001",
                project.OwnerId,
                "濱江置業",
                "王經理",
                "138",
                "roof",
                "屋面東南角",
                "滲漏",
                "major",
                Due
            ),
            new CapaRequested(
                revisit.Id,
                revisit.Version,
                leak.Id,
                project.Id,
                "濱江花園",
                "JC-2024-001",
                project.OwnerId,
                "濱江置業",
                "roof",
                "屋面東南角",
                "滲漏",
                "major",
                Due
            ),
        ]);
        (revisit.HeldOn, revisit.Form, revisit.OwnerRepresentative, revisit.OwnerOpinion).ShouldBe(
            (Due, RevisitForm.Meeting, record.Owner, "請儘快修復")
        );
        (revisit.Attendees, revisit.Findings).ShouldBe((record.Attendees, record.Findings));
        project.PendingEntries.ShouldHaveSingleItem().Action.ShouldBe("revisit-held");
    }

    [Theory, Trait("Rule", "P2.2.2")]
    [InlineData("陳", "139", "陳", "139")]
    [InlineData(null, null, "濱江置業", "")]
    public void Given_nobody_spoke_for_the_owner_When_a_repair_is_requested_Then_its_contact_or_its_name(
        string? name,
        string? phone,
        string contact,
        string called
    )
    {
        var builder = A.Revisit();
        var revisit = builder.At(RevisitState.Held);

        revisit
            .RecordFinding(Engineering, A.Leak(repair: true), builder.Project, name is null ? null : new(name, phone!))
            .ShouldBeNull();

        var repair = revisit.PendingEvents.OfType<RepairRequested>().Single();
        (repair.Contact, repair.Phone).ShouldBe((contact, called));
    }

    [Theory, Trait("Rule", "P2.2.3"), Trait("Rule", "P3.1.1")]
    [InlineData("安固防水 ", false, true)]
    [InlineData("x", true, true)]
    public void Given_a_subcontractors_part_When_liability_is_decided_Then_it_is_told_by_id_and_name(
        string unit,
        bool byId,
        bool found
    )
    {
        var leak = A.Leak();
        var builder = A.Revisit(leak);
        var revisit = builder.At(RevisitState.Held);
        var decided = new FindingLiability(
            leak.Id,
            Liability.Subcontractor,
            "搭接不足",
            unit,
            byId ? Sample.Subcontractor : null,
            CauseCode.Jointing,
            Systemic: true
        );

        revisit.AssessLiability(Quality, [decided], "見照片", builder.Project, []).ShouldBeNull();

        found.ShouldBe(revisit.Assessment!.Findings[0].ResponsibleUnitId == Sample.Subcontractor);
        revisit.PendingEvents.ShouldBe([
            new FindingAssessed(
                revisit.Id,
                revisit.Version,
                leak.Id,
                revisit.ProjectId,
                revisit.OwnerId,
                "roof",
                "subcontractor",
                "jointing",
                "安固防水",
                Sample.Subcontractor,
                true,
                Sample.Today
            ),
        ]);
        (revisit.Assessment.Remarks, revisit.Assessment.By).ShouldBe(("見照片", Stamp.Of(Quality)));
        revisit.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("見照片");
        revisit.Assessment.Findings[0].CapaGround.ShouldBe(CapaGround.Systemic);
        revisit
            .ConstructionFaults.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                fault => fault.Id.ShouldBe(leak.Id),
                fault => fault.RevisitId.ShouldBe(revisit.Id),
                fault => fault.ProjectId.ShouldBe(revisit.ProjectId),
                fault => fault.Part.ShouldBe("roof"),
                fault => fault.Cause.ShouldBe(CauseCode.Jointing),
                fault => fault.FoundOn.ShouldBe(Due)
            );
        revisit.WithoutCapa.ShouldBe([leak]);
        revisit.WithoutTexts.ShouldBe([leak]);
        revisit.AreFaultsAnswered.ShouldBeFalse();
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_a_form_When_it_is_signed_decided_and_closed_Then_under_the_head_that_it_had()
    {
        var builder = A.Revisit(A.Leak());
        var revisit = builder.At(RevisitState.Assessed);
        var project = builder.Project;
        var image = Guid.NewGuid();

        revisit.SetDisposition(Head, "返修").ShouldBeNull();
        revisit.Sign(Engineering, new("滿意", "王建國", image, true), project).ShouldBeNull();
        revisit.IsReleased.ShouldBeFalse();
        revisit.Close(Engineering).ShouldBeNull();

        revisit.Disposition.ShouldBe(new("返修", Stamp.Of(Head)));
        revisit.OwnerSignature.ShouldBe(new("王建國", Engineering.Now, Revisit.SignatureMeaning, image.ToString()));
        Revisit.SignatureMeaning.ShouldBe("owner-revisit-opinion");
        revisit.Heading.ShouldBe(
            new("濱江花園", "濱江置業", "JC-2024-001", 23500.5m, "frame-shear-wall", Accepted, "合格")
        );
        (revisit.OwnerOpinion, revisit.IsConfirmed, revisit.IsReleased, revisit.ClosedOn).ShouldBe(
            ("滿意", true, true, Sample.Today)
        );
        revisit.PendingEvents.ShouldBe([
            new RevisitClosed(revisit.Id, revisit.Version, project.Id, project.OwnerId, Sample.Today),
        ]);
        revisit.PendingEntries.Select(entry => entry.Why).ShouldBe(["返修", null, null]);
    }

    [Fact, Trait("Rule", "S3"), Trait("Rule", "S4"), Trait("Rule", "P3.3.2")]
    public void Given_the_registry_or_a_group_of_faults_When_a_revisit_follows_Then_it_is_noted_once()
    {
        var leak = A.Leak();
        var builder = A.Revisit(leak);
        var revisit = builder.At(RevisitState.Held);
        var (owner, group) = (Guid.NewGuid(), Guid.NewGuid());
        var renamed = A.Project(Sample.Details() with { Name = "新名", ContractNumber = "JC-9" }).Build();

        revisit.MoveOwner(Engineering, owner, "保留業主");
        revisit.FollowProject(Engineering, renamed);
        revisit.JoinFaultGroup(Quality, leak.Id, group, "屋面滲漏");
        revisit.JoinFaultGroup(Quality, leak.Id, Guid.NewGuid(), "又一組");
        revisit.JoinFaultGroup(Quality, Guid.NewGuid(), group, "別的");

        (revisit.OwnerId, revisit.ProjectNumber, revisit.ProjectName).ShouldBe((owner, "JC-9", "新名"));
        revisit.Finding(leak.Id)!.CapaGroupId.ShouldBe(group);
        revisit
            .PendingEntries.Select(entry => (entry.Action, entry.From, entry.To, entry.Why))
            .ShouldBe([
                ("owner-merged", "held", "held", "保留業主"),
                ("project-renamed", "held", "held", "新名"),
                ("join-fault-group", "held", "held", "屋面滲漏"),
            ]);
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public void Given_cases_of_other_services_When_linked_Then_the_newest_state_counts_and_each_finding_has_its_own()
    {
        var (leak, group) = (A.Leak() with { CapaGroupId = Guid.NewGuid() }, Guid.NewGuid());
        var order = new LinkedCase { Id = Guid.NewGuid(), Kind = LinkedCase.RepairOrder };
        LinkedCase Capa(Guid? source, params Guid[] serves)
        {
            var capa = new LinkedCase { Id = Guid.NewGuid(), Kind = LinkedCase.Capa };
            capa.Identify(source, null);
            capa.Serve(serves);
            return capa;
        }

        order.Identify(leak.Id, "WX-1");
        order.Identify(group, "WX-2");
        order.Advance(3, "closed", Due, done: true);
        order.Advance(3, "opened", Accepted);
        order.Advance(2, "opened", Accepted);
        var (own, joined, ofOrder, ofGroup) = (
            Capa(leak.Id),
            Capa(null, leak.Id),
            Capa(null, order.Id),
            Capa(leak.CapaGroupId)
        );

        (order.SourceId, order.Number, order.State, order.StateOn, order.IsDone, order.SeenVersion).ShouldBe(
            (leak.Id, "WX-1", "closed", Due, true, 3)
        );
        LinkedCase.OrderOf(leak, [own, order]).ShouldBe(order);
        LinkedCase.OrderOf(A.Leak(), [own, order]).ShouldBeNull();
        LinkedCase.CapaOf(leak, [order, ofGroup, ofOrder, own]).ShouldBe(own);
        LinkedCase.CapaOf(leak, [order, ofGroup, ofOrder, joined]).ShouldBe(joined);
        LinkedCase.CapaOf(leak, [order, ofGroup, ofOrder]).ShouldBe(ofOrder);
        LinkedCase.CapaOf(leak, [order, ofGroup]).ShouldBe(ofGroup);
        LinkedCase.CapaOf(A.Leak(), [order, ofGroup, ofOrder]).ShouldBeNull();
    }
}
