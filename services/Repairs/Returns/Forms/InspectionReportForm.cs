using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.Returns.Domain;

namespace CustomerService.Repairs.Returns.Forms;

/// <summary>The quality department's inspection report, which fixes liability (C5.1.4).</summary>
internal static class InspectionReportForm
{
    public static FormDocument Fill(ReturnCase one, FormTexts texts, string? link)
    {
        var report = one.Report!;
        return new FormDocument
        {
            Form = ReturnCase.ReportForm,
            PrintsForm = false,
            Title = texts.Say("form.report.title"),
            Number = one.ReportNumber ?? "",
            Language = texts.Language,
            Version = one.Version,
            Link = link,
            Sections =
            [
                texts.Section(
                    "report",
                    FormRow.Of(texts.Cell("customer", one.CustomerName), texts.Cell("case", one.Number)),
                    FormRow.Of(
                        texts.Cell("model", $"{one.Goods.ModelCode} {one.Goods.ModelName}".Trim()),
                        texts.Cell("serial", one.Goods.Serial)
                    ),
                    FormRow.Of(texts.Cell("doubt", one.Doubt).WithRoom(48)),
                    FormRow.Of(
                        texts.Cell("inspected", report.Inspected.ToString(CultureInfo.InvariantCulture)),
                        texts.Cell("failed-count", report.Failed.ToString(CultureInfo.InvariantCulture))
                    )
                ),
                texts.Section(
                    "report-measured",
                    [
                        .. report.Measurements.Select(measured =>
                            FormRow.Of(
                                texts.Cell("measured", measured.What).Wide(3),
                                texts.Cell("required", measured.Required).Wide(3),
                                texts
                                    .Cell(
                                        "found",
                                        $"{measured.Found}  {texts.Say(measured.Passed ? "form.ok" : "form.not-ok")}"
                                    )
                                    .Wide(3)
                            )
                        ),
                        FormRow.Of(
                            texts
                                .Cell("findings", report.Findings)
                                .WithRoom(140)
                                .Signed(
                                    texts.Cell("inspected-by", report.By.Name),
                                    texts.Cell("day", FormTexts.Day(report.On))
                                )
                        ),
                        FormRow.Of(
                            texts.Cell(
                                "quality-fault",
                                texts.Say(report.QualityFault ? "form.is-fault" : "form.no-fault")
                            ),
                            texts.Cell("liability", texts.Coded<ReturnLiability>("form.liability", report.Liability))
                        ),
                    ]
                ),
            ],
        };
    }
}
