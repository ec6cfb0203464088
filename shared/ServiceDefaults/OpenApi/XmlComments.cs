using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// What the XML comments say of types, their members and handlers' parameters. The framework's own support is a
/// source generator: it sees the comments of the project that calls <c>AddOpenApi</c>, which is this one, and
/// not those of the services.
/// </summary>
internal static class XmlComments
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    /// <summary>The summary of a type; null where there is none.</summary>
    public static string? Of(Type type) => Text(Member(type, $"T:{NameOf(type)}")?.Element("summary"));

    /// <summary>A property's summary, or the <c>param</c> of a positional record.</summary>
    public static string? Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return Text(Member(type, $"P:{NameOf(type)}.{property.Name}")?.Element("summary"))
            ?? Parameter(Member(type, $"T:{NameOf(type)}"), property.Name);
    }

    /// <summary>The <c>param</c> of a method.</summary>
    public static string? Of(MethodInfo method, string parameter)
    {
        var start = $"M:{NameOf(method.DeclaringType!)}.{method.Name}";
        return Parameter(
            Of(method.DeclaringType!.Assembly)
                .FirstOrDefault(m => m.Key == start || m.Key.StartsWith(start + "(", StringComparison.Ordinal))
                .Value,
            parameter
        );
    }

    private static string? Parameter(XElement? member, string name) =>
        Text(member?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == name));

    private static XElement? Member(Type type, string name) => Of(type.Assembly).GetValueOrDefault(name);

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static Dictionary<string, XElement> Of(Assembly assembly) => Files.GetOrAdd(assembly, Load);

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        return File.Exists(file)
            ? XDocument
                .Load(file)
                .Descendants("member")
                .DistinctBy(m => m.Attribute("name")!.Value)
                .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal)
            : [];
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(Text));
        return
            string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } said
            ? said
            : null;
    }

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" or "seealso" } see => see.Attribute("cref")?.Value.Split('.', ':')[^1]
                ?? see.Attribute("langword")?.Value
                ?? see.Value,
            XElement { Name.LocalName: "paramref" or "typeparamref" } reference => reference.Attribute("name")?.Value
                ?? "",
            XElement other => string.Concat(other.Nodes().Select(Text)),
            _ => "",
        };
}
