using CustomerService.Surveys.Analysis.Features;

namespace CustomerService.Surveys.Analysis;

/// <summary>What the forms say (C5.8.1, C5.10).</summary>
internal static class AnalysisModule
{
    public static void Add(IServiceCollection services) =>
        services.AddSingleton<CountCache>().AddScoped<RecoveredForms>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Analysis");
        ReadSatisfaction.Map(group);
        CompareItems.Map(group);
    }
}
