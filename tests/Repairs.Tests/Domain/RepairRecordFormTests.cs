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
        var form = Filled(A.RepairOrder().At(RepairOrderState.Closed));

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
        var cells = Cells(Filled(A.RepairOrder().At(RepairOrderState.Reviewed)));

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

        var cells = Cells(Filled(order));

        cells["repair-record"].ShouldBe("第 1 次：重做附加層\n第 2 次：重做收口");
        cells["qc-opinion"].ShouldBe("不合格。收口不嚴");
    }

    [Theory]
    [Trait("Rule", "Form3.3.2")]
    [InlineData(WordBy.Phone, "王先生（電話，CHEN記錄）")]
    [InlineData(WordBy.Paper, "王先生（紙本簽章，CHEN記錄）")]
    [InlineData(WordBy.Letter, "王先生（信函，CHEN記錄）")]
    [InlineData(WordBy.Spoken, "王先生（現場口述，CHEN記錄）")]
    public void Given_a_word_that_was_taken_down_When_the_form_is_filled_Then_it_stands_for_the_signature(
        object how,
        string printed
    )
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);
        order.Accept(A.Context(Someone.InCustomerService()), A.Word(how: (WordBy)how)).ShouldBeNull();

        var cells = Cells(Filled(order));

        (cells["owner-signature"], cells["signed-on"]).ShouldBe((printed, "2026-03-10"));
    }

    [Theory]
    [Trait("Rule", "Form3.3.2")]
    [InlineData(null, null, "王")]
    [InlineData("租客", "139", "租客 139")]
    [InlineData("租客", null, "租客")]
    public void Given_a_person_on_site_When_the_form_is_filled_Then_they_stand_beside_the_place(
        string? name,
        string? phone,
        string printed
    )
    {
        var order = new RepairOrderBuilder { SiteContact = name is null ? null : new(name, phone) }.Build();

        var cells = Cells(Filled(order));

        (cells["contact"], cells["phone"]).ShouldBe((printed, "021-5555"));
    }

    [Fact]
    [Trait("Rule", "Form3.3.2")]
    public void Given_an_emergency_before_approval_When_the_owner_has_the_form_Then_no_draft_is_on_it()
    {
        var order = new RepairOrderBuilder
        {
            Severity = DefectSeverity.Emergency,
            EmergencyReason = EmergencyReason.Structure,
            BeforeApproval = true,
        }.At(RepairOrderState.Dispatched);
        order.Analyse(A.Context(Someone.InEngineering()), "f", "c", "m", ["x"]).ShouldBeNull();

        Cells(Filled(order))["repair-content"].ShouldBe("滲漏\n維修措施：\n1. x");
        Cells(Filled(order, Parties.OwnerMan))["repair-content"].ShouldBe("滲漏");
        Cells(Filled(order, Parties.UnitMan))["repair-content"].ShouldBe("滲漏");
    }

    [Fact]
    [Trait("Rule", "Form3.3.2")]
    public void Given_a_failed_inspection_When_the_owner_has_the_form_Then_it_waits_for_the_one_that_passes()
    {
        var order = A.RepairOrder().At(RepairOrderState.Done);
        order.FailInspection(A.Context(Someone.InQuality()), "收口不嚴").ShouldBeNull();

        Cells(Filled(order, Parties.OwnerMan))["qc-opinion"].ShouldBeNull();
        Cells(Filled(order, Parties.UnitMan))["qc-opinion"].ShouldBe("不合格。收口不嚴");
    }

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void Given_a_refusal_with_photos_When_the_form_is_filled_Then_they_stand_with_their_round()
    {
        var (named, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var order = A.RepairOrder().At(RepairOrderState.Inspected);
        order
            .Refuse(A.Context(Parties.OwnerMan), A.Decision() with { Opinion = "仍有水漬", Photos = [named] })
            .ShouldBeNull();
        OrderPhoto Photo(Guid id, string caption) => new("damage", "a.jpg", caption, A.Moment, "00", [1], id);

        var form = Filled(order, photos: [Photo(other, "別的"), Photo(named, "水漬")]);

        order.OwnerResponses[^1].Photos.ShouldBe([named]);
        var section = form.Sections.Single(s => s.Key == "owner-photos");
        section.Rows[0].Cells[0].Value.ShouldBe("第 1 次：不同意驗收。仍有水漬");
        section.Rows.Skip(1).SelectMany(row => row.Cells).Count(cell => cell.Picture?.Image is not null).ShouldBe(1);
        section.Rows[1].Cells[0].Value!.ShouldContain("水漬");
    }

    private static FormDocument Filled(
        RepairOrder order,
        Actor? reader = null,
        IReadOnlyList<OrderPhoto>? photos = null
    ) =>
        RepairRecordForm.Fill(
            order,
            RepairOrderRelease.To(reader ?? Someone.InEngineering(), order),
            photos ?? [],
            Chinese
        );

    private static Dictionary<string, string?> Cells(FormDocument form) =>
        form
            .Sections.SelectMany(section => section.Rows)
            .SelectMany(row => row.Cells)
            .SelectMany(cell => cell.SignedBy.Prepend(cell))
            .ToDictionary(cell => cell.Key, cell => cell.Value);
}
