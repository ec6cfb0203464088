using System.Globalization;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Forms;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>What stands on form FM004, and what a customer's copy shows of it.</summary>
public sealed class ComplaintFormTests
{
    internal static FormTexts In(string language) =>
        new(new Texts([ComplaintsTexts.Manager, FormsTexts]), CultureInfo.GetCultureInfo(language), A.Zone);

    private static System.Resources.ResourceManager FormsTexts { get; } =
        new("CustomerService.Forms.Resources.Texts", typeof(FormDocument).Assembly);

    private static (Complaint Complaint, IReadOnlyList<Capa> Capas) Closed()
    {
        var builder = A.Complaint().Ours();
        var complaint = builder.At(ComplaintState.Closed);
        complaint.MakeOutForm("FM004-2026-0001");
        return (complaint, builder.Capas);
    }

    private static Dictionary<string, string> Departments { get; } = new() { ["production"] = "生產部" };

    private static Dictionary<string, string?> Values(FormDocument document) =>
        document
            .Sections.SelectMany(section => section.Rows)
            .SelectMany(row => row.Cells)
            .SelectMany(cell => cell.SignedBy.Prepend(cell))
            .ToDictionary(cell => cell.Key, cell => cell.Value);

    [Fact]
    [Trait("Rule", "C10")]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_closed_complaint_When_staff_print_FM004_Then_every_part_of_the_procedure_is_on_it()
    {
        var (complaint, capas) = Closed();

        var form = ComplaintForm.FillForStaff(
            complaint,
            capas,
            Departments,
            new Dictionary<string, string>(),
            In("zh-Hant")
        );

        (form.Form, form.Title, form.Number).ShouldBe(("BS-CP0703-FM004", "顧客投訴處理單", "FM004-2026-0001"));
        form.Sections.Select(section => section.Key)
            .ShouldBe([
                "complaint",
                "response",
                "triage",
                "quality",
                "notice",
                "remedy",
                "capa",
                "answer",
                "confirmation",
                "closing",
            ]);
        form.Sections.ShouldAllBe(section => section.Label!.Length > 0);
        var values = Values(form);
        values["number"].ShouldBe("TS-2026-000123");
        values["channel"].ShouldBe("電話");
        values["severity"].ShouldBe("嚴重");
        values["received-at"].ShouldBe("2026-03-10 10:00");
        values["liability"].ShouldBe("我方責任");
        values["findings"].ShouldBe("搭接不足");
        (values["responsible-department"], values["capa-department"]).ShouldBe(("生產部", "生產部"));
        values["prevention"].ShouldBe("增設停檢點");
        values["executed-in-time"].ShouldBe("是");
        values["effective-qc"].ShouldBe("是");
        (values["verification-service"], values["verified-by-service"]).ShouldBe(
            ("客戶未再反映", Someone.InCustomerService().Name)
        );
        values["conclusion"].ShouldBe("已重做");
        values["confirmed-by"].ShouldBe("王小姐");
        values["closed-on"].ShouldBe("2026-03-10");
    }

    [Fact]
    [Trait("Rule", "C10")]
    public void Given_a_complaint_with_QC_When_FM004_is_printed_Then_what_is_not_filled_in_is_there_and_empty()
    {
        var complaint = A.Complaint().At(ComplaintState.WithQc);
        complaint.MakeOutForm("FM004-2026-0001");

        var values = Values(
            ComplaintForm.FillForStaff(complaint, [], Departments, new Dictionary<string, string>(), In("en"))
        );

        values["liability"].ShouldBeNull();
        values["conclusion"].ShouldBeNull();
        values["triage"].ShouldBe("to quality control");
    }

    [Fact]
    [Trait("Rule", "C10")]
    public void Given_a_complaint_When_the_customer_prints_FM004_Then_nothing_internal_is_on_it()
    {
        var (complaint, _) = Closed();

        var form = ComplaintForm.FillForCustomer(complaint, In("zh-Hant"));

        form.Sections.Select(section => section.Key)
            .ShouldBe(["complaint", "response", "triage", "answer", "confirmation", "closing"]);
        var values = Values(form);
        values["triage-note"].ShouldBeNull("why it went to QC is internal");
        values["conclusion"].ShouldBe("已重做");
        values.Keys.ShouldNotContain("closed-without-confirmation");
    }

