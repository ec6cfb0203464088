using CustomerService.Reporting.FigureSnapshots.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.FigureSnapshots;

/// <summary>Figures that were frozen, and what has changed since.</summary>
internal static class FigureSnapshotsModule
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").ForRoles([.. Roles.Staff]).WithTags("Figures");
        FreezeFigure.Map(routes);
        ListFigureSnapshots.Map(routes);
        GetFigureSnapshot.Map(routes);
        CompareFigureSnapshots.Map(routes);
    }
}
