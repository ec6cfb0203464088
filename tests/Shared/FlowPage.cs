using CustomerService.Rules;

namespace CustomerService.Testing;

/// <summary>
/// The page of a flow table in docs/states: the diagram, the rows, and what each refusal says. It is what other systems
/// rely on, so the tests of each service compare it with its tables, and tests/Architecture.Tests with all of them.
/// </summary>
internal static class FlowPage
{
    public static void Matches(IFlow flow) =>
        Snapshot.Matches(
            $"docs/states/{flow.Name}.md",
            $"# {flow.Name}\n\nDrawn from the flow table; tests keep it so.\n\n"
                + $"```mermaid\n{FlowDiagram.Mermaid(flow).Trim()}\n```\n\n{Rows(flow)}\n\n{Refusals(flow)}"
        );

    private static string Rows(IFlow flow) =>
        Table(
            "| From | Action | To | Rule | Roles | Refusals |",
            flow.Lines.Select(line =>
                $"| {(line.From.Count == 0 ? "—" : Words(line.From))} | {line.Action} | {line.To ?? "(stays)"}"
                + $" | {line.Rule} | {Words(line.Roles)} | {Words(line.Guards.Select(guard => guard.Code))} |"
            )
        );

    // Not by the guard's name: that is the code's own.
    private static string Refusals(IFlow flow) =>
        Table(
            "| Refusal | Rule | Missing | Supplied by |",
            flow.Guards.Select(guard =>
                    $"| {guard.Code} | {guard.Rule} | {Words(guard.Missing)} | {Words(guard.SuppliedBy)} |"
                )
                .Order(StringComparer.Ordinal)
        );

    private static string Table(string head, IEnumerable<string> rows) =>
        string.Join(
            '\n',
            rows.Prepend(string.Concat(Enumerable.Repeat("|---", head.Count(c => c == '|') - 1)) + "|").Prepend(head)
        );

    private static string Words(IEnumerable<string> words) => string.Join(", ", words);
}
