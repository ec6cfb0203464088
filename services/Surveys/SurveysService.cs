using System.Resources;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;
using CustomerService.Surveys.Features;
using CustomerService.Surveys.Messaging;
using CustomerService.Surveys.Pages;

namespace CustomerService.Surveys;

/// <summary>Asks customers for their opinion (C5.8), passes on what they are not content with (C5.9) and counts
/// it (C5.10).</summary>
internal static class SurveysService
{
    internal static ResourceManager Texts { get; } =
        new("CustomerService.Surveys.Resources.Texts", typeof(SurveysService).Assembly);

    internal static IReadOnlyList<IFlow> Flows { get; } = [InvitationFlow.Table, SurveyFormFlow.Table];

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("surveys", typeof(SurveysService).Assembly, Texts);
        builder.Services.AddSingleton(SurveySettings.From(builder.Configuration));
        builder.Services.AddSingleton(QuestionnaireCatalogue.BuiltIn);
        builder.Services.AddSurveyStore(builder.Configuration, bus => bus.Consume<InviteAfterRepair>());
        builder.Services.AddSingleton<FormPage>();
        builder.Services.AddHostedService<ExpireInvitations>();

        var app = builder.Build();
        app.UseServiceDefaults();
        var v1 = app.MapGroup("/v1");
        SendInvitation.Map(v1);
        ReadInvitations.Map(v1);
        WithdrawInvitation.Map(v1);
        AnswerForm.Map(v1);
        ReadForms.Map(v1);
        ReadQuestionnaire.Map(v1);
        ReadSatisfaction.Map(v1);
        v1.MapAuditTrail(
            (context, id, cancellationToken) =>
                VerifyAuditCommand.ReadAsync(
                    context.RequestServices.GetRequiredService<ISurveyStore>(),
                    id,
                    cancellationToken
                )
        );
        v1.MapOperations("surveys", typeof(SurveysService).Assembly);
        return app;
    }
}

/// <summary>Section <c>Surveys</c>.</summary>
/// <param name="PublicUrl">Address under which customers reach the gateway; links begin with it. Default
/// <c>http://localhost:8080</c>.</param>
/// <param name="SweepSeconds">Seconds between two looks for invitations whose time is over; default 300.</param>
internal sealed record SurveySettings(string PublicUrl, int SweepSeconds)
{
    public static SurveySettings From(IConfiguration configuration) =>
        new(
            Settings.Url(configuration, "Surveys:PublicUrl", "http://localhost:8080").TrimEnd('/'),
            Settings.Number(configuration, "Surveys:SweepSeconds", 300, 1, 86_400)
        );

    /// <summary>Where the holder of a token finds the form.</summary>
    public string LinkOf(string token) => $"{PublicUrl}/api/surveys/v1/forms/{token}";
}
