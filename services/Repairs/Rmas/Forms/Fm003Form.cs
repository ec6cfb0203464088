using System.Globalization;
using CustomerService.Forms;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Forms;

/// <summary>FM003, 返修品出庫單: time, customer, quantity, shipping method, and each unit (C5.1.2).</summary>
internal static class Fm003Form
{
    public static FormDocument Fill(Shipment shipment, FormTexts texts, string? link) =>
        new()
        {
            Form = FormCodes.Of(Shipment.Form),
            Title = texts.Say("form.fm003.title"),
            Number = shipment.Number ?? "",
            Language = texts.Language,
            Version = shipment.Version,
            Link = link,
            Sections =
            [
                texts.Section(
                    "fm003",
                    FormRow.Of(
                        texts.Cell("ship-at", texts.At(shipment.ShipAt)),
                        texts.Cell("customer", shipment.CustomerName)
                    ),
                    FormRow.Of(
                        texts.Cell("quantity", shipment.Quantity.ToString(CultureInfo.InvariantCulture)),
                        texts.Cell("method", texts.Coded<ShippingMethod>("form.method", shipment.Method))
                    ),
                    FormRow.Of(texts.Cell("address", shipment.Address)),
                    FormRow.Of(texts.Cell("carrier", shipment.Carrier), texts.Cell("tracking", shipment.TrackingNumber))
                ),
                texts.Section(
                    "fm003-units",
                    [
                        .. shipment
                            .Units.OrderBy(unit => unit.Number, StringComparer.Ordinal)
                            .Select(unit =>
                                FormRow.Of(
                                    texts.Cell("unit", unit.Number),
                                    texts.Cell("result", $"{unit.Serial ?? unit.ModelCode}  {Result(unit, texts)}")
                                )
                            ),
                    ]
                ),
                texts.Section(
                    "fm003-signed",
                    FormRow.Of(
                        texts
                            .Cell("made-out-by", shipment.IssuedBy.Name)
                            .WithRoom(56)
                            .Signed(texts.Cell("day", texts.DayOf(shipment.IssuedBy.At))),
                        texts
                            .Cell("receiver", shipment.Receipt?.Person)
                            .WithRoom(56)
                            .Signed(texts.Cell("day", FormTexts.Day(shipment.Receipt?.On)))
                    )
                ),
            ],
        };

    private static string Result(ShippedUnit unit, FormTexts texts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{texts.Say(unit.Unrepaired ? "form.unrepaired" : "form.repaired")} × {unit.Quantity}"
        );
}
