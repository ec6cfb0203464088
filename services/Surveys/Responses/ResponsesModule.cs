using System.Text.Encodings.Web;
using System.Text.Unicode;
using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Responses.Features;
using CustomerService.Surveys.Responses.Forms;
using CustomerService.Surveys.Responses.Jobs;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses;

/// <summary>What customers answer: the form behind a link, and the responses (C5.8.3, C5.9).</summary>
internal static class ResponsesModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<FileResponses>();
        services.AddHostedService(provider => provider.GetRequiredService<FileResponses>());
        services.AddScoped<AnonymousForms>();
        services.AddScoped<FormLink>();
        services.AddScoped<FormPages>();
        services.AddScoped<Interviews>();
        services.AddScoped<InterviewPages>();
        // The pages are written in UTF-8: Chinese stands there as itself.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").WithTags("Survey forms");
        ShowForm.Map(forms);
        AnswerForm.Map(forms);
        AnswerFormPage.Map(forms);
        GetFormStyle.Map(forms);
        SaveDraft.Map(forms);
        OptOutOfSurveys.Map(forms);
        OpenByCode.Map(forms);
        ShowInterviews.Map(forms);
        TakeInterview.Map(forms);

        var responses = routes.MapGroup("").WithTags("Responses");
        GetResponse.Map(responses);
        ListResponses.Map(responses);
        responses.MapForm<SurveyForm>(
            "responses",
            "fm006",
            "FM006 as it was answered",
            "Rules C5.8.3 and C10. For staff."
        );
        responses.MapRecords(
            "responses",
            nameof(Response),
            DocumentRecordStore.Finds(ResponseAccess.VisibleTo),
            ResponseAction.Receive,
            ResponseAction.TakeDown
        );
    }
}
