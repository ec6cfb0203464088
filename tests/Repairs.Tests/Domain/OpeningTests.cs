using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>How an order comes into being.</summary>
public sealed class OpeningTests
{
    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_notice_When_opened_Then_on_file_as_it_was_said_and_announced()
    {
        var complaint = Guid.CreateVersion7();
        var revisit = Guid.CreateVersion7();
        var notice = A.Notice(DefectSeverity.Emergency) with
        {
            Source = OrderSource.Complaint,
            SourceId = complaint,
            RevisitId = revisit,
            SiteContact = new("租客", "139"),
            EmergencyReason = EmergencyReason.Structure,
        };

        var order = Open(notice).Required();

        order.State.ShouldBe(RepairOrderState.Opened);
        order.Number.ShouldBe("WX-2026-000007");
        (order.Source, order.SourceId, order.RevisitId).ShouldBe((OrderSource.Complaint, complaint, revisit));
        new ProjectRef(
            order.ProjectId,
            order.ProjectName,
            order.ContractNumber,
            order.OwnerId,
            order.OwnerName,
            order.Contact,
            order.Phone
        ).ShouldBe(Parties.Project);
        (order.SiteContact, order.PartCode).ShouldBe((new SiteContact("租客", "139"), "roof"));
        (order.Location, order.Description).ShouldBe(("屋面", "滲漏"));
        (order.Severity, order.EmergencyReason, order.IsEmergency).ShouldBe(
            (DefectSeverity.Emergency, EmergencyReason.Structure, true)
        );
        (order.NotifiedOn, order.OpenedOn, order.PolicyVersion).ShouldBe((A.Today, A.Today, A.Policy.Version));
        order.OpenedBy.ShouldBe(Stamp.Of(A.Context(Someone.InCustomerService())));
        order.Warranty.ShouldBe(A.Warranty(Parties.Subcontractor), "as Projects said it");
        (order.Round, order.IsSentBack, order.IsPassed, order.Analysis).ShouldBe((1, false, false, null));
        order.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("滲漏");
        order
            .PendingEvents.ShouldHaveSingleItem()
            .ShouldBe(
                new RepairOrderOpened(
                    order.Id,
                    1,
                    "WX-2026-000007",
                    Parties.Project.Id,
                    "濱江花園",
                    Parties.Owner,
                    "roof",
                    "emergency",
                    "complaint",
                    complaint,
                    revisit,
                    A.Today,
                    A.Today.AddDays(2)
                )
            );
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData(Roles.CustomerService, true)]
    [InlineData(Roles.Engineering, true)]
    [InlineData(Roles.EngineeringHead, true)]
    [InlineData(Roles.Production, true)]
    [InlineData(Roles.System, true)]
    [InlineData(Roles.Finance, false)]
    [InlineData(Roles.RepairUnit, false)]
    public void Given_a_role_When_it_opens_Then_as_the_table_says(string role, bool may)
    {
        var context = A.Context(role);

        (RepairOrder.CheckOpen(context) is null).ShouldBe(may);
        (Open(A.Notice(), context: context).Refusal?.Code).ShouldBe(may ? null : "role-missing");
    }

    [Fact]
    [Trait("Rule", "P3.2.1")]
    public void Given_a_reason_that_the_policy_does_not_list_When_opened_Then_no_emergency()
    {
        var policy = A.Policy with { Repairs = A.Policy.Repairs with { Emergencies = [EmergencyReason.Structure] } };
        var notice = A.Notice(DefectSeverity.Emergency) with { EmergencyReason = EmergencyReason.EssentialFunction };

        var refusal = Open(notice, context: A.Context(Someone.InCustomerService(), policy: policy)).Refusal;

        refusal.ShouldNotBeNull().Code.ShouldBe("no-emergency");
        (refusal.Rule, refusal.Kind).ShouldBe(("P3.2.1", RefusalKind.Rule));
        refusal.Missing.ShouldBe(["emergency-reason"]);
        refusal.SuppliedBy.ShouldBe([Roles.CustomerService, Roles.Engineering]);
        refusal.Arguments["reason"].ShouldBe("essential-function");
    }

