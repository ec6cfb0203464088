using System.Resources;

namespace CustomerService.Repairs;

/// <summary>Texts of this service for people.</summary>
internal static class RepairsTexts
{
    public static ResourceManager Manager { get; } =
        new("CustomerService.Repairs.Resources.Texts", typeof(RepairsTexts).Assembly);
}
