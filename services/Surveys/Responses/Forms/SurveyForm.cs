using CustomerService.Forms;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses.Forms;

/// <summary>FM006 as it was answered (C5.8.3, C10).</summary>
internal sealed class SurveyForm(IDocumentStore store, QuestionnaireVersions questionnaires, Caller caller) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var found = await store.ListAsync(
            StaffAccess.Of<Response>(caller.Actor).Where(r => r.Id, id),
            null,
            1,
            cancellation
        );
        if (found is not [var response])
        {
            return FormResult.NotFound;
        }

        return SurveyPaper.Fill(
            await questionnaires.ByVersionAsync(response.QuestionnaireVersion, cancellation),
            new(
                response.CustomerName,
                response.Respondent,
                response.SourceNumber,
                response.Product,
                response.Survey,
                response.ReceivedOn
            ),
            new Answers(
                response.Overall,
                response.OverallComment,
                response.Items,
                response.Suggestions,
                response.Respondent
            )
            {
                Competitor = response.Competitor,
                WantsAnswer = response.WantsAnswer,
            },
            response.Number ?? response.Id.ToString("N")[..8],
            response.Version,
            null,
            texts
        );
    }
}
