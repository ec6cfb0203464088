using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Clocks that say how they were computed.</summary>
public sealed class ClockSpanTests
{
    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_complaint_with_a_pause_When_its_clocks_are_asked_Then_the_spans_add_up_without_gaps()
    {
        var complaint = A.Complaint().On(A.At("2026-03-02 10:00")).At(ComplaintState.WithQc);
        var desk = Someone.InCustomerService();
        complaint.Pause(A.Context(desk, A.At("2026-03-03 10:00")), PauseReason.WaitingForSample, null).ShouldBeNull();
        complaint.Resume(A.Context(desk, A.At("2026-03-04 10:00"))).ShouldBeNull();
        var now = A.Context(desk, A.At("2026-03-05 12:00"));

        var clocks = GetComplaintClocks.Clocks(complaint, now).Clocks;

        var resolution = clocks.Single(clock => clock.Clock == "resolution");
        resolution.Spans[0].From.ShouldBe(complaint.OpenedAt);
        resolution.Spans[^1].To.ShouldBe(now.Now);
        resolution.Spans.Zip(resolution.Spans.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
        resolution
            .Spans.Where(span => span.Kind == "working")
            .Sum(span => (span.To - span.From).TotalHours)
            .ShouldBe(resolution.CountedHours, 0.01);
        resolution.Spans.ShouldContain(span => span.Kind == "paused" && span.Reason == "waiting-for-sample");
        (resolution.DueAt, resolution.EndedAt).ShouldBe((complaint.ResolutionDueAt, null));
        clocks.Single(clock => clock.Clock == "response").InTime.ShouldBe(true);
        clocks.ShouldContain(clock => clock.Clock == "investigation");
    }

    // Worked case 3: 10:00–18:00, Tuesday, 5 March 2019 is a holiday, 6 hours to resolve.
    [Fact]
    [Trait("Rule", "C1")]
    public void Given_case_3_When_the_spans_of_its_clock_are_listed_Then_the_holiday_is_closed_and_four_plus_two_count()
    {
        using var json = new MemoryStream(
            System.Text.Encoding.UTF8.GetBytes(
                """
                { "calendars": [ { "id": "case", "extends": "china", "hours": { "default": ["10:00-18:00"] },
                  "closed": [ { "date": "2019-03-05", "reason": "company holiday" } ] } ] }
                """
            )
        );
        var clock = new BusinessClock(WorkCalendars.BuiltIn.With(json, "case")["case"], A.Zone);
        var from = A.At("2019-03-04 14:00");

        var spans = clock.Spans(from, A.At("2019-03-06 12:00"), []);

        spans
            .Select(span => (span.Kind, span.From, span.To))
            .ShouldBe([
                (ClockSpan.Working, from, A.At("2019-03-04 18:00")),
                (ClockSpan.Closed, A.At("2019-03-04 18:00"), A.At("2019-03-06 10:00")),
                (ClockSpan.Working, A.At("2019-03-06 10:00"), A.At("2019-03-06 12:00")),
            ]);
    }
}
