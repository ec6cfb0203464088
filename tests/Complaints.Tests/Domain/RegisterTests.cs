using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Who registers a complaint, for whom, and when it was received.</summary>
public sealed class RegisterTests
{
    private static readonly string[] Registrars =
    [
        Roles.CustomerService,
        Roles.Sales,
        Roles.SalesManager,
        Roles.System,
    ];

    private static Result<Complaint> Register(Actor actor, Intake? intake = null) =>
        Complaint.Register(A.Context(actor), "TS-2026-000123", intake ?? A.Intake());

    public static TheoryData<string> EveryRoleButCustomer =>
        [.. Roles.All.Append(Roles.System).Where(role => role != Roles.Customer)];

    [Theory]
    [MemberData(nameof(EveryRoleButCustomer))]
    [Trait("Rule", "C3.2.1")]
    public void Given_a_role_When_it_registers_a_complaint_Then_only_sales_and_customer_service_and_events_may(
        string role
    )
    {
        var result = Register(Someone.With("somebody", null, role));

        (result.Refusal?.Code).ShouldBe(Registrars.Contains(role) ? null : "role-missing");
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_sales_When_they_register_a_complaint_Then_all_that_was_said_is_kept_and_told()
    {
        var project = Guid.CreateVersion7();
        var (origin, seller) = (Guid.CreateVersion7(), Someone.InSales());

        var complaint = Register(
                seller,
                A.Intake() with
                {
                    Reference = new Reference(project, "另一名稱", "M-1", "SN-1", "SO-1"),
                    Works = new Works("東湖花園", Guid.CreateVersion7()),
                    Origin = new Origin(OriginKind.Revisit, origin, "HF-7"),
                    Channel = Channel.Mail,
                }
            )
            .Required();

        complaint.Id.ShouldNotBe(Guid.Empty);
        (complaint.State, complaint.Number, complaint.FormNumber).ShouldBe(
            (ComplaintState.Registered, "TS-2026-000123", null)
        );
        (complaint.CustomerId, complaint.CustomerName, complaint.Contact, complaint.Phone).ShouldBe(
            (Records.CustomerId, "東湖置業有限公司", "王小姐", "0755-12345678")
        );
        (complaint.Channel, complaint.Severity, complaint.Subject, complaint.Description).ShouldBe(
            (Channel.Mail, Severity.Major, "屋面滲漏", "連日大雨後三樓走廊天花滴水。")
        );
        complaint.ProjectId.ShouldBe(project);
        complaint.Reference.ShouldBe(new Reference(project, "東湖花園", "M-1", "SN-1", "SO-1"));
        (complaint.OriginKind, complaint.OriginId, complaint.OriginNumber).ShouldBe(
            (OriginKind.Revisit, origin, "HF-7")
        );
        (complaint.Round, complaint.PolicyVersion, complaint.RegisteredOn, complaint.OpenedAt).ShouldBe(
            (1, 1, A.Today, A.Moment)
        );
        complaint.TakenBy.Is(seller).ShouldBeTrue();
        var told = complaint.Event<ComplaintRegistered>();
        told.ShouldBe(
            new ComplaintRegistered(
                complaint.Id,
                1,
                "TS-2026-000123",
                Records.CustomerId,
                "東湖置業有限公司",
                "mail",
                origin,
                "屋面滲漏",
                "major",
                A.Today,
                complaint.ResponseDueAt,
                complaint.ResolutionDueAt!.Value
            )
        );
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_staff_When_they_leave_out_customer_channel_and_severity_Then_each_is_named_as_missing()
    {
        var result = Register(Someone.InSales(), A.Intake(severity: null) with { CustomerId = null, Channel = null });

        var refusal = result.Refusal.Refused("intake-incomplete", "C3.2.1");
        refusal.Missing.ShouldBe(["customer-id", "channel", "severity"]);
        refusal.Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_an_event_When_it_names_no_customer_Then_it_is_refused_like_a_person()
    {
        var result = Register(Someone.System("surveys"), A.Intake() with { CustomerId = null });

        result.Refusal.Refused("intake-incomplete", "C3.2.1").Missing.ShouldBe(["customer-id"]);
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_an_event_When_it_says_a_time_to_come_Then_it_is_refused_like_a_person()
    {
        var result = Register(Someone.System("surveys"), A.Intake() with { ReceivedAt = A.Moment.AddMilliseconds(1) });

        result.Refusal.Refused("received-in-the-future", "C1");
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_a_customer_When_they_register_Then_it_is_for_their_own_organisation_on_the_portal_and_minor()
    {
        var own = Guid.CreateVersion7();

        var complaint = Register(
                Someone.AtCustomer(own),
                A.Intake(severity: null) with
                {
                    CustomerId = null,
                    Channel = null,
                }
            )
            .Required();

        (complaint.CustomerId, complaint.Channel, complaint.Severity).ShouldBe((own, Channel.Portal, Severity.Minor));
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_a_customer_When_they_name_their_organisation_portal_and_a_severity_Then_these_hold()
    {
        var own = Guid.CreateVersion7();

        var complaint = Register(
                Someone.AtCustomer(own),
                A.Intake(Severity.Critical) with
                {
                    CustomerId = own,
                    Channel = Channel.Portal,
                }
            )
            .Required();

        (complaint.CustomerId, complaint.Severity).ShouldBe((own, Severity.Critical));
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_a_customer_When_they_name_another_organisation_Then_forbidden()
    {
        var result = Register(Someone.AtCustomer(Guid.CreateVersion7()), A.Intake() with { Channel = null });

        var refusal = result.Refusal.Refused("customer-is-another", "C3.2.1");
        (refusal.Kind, refusal.Missing[0], refusal.SuppliedBy[0]).ShouldBe(
            (RefusalKind.Forbidden, "own-organisation", Roles.CustomerService)
        );
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_customer_When_they_name_a_record_of_origin_Then_forbidden()
    {
        var own = Guid.CreateVersion7();
        var intake = A.Intake() with { Channel = null, CustomerId = own };

        var result = Register(
            Someone.AtCustomer(own),
            intake with
            {
                Origin = new(OriginKind.RepairOrder, Guid.CreateVersion7(), "WX-1"),
            }
        );

        result.Refusal.Refused("origin-by-staff", "C3.2.1");
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_a_customer_without_organisation_When_they_register_Then_forbidden()
    {
        var result = Register(Someone.With("wang", null, Roles.Customer), A.Intake() with { CustomerId = null });

        var refusal = result.Refusal.Refused("organisation-missing", "C3.2.1");
        (refusal.Kind, refusal.Missing[0], refusal.SuppliedBy[0]).ShouldBe(
            (RefusalKind.Forbidden, "account-organisation", Roles.Administrator)
        );
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_a_customer_When_they_name_another_channel_Then_invalid()
    {
        var result = Register(Someone.AtCustomer(Records.CustomerId));

        result.Refusal.Refused("channel-not-portal", "C3.2.1").Missing.ShouldBe(["channel"]);
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_staff_who_are_customers_too_When_they_register_Then_as_staff()
    {
        var both = Someone.InSales().As(Roles.Sales, Roles.Customer);

        var complaint = Register(both).Required();

        (complaint.CustomerId, complaint.Channel).ShouldBe((Records.CustomerId, Channel.Phone));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "received-in-the-future")]
    [InlineData(-366L * 24 * 3600 * 1000, null)]
    [InlineData((-366L * 24 * 3600 * 1000) - 1, "received-too-long-ago")]
    [Trait("Rule", "C1")]
    public void Given_a_time_of_receipt_When_registered_Then_it_is_neither_to_come_nor_made_up(
        long milliseconds,
        string? code
    )
    {
        var received = A.Moment.AddMilliseconds(milliseconds);

        var result = Register(Someone.InSales(), A.Intake() with { ReceivedAt = received });

        (result.Refusal?.Code).ShouldBe(code);
        (result.Refusal?.Rule).ShouldBe(code is null ? null : "C1");
        (result.Refusal?.Missing).ShouldBe(code is null ? null : ["received-at"]);
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Given_a_receipt_too_long_ago_When_refused_Then_it_says_how_many_days_the_policy_allows()
    {
        var result = Register(Someone.InSales(), A.Intake() with { ReceivedAt = A.Moment.AddYears(-2) });

        result.Refusal!.Arguments["days"].ShouldBe(366);
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_complaints_of_two_customers_When_one_looks_Then_only_their_own_are_there()
    {
        var complaints = new[] { A.Complaint().Build() }.AsQueryable();

        complaints.VisibleTo(Someone.AtCustomer(Records.CustomerId)).ShouldNotBeEmpty();
        complaints.VisibleTo(Someone.InFinance()).ShouldNotBeEmpty();
        complaints.VisibleTo(Someone.AtCustomer(Guid.CreateVersion7())).ShouldBeEmpty();
        complaints.VisibleTo(Someone.With("wang", null, Roles.Customer)).ShouldBeEmpty();
        complaints.VisibleTo(Someone.InRepairUnit(Records.CustomerId)).ShouldBeEmpty();
        complaints.VisibleTo(Someone.WithoutRole()).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_customer_that_the_registry_does_not_know_When_staff_name_it_Then_refused()
    {
        var unknown = Refusal.Invalid("organisation-unknown", "S3", "organisation");

        var result = Register(Someone.InSales(), A.Intake() with { Customer = unknown });

        result.Refusal.ShouldBe(unknown);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_subcontractor_When_staff_name_it_as_customer_Then_refused()
    {
        var result = Register(Someone.InSales(), A.Intake() with { Customer = new Customer("固安防水", false) });

        result.Refusal.Refused("not-a-customer", "S3").Missing.ShouldBe(["customer-id"]);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_name_in_an_event_and_one_in_the_registry_When_registered_Then_the_registry_wins()
    {
        var complaint = Register(Someone.InSales(), A.Intake() with { CustomerName = "別的公司" }).Required();

        complaint.CustomerName.ShouldBe("東湖置業有限公司");
    }

    [Theory]
    [InlineData("foreign")]
    [InlineData("unknown")]
    [Trait("Rule", "S3")]
    public void Given_a_project_that_is_not_theirs_When_a_customer_names_it_Then_it_is_not_there(string which)
    {
        Result<Works> works =
            which == "foreign"
                ? new Works("別人的項目", Guid.CreateVersion7())
                : Refusal.Invalid("project-withdrawn", "S3", "project");

        var result = Register(
            Someone.AtCustomer(Records.CustomerId),
            A.Intake() with
            {
                Channel = null,
                Reference = Reference.None with { ProjectId = Guid.CreateVersion7() },
                Works = works,
            }
        );

        var refusal = result.Refusal.Refused("project-unknown", "S3");
        (refusal.Kind, refusal.SuppliedBy[0]).ShouldBe((RefusalKind.NotFound, Roles.CustomerService));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_their_own_project_When_a_customer_names_it_Then_its_name_is_the_registrys()
    {
        var project = Guid.CreateVersion7();

        var complaint = Register(
                Someone.AtCustomer(Records.CustomerId),
                A.Intake() with
                {
                    Channel = null,
                    Reference = Reference.None with { ProjectId = project },
                    Works = new Works("東湖花園", Records.CustomerId),
                }
            )
            .Required();

        (complaint.ProjectId, complaint.Reference.ProjectName).ShouldBe((project, "東湖花園"));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_project_that_is_unknown_When_staff_name_it_Then_refused_and_one_of_another_owner_is_taken()
    {
        var unknown = Refusal.Invalid("project-unknown", "S3", "project");
        Register(Someone.InSales(), A.Intake() with { Works = unknown }).Refusal.ShouldBe(unknown);

        var complaint = Register(
                Someone.InSales(),
                A.Intake() with
                {
                    Works = new Works("東湖花園", Guid.CreateVersion7()),
                }
            )
            .Required();

        complaint.Reference.ProjectName.ShouldBe("東湖花園");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_an_open_complaint_When_its_customer_and_project_are_renamed_Then_it_follows_and_tells()
    {
        var complaint = A.Complaint().At(ComplaintState.WithQc);
        var system = A.Context(Someone.System("projects"));

        complaint.FollowCustomer(system, "東湖集團");
        complaint.FollowProject(system, "東湖新苑");

        (complaint.CustomerName, complaint.Reference.ProjectName).ShouldBe(("東湖集團", "東湖新苑"));
        complaint
            .Event<ComplaintCustomerRenamed>()
            .ShouldBe(new ComplaintCustomerRenamed(complaint.Id, complaint.Version, Records.CustomerId, "東湖集團"));
        complaint
            .PendingEntries.Select(entry => (entry.Action, entry.From, entry.To, entry.Why))
            .ShouldBe([
                ("follow-customer", "with-qc", "with-qc", "東湖集團"),
                ("follow-project", "with-qc", "with-qc", "東湖新苑"),
            ]);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_closed_complaint_or_the_same_name_When_told_Then_it_keeps_its_words()
    {
        var system = A.Context(Someone.System("projects"));
        var (closed, open) = (A.Complaint().At(ComplaintState.Closed), A.Complaint().Build());

        closed.FollowCustomer(system, "東湖集團");
        closed.FollowProject(system, "東湖新苑");
        open.FollowCustomer(system, "東湖置業有限公司");

        (closed.CustomerName, closed.Reference.ProjectName).ShouldBe(("東湖置業有限公司", null));
        closed.PendingEntries.ShouldBeEmpty();
        open.PendingEntries.ShouldBeEmpty();
    }
}
