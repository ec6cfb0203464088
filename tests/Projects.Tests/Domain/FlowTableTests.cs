using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

public sealed class FlowTableTests
{
    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.3")]
    public void Given_the_flow_tables_When_checked_Then_they_are_sound_and_every_refusal_has_its_texts()
    {
        FlowChecks.Problems(ProjectFlow.Table, ProjectsTexts.Manager, Texts.Common).ShouldBeEmpty();
        FlowChecks.Problems(RevisitFlow.Table, ProjectsTexts.Manager, Texts.Common).ShouldBeEmpty();
    }
}
