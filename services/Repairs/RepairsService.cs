using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Forms;
using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Repairs.Features.RepairOrders;
using CustomerService.Repairs.Messaging;
using CustomerService.Repairs.Printing;
using CustomerService.Repairs.Questions;
using CustomerService.Repairs.Sweeps;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using AskWarrantyClient = CustomerService.Contracts.Projects.Grpc.V1.Warranty.WarrantyClient;

namespace CustomerService.Repairs;

/// <summary>Construction repair orders.</summary>
internal static class RepairsService
{
    internal static IReadOnlyList<IFlow> Flows { get; } = [RepairOrderFlow.Table];

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("repairs", typeof(RepairsService).Assembly, RepairTexts.Manager);
        builder.Services.AddServiceStore<RepairsDb>(builder.Configuration);
        builder.Services.AddMessaging<RepairsDb>(
            builder.Configuration,
            "repairs",
            bus =>
            {
                bus.Consume<OpenOrderOnFinding>();
                bus.Consume<KeepProject>();
            }
        );
        builder.Services.AddQuestions<AskWarrantyClient>(builder.Configuration, "Projects");
        builder.Services.AddQuestions<Dispatch.DispatchClient>(builder.Configuration, "Projects");
        builder.Services.AddSingleton(RepairsSettings.From(builder.Configuration));
        builder.Services.AddForms(builder.Configuration);
        builder.Services.AddScoped<ProjectsQuestions>();
        builder.Services.AddScoped<Opening>();
        builder.Services.AddHostedService<MarkOverdueConfirmations>();

        var app = builder.Build();
        app.UseServiceDefaults();
        var v1 = app.MapGroup("/v1");
        OpenRepairOrder.Map(v1);
        ListRepairOrders.Map(v1);
        GetRepairOrder.Map(v1);
        GetRepairRecord.Map(v1);
        PrintRepairRecord.Map(v1);
        v1.MapAuditTrail<RepairsDb>();
        AskWarranty.Map(v1);
        ConfirmDefect.Map(v1);
        AnalyseDefect.Map(v1);
        ReviewRepairOrder.Map(v1);
        SendBackRepairOrder.Map(v1);
        ApproveRepairOrder.Map(v1);
        RatifyRepairOrder.Map(v1);
        GetLeaderProposal.Map(v1);
        DispatchRepairOrder.Map(v1);
        BriefRepairCrew.Map(v1);
        StartRepair.Map(v1);
        FinishRepair.Map(v1);
        InspectRepair.Map(v1);
        AcceptRepair.Map(v1);
        RefuseRepair.Map(v1);
        ReturnRepairRecord.Map(v1);
        WithdrawRepairOrder.Map(v1);
        v1.MapOperations("repairs", typeof(RepairsService).Assembly);
        return app;
    }
}
