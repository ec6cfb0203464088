using CustomerService.Complaints.Meetings.Forms;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>What stands on the minutes of a meeting of the department heads.</summary>
public sealed class MinutesFormTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    private static Dictionary<string, string> Departments { get; } =
        new() { ["quality"] = "品質部", ["sales"] = "業務部" };

    private static string?[] Values(FormDocument form, string key) =>
        [
            .. form
                .Sections.SelectMany(section => section.Rows)
                .SelectMany(row => row.Cells)
                .SelectMany(cell => cell.SignedBy.Prepend(cell))
                .Where(cell => cell.Key == key)
                .Select(cell => cell.Value),
        ];

    [Theory]
    [InlineData("zh-Hant", "部門負責人會議紀要", "原因不明", "委派代表")]
    [InlineData("zh-Hans", "部门负责人会议纪要", "原因不明", "委派代表")]
    [InlineData("en", "Minutes of the heads' meeting", "cause unknown", "substitute")]
    [Trait("Rule", "C5.5.1")]
    public void Given_signed_minutes_When_they_are_printed_Then_all_of_the_meeting_stands_on_them(
        string language,
        string title,
        string ground,
        string substitute
    )
    {
        var (_, meeting) = MeetingBuilder.Called();
        var minutes = MeetingBuilder.MinutesBy(Desk);
        meeting.RecordMinutes(Desk, minutes with { Text = "初稿" }).ShouldBeNull();
        meeting.RecordMinutes(Desk, minutes).ShouldBeNull();
        meeting.Sign(A.Context(Someone.SalesManager())).ShouldBeNull();

        var form = MeetingMinutesForm.Fill(
            meeting,
            meeting.CheckMinutes().Required(),
            ["AI-2026-000007"],
            [],
            Departments,
            ComplaintFormTests.In(language)
        );

        (form.Title, form.Number).ShouldBe((title, "HY-2026-000001"));
        form.Sections.ShouldAllBe(section => section.Label!.Length > 0);
        Values(form, "meeting-reasons").ShouldBe([ground]);
        Values(form, "minutes-agenda").ShouldHaveSingleItem()!.ShouldContain($"2. {ground}");
        Values(form, "attendance-department").ShouldBe(["業務部", "品質部"]);
        Values(form, "attendance-presence")[1].ShouldBe(substitute);
        Values(form, "attendance-reason").ShouldBe([null, "主管出差"]);
        Values(form, "minutes-text").ShouldBe(["討論原因"]);
        Values(form, "decision").ShouldBe(["委託第三方檢測"]);
        Values(form, "decision-department").ShouldBe(["品質部"]);
        Values(form, "decision-due").ShouldBe([Spelling.Day(A.Today.AddDays(7))]);
        Values(form, "decision-action").ShouldBe(["AI-2026-000007"]);
        Values(form, "minutes-signed-by").ShouldBe(["HONG"]);
        Values(form, "minutes-corrected").ShouldBe(["1"]);
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_meeting_that_was_not_held_When_its_minutes_are_asked_for_Then_refused()
    {
        var (_, meeting) = MeetingBuilder.Called();

        meeting.CheckMinutes().Refusal.Refused("minutes-not-recorded", "C5.5.1").Missing.ShouldBe(["minutes"]);
    }
}
