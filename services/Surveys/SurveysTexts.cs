using System.Resources;

namespace CustomerService.Surveys;

/// <summary>The texts of this service, in three languages.</summary>
internal static class SurveysTexts
{
    public static ResourceManager Manager { get; } =
        new("CustomerService.Surveys.Resources.Texts", typeof(SurveysTexts).Assembly);
}
