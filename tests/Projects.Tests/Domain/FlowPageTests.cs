using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>Who may do what where, and what each refusal says: others rely on it, so it changes on purpose only.</summary>
public sealed class FlowPageTests
{
    public static TheoryData<string> Names => [.. ProjectsService.Flows.Select(flow => flow.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Rule", "S1")]
    public void Given_a_flow_table_When_it_is_written_down_Then_it_says_what_its_page_says(string name) =>
        FlowPage.Matches(ProjectsService.Flows.Single(flow => flow.Name == name));
}
