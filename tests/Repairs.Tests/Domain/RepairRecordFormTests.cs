using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Form 3.3.2, filled.</summary>
public sealed class RepairRecordFormTests
{
    private static readonly FormTexts Chinese = new(
        new Texts([RepairsTexts.Manager]),
        CultureInfo.GetCultureInfo("zh-Hant"),
        A.Zone
    );

    [Fact]
    [Trait("Rule", "Form3.3.2")]
    public void Given_a_closed_order_When_the_form_is_filled_Then_no_cell_is_empty()
    {
        var form = RepairRecordForm.Fill(A.RepairOrder().At(RepairOrderState.Closed), Chinese);

        (form.Form, form.Title, form.Number).ShouldBe(("3.3.2", "工程維修記錄表", "WX-2026-000001"));
        Cells(form)
            .Keys.ShouldBe([
                "repair-unit",
                "number",
                "project",
                "contract",
                "owner",
                "phone",
                "location",
                "contact",
                "repair-content",
                "issuer",
                "issued-on",
                "repair-record",
                "leader",
                "finished-on",
                "qc-opinion",
                "inspector",
                "inspected-on",
                "owner-evaluation",
                "owner-signature",
                "signed-on",
            ]);
        Cells(form).Values.ShouldAllBe(value => !string.IsNullOrEmpty(value));
        (Cells(form)["issuer"], Cells(form)["leader"], Cells(form)["inspector"]).ShouldBe(("WU", "張經理", "QIU"));
        Cells(form)["repair-content"].ShouldBe("滲漏\n維修措施：\n1. x");
        Cells(form)["qc-opinion"].ShouldBe("合格。ok");
    }

    [Fact]
    [Trait("Rule", "Form3.3.2")]
    public void Given_an_unapproved_record_When_the_form_is_filled_Then_the_draft_is_not_on_it()
    {
        var cells = Cells(RepairRecordForm.Fill(A.RepairOrder().At(RepairOrderState.Reviewed), Chinese));

        cells["repair-content"].ShouldBe("滲漏");
        (cells["repair-record"], cells["issuer"], cells["qc-opinion"], cells["signed-on"]).ShouldBe(
            (null, null, null, null)
        );
    }

    [Fact]
    [Trait("Rule", "Form3.3.2")]
    public void Given_two_rounds_of_repair_When_the_form_is_filled_Then_each_is_told_and_the_last_verdict_stands()
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);
        order.FailInspection(A.Context(Someone.InQuality()), "收口不嚴").ShouldBeNull();
        order.Finish(A.Context(Parties.UnitMan), A.Work() with { WorkDone = "重做收口" }).ShouldBeNull();

        var cells = Cells(RepairRecordForm.Fill(order, Chinese));

        cells["repair-record"].ShouldBe("第 1 次：重做附加層\n第 2 次：重做收口");
        cells["qc-opinion"].ShouldBe("不合格。收口不嚴");
    }

    private static Dictionary<string, string?> Cells(FormDocument form) =>
        form
            .Sections.SelectMany(section => section.Rows)
            .SelectMany(row => row.Cells)
            .SelectMany(cell => cell.SignedBy.Prepend(cell))
            .ToDictionary(cell => cell.Key, cell => cell.Value);
}
