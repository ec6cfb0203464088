using System.Globalization;
using System.Text.Json;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>What the holder of a customer's link sees in a browser.</summary>
internal static class CustomerLinkSheet
{
    public static LinkSheet Of(UseCustomerLink.LinkPage page, LinkWords words) =>
        new()
        {
            Title = words.Say("link." + page.Scope.ToKebab(), ("number", page.RmaNumber)),
            Lines =
            [
                words.Line("person", page.Person),
                words.Line("customer", page.CustomerName),
                .. page.Scope switch
                {
                    LinkScope.ConfirmCount => Counted(page, words),
                    LinkScope.AnswerOffer => Offered(page, words),
                    _ => page.Units.Select(unit => Tracked(unit, words)),
                },
                words.Line("done", page.Done ? words.Say("link.done-already") : null),
                words.Line("valid-through", Spelling.Day(page.ValidThrough)),
            ],
            Forms = [.. page.Actions.Order(StringComparer.Ordinal).Select(action => Form(page, action, words))],
        };

    private static IEnumerable<LinkLine> Counted(UseCustomerLink.LinkPage page, LinkWords words) =>
        [
            words.Line("declared", Number(page.Declared)),
            words.Line("received", Number(page.Received)),
            words.Line("as-declared", Lines(page.AsDeclared)),
            words.Line("missing", Lines(page.Missing)),
            words.Line("unexpected", Lines(page.Unexpected)),
        ];

    private static IEnumerable<LinkLine> Offered(UseCustomerLink.LinkPage page, LinkWords words) =>
        page.Offer is not { } offer
            ? []
            :
            [
                words.Line("offer", page.OfferNumber),
                words.Line(
                    "offer-lines",
                    string.Join(
                        '\n',
                        offer.Lines.Select(line =>
                            $"{line.Description}  {line.Quantity} × {Fm001Form.Money(line.UnitPrice)} = {Fm001Form.Money(line.Amount)}"
                        )
                    )
                ),
                words.Line("discount", offer.Discount == 0 ? null : "−" + Fm001Form.Money(offer.Discount)),
                words.Line("sum", $"{offer.Currency} {Fm001Form.Money(offer.Sum)}"),
                words.Line("offer-remark", offer.Remark),
                words.Line("answer-by", offer.ValidThrough is { } day ? Spelling.Day(day) : null),
            ];

    private static LinkLine Tracked(UseCustomerLink.TrackedUnit unit, LinkWords words) =>
        new(
            unit.Number,
            string.Join(
                '\n',
                new[]
                {
                    $"{unit.ModelCode} {unit.Serial} × {unit.Quantity}".Trim(),
                    words.Say("link.unit." + unit.State.ToKebab()),
                    $"{unit.Carrier} {unit.TrackingNumber}".Trim(),
                }.Where(text => text.Length > 0)
            )
        );

    private static LinkForm Form(UseCustomerLink.LinkPage page, string action, LinkWords words)
    {
        var name = words.Field("printedName", "your-name");
        return action switch
        {
            "confirm" => new(
                action,
                words.Say("link.confirm", ("count", page.Received)),
                [LinkField.Of("quantity", page.Received), .. Differing(page, words), name]
            ),
            "consent" => new(
                action,
                words.Say("link.consent"),
                [.. ToOffer(page), words.Field("words", "consent-words"), name]
            ),
            _ => new(action, words.Say("link.refuse"), [.. ToOffer(page), name]),
        };
    }

    // Each is ticked: nobody confirms a machine in the place of another by the total.
    private static IEnumerable<LinkField> Differing(UseCustomerLink.LinkPage page, LinkWords words) =>
        page.ToConfirm.Count == 0
            ? []
            :
            [
                words.Field("lines", "each-line", LinkInput.Ticks) with
                {
                    Choices =
                    [
                        .. page.ToConfirm.Select(line =>
                            (
                                JsonSerializer.Serialize(line, Json.Options),
                                words.Say(
                                    page.Missing.Any(new ConfirmedLine(line.ModelCode, line.Serial, 0).SpeaksOf)
                                        ? "link.line-missing"
                                        : "link.line-unexpected",
                                    ("line", $"{line.ModelCode} {line.Serial}".Trim()),
                                    ("count", line.Quantity)
                                )
                            )
                        ),
                    ],
                },
            ];

    private static IEnumerable<LinkField> ToOffer(UseCustomerLink.LinkPage page) =>
        [LinkField.Of("offerVersion", page.Offer!.OfferVersion), LinkField.Of("hash", page.Offer.Hash)];

    private static string? Lines(IReadOnlyList<CountLine> lines) =>
        lines.Count == 0
            ? null
            : string.Join(
                '\n',
                lines.Select(line => $"{line.ModelCode} {line.Serial} × {Number(line.Quantity)}".Trim())
            );

    private static string? Number(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}
