using CustomerService.Forms;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Forms;

/// <summary>FM002, 維修收費單 (C5.1.1.1).</summary>
internal static class Fm002Form
{
    public static FormDocument Fill(RmaUnit unit, FormTexts texts, string? link)
    {
        var (charge, offer) = (unit.Charge!, unit.Offer!);
        return new FormDocument
        {
            Form = FormCodes.Of(RmaUnit.ChargeForm),
            Title = texts.Say("form.fm002.title"),
            Number = unit.ChargeNumber ?? "",
            Language = texts.Language,
            Version = unit.Version,
            Link = link,
            Sections =
            [
                texts.Section(
                    "fm002",
                    FormRow.Of(texts.Cell("customer", unit.CustomerName), texts.Cell("offer", unit.OfferNumber)),
                    FormRow.Of(
                        texts.Cell("model", Fm001Form.Model(unit)),
                        texts.Cell("serial", unit.Serial ?? unit.Number)
                    ),
                    FormRow.Of(texts.Cell("fault-words", unit.Diagnosis?.Finding).WithRoom(56)),
                    FormRow.Of(
                        texts
                            .Cell(
                                "charge-lines",
                                FormTexts.Numbered(
                                    offer.Lines.Select(line =>
                                        $"{line.Description}  {line.Quantity} × {Fm001Form.Money(line.UnitPrice)} = {Fm001Form.Money(line.Amount)}"
                                    )
                                )
                            )
                            .WithRoom(120)
                    ),
                    FormRow.Of(
                        texts.Cell("consented-sum", $"{offer.Currency} {Fm001Form.Money(offer.Sum)}"),
                        texts.Cell("charged-sum", $"{charge.Currency} {Fm001Form.Money(charge.Amount)}")
                    ),
                    FormRow.Of(texts.Cell("remark", charge.Remark).WithRoom(56)),
                    FormRow.Of(
                        texts
                            .Cell("made-out-by", charge.By.Name)
                            .WithRoom(56)
                            .Signed(texts.Cell("day", texts.DayOf(charge.By.At))),
                        texts.Cell("payer", null).WithRoom(56).Signed(texts.Cell("day", null))
                    )
                ),
            ],
        };
    }
}
