using CustomerService.Complaints.Domain;

namespace CustomerService.Complaints.Tests;

public sealed class ActionDeadlineTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    [Trait("Rule", "C5.6.2")]
    public void Late_is_what_is_due_before_today_and_not_executed()
    {
        foreach (var state in Enum.GetValues<CorrectiveActionState>())
        {
            var executed = state is CorrectiveActionState.Verification or CorrectiveActionState.Closed;
            ActionDeadline.IsOverdue(state, Today.AddDays(-1), Today).ShouldBe(!executed, state.ToString());
            ActionDeadline.IsOverdue(state, Today, Today).ShouldBeFalse(state.ToString());
            ActionDeadline.IsOverdue(state, null, Today).ShouldBeFalse(state.ToString());
        }
    }
}
