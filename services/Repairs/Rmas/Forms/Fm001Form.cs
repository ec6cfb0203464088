using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Forms;

/// <summary>FM001, 返回品信息反饋單: the machine, what is wrong with it, what the repair costs, the customer's words and
/// signature, the mark of the handler, the receipt of the repairer (C5.1.1.1).</summary>
internal static class Fm001Form
{
    private const float BlockHeight = 56;

    public static FormDocument Fill(RmaUnit unit, OfferVersion offer, FormTexts texts, string? link)
    {
        var diagnosis = unit.Diagnosis!;
        var reply = unit.Reply?.Version == offer.Version ? unit.Reply : null;
        return new FormDocument
        {
            Form = FormCodes.Of(RmaUnit.OfferForm),
            Title = texts.Say("form.fm001.title"),
            Number = string.Create(CultureInfo.InvariantCulture, $"{unit.OfferNumber} v{offer.Version}"),
            Language = texts.Language,
            Version = unit.Version,
            Link = link,
            Sections =
            [
                texts.Section(
                    "fm001-goods",
                    FormRow.Of(texts.Cell("customer", unit.CustomerName), texts.Cell("rma", unit.RmaNumber)),
                    FormRow.Of(texts.Cell("model", Model(unit)), texts.Cell("serial", unit.Serial ?? unit.Number)),
                    FormRow.Of(
                        texts.Cell("goods-received-on", FormTexts.Day(unit.ReceivedOn)),
                        texts.Cell("warranty-ends", FormTexts.Day(unit.WarrantyEndsOn))
                    ),
                    FormRow.Of(texts.Cell("fault-words", unit.Fault?.Words).WithRoom(24)),
                    FormRow.Of(
                        texts
                            .Cell("finding", $"{diagnosis.FaultCode}  {diagnosis.Finding}")
                            .WithRoom(BlockHeight)
                            .Signed(
                                texts.Cell("diagnosed-by", diagnosis.By.Name),
                                texts.Cell("day", texts.DayOf(diagnosis.By.At))
                            )
                    ),
                    FormRow.Of(texts.Cell("damaged", string.Join("、", diagnosis.Damaged.Select(part => part.Name))))
                ),
                texts.Section("fm001-charge", [.. Lines(offer, texts)]),
                texts.Section(
                    "fm001-reply",
                    FormRow.Of(
                        texts
                            .Cell("reply", Reply(reply, texts))
                            .WithRoom(BlockHeight)
                            .Signed(
                                texts.Cell("signature", reply?.Signature?.PrintedName ?? reply?.Recorded?.By),
                                texts.Cell("day", texts.DayOf(reply?.By.At))
                            )
                    ),
                    FormRow.Of(
                        texts
                            .Cell("mark", texts.Coded("form.mark", unit.Annotation?.Mark))
                            .WithRoom(40)
                            .Signed(
                                texts.Cell("handler", unit.Annotation?.Signature.PrintedName),
                                texts.Cell("day", texts.DayOf(unit.Annotation?.Signature.At))
                            ),
                        texts
                            .Cell("original-received", unit.OriginalReceived?.Name)
                            .WithRoom(40)
                            .Signed(texts.Cell("day", texts.DayOf(unit.OriginalReceived?.At)))
                    ),
                    FormRow.Of(texts.Cell("hash", offer.Hash))
                ),
            ],
        };
    }

    private static IEnumerable<FormRow> Lines(OfferVersion offer, FormTexts texts)
    {
        foreach (var line in offer.Lines)
        {
            yield return FormRow.Of(
                texts.Cell("charge-line", line.Description).Wide(2),
                texts.Cell("amount", $"{line.Quantity} × {Money(line.UnitPrice)} = {Money(line.Amount)}").Wide(2)
            );
        }

        yield return FormRow.Of(
            texts.Cell("total", Money(offer.Total)),
            texts.Cell(
                "discount",
                offer.DiscountPercent == 0 ? null : $"{offer.DiscountPercent:0.##} %  −{Money(offer.Discount)}"
            )
        );
        yield return FormRow.Of(
            texts.Cell("sum", $"{offer.Currency} {Money(offer.Sum)}"),
            texts.Cell("valid-through", FormTexts.Day(offer.ValidThrough))
        );
        yield return FormRow.Of(
            texts.Cell(
                "sent",
                offer.SentBy is { } sent
                    ? $"{texts.At(sent.At)}  {texts.Coded("form.channel", offer.SentThrough)}"
                    : null
            ),
            texts.Cell("remark", offer.Remark)
        );
    }

    // 「同意維修」 with the signature, or the word that was taken down.
    private static string? Reply(KeptReply? reply, FormTexts texts) =>
        reply is null ? null
        : reply.Consented ? reply.Words
        : reply.Recorded is { } word
            ? texts.Say(
                "form.refused-word",
                ("person", word.By),
                ("day", FormTexts.Day(word.On)),
                ("recorder", reply.By.Name)
            )
        : texts.Say("form.refused-repair");

    internal static string Model(RmaUnit unit) => $"{unit.ModelCode} {unit.ModelName}".Trim();

    internal static string Money(decimal value) => value.ToString("#,0.00", CultureInfo.InvariantCulture);
}
