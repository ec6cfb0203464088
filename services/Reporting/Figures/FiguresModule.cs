using CustomerService.Reporting.Figures.Features;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Figures;

/// <summary>Figures: the number, the cases behind it and the files of them, for staff and BI readers.</summary>
internal static class FiguresModule
{
    public static void Add(IServiceCollection services) =>
        services.AddScoped<FigureReader>().AddScoped<ReportFigures>();

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
