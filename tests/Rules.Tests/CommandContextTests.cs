using CustomerService.Testing;
using static CustomerService.Rules.Tests.Build;

namespace CustomerService.Rules.Tests;

public sealed class CommandContextTests
{
    private static readonly DateTimeOffset Now = At("2026-03-10 07:30").AddTicks(1_234_567);

    [Fact]
    public void Given_an_instant_When_a_context_is_made_Then_whole_milliseconds_in_UTC_and_the_zones_date()
    {
        var context = A.Context(Someone.InSales(), Now);

        context.Now.ShouldBe(At("2026-03-10 07:30").AddMilliseconds(123));
        context.Now.Offset.ShouldBe(TimeSpan.Zero);
        context.Today.ShouldBe(Day("2026-03-10"));
    }

    [Fact]
    public void Given_two_versions_When_a_case_is_new_Then_the_one_in_force_and_a_running_case_keeps_its_own()
    {
        var contexts = new CommandContexts(new CompanyClock(new Still()), PolicyCatalogue.BuiltIn);

        contexts.For(Someone.InSales()).Policy.Version.ShouldBe(PolicyCatalogue.BuiltIn.InForceOn(A.Today).Version);
        contexts.For(Someone.InSales(), new Case(1)).Policy.Version.ShouldBe(1);
        Should.Throw<KeyNotFoundException>(() => contexts.For(Someone.InSales(), new Case(99)));
    }

    [Fact]
    public void Given_the_system_When_it_acts_Then_as_itself_with_its_role()
    {
        var contexts = new CommandContexts(new CompanyClock(new Still()), PolicyCatalogue.BuiltIn);

        foreach (var context in new[] { contexts.ForSystem("projects"), contexts.ForSystem("projects", new Case(1)) })
        {
            (context.Actor.Id, context.Actor.Name).ShouldBe(("system:projects", "projects"));
            context.Actor.Has(Roles.System).ShouldBeTrue();
        }
    }

    [Fact]
    public void Given_a_stamp_When_it_is_compared_Then_only_the_person_counts()
    {
        var stamp = Stamp.Of(A.Context(Someone.InQuality("lee"), Now));

        stamp.ShouldBe(new Stamp("lee", "LEE", "quality", At("2026-03-10 07:30").AddMilliseconds(123)));
        stamp.Is(Someone.InSales("lee")).ShouldBeTrue();
        stamp.Is(Someone.InQuality("kim")).ShouldBeFalse();
    }

    [Fact]
    public void Given_a_calendar_When_a_clock_is_asked_for_Then_it_counts_that_calendars_hours_in_the_zone() =>
        A.Context(Roles.Sales)
            .BusinessClock("company")
            .Add(At("2026-03-10 11:30"), TimeSpan.FromHours(1))
            .ShouldBe(At("2026-03-10 14:00"));

    [Fact]
    public void Given_a_result_When_it_is_taken_apart_Then_exactly_one_of_the_two_is_there()
    {
        Result<string> done = "done";
        Result<string> refused = Refusal.ByRule("no-quality-fault", "C5.1.4", ["x"], Roles.Qc);

        done.Failed(out var none, out var value).ShouldBeFalse();
        (none, value, done.Refusal, done.Required()).ShouldBe((null, "done", null, "done"));
        refused.Failed(out var refusal, out var nothing).ShouldBeTrue();
        (refusal!.Code, nothing, refused.Refusal).ShouldBe(("no-quality-fault", null, refusal));
        Should
            .Throw<InvalidOperationException>(refused.Required)
            .Message.ShouldBe("Refused: no-quality-fault (C5.1.4).");
    }

    private sealed record Case(int PolicyVersion) : IUnderPolicy;

    private sealed class Still : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
