using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Capas.Forms;
using CustomerService.Complaints.Capas.Jobs;
using CustomerService.Complaints.Data;
using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Capas;

/// <summary>Corrective and preventive actions (CAPA).</summary>
internal static class CapasModule
{
    public static void Add(IServiceCollection services) =>
        services
            .AddScoped<EffectMeasurement>()
            .AddHostedService<MeasureRates>()
            .AddHostedService<RemindOfCapaClocks>()
            .AddOverdueClock<ComplaintsDb, Capa>(
                "capa",
                (db, clock) => db.Capas.Where(CapaDeadlines.Overdue(true, clock.Today))
            );

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("CAPAs");
        OpenCapa.Map(routes);
        OpenCapaForCase.Map(routes);
        JoinCaseToCapa.Map(routes);
        ListSurveyCases.Map(routes);
        ListCapas.Map(routes);
        GetCapa.Map(routes);
        AssignCapa.Map(routes);
        ProposeCapa.Map(routes);
        ReviewCapa.Map(routes);
        ExecuteCapa.Map(routes);
        VerifyEffective.Map(routes);
        VerifyIneffective.Map(routes);
        ReopenCapa.Map(routes);
        // No outsider sees a CAPA.
        JoinCapa.Map(routes);
        routes.MapForm<EightD>(
            "capas",
            "8d",
            "8D report",
            "Rules C5.4 and C5.6.2; staff. From the data of the CAPA and of the complaint that it was opened for."
        );
        routes.MapRecords<ComplaintsDb, Capa>("capas", (capas, actor) => capas.VisibleTo(actor), capa => capa.Number);
    }
}
