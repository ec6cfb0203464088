namespace CustomerService.Rules;

/// <summary>Draws a flow table as a Mermaid state diagram, so that the picture in docs/ can never differ from the
/// code.</summary>
public static class FlowDiagram
{
    /// <summary>
    /// The diagram: one arrow a row and state, with the action, who may, the rule, and the codes with which it can be
    /// refused; what leaves a state as it is stands in one note beside the first of its states.
    /// </summary>
    /// <returns>Text that begins with <c>stateDiagram-v2</c>, lines ending in <c>\n</c>, without a fence.</returns>
    public static string Mermaid(IFlow flow)
    {
        var lines = new List<string> { "stateDiagram-v2" };
        foreach (var state in flow.States)
        {
            lines.Add($"    state \"{state}\" as {Node(state)}");
        }

        foreach (var line in flow.Lines.Where(line => line.To is not null))
        {
            foreach (var from in line.From.DefaultIfEmpty(null))
            {
                var origin = from is null ? "[*]" : Node(from);
                lines.Add($"    {origin} --> {Node(line.To!)}: {string.Join("<br/>", Label(line))}");
            }
        }

        foreach (var group in flow.Lines.Where(line => line.To is null).GroupBy(line => string.Join(", ", line.From)))
        {
            lines.Add($"    note right of {Node(group.First().From[0])}");
            lines.Add($"        stays in {group.Key}:");
            foreach (var line in group)
            {
                lines.Add($"        {string.Join(" · ", Label(line))}");
            }

            lines.Add("    end note");
        }

        foreach (var state in flow.FinalStates)
        {
            lines.Add($"    {Node(state)} --> [*]");
        }

        return string.Join('\n', lines) + "\n";
    }

    // Mermaid reads words such as note, state or end as its own, whatever their case; the prefix avoids that.
    private static string Node(string state) => "s_" + state.Replace('-', '_');

    private static List<string> Label(FlowLine line)
    {
        var parts = new List<string> { $"{line.Action} ({line.Rule})", string.Join(", ", line.Roles) };
        if (line.Guards.Count > 0)
        {
            parts.Add("✗ " + string.Join(", ", line.Guards.Select(g => g.Code).Distinct()));
        }

        return parts;
    }
}
