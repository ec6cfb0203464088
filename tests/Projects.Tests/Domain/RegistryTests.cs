using CustomerService.Attachments;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>Records without states: organisations, people, feeds, files.</summary>
public sealed class RegistryTests
{
    [Theory, Trait("Rule", "P3.3")]
    [InlineData(Roles.Sales, OrganisationKind.Owner, true)]
    [InlineData(Roles.Sales, OrganisationKind.Subcontractor, false)]
    [InlineData(Roles.Engineering, OrganisationKind.Subcontractor, true)]
    [InlineData(Roles.Engineering, OrganisationKind.Owner, true)]
    [InlineData(Roles.Qc, OrganisationKind.Owner, false)]
    [InlineData(Roles.Sales, OrganisationKind.Customer, true)]
    [InlineData(Roles.SalesManager, OrganisationKind.Customer, true)]
    [InlineData(Roles.CustomerService, OrganisationKind.Customer, true)]
    [InlineData(Roles.Administrator, OrganisationKind.Customer, true)]
    [InlineData(Roles.Engineering, OrganisationKind.Customer, false)]
    [InlineData(Roles.CustomerService, OrganisationKind.Owner, false)]
    internal void Given_a_role_When_an_organisation_is_registered_Then_by_its_kind(
        string role,
        OrganisationKind kind,
        bool may
    )
    {
        var result = Organisation.Register(Sample.By(role), Details(kind), [], null);

        (result.Refusal?.Code).ShouldBe(may ? null : "role-missing");
    }

