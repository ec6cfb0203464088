using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Responses.Domain;
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
            (ResponseFlow.Table, "responses")
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
