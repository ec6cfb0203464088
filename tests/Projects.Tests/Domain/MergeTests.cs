using CustomerService.Contracts.Projects.V1;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>Records that are the same, found, merged and taken apart again (S4).</summary>
public sealed class MergeTests
{
    private static readonly CommandContext Sales = A.Context(Someone.InSales(), Sample.Today);

    [Fact, Trait("Rule", "S4")]
    public void Given_two_records_When_merged_Then_both_stay_and_the_first_points_to_the_second()
    {
        var (from, into) = (Owner("濱江置業"), Owner("濱江置業有限公司"));
        from.MarkSaved();

        from.Merge(Sales, As(into), into.FirstContact, "二次登記").ShouldBeNull();

        (from.MergedInto, from.State, from.Name).ShouldBe((into.Id, RegistryState.Merged, "濱江置業"));
        from.Contacts.ShouldHaveSingleItem();
        (from.Merged!.Reason, from.Merged.By.ActorId, from.Merged.On).ShouldBe(("二次登記", "huang", Sample.Today));
        from.PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new OrganisationMerged(
                    from.Id,
                    2,
                    "濱江置業",
                    into.Id,
                    "濱江置業有限公司",
                    Sample.Contact.Name,
                    Sample.Contact.Phone,
                    Sales.Now
                )
            );
        from.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("二次登記");
    }

    [Fact, Trait("Rule", "S4")]
    public void Given_what_cannot_be_merged_When_merged_Then_refused_with_its_own_code()
    {
        var (one, other) = (Owner("甲"), Owner("乙"));
        string? Code(Survivor? into) => one.Merge(Sales, into, null, "r")?.Code;

        Code(null).ShouldBe("survivor-unknown");
        Code(As(one)).ShouldBe("merge-into-itself");
        Code(As(other) with { Kind = OrganisationKind.Customer }).ShouldBe("merge-kind-differs");
        Code(As(other) with { MergedInto = [Guid.NewGuid()] }).ShouldBe("survivor-merged");
        Code(As(other) with { MergedInto = [Guid.NewGuid(), one.Id] }).ShouldBe("merge-in-a-circle");
        one.State.ShouldBe(RegistryState.Registered, "a refusal changes nothing");
        one.Merge(Sales, As(other), null, "r").ShouldBeNull();
        Code(As(other)).ShouldBe("already-merged");
        one.Revise(Sales, Details("丙"))!.Code.ShouldBe("record-merged");
    }

    [Theory, Trait("Rule", "S4")]
    [InlineData(Roles.Sales, null, true)]
    [InlineData(Roles.SalesManager, null, true)]
    [InlineData(Roles.DepartmentHead, "customer-service", true)]
    [InlineData(Roles.DepartmentHead, "production", false)]
    [InlineData(Roles.CustomerService, null, false)]
    [InlineData(Roles.Qc, null, false)]
    public void Given_a_role_When_an_owner_is_merged_Then_as_for_revising_or_the_two_heads(
        string role,
        string? department,
        bool may
    )
    {
        var (from, into) = (Owner("甲"), Owner("乙"));
        var context = A.Context(Someone.With("x", department, role), Sample.Today);

        from.AllowedActions(context).Contains("merge").ShouldBe(may);
        (from.Merge(context, As(into), null, "r")?.Code).ShouldBe(may ? null : "role-missing");
        (from.MergedInto is not null).ShouldBe(may);
    }

    [Theory, Trait("Rule", "S4")]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Given_a_merge_When_undone_Then_within_thirty_days(int days, bool may)
    {
        var (from, into) = (Owner("甲"), Owner("乙"));
        from.Unmerge(Sales, "r")!.Code.ShouldBe("not-merged");
        from.Merge(Sales, As(into), null, "r").ShouldBeNull();
        from.MarkSaved();
        var later = A.Context(Someone.InSales(), Sample.Today.AddDays(days));
        from.AllowedActions(later).ShouldBe(may ? ["unmerge"] : []);

        var refusal = from.Unmerge(later, "誤併");

        (refusal?.Code, refusal?.Rule).ShouldBe(may ? (null, null) : ("unmerge-too-late", "S4"));
        (from.MergedInto is null).ShouldBe(may);
        if (may)
        {
            from.PendingEvents.ShouldHaveSingleItem()
                .ShouldBe(
                    new OrganisationUnmerged(
                        from.Id,
                        from.Version,
                        "甲",
                        Sample.Contact.Name,
                        Sample.Contact.Phone,
                        into.Id,
                        later.Now
                    )
                );
        }
    }

    [Fact, Trait("Rule", "S4")]
    public void Given_a_manager_who_is_entered_twice_When_merged_and_taken_apart_Then_what_lasts_goes_over_and_back()
    {
        var (from, into, ended, lasting, own) = (Person_("李明"), Person_("李明"), G(), G(), G());
        var context = Sample.By(Roles.Engineering);
        from.Assign(context, ended, "甲", new(2020, 1, 1));
        from.Leave(context, ended, new(2021, 1, 1), "r");
        from.Assign(context, lasting, "乙", new(2022, 1, 1));
        into.Assign(context, own, "丙", new(2023, 1, 1));

        from.Merge(context, new(into.Id, into.Name, null, []), "同一人").ShouldBeNull();
        into.TakeOver(context, from).ShouldBe([lasting]);

        into.Manages(lasting, new(2022, 6, 1)).ShouldBeTrue();
        into.Manages(ended, new(2020, 6, 1)).ShouldBeFalse();
        from.Assignments.Count.ShouldBe(2, "the record keeps its history");
        from.Transfer(context, new(null, "總部", new(2025, 1, 1), null, "r"))!.Code.ShouldBe("record-merged");

        from.Unmerge(context, "同名").ShouldBeNull();
        into.GiveBack(context, [lasting], from.Name).ShouldBe([lasting]);
        into.Assignments.Select(a => a.ProjectId).ShouldBe([own]);
    }

    [Fact, Trait("Rule", "S4")]
    public void Given_a_person_of_the_same_name_and_telephone_When_entered_Then_shown_until_a_reason_is_given()
    {
        SimilarPerson[] known = [new(G(), "李明", "經理", null, null, [SimilarReason.Name, SimilarReason.Phone])];
        var details = new PersonDetails("李明", "項目經理", null, null, null, null);

        var refusal = Person.Register(Sample.By(Roles.Engineering), details, known, null).Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Rule, refusal.Arguments["candidates"]).ShouldBe(("similar-exists", "S4", known));
        var other = Person.Register(Sample.By(Roles.Engineering), details, known, "另一人").Required();
        other.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("另一人");
    }

    [Fact, Trait("Rule", "S4")]
    public void Given_keys_of_two_organisations_When_compared_Then_the_reasons_and_what_is_the_same()
    {
        SimilarityKeys Keys(string? name, string? phone = null, string? tax = null, string? address = null) =>
            SimilarityKeys.Of(name, [phone], tax, address);
        var known = Keys("濱江置業有限公司", "021-5555 1234", "9131 0000 MA1F", "上海市濱江路 88 號");

        Keys("滨江置业", "+86 21 5555 1234").InCommonWith(known).ShouldBe([SimilarReason.Name, SimilarReason.Phone]);
        Keys("滨江置业", "+86 21 5555 1234").IsSame(known).ShouldBeTrue();
        Keys("滨江置业").IsSame(known).ShouldBeFalse("the legal form differs and nothing else is known");
        Keys("滨江置业有限公司").IsSame(known).ShouldBeTrue();
        Keys("甲", null, "91310000ma1f").IsSame(known).ShouldBeTrue();
        Keys("濱江").InCommonWith(known).ShouldBe([SimilarReason.Name], "the beginning is enough to be shown");
        Keys("濱江", "02155551234").IsSame(known).ShouldBeFalse();
        Keys(null, null, null, "上海市滨江路８８号").InCommonWith(known).ShouldBe([SimilarReason.Address]);
        Keys("濱").InCommonWith(known).ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "S4")]
    public void Given_a_project_When_its_owner_is_merged_Then_it_takes_the_name_unless_its_warranty_has_ended()
    {
        var project = Sample.Project();
        var to = G();

        project.MoveOwner(Sample.By(Roles.Sales), to, "新業主");

        (project.OwnerId, project.OwnerName).ShouldBe((to, "新業主"));
        project.SearchText.ShouldContain("新业主");
        project.PendingEvents.OfType<ProjectRevised>().Last().OwnerId.ShouldBe(to);
    }

    [Fact, Trait("Rule", "S4")]
    public void Given_a_team_When_a_person_moves_Then_only_in_the_seats_that_are_named()
    {
        PersonRef Ref(string name) => new(G(), name);
        var (both, other) = (Ref("兼任"), Ref("其他"));
        var team = new ProjectTeam(both, other, both, Ref("a"), Ref("b"), Ref("c"));
        team.SeatsOf(both.Id).ShouldBe([TeamSeat.Manager, TeamSeat.ChiefEngineer], ignoreOrder: true);

        var moved = team.With(new HashSet<TeamSeat> { TeamSeat.Manager }, Ref("新"));

        (moved.Manager.Name, moved.ChiefEngineer, moved.AuthorisedPerson).ShouldBe(("新", both, other));
    }

    private static Guid G() => Guid.CreateVersion7();

    private static Survivor As(Organisation organisation) =>
        new(organisation.Id, organisation.Name, organisation.OrganisationKind, []);

    private static OrganisationDetails Details(string name) =>
        new(name, OrganisationKind.Owner, null, null, [Sample.Contact]);

    private static Organisation Owner(string name) => Organisation.Register(Sales, Details(name), [], null).Required();

    private static Person Person_(string name) =>
        Person
            .Register(Sample.By(Roles.Engineering), new(name, "項目經理", null, null, null, null), [], null)
            .Required();
}
