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
        var flow = Assemblies.Flows.Single(f => f.Name == name);
        Snapshot.Matches(
            $"docs/states/{name}.md",
            $"# {name}\n\nDrawn from the flow table; `tests/Architecture.Tests` keeps it so.\n\n```mermaid\n{FlowDiagram.Mermaid(flow).Trim()}\n```\n\n{Table(flow)}"
        );
    }

    private static string Table(IFlow flow) =>
        string.Join(
            '\n',
            flow.Edges.Select(e =>
                    $"| {e.From ?? "—"} | {e.Action} | {e.To} | {e.Rule} | {string.Join(", ", e.Roles)} | {string.Join(", ", e.Refusals)} |"
                )
                .Prepend("|---|---|---|---|---|---|")
                .Prepend("| From | Action | To | Rule | Roles | Refusals |")
        );
}
