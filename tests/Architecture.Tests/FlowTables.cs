using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Architecture.Tests;

public sealed class FlowTables
{
    public static TheoryData<string> Names => [.. Assemblies.Flows.Select(f => f.Name)];

    [Fact]
    public void Every_aggregate_with_states_lists_its_flow()
    {
        var flows = Assemblies.Flows.Select(f => f.Name).ToList();
        flows.ShouldBeUnique();
        var aggregates = Assemblies
            .Services.SelectMany(a => a.GetTypes())
            .Count(t =>
                t is { IsAbstract: false, BaseType.IsGenericType: true }
                && t.BaseType.GetGenericTypeDefinition() == typeof(Aggregate<,,>)
            );
        flows.Count.ShouldBe(aggregates);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_state_diagram_in_the_documentation_is_the_table(string name)
    {
        FlowPage.Matches(Assemblies.Flows.Single(f => f.Name == name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_guard_is_defined_once_and_one_code_says_one_thing(string name)
    {
        var guards = Assemblies.Flows.Single(f => f.Name == name).Guards;
        guards.Select(g => g.Name).ShouldBeUnique();
        guards
            // A date in the future is the same fault of what was entered, whichever rule asks for the date.
            .Where(g => g.Code != "date-in-future")
            .GroupBy(g => g.Code)
            .Where(g => g.Select(guard => guard.Rule).Distinct().Count() > 1)
            .Select(g => g.Key)
            .ShouldBeEmpty("a refusal code belongs to one rule");
    }
}
