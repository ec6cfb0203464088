using CustomerService.Reporting.Figures.Features;
using CustomerService.Reporting.Figures.Jobs;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace CustomerService.Reporting.Figures;

/// <summary>Settings of the sums that are kept of figures, section <c>FigureSums</c>.</summary>
internal sealed class FigureSumOptions
{
    /// <summary>How often it is looked for months to sum.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For how long facts of a month must not have changed. Until then its cases are counted.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Figures: the number, the cases behind it and the files of them, for staff and BI readers.</summary>
internal static class FiguresModule
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FigureSumOptions>().Bind(configuration.GetSection("FigureSums"));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<FigureSumOptions>>().Value);
        services.AddScoped<FigureReader>().AddScoped<FigureSums>().AddScoped<ReportFigures>();
        services.AddSingleton<SumFigures>();
        services.AddHostedService(provider => provider.GetRequiredService<SumFigures>());
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var figures = app.MapGroup("/v1")
            .ForRoles([.. Roles.Staff, Roles.BiReader])
            .WithTags("Figures")
            .AddEndpointFilter(Freshness.WriteAsync);
        ListFigures.Map(figures);
        GetFigure.Map(figures);
        ListFigureCases.Map(figures);
        FetchFigureCases.Map(figures);
        PrintFigures.Map(figures);
        ShowMetrics.Map(app);
    }
}