    [Fact, Trait("Rule", "P3.3")]
    public void Given_an_owner_When_revised_into_a_subcontractor_Then_refused()
    {
        var owner = Organisation.Register(Sample.By(Roles.Sales), Details(OrganisationKind.Owner), [], null).Required();

        owner
            .Revise(Sample.By(Roles.Engineering), Details(OrganisationKind.Subcontractor))
            .ShouldNotBeNull()
            .Code.ShouldBe("organisation-kind-fixed");
        owner.AllowedActions(Sample.By(Roles.Sales)).ShouldBe(["revise", "merge"]);
        owner.AllowedActions(Sample.By(Roles.Qc)).ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "S4")]
    public void Given_one_of_the_same_name_When_another_is_entered_Then_it_is_shown_until_confirmed_distinct()
    {
        SimilarOrganisation[] known =
        [
            new(Guid.NewGuid(), "濱江置業", OrganisationKind.Owner, "BJ-01", [SimilarReason.Name]),
        ];
        Result<Organisation> Register(string? because, params string[] roles) =>
            Organisation.Register(Sample.By(roles), Details(OrganisationKind.Owner), known, because);

        var refusal = Register(null, Roles.Sales).Refusal.ShouldNotBeNull();
        (refusal.Code, refusal.Rule, refusal.Arguments["candidates"]).ShouldBe(("similar-exists", "S4", known));
        Register("另一公司", Roles.Sales).Required().Name.ShouldBe("濱江置業");
        Register(null, Roles.Qc).Refusal!.Code.ShouldBe("role-missing", "before anything is shown");
    }

    [Theory, Trait("Rule", "S4")]
    [InlineData("abc", "ABC")]
    [InlineData("ＡＢＣ", "ABC")]
    [InlineData("JC-1", "JC-1\u200B")]
    [InlineData("JC-1", "\u2060JC-1\uFEFF ")]
    public void Given_codes_that_look_the_same_When_kept_Then_their_keys_are_one(string one, string other)
    {
        string? CodeKey(string code) =>
            Organisation
                .Register(Sample.By(Roles.Sales), Details(OrganisationKind.Owner) with { Code = code }, [], null)
                .Required()
                .CodeKey;
        string? StaffKey(string number) =>
            Person
                .Register(Sample.By(Roles.Engineering), new("李明", "項目經理", null, null, null, number), [], null)
                .Required()
                .StaffKey;
        string ContractKey(string number) =>
            Sample.Project(Sample.Details() with { ContractNumber = number }).ContractKey;

        CodeKey(one).ShouldBe(CodeKey(other));
        StaffKey(one).ShouldBe(StaffKey(other));
        ContractKey(one).ShouldBe(ContractKey(other));
    }

    [Fact, Trait("Rule", "S3")]
    public void Given_an_organisation_When_entered_and_revised_Then_others_are_told_how_it_is()
    {
        var sales = Sample.By(Roles.Sales);
        var customer = Organisation
            .Register(sales, new("恆達電子", OrganisationKind.Customer, "KH-7", "深圳", [Sample.Contact]), [], null)
            .Required();

        customer
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new OrganisationRegistered(
                    customer.Id,
                    1,
                    "恆達電子",
                    "customer",
                    "KH-7",
                    "深圳",
                    Sample.Contact.Name,
                    Sample.Contact.Phone
                )
            );
        customer.MarkSaved();

        customer.Revise(sales, new("恆達科技", OrganisationKind.Customer, "KH-7", null, [])).ShouldBeNull();

        customer
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(new OrganisationRevised(customer.Id, 2, "恆達科技", "customer", "KH-7", null, null, null));
    }

    [Fact, Trait("Rule", "C5.1.5")]
    public void Given_a_product_customer_with_region_and_salesperson_When_entered_Then_others_are_told_and_owners_have_none()
    {
        var salesperson = Guid.CreateVersion7();
        var trade = new Trade(
            "east",
            new(salesperson, "許文傑"),
            "en",
            [new(AddressPurpose.Delivery, "浦東倉庫", "老李", "021-1")]
        );
        var customer = Organisation
            .Register(
                Sample.By(Roles.Sales),
                new("恆達電子", OrganisationKind.Customer, null, "深圳", [], Trade: trade),
                [],
                null
            )
            .Required();

        var told = customer.PendingEvents.OfType<OrganisationRegistered>().Single();
        (told.Region, told.SalespersonId, told.SalespersonName, told.Language).ShouldBe(
            ("east", salesperson, "許文傑", "en")
        );
        told.Addresses!.Single().ShouldBe(new AddressOfOrganisation("delivery", "浦東倉庫", "老李", "021-1"));
        Organisation
            .Register(
                Sample.By(Roles.Sales),
                new("濱江置業", OrganisationKind.Owner, null, null, [Sample.Contact], Trade: trade),
                [],
                null
            )
            .Refusal!.Code.ShouldBe("trade-of-customers-only");
    }

    [Fact, Trait("Rule", "S3")]
    public void Given_a_person_When_entered_and_revised_Then_others_are_told_who_it_is()
    {
        var person = Manager();
        person
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(new PersonRegistered(person.Id, 1, "李明", "項目經理", null));
        person.MarkSaved();

        person
            .Revise(Sample.By(Roles.Engineering), new("李明德", "總工程師", "engineering", null, null, null))
            .ShouldBeNull();

        person
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(new PersonRevised(person.Id, 2, "李明德", "總工程師", "engineering"));
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public void Given_a_manager_of_two_projects_When_transferred_from_one_Then_only_that_assignment_ends()
    {
        var (person, left, kept) = (Manager(), Guid.NewGuid(), Guid.NewGuid());
        var context = Sample.By(Roles.EngineeringHead);
        person.Assign(context, left, "甲", new(2024, 1, 1));
        person.Assign(context, kept, "乙", new(2024, 1, 1));

        person.Transfer(context, new(null, "總部", new(2025, 1, 1), [left], "調任")).ShouldBeNull();

        person.Manages(left, new(2024, 12, 31)).ShouldBeTrue();
        person.Manages(left, new(2025, 1, 1)).ShouldBeFalse();
        person.Manages(kept, new(2025, 1, 1)).ShouldBeTrue();
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public void Given_an_assignment_When_transferred_before_it_or_from_elsewhere_Then_refused()
    {
        var (person, project) = (Manager(), Guid.NewGuid());
        var context = Sample.By(Roles.EngineeringHead);
        person.Assign(context, project, "甲", new(2024, 1, 1));

        string? Transfer(DateOnly on, params Guid[] leaves) =>
            person.Transfer(context, new(null, "總部", on, leaves.Length == 0 ? null : leaves, "r"))?.Code;

        Transfer(new(2023, 12, 31)).ShouldBe("transfer-before-assignment");
        Transfer(new(2025, 1, 1), Guid.NewGuid()).ShouldBe("not-assigned-there");
        person
            .Leave(context, project, new(2023, 12, 31), "r")
            .ShouldNotBeNull()
            .Code.ShouldBe("transfer-before-assignment");
        person.Transfer(Sample.By(Roles.Qc), new(null, "x", new(2025, 1, 1), null, "r"))!.Code.ShouldBe("role-missing");
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public void Given_neighbours_When_a_leader_is_proposed_Then_only_live_managers_inside_the_radius_are_near()
    {
        var project = Sample.Project();
        Neighbour At(double latitude, bool managing = true) =>
            new(
                Guid.CreateVersion7(),
                "鄰",
                new GeoPoint(latitude, 121.4737),
                new PersonRef(Guid.CreateVersion7(), "甲"),
                managing
            );
        var (near, nearer, gone, far) = (At(31.5), At(31.4), At(31.25, managing: false), At(32.3));

        var proposal = RepairLeaders.Propose(project, originalIsThere: false, [near, nearer, gone, far], radiusKm: 50);

        proposal.Proposed.ProjectId.ShouldBe(nearer.ProjectId);
        proposal.Alternatives.Select(a => a.ProjectId).ShouldBe([near.ProjectId, null]);
        RepairLeaders
            .Propose(project, false, [near, nearer], radiusKm: 0)
            .Proposed.Basis.ShouldBe(LeaderCandidate.SpecialDispatch);
        RepairLeaders
            .Propose(project, true, [nearer], radiusKm: 50)
            .Proposed.Basis.ShouldBe(LeaderCandidate.OriginalManager);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public void Given_a_feed_When_revoked_Then_it_offers_nothing_more()
    {
        var feed = CalendarFeed.Create(Sample.By(Roles.Production), null, "production", "hash").Required();
        feed.AllowedActions(Sample.By(Roles.Production)).ShouldBe(["revoke"]);

        feed.Revoke(Sample.By(Roles.Production)).ShouldBeNull();

        feed.State.ShouldBe(CalendarFeedState.Revoked);
        feed.AllowedActions(Sample.By(Roles.Production)).ShouldBeEmpty();
        CalendarFeed.Create(Sample.By(Roles.Customer), null, "x", "h").Refusal!.Code.ShouldBe("role-missing");
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public void Given_a_feed_When_the_account_of_its_maker_ends_Then_it_offers_nothing_more()
    {
        var feed = CalendarFeed.Create(Sample.By(Roles.Production), null, "production", "hash").Required();

        feed.EndWithAccount(A.Context(Someone.System("projects"), Sample.Today));
        feed.EndWithAccount(A.Context(Someone.System("projects"), Sample.Today));

        feed.State.ShouldBe(CalendarFeedState.Revoked);
        feed.PendingEntries.Select(e => e.Action).ShouldBe(["create", "end-with-account"]);
    }

    [Theory, Trait("Rule", "P3.3"), Trait("Rule", "C8")]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("FFD8FF", "image/jpeg")]
    [InlineData("25504446 2D", "application/pdf")]
    [InlineData("52494646000000005745425056", "image/webp")]
    [InlineData("524946460000000041564920", null)]
    [InlineData("3C68746D6C3E", null)]
    public void Given_the_first_bytes_of_a_file_When_looked_at_Then_they_tell_its_kind(string hex, string? kind) =>
        FileKinds.Of(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).ShouldBe(kind);

    private static Person Manager() =>
        Person
            .Register(Sample.By(Roles.Engineering), new("李明", "項目經理", null, null, null, null), [], null)
            .Required();

    private static OrganisationDetails Details(OrganisationKind kind) =>
        new("濱江置業", kind, null, null, [Sample.Contact]);
}
