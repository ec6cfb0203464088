using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Forms;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Appointments;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.ChargeBacks;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Components;
using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Grpc;
using CustomerService.Repairs.MonthlyReports;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Repairs.Products;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Repairs.Returns;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Trips;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Repairs.WorkLinks;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Work;

namespace CustomerService.Repairs;

/// <summary>Construction repair orders.</summary>
internal static class RepairsService
{
    internal static IReadOnlyList<IFlow> Flows { get; } =
    [
        RepairOrderFlow.Table,
        RmaFlow.Table,
        RmaUnitFlow.Table,
        ShipmentFlow.Table,
        ReturnCaseFlow.Table,
        TermsEditionFlow.Table,
        MonthlyReportFlow.Table,
        MakerClaimFlow.Table,
        ChargeBackFlow.Table,
        AppointmentFlow.Table,
        TripFlow.Table,
    ];

    /// <summary>The service, not started yet.</summary>
    /// <param name="args">Settings of the command line.</param>
    /// <param name="replace">Replaces registrations, for tests.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        var (services, configuration) = (builder.Services, builder.Configuration);
        builder.AddServiceDefaults(
            "repairs",
            typeof(RepairsService).Assembly,
            RepairsTexts.Manager,
            GoodsTexts.Manager
        );
        services.AddServiceStore<RepairsDb>(configuration);
        services.AddMessaging<RepairsDb>(
            configuration,
            "repairs",
            bus =>
            {
                bus.TrackAccounts();
                bus.ConsumeRegistry();
                bus.ConsumeRecordLinks();
                bus.Consume<TrackSites>();
                RepairOrdersModule.Consume(bus);
                RmasModule.Consume(bus);
            }
        );
        services.AddRegistry<RepairsDb>();
        services.AddWork<RepairsDb, RepairsWorkChanged>();
        services.AddRecords<RepairsDb>(
            configuration,
            new(
                (file, version) => new RepairsFileAdded(file.FileId, version, file),
                (file, version) => new RepairsFileRemoved(file.FileId, version, file),
                (id, version, wanted) => new RepairsFilesWanted(id, version, wanted)
            )
        );
        services.AddForms(configuration);
        services.AddRetention(configuration, RepairsRetention.Kinds);
        services.AddSingleton(RepairsSettings.From(configuration));
        services.AddQuestions<Warranty.WarrantyClient>(configuration, "Projects");
        services.AddQuestions<Dispatch.DispatchClient>(configuration, "Projects");
        services.AddQuestions<Plans.PlansClient>(configuration, "Projects");
        services.AddScoped<ProjectsClient>().AddScoped<RepairsMails>();
        RepairOrdersModule.Add(services);
        ProductsModule.Add(services);
        RmasModule.Add(services);
        ReturnsModule.Add(services);
        MonthlyReportsModule.Add(services);
        ComponentsModule.Add(services);
        ChargeBacksModule.Add(services);
        AppointmentsModule.Add(services);
        WorkLinksModule.Add(services);
        TripsModule.Add(services);
        replace?.Invoke(services);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapFileContents();
        app.MapGrpcService<CaseQuestions>();
        var v1 = app.MapGroup("/v1");
        RepairOrdersModule.Map(v1);
        ProductsModule.Map(v1);
        RmasModule.Map(v1);
        ReturnsModule.Map(v1);
        MonthlyReportsModule.Map(v1);
        ComponentsModule.Map(v1);
        ChargeBacksModule.Map(v1);
        WorkLinksModule.Map(v1);
        AppointmentsModule.Map(v1);
        TripsModule.Map(v1);
        v1.MapAssignment<RepairsDb, RepairOrder, RepairOrderView>(
            "repair-orders",
            (db, actor) => db.RepairOrders.VisibleTo(actor),
            RepairOrderView.From
        );
        v1.MapWorkItems();
        v1.MapAuditTrail<RepairsDb>();
        v1.MapRetention();
        v1.MapOperations("repairs");
        return app;
    }
}
