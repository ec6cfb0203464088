using CustomerService.Contracts.Repairs.V1;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Records.Tests;

public sealed class RetentionTests
{
    private static readonly Actor Eraser = Someone.With("archivist", "office", Roles.Administrator);
    private static readonly ErasedContent Content = new(new string('a', 64), 12, [new("b", [])], [], []);

    [Theory]
    [InlineData("2023-03-10", null, "2026-03-10", false)]
    [InlineData("2023-03-09", null, "2026-03-09", true)]
    [InlineData("2023-02-28", "2026-03-10", "2026-03-10", false)]
    [InlineData("2020-02-29", null, "2023-02-28", true)]
    [Trait("Rule", "C8")]
    public void Given_a_closed_record_When_its_day_is_over_Then_it_may_go_and_not_before(
        string closed,
        string? warranty,
        string through,
        bool may
    )
    {
        var entry = Closed(closed, warranty);

        entry.KeepThrough.ShouldBe(A.Day(through));
        var refusal = entry.CheckErase(A.Context(Eraser));
        (refusal?.Code, refusal?.Rule).ShouldBe(may ? (null, null) : ("retention-not-over", "C8"));
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_an_open_record_When_it_is_erased_Then_refused()
    {
        var entry = New();
        entry.Look(A.Context(Someone.System()), Facts(null), null);

        var refusal = entry.Erase(A.Context(Eraser), "x", Content, TimeSpan.Zero).ShouldNotBeNull();

        (refusal.Code, refusal.Rule, entry.State).ShouldBe(("case-still-open", "C8", RetentionState.Open));
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_a_hold_When_the_day_is_over_Then_it_stays_until_the_release()
    {
        var entry = Closed("2020-01-01");
        var holder = A.Context(Someone.ManagementRepresentative());

        entry.Put(holder, null, "訴訟").ShouldBeNull();

        var refusal = entry.Erase(A.Context(Eraser), "x", Content, TimeSpan.Zero).ShouldNotBeNull();
        (refusal.Code, refusal.Rule, entry.State).ShouldBe(("record-held", "C8", RetentionState.Held));
        refusal.SuppliedBy.ShouldContain(Roles.ManagementRepresentative);
        entry.KeepThrough.ShouldBe(DateOnly.MaxValue);
        entry.Release(holder, "判決").ShouldBeNull();
        (entry.State, entry.KeepThrough).ShouldBe((RetentionState.Kept, A.Day("2023-01-01")));
        entry.CheckErase(A.Context(Eraser)).ShouldBeNull();
        entry.Release(holder, "再次").ShouldNotBeNull().Code.ShouldBe("record-not-held");
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_a_hold_with_a_last_day_When_it_is_past_Then_it_holds_no_longer()
    {
        var entry = Closed("2020-01-01");
        var holder = A.Context(Someone.ManagementRepresentative());
        entry.Put(holder, A.Today.AddDays(-1), "x").ShouldNotBeNull().Code.ShouldBe("hold-ended");

        entry.Put(holder, A.Today, "x").ShouldBeNull();

        entry.CheckErase(A.Context(Eraser)).ShouldNotBeNull().Code.ShouldBe("record-held");
        entry.CheckErase(A.Context(Eraser, A.Today.AddDays(1))).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_a_department_asks_for_more_When_the_years_are_over_Then_it_stays()
    {
        var entry = Closed("2020-01-01");
        var head = Someone.HeadOf("production");

        entry.KeepLonger(A.Context(head), A.Day("2030-12-31"), "參考").ShouldBeNull();

        entry.KeepThrough.ShouldBe(A.Day("2030-12-31"));
        entry.CheckErase(A.Context(Eraser)).ShouldNotBeNull().Code.ShouldBe("retention-not-over");
        var other = A.Context(Someone.HeadOf("sales"));
        entry.KeepLonger(other, A.Today, "x").ShouldNotBeNull().Code.ShouldBe("other-department-asked");
        entry.KeepLonger(other, A.Day("2031-12-31"), "x").ShouldBeNull();
        entry
            .KeepLonger(A.Context(Someone.With("x", null, Roles.DepartmentHead)), A.Today, "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("department-missing");
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_a_policy_of_a_department_or_one_in_force_since_When_longer_Then_the_longer_counts()
    {
        var longer = A.Policy with
        {
            Retention = A.Policy.Retention with { DepartmentYears = new Dictionary<string, int> { ["finance"] = 10 } },
        };
        var entry = New();

        entry.Look(
            A.Context(Someone.System()),
            new("X-1", A.Day("2020-01-01"), null, "finance", [A.Policy, longer]),
            A.Moment
        );

        entry.KeepThrough.ShouldBe(A.Day("2030-01-01"));
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_a_closed_record_When_it_is_reopened_Then_it_has_no_day_and_closing_again_counts_anew()
    {
        var entry = Closed("2020-01-01");
        var system = A.Context(Someone.System());

        entry.Look(system, Facts(null), null).ShouldBeTrue();
        (entry.State, entry.KeepThrough).ShouldBe((RetentionState.Open, null));
        entry.Look(system, Facts(null), null).ShouldBeFalse();
        entry.Look(system, Facts("2026-03-10"), A.Moment).ShouldBeTrue();

        entry.KeepThrough.ShouldBe(A.Day("2029-03-10"));
        entry.PendingEntries.Select(e => e.Action).ShouldBe(["close", "reopen", "close"]);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_what_is_due_When_it_is_erased_Then_the_chain_has_who_why_and_the_hash_and_nothing_follows()
    {
        var entry = Closed("2020-01-01");

        entry.Erase(A.Context(Eraser), "保存期滿", Content, TimeSpan.FromDays(7)).ShouldBeNull();

        entry.State.ShouldBe(RetentionState.Erased);
        entry
            .PendingEntries.Select(e => (e.Action, e.ActorName, e.Why))
            .TakeLast(2)
            .ShouldBe([("erase", "ARCHIVIST", "保存期滿"), ("prove", "ARCHIVIST", Content.Sha256)]);
        entry.BlobsDueAt.ShouldBe(A.Moment.AddDays(7));
        var told = entry.PendingEvents.OfType<RepairsRecordErased>().Single();
        (told.Record.Number, told.Record.Sha256).ShouldBe(("X-1", Content.Sha256));
        entry.Erase(A.Context(Eraser), "x", Content, default).ShouldNotBeNull().Code.ShouldBe("record-erased");
        entry
            .Put(A.Context(Someone.ManagementRepresentative()), null, "x")
            .ShouldNotBeNull()
            .Code.ShouldBe("record-erased");
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_a_command_that_looks_first_When_it_holds_Then_one_event_says_all()
    {
        var entry = New();
        entry.Look(A.Context(Someone.ManagementRepresentative()), Facts(null), null, announce: false);
        entry.Put(A.Context(Someone.ManagementRepresentative()), null, "x").ShouldBeNull();

        var told = entry.PendingEvents.OfType<RepairsRecordKept>().Single();

        (told.Version, told.Record.Held).ShouldBe((1, true));
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_people_without_the_role_When_they_hold_or_erase_Then_refused_and_nothing_changes()
    {
        var entry = Closed("2020-01-01");
        var before = entry.Version;
        foreach (var role in Roles.All.Except(RetentionEntry.Holders))
        {
            entry.Put(A.Context(role), null, "x").ShouldNotBeNull().Code.ShouldBe("role-missing", role);
        }

        foreach (var role in Roles.All.Except(RetentionEntry.Erasers))
        {
            entry.CheckErase(A.Context(role)).ShouldNotBeNull().Code.ShouldBe("role-missing", role);
        }

        (entry.Version, entry.State).ShouldBe((before, RetentionState.Kept));
    }

    [Fact]
    [Trait("Rule", "C8")]
    public void Given_the_same_rows_When_they_are_read_in_another_order_Then_one_hash_and_another_row_another()
    {
        static string Hash(params (string Key, string Content)[] rows)
        {
            var all = new ErasedRows();
            foreach (var (key, content) in rows)
            {
                all.Add("t", key, content);
            }

            return all.Sha256();
        }

        Hash(("a", "1"), ("b", "2")).ShouldBe(Hash(("b", "2"), ("a", "1")));
        Hash(("a", "1"), ("b", "2")).ShouldNotBe(Hash(("a", "12"), ("b", "")));
        Hash(("a", "1")).ShouldNotBe(Hash(("a", "1"), ("b", "")));
    }

    private static RetentionEntry New() =>
        RetentionEntry.Of(A.Context(Someone.System()), "repairs", "repair-order", Guid.CreateVersion7());

    private static RetentionEntry Closed(string day, string? warranty = null)
    {
        var entry = New();
        entry.Look(A.Context(Someone.System()), Facts(day, warranty), A.Moment).ShouldBeTrue();
        return entry;
    }

    private static KeepingFacts Facts(string? closed, string? warranty = null) =>
        new("X-1", Day(closed), Day(warranty), null, [A.Policy]);

    private static DateOnly? Day(string? date) => date is null ? null : A.Day(date);
}
