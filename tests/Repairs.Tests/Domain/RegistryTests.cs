using CustomerService.Contracts.Identity.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Registry;
using CustomerService.Repairs.RepairOrders;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>What the registry announces, kept as copies (S3).</summary>
public sealed class RegistryTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_an_organisation_When_announced_Then_kept_as_it_is_called_and_compared_by_its_folded_code()
    {
        var copy = new OrganisationCopy { Id = Id };

        copy.Apply(new OrganisationRegistered(Id, 1, "固安", "contractor-own", "ＧＡ-1", "路", "王", "021"))
            .ShouldBeTrue();

        (copy.Name, copy.Kind, copy.Address).ShouldBe(("固安", OrganisationKind.ContractorOwn, "路"));
        (copy.Contact, copy.Phone, copy.Code, copy.CodeKey).ShouldBe(("王", "021", "ＧＡ-1", "ga-1"));
        copy.Apply(new OrganisationRevised(Id, 2, "固安防水", "contractor-own", null, null, null, null)).ShouldBeTrue();
        (copy.Name, copy.Code, copy.CodeKey, copy.Contact, copy.Version).ShouldBe(("固安防水", null, null, null, 2));
    }

    [Theory]
    [Trait("Rule", "S3")]
    [InlineData(4)]
    [InlineData(5)]
    public void Given_a_version_When_an_older_or_the_same_one_comes_late_Then_nothing_changes(long late)
    {
        var organisation = new OrganisationCopy { Id = Id };
        var project = new ProjectCopy { Id = Id };
        var person = new PersonCopy { Id = Id };
        var department = new DepartmentCopy { Id = Id };
        organisation.Apply(new OrganisationRevised(Id, 5, "新", "owner", null, null, null, null)).ShouldBeTrue();
        project.Apply(Project(5, "新")).ShouldBeTrue();
        person.Apply(new PersonRevised(Id, 5, "新", "manager", null)).ShouldBeTrue();
        department.Apply(Department(5, "quality")).ShouldBeTrue();

        organisation.Apply(new OrganisationRegistered(Id, late, "舊", "owner", null, null, null, null)).ShouldBeFalse();
        project.Apply(Project(late, "舊")).ShouldBeFalse();
        person.Apply(new PersonRegistered(Id, late, "舊", "manager", null)).ShouldBeFalse();
        department.Apply(Department(late, "old")).ShouldBeFalse();

        (organisation.Name, project.Name, person.Name, department.Code).ShouldBe(("新", "新", "新", "quality"));
        (organisation.Version, project.Version, person.Version, department.Version).ShouldBe((5, 5, 5, 5));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_kind_that_is_none_When_announced_Then_not_taken_for_another()
    {
        var copy = new OrganisationCopy { Id = Id };

        Should.Throw<InvalidOperationException>(() =>
            copy.Apply(new OrganisationRegistered(Id, 1, "x", "club", null, null, null, null))
        );

        copy.Version.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_project_When_withdrawn_before_or_after_it_is_heard_of_Then_nothing_is_opened_on_it()
    {
        var first = new ProjectCopy { Id = Id };
        first.Withdraw();
        first.Apply(Project(7, "城東")).ShouldBeTrue();
        var last = new ProjectCopy { Id = Id };
        last.Apply(Project(7, "城東")).ShouldBeTrue();
        last.Withdraw();

        foreach (var project in new[] { first, last })
        {
            var refusal = RegistryLookup.Live(project).Refusal.ShouldNotBeNull();
            (refusal.Code, refusal.Rule, refusal.Kind).ShouldBe(("project-withdrawn", "S3", RefusalKind.Invalid));
        }
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_what_the_registry_does_not_know_When_looked_for_Then_the_refusal_says_who_enters_it()
    {
        var refusal = RegistryLookup
            .Known<OrganisationCopy>(null, "organisation", RegistryLookup.OrganisationWriters)
            .Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Rule, refusal.Kind).ShouldBe(("organisation-unknown", "S3", RefusalKind.Invalid));
        refusal.Missing.ShouldBe(["organisation"]);
        refusal.SuppliedBy.ShouldBe(RegistryLookup.OrganisationWriters);
    }

    [Theory]
    [Trait("Rule", "S3")]
    [InlineData("organisation")]
    [InlineData("project")]
    [InlineData("person")]
    [InlineData("department")]
    public void Given_a_refusal_When_read_Then_in_three_languages(string what)
    {
        var texts = new Texts([RegistryTexts.Manager]);
        foreach (var key in new[] { $"{what}-unknown", $"missing.{what}", "project-withdrawn" })
        {
            Texts
                .Languages.Select(language =>
                    texts.Find(key, culture: System.Globalization.CultureInfo.GetCultureInfo(language))
                )
                .Distinct()
                .Count(text => text is not null)
                .ShouldBe(3, key);
        }
    }

    [Theory]
    [Trait("Rule", "S3")]
    [InlineData("en", "Quality")]
    [InlineData("zh-Hant", "質量部")]
    [InlineData("zh-Hans", "质量部")]
    public void Given_a_department_When_read_Then_named_in_the_readers_language(string language, string name)
    {
        var copy = new DepartmentCopy { Id = Id };
        copy.Apply(Department(1, "quality"));

        copy.NameIn(System.Globalization.CultureInfo.GetCultureInfo(language)).ShouldBe(name);
        (copy.HeadName, copy.DeputyName, copy.Language, copy.Calendar, copy.Active).ShouldBe(
            ("邱美玲", "何曉峰", "zh-Hant", "china", true)
        );
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_project_and_its_owner_When_an_order_names_them_Then_the_owner_by_their_own_announcement()
    {
        var project = new ProjectCopy { Id = Id };
        project.Apply(Project(1, "城東"));
        var owner = new OrganisationCopy { Id = Parties.Owner };
        owner.Apply(new OrganisationRevised(Parties.Owner, 3, "業主委員會", "owner", null, null, "李", "022"));

        RegisteredNames
            .Of(project, owner)
            .ShouldBe(new ProjectRef(Id, "城東", "HT-9", Parties.Owner, "業主委員會", "李", "022"));
        RegisteredNames
            .Of(project, null)
            .ShouldBe(new ProjectRef(Id, "城東", "HT-9", Parties.Owner, "業主", null, null));
    }

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [InlineData("subcontractor", UnitKind.Subcontractor)]
    [InlineData("contractor-own", UnitKind.Own)]
    [InlineData("owner", UnitKind.Other)]
    [InlineData("customer", UnitKind.Other)]
    public void Given_an_organisation_When_it_is_to_repair_Then_its_kind_says_whether_it_can(string kind, object unit)
    {
        var copy = new OrganisationCopy { Id = Id };
        copy.Apply(new OrganisationRegistered(Id, 1, "固安", kind, null, null, null, null));

        RegisteredNames.Unit(copy).ShouldBe(new RepairUnit(Id, "固安", (UnitKind)unit));
    }

    private static ProjectRevised Project(long version, string name) =>
        new(Id, version, "HT-9", name, Parties.Owner, "業主", "beijing", 1000m, "frame");

    private static DepartmentChanged Department(long version, string code) =>
        new(
            Id,
            version,
            code,
            "Quality",
            "質量部",
            "质量部",
            Guid.CreateVersion7(),
            "邱美玲",
            Guid.CreateVersion7(),
            "何曉峰",
            "zh-Hant",
            "china",
            true
        );
}
