using System.Resources;

namespace CustomerService.Complaints;

/// <summary>Texts of this service in three languages.</summary>
internal static class ComplaintsTexts
{
    public static ResourceManager Manager { get; } =
        new("CustomerService.Complaints.Resources.Texts", typeof(ComplaintsTexts).Assembly);
}
