using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CustomerService.Rules.Tests;

/// <summary>docs/policies.md lists every value of a version, and none that there is not.</summary>
public sealed partial class PolicyPageTests
{
    public static TheoryData<string> Groups => [.. GroupsOf().Select(group => Camel(group.Name))];

    [Theory]
    [Trait("Rule", "C9")]
    [MemberData(nameof(Groups))]
    public void A_group_stands_on_the_page_with_its_members_and_whether_they_must_be_named(string group)
    {
        var section = Page()
            .Split("\n## ")
            .SingleOrDefault(part => part.StartsWith($"`{group}`", StringComparison.Ordinal))
            .ShouldNotBeNull($"`{group}` has no section");
        var rows = Row().Matches(section).ToLookup(row => row.Groups["member"].Value, row => row.Groups["rest"].Value);
        var members = Members(GroupsOf().Single(one => Camel(one.Name) == group).PropertyType);

        rows.Select(row => row.Key).Order().ShouldBe(members.Select(member => Camel(member.Name)).Order());
        foreach (var member in members)
        {
            var must = member.GetCustomAttribute<RequiredMemberAttribute>() is not null;
            foreach (var row in rows[Camel(member.Name)])
            {
                row.Contains("| must be named |", StringComparison.Ordinal).ShouldBe(must, $"{group}.{member.Name}");
            }
        }
    }

    [Fact]
    [Trait("Rule", "C9")]
    public void The_page_has_no_group_that_there_is_not() =>
        Page()
            .Split("\n## `")
            .Skip(1)
            .Select(part => part[..part.IndexOf('`')])
            .Order()
            .ShouldBe(GroupsOf().Select(group => Camel(group.Name)).Order());

    private static IReadOnlyList<PropertyInfo> GroupsOf() =>
        [
            .. typeof(Policy)
                .GetProperties()
                .Where(property => property.PropertyType.Name.EndsWith("Policy", StringComparison.Ordinal)),
        ];

    private static IReadOnlyList<PropertyInfo> Members(Type group) =>
        [.. group.GetProperties().Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)];

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Page([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/policies.md"));

    // A value of values has a row each: `majorProblem.costAbove`.
    [GeneratedRegex(@"^\| `(?<member>\w+)[.\w]*` (?<rest>.*)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
