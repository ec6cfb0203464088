using CustomerService.Forms;
using CustomerService.Repairs.Features.RepairOrders;
using SkiaSharp;

namespace CustomerService.Repairs.Printing;

/// <summary>
/// Form 3.3.2 as the paper form has it: pairs of label and value on top, then one block each for what is to be
/// repaired, what was done, the
/// quality department and the owner, signed at the foot of the block.
/// </summary>
internal static class RepairRecordSheet
{
    private const float BlockHeight = 128;

    // Room for a signature by hand and a date on a form that is printed empty.
    private const int Blank = 24;

    public static byte[] Print(RepairRecordForm form, SKTypeface typeface, FormWords words, DateTimeOffset now)
    {
        var sheet = new FormSheet(typeface, words, form.Title, form.Number, form.Form);
        foreach (var row in form.Rows)
        {
            _ = row.Cells is [var content, var signer, var date]
                ? sheet.Block(
                    content.Label,
                    content.Value ?? "",
                    BlockHeight,
                    new FormFoot($"{Signed(signer)}    {Signed(date)}")
                )
                : sheet.Row([.. row.Cells.Select(cell => (cell.Label, cell.Value ?? ""))]);
        }

        return sheet.ToPdf(now);
    }

    private static string Signed(FormCell cell) => $"{cell.Label}  {cell.Value ?? new string(' ', Blank)}";
}
