using System.Globalization;
using CustomerService.Forms;

namespace CustomerService.Repairs.RepairOrders.Forms;

/// <summary>Where a defect is on a drawing.</summary>
/// <param name="Extract">The surroundings with a mark, JPEG or a PDF of one page; null where the drawing cannot be
/// read.</param>
/// <param name="Page">Of a drawing with several.</param>
/// <param name="CheckPlace">A newer revision was filed since the place was checked.</param>
internal sealed record PlanExtract(
    string SheetNumber,
    string SheetTitle,
    string Revision,
    double X,
    double Y,
    bool CheckPlace,
    string? Note,
    byte[]? Extract,
    int Page = 1
);

/// <summary>The plan extract (平面圖) of a task sheet.</summary>
/// <param name="Pins">Null where Projects is away.</param>
internal sealed record PlanOfOrder(IReadOnlyList<PlanExtract>? Pins)
{
    private const int PerRow = 2;

    /// <summary>Nothing where nothing is pinned; where Projects is away the sheet says so.</summary>
    public IEnumerable<FormSection> Section(FormTexts texts) =>
        Pins switch
        {
            null => [texts.Section("plan", FormRow.Of(texts.Cell("plan-places", texts.Say("form.plan-away"))))],
            [] => [],
            _ =>
            [
                texts.Section("plan", [FormRow.Of(texts.Cell("plan-places", Places(Pins, texts))), .. Pictures(texts)]),
            ],
        };

    private static string Places(IReadOnlyList<PlanExtract> pins, FormTexts texts) =>
        string.Join(
            '\n',
            pins.Select(pin =>
                texts.Say(
                    pin.CheckPlace ? "form.plan-place-to-check" : "form.plan-place",
                    ("sheet", Sheet(pin, texts)),
                    ("revision", pin.Revision),
                    ("x", FormattableString.Invariant($"{pin.X:0.00}")),
                    ("y", FormattableString.Invariant($"{pin.Y:0.00}")),
                    ("note", pin.Note ?? "")
                ) + (pin.Extract is null ? texts.Say("form.plan-unreadable") : "")
            )
        );

    private static string Sheet(PlanExtract pin, FormTexts texts) =>
        $"{pin.SheetNumber} {pin.SheetTitle}"
        + (
            pin.Page == 1
                ? ""
                : " " + texts.Say("form.plan-page", ("page", pin.Page.ToString(CultureInfo.InvariantCulture)))
        );

    private IEnumerable<FormRow> Pictures(FormTexts texts) =>
        Pins!
            .Where(pin => pin.Extract is not null)
            .Select(
                (pin, at) =>
                    new FormCell(
                        FormattableString.Invariant($"plan-{at + 1}"),
                        pin.SheetNumber,
                        texts.Say("form.plan-revision", ("revision", pin.Revision))
                            + (pin.CheckPlace ? "  " + texts.Say("form.check-place") : "")
                    ).Showing(pin.Extract)
            )
            .Chunk(PerRow)
            .Select(row => new FormRow(row));
}
