using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

public sealed class FlowRules
{
    [Fact]
    public void Given_the_flow_tables_When_they_are_walked_Then_they_have_no_holes_and_every_refusal_has_its_texts()
    {
        foreach (var flow in SurveysService.Flows)
        {
            FlowChecks.Problems(flow, SurveysTexts.Manager, Texts.Common).ShouldBeEmpty();
        }
    }
}
