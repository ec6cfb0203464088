using System.Resources;

namespace CustomerService.Repairs;

/// <summary>Texts about products, RMA, returns and exchanges.</summary>
internal static class GoodsTexts
{
    public static ResourceManager Manager { get; } =
        new("CustomerService.Repairs.Resources.Goods.Texts", typeof(GoodsTexts).Assembly);
}
