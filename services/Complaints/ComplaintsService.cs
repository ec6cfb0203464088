using System.Resources;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Complaints.Features;
using CustomerService.Complaints.Messaging;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints;

/// <summary>Complaints (FM004) and corrective actions.</summary>
internal static class ComplaintsService
{
    public static ResourceManager Texts { get; } =
        new("CustomerService.Complaints.Resources.Texts", typeof(ComplaintsService).Assembly);

    internal static IReadOnlyList<IFlow> Flows { get; } = [ComplaintFlow.Table, CorrectiveActionFlow.Table];

    public static WebApplication Build(string[] args) => Build(args, null);

    /// <param name="args">Command line.</param>
    /// <param name="replace">Replaces services before they are built, for example the clock.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection>? replace)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("complaints", typeof(ComplaintsService).Assembly, Texts);
        builder.Services.AddServiceStore<ComplaintsDb>(builder.Configuration);
        builder.Services.AddMessaging<ComplaintsDb>(
            builder.Configuration,
            "complaints",
            bus => bus.Consume<RegisterComplaintOnDissatisfiedForm>().Consume<OpenCorrectiveActionOnFinding>()
        );
        builder.Services.AddSingleton<ComplaintTargets>();
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseServiceDefaults();
        var v1 = app.MapGroup("/v1");
        RegisterComplaint.Map(v1);
        ReadComplaints.Map(v1);
        ReadComplaintForm.Map(v1);
        RespondToComplaint.Map(v1);
        SortComplaint.Map(v1);
        DecideLiability.Map(v1);
        AnswerComplaint.Map(v1);
        ConfirmConclusion.Map(v1);
        CloseComplaint.Map(v1);
        PauseComplaint.Map(v1);
        ReclassifyComplaint.Map(v1);
        ReportForMeeting.Map(v1);
        OpenCorrectiveAction.Map(v1);
        ReadCorrectiveActions.Map(v1);
        AssignCorrectiveAction.Map(v1);
        ProposeCorrectiveAction.Map(v1);
        ReviewCorrectiveAction.Map(v1);
        ExecuteCorrectiveAction.Map(v1);
        VerifyCorrectiveAction.Map(v1);
        ReopenCorrectiveAction.Map(v1);
        v1.MapAuditTrail<ComplaintsDb>();
        v1.MapOperations("complaints", typeof(ComplaintsService).Assembly);
        return app;
    }
}
