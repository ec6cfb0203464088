using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.Returns.Domain;

namespace CustomerService.Repairs.Returns.Forms;

/// <summary>The slip 退回/換貨品詳單 with the way of its red copy (C5.1.5).</summary>
internal static class ReturnSlipForm
{
    public static FormDocument Fill(ReturnCase one, FormTexts texts, string? link)
    {
        var slip = one.Slip!;
        return new FormDocument
        {
            Form = ReturnCase.SlipForm,
            PrintsForm = false,
            Title = texts.Say("form.slip.title"),
            Number = one.SlipNumber ?? "",
            Language = texts.Language,
            Version = one.Version,
            Link = link,
            Sections =
            [
                texts.Section(
                    "slip",
                    FormRow.Of(
                        texts.Cell("customer", one.CustomerName),
                        texts.Cell("kind", texts.Coded<ReturnKind>("form.return-kind", one.ReturnKind))
                    ),
                    FormRow.Of(
                        texts.Cell("model", $"{one.Goods.ModelCode} {one.Goods.ModelName}".Trim()),
                        texts.Cell("serial", one.Goods.Serial)
                    ),
                    FormRow.Of(
                        texts.Cell("quantity", one.Goods.Quantity.ToString(CultureInfo.InvariantCulture)),
                        texts.Cell(
                            "region",
                            string.Join(
                                "  ",
                                new[] { texts.Coded("region", slip.Region), slip.Salesperson?.Name }.OfType<string>()
                            )
                        )
                    ),
                    FormRow.Of(
                        texts.Cell("purchased-on", FormTexts.Day(one.Answers.PurchasedOn)),
                        texts.Cell("shipped-out-on", FormTexts.Day(slip.ShippedOutOn))
                    ),
                    FormRow.Of(texts.Cell("reason", slip.Reason).WithRoom(64)),
                    FormRow.Of(
                        texts.Cell(
                            "clause",
                            one.Decision is { } decision
                                ? $"{decision.Clause.Edition} § {decision.Clause.Clause}  {decision.Clause.Text}"
                                : null
                        )
                    ),
                    FormRow.Of(
                        texts.Cell("report", one.ReportNumber),
                        texts.Cell("replacement", one.Replacement?.Serial)
                    )
                ),
                texts.Section(
                    "slip-copies",
                    FormRow.Of(
                        texts.Cell(
                            "copies",
                            string.Join("、", slip.Copies.Select(copy => texts.Coded<SlipSheet>("form.copy", copy)))
                        )
                    )
                ),
                texts.Section(
                    "slip-custody",
                    [
                        .. one.Handings.Select(handing =>
                            FormRow.Of(
                                texts.Cell("holder", texts.Coded("form.holder", handing.Holder)),
                                texts.Cell("taken-by", $"{handing.By.Name}  {texts.At(handing.By.At)}")
                            )
                        ),
                        FormRow.Of(
                            texts
                                .Cell("sales-manager", one.Signature?.PrintedName)
                                .WithRoom(56)
                                .Signed(texts.Cell("day", texts.DayOf(one.Signature?.At))),
                            texts.Cell("booked", FormTexts.Day(one.BookedOn)).WithRoom(56)
                        ),
                    ]
                ),
            ],
        };
    }
}
