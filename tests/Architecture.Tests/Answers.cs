using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerService.ServiceDefaults;

namespace CustomerService.Architecture.Tests;

public sealed class Answers
{
    /// <summary>A console shows every list by one component, so the members that it needs come first in all.</summary>
    [Fact]
    public void Every_item_of_a_list_begins_alike()
    {
        var items = Assemblies
            .Services.SelectMany(a => a.GetTypes())
            .Where(type => type.Name.EndsWith("ListItem", StringComparison.Ordinal))
            .ToList();

        var json = new JsonSerializerOptions(Json.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        items.Count.ShouldBeGreaterThan(8);
        foreach (var item in items)
        {
            json.GetTypeInfo(item)
                .Properties.Select(p => p.Name)
                .Take(5)
                .ShouldBe(["id", "number", "state", "version", "_actions"], item.FullName);
        }
    }
}
