using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>What is told of visits in vain, pauses and lessons, so that it can be counted (P3.2.1, P3.2.2, P2.2.3).</summary>
public sealed class FieldEventTests
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_nobody_there_When_told_Then_the_attempt_and_its_pause_are_announced_with_their_numbers()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        var at = A.Moment.AddHours(2);
        order.Attempt(A.Context(Parties.UnitMan, at), "敲門無人應", null).ShouldBeNull();
        order.Resume(A.Context(Parties.UnitMan, at.AddHours(1))).ShouldBeNull();
        order.Attempt(A.Context(Parties.UnitMan, at.AddHours(2)), "又無人", null).ShouldBeNull();

        var tried = order.PendingEvents.OfType<RepairOrderAttempted>().ToList();

        tried.Select(e => (e.Attempts, e.AttemptedAt)).ShouldBe([(1, at), (2, at.AddHours(2))]);
        tried[0].RepairUnitId.ShouldBe(Parties.Subcontractor);
        order
            .PendingEvents.OfType<RepairOrderPaused>()
            .Select(e => (e.Pauses, e.Reason))
            .ShouldBe([(1, "no-access"), (2, "no-access")]);
    }

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void Given_pauses_When_they_end_Then_announced_with_all_seconds_by_then()
    {
        var order = A.RepairOrder().At(RepairOrderState.Briefed);
        Take(0, context => order.Pause(context, RepairPauseReason.Weather, null));
        Take(3, context => order.Resume(context));
        Take(5, context => order.Pause(context, RepairPauseReason.Material, null));
        Take(6, context => order.Start(context));

        order
            .PendingEvents.OfType<RepairOrderResumed>()
            .Select(e => (e.Reason, e.PausedSeconds))
            .ShouldBe([("weather", 3 * 3600L), ("material", 4 * 3600L)]);

        static void Take(int hours, Func<CommandContext, Refusal?> step) =>
            step(A.Context(Parties.UnitMan, A.Moment.AddHours(hours))).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P2.2.3")]
    public void Given_lessons_When_drawn_Then_announced_with_liability_and_cause()
    {
        var order = A.RepairOrder().At(RepairOrderState.Approved);

        order.DrawLessons(A.Context(Someone.InEngineering()), A.Lessons(), FaultCounts.None).ShouldBeNull();

        var drawn = order.PendingEvents.OfType<RepairLessonsDrawn>().Single();
        (drawn.Liability, drawn.CauseCode, drawn.Systemic, drawn.Lesson).ShouldBe(
            ("subcontractor", "jointing", false, "未驗收")
        );
    }
}
