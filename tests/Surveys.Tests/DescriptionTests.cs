using CustomerService.Rules;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

public sealed class DescriptionTests
{
    [Fact]
    public async Task The_published_description_is_what_the_service_does()
    {
        await using var app = SurveysService.Build([.. OpenApiContract.Settings]);

        await OpenApiContract.CheckAsync(
            app,
            (new WithoutLink(InvitationFlow.Table), "invitations"),
            (ResponseFlow.Table, "responses"),
            (EditionFlow.Table, "editions"),
            (CampaignFlow.Table, "campaigns"),
            (SheetBatchFlow.Table, "sheet-batches"),
            (ContactNoteFlow.Table, "contact-notes"),
            (SuggestionFlow.Table, "suggestions"),
            (OwedAnswerFlow.Table, "owed-answers"),
            (EvaluationFlow.Table, "evaluations"),
            (AssessmentFlow.Table, "assessments")
        );
    }

    /// <summary>What only the holder of a link does has no route of the record: it is POST /f/{token}.</summary>
    private sealed class WithoutLink(IFlow flow) : IFlow
    {
        public string Name => flow.Name;

        public IReadOnlyList<string> States => flow.States;

        public IReadOnlyList<string> FinalStates => flow.FinalStates;

        public IReadOnlyList<FlowLine> Lines =>
            [.. flow.Lines.Where(line => line.Guards.All(guard => guard.Code != "link-not-held"))];

        public IReadOnlyList<GuardInfo> Guards => flow.Guards;
    }
}
