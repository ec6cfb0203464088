using System.Text.RegularExpressions;
using CustomerService.Testing;

namespace CustomerService.Architecture.Tests;

/// <summary>Where each kind of thing lives (docs/developing.md): the same folders and names in every service.</summary>
public sealed partial class Layout
{
    private static readonly string[] Children = ["Domain", "Features", "Consumers", "Jobs", "Forms"];

    public static TheoryData<string> Services => [.. Assemblies.ServiceNames];

    [Theory]
    [MemberData(nameof(Services))]
    public void Namespaces_follow_folders(string service) =>
        Sources(service)
            .Where(file => file.Namespace is not null && file.Namespace != $"CustomerService.{file.Folder}")
            .Select(file => $"{file.Path}: {file.Namespace}")
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Services))]
    public void A_module_has_a_module_file_and_only_the_known_child_folders(string service)
    {
        var modules = Modules(service);
        modules.ShouldNotBeEmpty();
        foreach (var module in modules)
        {
            Directory
                .EnumerateDirectories(Path.Combine(Root(service), module))
                .Select(Path.GetFileName)
                .Except(ChildrenOf(service))
                .ShouldBeEmpty($"{service}/{module}");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void An_aggregate_has_its_flow_states_and_mapping_where_a_reader_looks(string service)
    {
        foreach (var flow in Sources(service).Where(f => f.Name.EndsWith("Flow.cs", StringComparison.Ordinal)))
        {
            var aggregate = flow.Name[..^"Flow.cs".Length];
            var module = flow.Folder.Split('.')[1];
            flow.Folder.ShouldBe($"{service}.{module}.Domain", flow.Path);
            var domain = Path.Combine(Root(service), module, "Domain");
            File.Exists(Path.Combine(domain, $"{aggregate}.cs")).ShouldBeTrue($"{aggregate}.cs beside {flow.Path}");
            File.Exists(Path.Combine(domain, $"{aggregate}States.cs")).ShouldBeTrue($"{aggregate}States.cs");
            Regex
                .IsMatch(flow.Text, @"csharpier-ignore")
                .ShouldBeTrue($"{flow.Path}: a row of the table is one line, which the formatter must leave alone");
            Regex
                .IsMatch(flow.Text, @"\b(foreach|for|while)\s*\(")
                .ShouldBeFalse($"{flow.Path}: a flow table is data, without loops");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_use_case_stands_in_the_file_of_its_name(string service)
    {
        foreach (var file in Sources(service).Where(f => f.Folder.EndsWith(".Features", StringComparison.Ordinal)))
        {
            var types = StaticClass().Matches(file.Text).Select(m => m.Groups[1].Value).ToList();
            types.Except([Path.GetFileNameWithoutExtension(file.Name)]).ShouldBeEmpty(file.Path);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Dependencies_point_inward(string service)
    {
        var modules = Modules(service);
        var wrong = new List<string>();
        foreach (var file in Sources(service))
        {
            var own = file.Folder.Split('.');
            var child = own.Length > 2 ? own[2] : "";
            foreach (
                var used in file.Usings.Where(u =>
                    u.StartsWith($"CustomerService.{service}.", StringComparison.Ordinal)
                )
            )
            {
                var parts = used.Split('.');
                var (module, part) = (parts[2], parts.Length > 3 ? parts[3] : "");
                if (!modules.Contains(module))
                {
                    continue;
                }

                var foreign = own.Length > 1 && modules.Contains(own[1]) && own[1] != module;
                if (
                    (part == "Features" && child is "Domain" or "Consumers" or "Jobs" or "Forms")
                    || (child == "Domain" && part != "Domain")
                    || (foreign && part == "Features")
                )
                {
                    wrong.Add($"{file.Path} uses {used}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static IReadOnlyList<string> ChildrenOf(string service) =>
        // Reports have no aggregates; Projects reads foreign files and generates plans.
        service == "Projects"
            ? [.. Children, "Imports", "Blobs", "Plans"]
            : Children;

    private static IReadOnlyList<string> Modules(string service) =>
        [
            .. Directory
                .EnumerateDirectories(Root(service))
                .Where(folder => Directory.EnumerateFiles(folder, "*Module.cs").Any())
                .Select(folder => Path.GetFileName(folder)!),
        ];

    private static string Root(string service) => Path.Combine(Snapshot.Root(), "services", service);

    private static IEnumerable<Source> Sources(string service) =>
        Directory
            .EnumerateFiles(Root(service), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Regex.IsMatch(path, @"[\\/](bin|obj|Migrations)[\\/]"))
            .Select(path => Source.Read(service, path));

    [GeneratedRegex(@"^internal static (?:partial )?class (\w+)", RegexOptions.Multiline)]
    private static partial Regex StaticClass();

    private sealed record Source(
        string Path,
        string Name,
        string Folder,
        string? Namespace,
        IReadOnlyList<string> Usings,
        string Text
    )
    {
        public static Source Read(string service, string path)
        {
            var text = File.ReadAllText(path);
            var relative = System.IO.Path.GetRelativePath(Root(service), path).Replace('\\', '/').Split('/');
            return new(
                $"services/{service}/{string.Join('/', relative)}",
                relative[^1],
                string.Join('.', relative[..^1].Prepend(service)),
                Regex.Match(text, @"^namespace ([\w.]+);", RegexOptions.Multiline) is { Success: true } found
                    ? found.Groups[1].Value
                    : null,
                [
                    .. Regex
                        .Matches(text, @"^using (?:static )?(?:\w+ = )?([\w.]+)", RegexOptions.Multiline)
                        .Select(m => m.Groups[1].Value),
                ],
                text
            );
        }
    }
}
