using CustomerService.Contracts.Identity.V1;
using CustomerService.Identity.Departments.Domain;
using CustomerService.Identity.Users.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Gateway.Tests;

/// <summary>The rules of accounts and departments, without a store.</summary>
public sealed class AccountTests
{
    private static readonly CommandContext Context = A.Context(Roles.Administrator);

    [Theory]
    [InlineData("lin.yating")]
    [InlineData("root-admin")]
    [InlineData("Müller_2")]
    [InlineData("林雅婷")]
    [InlineData("林yating")]
    [InlineData("ＬＩＮ")]
    [InlineData("a")]
    public void Given_letters_and_digits_When_a_name_is_checked_Then_it_is_taken(string name) =>
        UserNames.Check(name).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("аdmin", "Cyrillic a")]
    [InlineData("adm\u0131n", "dotless i")]
    [InlineData("αlpha", "Greek")]
    [InlineData("ad\u200bmin", "zero width space")]
    [InlineData("ad\u202emin", "right to left")]
    [InlineData("<b>admin</b>")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData(".admin")]
    [InlineData("admin-")]
    [InlineData("bell\a")]
    [InlineData("half\ud800")]
    [InlineData("\ufdfa", "one character that is eighteen")]
    public void Given_what_looks_like_another_or_cannot_be_seen_When_a_name_is_checked_Then_it_is_refused(
        string name,
        string? what = null
    ) => (UserNames.Check(name)?.Code).ShouldBe("user-name-form", what);

    [Theory]
    [InlineData("Admin", "admin")]
    [InlineData("ＡＤＭＩＮ", "admin")]
    [InlineData("陳", "陈")]
    [InlineData("ad\u200bmin", "admin")]
    public void Given_two_spellings_of_a_name_When_they_are_folded_Then_they_are_one(string one, string other) =>
        UserNames.Fold(one).ShouldBe(UserNames.Fold(other));

    [Theory]
    [InlineData("short", "password-too-short")]
    [InlineData("password12", "password-common")]
    [InlineData("P@ssw0rd12", "password-common")]
    [InlineData("Welcome2026!", "password-common")]
    [InlineData("qwertyuiop12", "password-common")]
    [InlineData("20261129001", "password-too-simple")]
    [InlineData("abcabcabcabc", "password-too-simple")]
    [InlineData("aaaaaaaaab", "password-too-simple")]
    [InlineData("xiaolinlin-x", "password-has-user-name")]
    [InlineData("ＸiaoLinLin-x", "password-has-user-name")]
    [InlineData("correct horse battery", null)]
    [InlineData("a password of some length", null)]
    [InlineData("demo-k3v9-x2qd", null)]
    public void Given_a_password_When_it_is_easily_guessed_Then_it_is_refused(string password, string? code) =>
        (Passwords.Check("xiaolin", password, 10)?.Code).ShouldBe(code);

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_regional_salesperson_When_no_region_is_named_Then_it_is_refused()
    {
        UserRules.Check(new([Roles.RegionalSales], null, null, []))!.Code.ShouldBe("regions-missing");
        UserRules.Check(new([Roles.RegionalSales], null, null, ["north"])).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_another_role_When_a_region_is_named_Then_it_is_refused() =>
        UserRules.Check(new([Roles.Sales], null, null, ["north"]))!.Code.ShouldBe("regions-without-role");

    [Theory]
    [InlineData("North")]
    [InlineData("a b")]
    [InlineData("north\n")]
    [InlineData("")]
    public void Given_a_region_When_it_is_no_code_Then_it_is_refused(string region) =>
        UserRules.Check(new([Roles.RegionalSales], null, null, [region]))!.Code.ShouldBe("region-form");

    [Fact]
    public void Given_a_head_of_department_When_no_department_is_named_Then_it_is_refused()
    {
        UserRules.Check(new([Roles.DepartmentHead], null, null, []))!.Code.ShouldBe("head-without-department");
        UserRules.Check(new([Roles.DepartmentHead], "qa", null, [])).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_an_account_When_its_roles_change_Then_tokens_up_to_this_second_are_withdrawn_and_it_is_announced()
    {
        var user = Person();

        user.Assign(Context, new([Roles.Finance], "qa", null, []), "moves").ShouldBeNull();

        var said = user.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<UserChanged>();
        said.Roles.ShouldBe([Roles.Finance]);
        said.Version.ShouldBe(user.Version);
        // A token says only in whole seconds when it was issued: one of this second may be from before.
        said.TokensValidFrom.ShouldBe(A.Moment.ToUniversalTime().AddSeconds(1));
    }

    [Fact]
    public void Given_withdrawn_tokens_When_the_clock_went_back_Then_the_instant_does_not()
    {
        var user = Person();
        user.Deactivate(Context, null);
        var before = user.TokensValidFrom;

        user.Activate(A.Context(Roles.Administrator, A.Moment.AddHours(-1)), null);
        user.Assign(A.Context(Roles.Administrator, A.Moment.AddHours(-1)), new([Roles.Qc], "qa", null, []), null);

        user.TokensValidFrom.ShouldBe(before);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_the_way_back_in_When_three_things_change_Then_they_are_announced_once()
    {
        var user = Person();
        user.Deactivate(Context, null);
        user.MarkSaved();

        user.Restore(Context, new([Roles.Administrator], null, null, []), "hash", "bootstrap");

        user.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<UserChanged>().Active.ShouldBeTrue();
        user.PendingEntries.Select(e => e.Action).ShouldBe(["assign", "activate", "reset-password"]);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_department_When_head_and_deputy_are_named_Then_it_announces_them()
    {
        var (department, head, deputy) = (Quality(), Person("Head"), Person("Deputy"));

        department.Change(Context, Terms, head, deputy, active: true).ShouldBeNull();

        var said = department.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<DepartmentChanged>();
        (said.HeadId, said.HeadName, said.DeputyId, said.DeputyName).ShouldBe((head.Id, "Head", deputy.Id, "Deputy"));
        (said.Language, said.Calendar).ShouldBe(("zh-Hant", "company"));
    }

    [Fact]
    public void Given_a_department_When_its_head_is_of_another_or_inactive_Then_it_is_refused()
    {
        var stranger = Person(department: "sales");
        var gone = Person();
        gone.Deactivate(Context, null);

        Quality().Change(Context, Terms, stranger, null, true)!.Code.ShouldBe("holder-not-of-department");
        Quality().Change(Context, Terms, null, gone, true)!.Code.ShouldBe("holder-not-of-department");
    }

    [Fact]
    public void Given_a_department_When_one_person_is_head_and_deputy_Then_it_is_refused()
    {
        var person = Person();

        Quality().Change(Context, Terms, person, person, true)!.Code.ShouldBe("deputy-is-head");
    }

    [Theory]
    [InlineData("fr", "company", "language-unknown")]
    [InlineData("en", "moon", "calendar-unknown")]
    public void Given_a_department_When_language_or_calendar_is_unknown_Then_it_is_refused(
        string language,
        string calendar,
        string code
    )
    {
        var department = Quality();

        var refusal = department.Change(
            Context,
            Terms with
            {
                Language = language,
                Calendar = calendar,
            },
            null,
            null,
            true
        );

        refusal!.Code.ShouldBe(code);
        department.PendingEvents.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_head_When_they_leave_or_are_renamed_Then_the_department_follows()
    {
        var (department, head) = (Quality(), Person("Head"));
        department.Change(Context, Terms, head, null, true);
        department.MarkSaved();

        department.Rename(Context, new(head.Id, "Another name"));
        department.Changed().HeadName.ShouldBe("Another name");
        department.Vacate(Context, head.Id);

        department.Changed().HeadId.ShouldBeNull();
        department.PendingEvents.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Given_a_withdrawal_When_a_token_is_from_before_Then_it_is_outdated(int seconds, bool outdated)
    {
        var withdrawn = new WithdrawnTokens();
        withdrawn.Note(new("lin", A.Moment));

        withdrawn.IsOutdated("lin", A.Moment.AddSeconds(seconds)).ShouldBe(outdated);
        withdrawn.IsOutdated("xu", A.Moment.AddSeconds(seconds)).ShouldBeFalse();
    }

    [Fact]
    public void Given_a_withdrawal_When_an_older_one_comes_late_Then_nothing_changes()
    {
        var withdrawn = new WithdrawnTokens();
        withdrawn.Note(new("lin", A.Moment));
        withdrawn.Note(new("lin", A.Moment.AddHours(-1)));

        withdrawn.IsOutdated("lin", A.Moment.AddSeconds(-1)).ShouldBeTrue();
    }

    [Fact]
    public void Given_withdrawals_When_all_tokens_from_before_have_expired_Then_they_are_forgotten()
    {
        var withdrawn = new WithdrawnTokens();
        withdrawn.Note(new("lin", A.Moment));
        withdrawn.Note(new("xu", A.Moment.AddHours(2)));

        withdrawn.Forget(A.Moment.AddHours(1));

        withdrawn.IsOutdated("lin", A.Moment.AddSeconds(-1)).ShouldBeFalse();
        withdrawn.IsOutdated("xu", A.Moment).ShouldBeTrue();
    }

    private static DepartmentTerms Terms => new(new("Quality", "品管部", "品管部"), "zh-Hant", "company");

    private static Department Quality()
    {
        var department = Department.Create(Context, "qa", Terms).Required();
        department.MarkSaved();
        return department;
    }

    private static User Person(string name = "王小明", string department = "qa")
    {
        var user = User.Create(Context, "wang", name, null, new([Roles.Qc], department, null, []));
        user.MarkSaved();
        return user;
    }
}