    [Theory]
    [Trait("Rule", "P3.1.2")]
    [InlineData(AskProblem.ProjectUnknown, "project-unknown", "project")]
    [InlineData(AskProblem.PartUnknown, "part-unknown", "part")]
    public void Given_a_person_When_Projects_knows_no_such_project_or_part_Then_told_at_once(
        object problem,
        string code,
        string missing
    )
    {
        var refusal = Open(A.Notice(), A.NoAnswer((AskProblem)problem)).Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Rule, refusal.Kind).ShouldBe((code, "P3.1.2", RefusalKind.Invalid));
        refusal.Missing.ShouldBe([missing]);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_an_owner_without_a_contact_When_nobody_is_named_on_site_Then_refused()
    {
        var notice = A.Notice() with { Project = Parties.Project with { Contact = null, Phone = null } };

        Refused.By(
            Open(notice).Refusal,
            "nobody-to-reach",
            "S3",
            ["site-contact"],
            Roles.CustomerService,
            Roles.Engineering,
            Roles.EngineeringHead,
            Roles.Production
        );
    }

    [Theory]
    [Trait("Rule", "S3")]
    [InlineData(true, "王", "021-5555")]
    [InlineData(false, "租客", "139")]
    public void Given_a_person_on_site_When_opened_Then_the_owner_is_reached_by_the_contact_of_the_registry(
        bool registered,
        string contact,
        string phone
    )
    {
        var project = registered ? Parties.Project : Parties.Project with { Contact = null, Phone = null };

        var order = Open(A.Notice() with { Project = project, SiteContact = new("租客", "139") }).Required();

        (order.Contact, order.Phone, order.SiteContact).ShouldBe((contact, phone, new SiteContact("租客", "139")));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_finding_of_a_revisit_When_nobody_can_be_reached_Then_on_file_all_the_same()
    {
        var notice = A.Notice() with
        {
            Source = OrderSource.Revisit,
            Project = Parties.Project with { Contact = null, Phone = null },
        };

        var order = Open(notice, context: A.Context(Actor.System("repairs"))).Required();

        (order.Contact, order.Phone).ShouldBe(("", ""));
    }

    [Fact]
    [Trait("Rule", "P3.1.2")]
    public void Given_no_answer_of_Projects_When_a_person_opens_Then_on_file_with_the_warranty_unknown()
    {
        var order = Open(A.Notice(), A.NoAnswer()).Required();

        (order.Warranty.Covered, order.Warranty.IsAnswered).ShouldBe((WarrantyCover.Unknown, false));
    }

    [Theory]
    [Trait("Rule", "P2.2.3")]
    [InlineData(AskProblem.NoAnswer)]
    [InlineData(AskProblem.ProjectUnknown)]
    [InlineData(AskProblem.PartUnknown)]
    public void Given_a_finding_of_a_revisit_When_Projects_brings_nothing_Then_on_file_all_the_same(object problem)
    {
        var notice = A.Notice() with { Source = OrderSource.Revisit, SourceId = Guid.CreateVersion7() };

        var order = Open(notice, A.NoAnswer((AskProblem)problem), A.Context(Actor.System("repairs"))).Required();

        order.Warranty.Problem.ShouldBe((AskProblem)problem);
    }

    [Theory]
    [Trait("Rule", "P3.2.1")]
    [InlineData("2018-12-28", DayMode.Calendar, "2018-12-30")]
    [InlineData("2018-12-28", DayMode.CalendarRollForward, "2019-01-02")]
    [InlineData("2018-12-28", DayMode.WorkingDays, "2019-01-02")]
    [InlineData("2018-12-27", DayMode.Calendar, "2018-12-29")]
    [InlineData("2018-12-27", DayMode.CalendarRollForward, "2018-12-29")]
    [InlineData("2018-12-27", DayMode.WorkingDays, "2018-12-29")]
    public void Worked_case_2_Given_a_policy_When_notified_Then_due_as_it_counts(
        string notified,
        DayMode mode,
        string due
    )
    {
        var policy = A.Policy with
        {
            Repairs = A.Policy.Repairs with { ConfirmDefect = new DayRule(2, mode, "china") },
        };
        var context = A.Context(Someone.InCustomerService(), policy: policy);

        Open(A.Notice(notifiedOn: A.Day(notified)), context: context).Required().ConfirmDueOn.ShouldBe(A.Day(due));
    }

    private static Result<RepairOrder> Open(
        Notice notice,
        WarrantyStanding? warranty = null,
        CommandContext? context = null
    ) =>
        RepairOrder.Open(
            context ?? A.Context(Someone.InCustomerService()),
            "WX-2026-000007",
            notice,
            warranty ?? A.Warranty(Parties.Subcontractor)
        );
}
