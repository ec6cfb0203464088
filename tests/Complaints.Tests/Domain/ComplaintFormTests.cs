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
    private static FormTexts In(string language) =>
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

        var form = ComplaintForm.FillForStaff(complaint, capas, In("zh-Hant"));

        (form.Form, form.Title, form.Number).ShouldBe(("BS-CP0703-FM004", "顧客投訴處理單", "FM004-2026-0001"));
        form.Sections.Select(section => section.Key)
            .ShouldBe(["complaint", "response", "triage", "quality", "capa", "answer", "confirmation", "closing"]);
        form.Sections.ShouldAllBe(section => section.Label!.Length > 0);
        var values = Values(form);
        values["number"].ShouldBe("TS-2026-000123");
        values["channel"].ShouldBe("電話");
        values["severity"].ShouldBe("嚴重");
        values["received-at"].ShouldBe("2026-03-10 10:00");
        values["liability"].ShouldBe("我方責任");
        values["findings"].ShouldBe("搭接不足");
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

        var values = Values(ComplaintForm.FillForStaff(complaint, [], In("en")));

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

        Values(ComplaintForm.FillForStaff(complaint, [], In("en")))["closed-without-confirmation"]
            .ShouldBe("三次聯絡未果");
        Values(ComplaintForm.FillForCustomer(complaint, In("en"))).Keys.ShouldNotContain("closed-without-confirmation");
    }
}
