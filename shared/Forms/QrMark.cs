using QRCoder;
using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>A QR code as squares of the page, sharp at any size.</summary>
internal static class QrMark
{
    /// <param name="canvas">The page.</param>
    /// <param name="text">What a scan reads.</param>
    /// <param name="x">Left edge, points.</param>
    /// <param name="y">Upper edge, points.</param>
    /// <param name="size">Width and height, points; the quiet zone of the code is part of it.</param>
    /// <param name="ink">Colour.</param>
    public static void Draw(SKCanvas canvas, string text, float x, float y, float size, SKPaint ink)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var module = size / rows.Count;
        // Squares that touch show no seam only where their edges are not softened.
        var soft = ink.IsAntialias;
        ink.IsAntialias = false;
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rows[row].Count; column++)
            {
                if (rows[row][column])
                {
                    canvas.DrawRect(x + (column * module), y + (row * module), module, module, ink);
                }
            }
        }

        ink.IsAntialias = soft;
    }
}
