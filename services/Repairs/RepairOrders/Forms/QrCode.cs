using QRCoder;

namespace CustomerService.Repairs.RepairOrders.Forms;

/// <summary>QR codes for paper.</summary>
internal static class QrCode
{
    private const int PixelsPerModule = 8;

    /// <summary>As PNG, with a quarter of it for repair: sheets get dirty on site.</summary>
    public static byte[] Png(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule);
    }
}
