using System.Text;

namespace CustomerService.Rules;

/// <summary>Draws a flow table as a Mermaid state diagram, so that the picture in docs/ can never differ from
/// the code.</summary>
public static class FlowDiagram
{
    /// <summary>
    /// The diagram: one arrow a row, with the action, who may, the rule, and the codes with which it can be refused.
    /// </summary>
    /// <returns>Text that begins with <c>stateDiagram-v2</c>, lines ending in <c>\n</c>, without a fence.</returns>
    public static string Mermaid(IFlow flow)
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        foreach (var state in flow.States)
        {
            text.Append("    state \"").Append(Spelling.Kebab(state)).Append("\" as ").Append(Node(state)).Append('\n');
        }

        foreach (var edge in flow.Edges)
        {
            text.Append("    ")
                .Append(edge.From is null ? "[*]" : Node(edge.From))
                .Append(" --> ")
                .Append(Node(edge.To))
                .Append(": ")
                .Append(Label(edge))
                .Append('\n');
        }

        foreach (var state in flow.TerminalStates)
        {
            text.Append("    ").Append(Node(state)).Append(" --> [*]\n");
        }

        return text.ToString();
    }

    // Mermaid reads words such as note, state or end as its own, whatever their case; a prefix keeps states out
    // of their way.
    private static string Node(string state) => $"s_{state}";

    private static string Label(FlowEdge edge)
    {
        var lines = new List<string> { $"{Spelling.Kebab(edge.Action)} ({edge.Rule})", string.Join(", ", edge.Roles) };
        if (edge.Refusals.Count > 0)
        {
            lines.Add("✗ " + string.Join(", ", edge.Refusals.Distinct()));
        }

        return string.Join("<br/>", lines);
    }
}
