using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>A customer's link to an answer.</summary>
public sealed class AnswerLinkTests
{
    private static readonly CommandContext Desk = A.Context(Someone.InCustomerService());

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_link_When_its_holder_confirms_Then_the_customer_confirmed_and_it_is_used_once()
    {
        var complaint = A.Complaint().At(ComplaintState.Answered);
        var link = Made(complaint);
        var holder = A.Context(link.Holder);

        link.Use(holder, complaint, LinkOutcome.Confirmed, () => complaint.Confirm(holder, null, "好")).ShouldBeNull();

        (complaint.State, complaint.Confirmation!.Signature.PrintedName, link.Outcome).ShouldBe(
            (ComplaintState.Confirmed, "李經理", LinkOutcome.Confirmed)
        );
        link.Use(holder, complaint, LinkOutcome.Disputed, () => complaint.Object(holder, "不"))
            .Refused("link-used", "C5.6.1");
        complaint.State.ShouldBe(ComplaintState.Confirmed);
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_link_When_disputed_Then_the_complaint_goes_back_to_QC_and_the_link_of_the_next_answer_is_another()
    {
        var complaint = A.Complaint().At(ComplaintState.Answered);
        var (first, second) = (Made(complaint), Made(complaint));
        var holder = A.Context(first.Holder);

        first.Use(holder, complaint, LinkOutcome.Disputed, () => complaint.Object(holder, "仍漏水")).ShouldBeNull();

        (complaint.State, complaint.Objections.Single().Reason).ShouldBe((ComplaintState.WithQc, "仍漏水"));
        second
            .Use(holder, complaint, LinkOutcome.Confirmed, () => complaint.Confirm(holder, null, null))
            .Refused("link-of-earlier-answer", "C5.6.1");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_link_When_revoked_or_expired_Then_it_does_nothing_and_the_complaint_is_unchanged()
    {
        var complaint = A.Complaint().At(ComplaintState.Answered);
        var (revoked, expired) = (Made(complaint), Made(complaint));
        revoked.Revoke(Desk).ShouldBeNull();
        var late = A.Context(expired.Holder, A.Moment.AddDays(31));

        revoked
            .Use(A.Context(revoked.Holder), complaint, LinkOutcome.Confirmed, NotReached)
            .Refused("link-revoked", "C5.6.1");
        expired.Use(late, complaint, LinkOutcome.Confirmed, NotReached).Refused("link-expired", "C5.6.1");
        expired.WhyClosed(expired.ValidThrough).ShouldBeNull("the last day is one of them");
        complaint.State.ShouldBe(ComplaintState.Answered);
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_no_answer_or_no_right_to_answer_When_a_link_is_made_Then_refused()
    {
        var open = A.Complaint().At(ComplaintState.WithQc);
        AnswerLink.Make(Desk, open, "李經理", "x").Failed(out var refusal, out _).ShouldBeTrue();
        refusal.Refused("customer-not-answered", "C5.6.1");
        AnswerLink
            .Make(A.Context(Someone.InQuality()), A.Complaint().At(ComplaintState.Answered), "李經理", "x")
            .Failed(out refusal, out _)
            .ShouldBeTrue();
        refusal.Refused("role-missing", "C5.6.1");
    }

    private static Refusal? NotReached() => throw new InvalidOperationException("A closed link acts.");

    private static AnswerLink Made(Complaint complaint) => AnswerLink.Make(Desk, complaint, "李經理", "x").Required();
}
