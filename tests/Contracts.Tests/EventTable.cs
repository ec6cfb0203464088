using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace CustomerService.Contracts.Tests;

/// <summary>The table of all events, from the contract types and their documentation.</summary>
internal static class EventTable
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.ChangeExtension(typeof(IIntegrationEvent).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(m => m.Attribute("name")!.Value);

    public static string SummaryOf(Type type) =>
        Text(Members.GetValueOrDefault("T:" + type.FullName)?.Element("summary")) ?? "";

    /// <summary>What is said of a member of a positional record; null where nothing is.</summary>
    public static string? ParameterOf(PropertyInfo property) =>
        Text(
            Members
                .GetValueOrDefault("T:" + property.DeclaringType!.FullName)
                ?.Elements("param")
                .FirstOrDefault(p => p.Attribute("name")!.Value == property.Name)
        );

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(
            element
                .DescendantNodes()
                .Select(n =>
                    n switch
                    {
                        XText { Parent.Name.LocalName: "c" } code => $"`{code.Value}`",
                        XText t => t.Value,
                        XElement { Name.LocalName: "see" } s => s.Attribute("cref")!.Value.Split('.')[^1],
                        _ => "",
                    }
                )
        );
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    public static string Markdown(IReadOnlyList<Type> events)
    {
        var text = new StringBuilder()
            .AppendLine("# Events")
            .AppendLine()
            .AppendLine(
                "Made from shared/Contracts by `tests/Contracts.Tests`. The name is the routing key on the topic exchange "
                    + "`customer-service.events` and the CloudEvents `type`."
            )
            .AppendLine(
                "The body is JSON without an envelope; its schema (JSON Schema 2020-12) is the file beside this one. For "
                    + "tools: [asyncapi.json](asyncapi.json), AsyncAPI 3. The gateway serves both, at "
                    + "`/events/{name}.schema.json` and `/asyncapi.json`. How to subscribe: [messaging](../messaging.md)."
            )
            .AppendLine()
            .AppendLine("| Event | When | Members |")
            .AppendLine("|---|---|---|");
        foreach (var type in events)
        {
            var name = EventContracts.NameOf(type);
            var members = type.GetProperties()
                .Where(p => p.GetMethod!.IsPublic)
                .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
            text.AppendLine(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| [`{name}`]({name}.schema.json) | {SummaryOf(type)} | {string.Join(", ", members)} |"
            );
        }

        return text.ToString();
    }

    /// <summary>One row a service, in the words of the names: <c>project accepted, handed over; revisit
    /// planned</c>.</summary>
    public static string AtAGlance(IReadOnlyList<Type> events)
    {
        var text = new StringBuilder("| From | Events |\n|---|---|\n");
        foreach (var service in events.Select(e => EventContracts.NameOf(e).Split('.')).GroupBy(name => name[0]))
        {
            var subjects = service
                .GroupBy(name => name[1], name => name[2].Replace('-', ' '))
                .Select(subject => $"{subject.Key.Replace('-', ' ')} {string.Join(", ", subject)}");
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| {service.Key} | {string.Join("; ", subjects)} |\n"
            );
        }

        return text.Append("| reporting | none: it listens |\n").ToString();
    }
}
