using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Capas.Features;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Capas;

/// <summary>Corrective and preventive actions (CAPA).</summary>
internal static class CapasModule
{
    public static void Add(IServiceCollection services) =>
        services.AddOverdueClock<ComplaintsDb, Capa>(
            "capa",
            (db, clock) => db.Capas.Where(CapaDeadlines.Overdue(true, clock.Today))
        );

    public static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("CAPAs");
        OpenCapa.Map(routes);
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
        routes.MapRecords<ComplaintsDb, Capa>("capas", (capas, actor) => capas.VisibleTo(actor), capa => capa.Number);
    }
}
