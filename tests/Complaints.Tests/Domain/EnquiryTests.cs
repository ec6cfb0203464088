using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using static CustomerService.Complaints.Enquiries.Domain.EnquiryState;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Technical enquiries about products.</summary>
public sealed class EnquiryTests
{
    private static CommandContext Desk => A.Context(Someone.InCustomerService());

    [Fact]
    public void The_flow_of_an_enquiry_is_sound() =>
        FlowChecks.Problems(EnquiryFlow.Table, ComplaintsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_an_enquiry() =>
        new FlowWalk<Enquiry, EnquiryState, EnquiryAction>(EnquiryFlow.Table)
            .Start(
                EnquiryAction.Register,
                move =>
                    Enquiry.Register(move.Context, "ZX-2026-000001", Intake(move.OneIn(3) ? null : Records.CustomerId))
            )
            .On(EnquiryAction.Answer, (e, move) => e.Answer(move.Context, "so", null))
            .On(EnquiryAction.AskFurther, (e, move) => e.AskFurther(move.Context, "and?"))
            .On(EnquiryAction.Close, (e, move) => e.Close(move.Context))
            .On(EnquiryAction.BecomeComplaint, (e, move) => e.BecomeComplaint(move.Context, A.Complaint().Build()))
            .On(EnquiryAction.BecomeRma, (e, move) => e.BecomeRma(move.Context, null))
            .Run(walks: 200);

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public void Given_an_enquiry_When_answered_Then_question_and_answer_are_kept_and_told_and_asking_further_goes_on()
    {
        var enquiry = Enquiry.Register(Desk, "ZX-2026-000001", Intake(Records.CustomerId)).Required();

        enquiry.Answer(Desk, "最多 12 台", "KB-2026-000001").ShouldBeNull();

        var told = enquiry.Event<EnquiryAnswered>();
        (told.Answer, told.InTime, told.CustomerId).ShouldBe(("最多 12 台", true, Records.CustomerId));
        enquiry.AskFurther(Desk, "並聯呢?").ShouldBeNull();
        (enquiry.State, enquiry.Exchanges.Count, enquiry.Exchanges[0].Answer).ShouldBe(
            (EnquiryState.Registered, 2, "最多 12 台")
        );
        enquiry.Answer(Desk, "可以", null).ShouldBeNull();
        enquiry.Close(Desk).ShouldBeNull();
        enquiry.ClosedOn.ShouldBe(A.Today);
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public void Given_an_enquiry_that_is_a_complaint_When_converted_Then_it_names_it_and_ends()
    {
        var enquiry = Enquiry.Register(Desk, "ZX-2026-000001", Intake(Records.CustomerId)).Required();
        var complaint = A.Complaint().Build();

        enquiry.BecomeComplaint(Desk, complaint).ShouldBeNull();

        (enquiry.State, enquiry.Became, enquiry.BecameId, enquiry.BecameNumber).ShouldBe(
            (Converted, "complaint", complaint.Id, complaint.Number)
        );
        enquiry.Event<EnquiryConverted>().Became.ShouldBe("complaint");
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    public void Given_an_enquirer_whom_nobody_knows_When_it_is_to_become_an_RMA_Then_refused()
    {
        var enquiry = Enquiry.Register(Desk, "ZX-2026-000001", Intake(null)).Required();

        enquiry.BecomeRma(Desk, null).Refused("enquirer-unknown", "C3.1.5").Missing.ShouldBe(["customer-id"]);
    }

    [Fact]
    [Trait("Rule", "C3.1.5")]
    [Trait("Rule", "S3")]
    public void Given_a_customer_When_they_ask_Then_it_is_their_own_organisations_on_the_portal()
    {
        var own = Guid.CreateVersion7();

        var enquiry = Enquiry
            .Register(A.Context(Someone.AtCustomer(own)), "ZX-1", Intake(Records.CustomerId))
            .Required();

        (enquiry.CustomerId, enquiry.Channel).ShouldBe((own, Channel.Portal));
    }

    private static EnquiryIntake Intake(Guid? customer) =>
        new(
            customer,
            customer is null ? null : (Result<Customer>)new Customer("東湖置業有限公司", true),
            "王小姐",
            "0755-12345678",
            Channel.Phone,
            "zh-Hant",
            "並聯台數",
            "最多可並聯幾台?",
            "M-200",
            null
        );
}