    [Fact]
    [Trait("Rule", "C10")]
    public void Given_an_explanation_When_the_customer_prints_FM004_Then_they_read_it()
    {
        var complaint = A.Complaint().At(ComplaintState.Explained);
        complaint.MakeOutForm("FM004-2026-0001");

        Values(ComplaintForm.FillForCustomer(complaint, In("zh-Hans")))["triage-note"].ShouldBe("使用不當");
    }

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void Given_a_complaint_closed_without_confirmation_When_printed_Then_only_staff_read_why()
    {
        var complaint = A.Complaint().At(ComplaintState.Answered);
        complaint.MakeOutForm("FM004-2026-0001");
        complaint.Close(A.Context(Someone.SalesManager()), "三次聯絡未果").ShouldBeNull();

        Values(ComplaintForm.FillForStaff(complaint, [], Departments, new Dictionary<string, string>(), In("en")))[
            "closed-without-confirmation"
        ]
            .ShouldBe("三次聯絡未果");
        Values(ComplaintForm.FillForCustomer(complaint, In("en"))).Keys.ShouldNotContain("closed-without-confirmation");
    }

    [Theory]
    [InlineData("zh-Hant", "滿意度調查", "響應遲緩")]
    [InlineData("zh-Hans", "满意度调查", "响应迟缓")]
    [InlineData("en", "satisfaction survey", "slow response")]
    [Trait("Rule", "C10")]
    [Trait("Rule", "C5.9")]
    public void Given_a_complaint_of_a_survey_When_FM004_is_printed_Then_names_stand_on_it_and_no_codes(
        string language,
        string recorder,
        string cause
    )
    {
        var complaint = Complaint
            .Register(
                A.Context(Someone.System("surveys")),
                "TS-2026-000124",
                A.Intake() with
                {
                    Customer = null,
                    CustomerName = "西嶺電機廠",
                }
            )
            .Required();
        complaint.Respond(A.Context(Someone.InCustomerService()), "已收到").ShouldBeNull();
        complaint.SendToQc(A.Context(Someone.InCustomerService()), "需勘查").ShouldBeNull();
        complaint.MakeOutForm("FM004-2026-0002");
        complaint.DecideOurs(A.Context(Someone.InQuality()), "production", "slow-response", "無提醒").ShouldBeNull();

        var values = Values(
            ComplaintForm.FillForStaff(complaint, [], Departments, new Dictionary<string, string>(), In(language))
        );

        (values["taken-by"], values["cause-code"], values["responsible-department"]).ShouldBe(
            (recorder, cause, "生產部")
        );
        values["customer"].ShouldBe("西嶺電機廠");
    }

    [Fact]
    [Trait("Rule", "C10")]
    public void Given_a_code_that_has_no_name_When_FM004_is_printed_Then_the_code_stands_on_it()
    {
        var complaint = A.Complaint().At(ComplaintState.OurLiability);
        complaint.MakeOutForm("FM004-2026-0003");

        var values = Values(
            ComplaintForm.FillForStaff(
                complaint,
                [],
                new Dictionary<string, string>(),
                new Dictionary<string, string>(),
                In("en")
            )
        );

        (values["responsible-department"], values["cause-code"]).ShouldBe(("production", "W-03"));
    }

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void Given_a_meeting_When_FM004_is_printed_Then_staff_read_it_and_the_customer_does_not()
    {
        var complaint = A.Complaint(Severity.Critical).At(ComplaintState.Answered);
        complaint.MakeOutForm("FM004-2026-0004");

        var values = Values(
            ComplaintForm.FillForStaff(complaint, [], Departments, new Dictionary<string, string>(), In("zh-Hant"))
        );

        (
            values["meeting-on"],
            values["meeting-chair"],
            values["meeting-reasons"],
            values["meeting-decisions"]
        ).ShouldBe(("2026-03-10", "唐國華", "重大品質問題", "1. 委託第三方檢測"));
        Values(ComplaintForm.FillForCustomer(complaint, In("zh-Hant"))).Keys.ShouldNotContain("meeting-on");
    }
}
