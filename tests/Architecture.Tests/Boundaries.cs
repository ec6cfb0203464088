using System.Reflection;
using System.Text.RegularExpressions;
using CustomerService.Testing;
using NetArchTest.Rules;

namespace CustomerService.Architecture.Tests;

public sealed class Boundaries
{
    [Fact]
    public void The_domain_knows_no_framework()
    {
        var result = Types
            .InAssemblies(Assemblies.Services)
            .That()
            .ResideInNamespaceMatching(@"^CustomerService\.\w+\.\w+\.Domain(\..*)?$")
            .ShouldNot()
            .HaveDependencyOnAny(
                "Microsoft.EntityFrameworkCore",
                "Microsoft.AspNetCore",
                "MassTransit",
                "MongoDB",
                "Npgsql",
                "Grpc",
                "FluentValidation",
                "CustomerService.Messaging",
                "CustomerService.Registry",
                "CustomerService.ServiceDefaults"
            )
            .GetResult();
        Failing(result).ShouldBeEmpty();
        Types
            .InAssemblies(Assemblies.Services)
            .That()
            .ResideInNamespaceMatching(@"^CustomerService\.\w+\.\w+\.Domain(\..*)?$")
            .GetTypes()
            .Count()
            .ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Services_never_reference_each_other()
    {
        var services = Assemblies.Services.Select(a => a.GetName().Name!).ToHashSet();
        foreach (var assembly in Assemblies.Services)
        {
            assembly
                .GetReferencedAssemblies()
                .Select(r => r.Name!)
                .Where(services.Contains)
                .ShouldBeEmpty(assembly.GetName().Name);
        }
    }

    [Fact]
    public void Shared_never_references_a_service_or_the_gateway()
    {
        var others = Assemblies.Services.Concat(Assemblies.Gateways).Select(a => a.GetName().Name!).ToHashSet();
        foreach (var assembly in Assemblies.Shared)
        {
            assembly
                .GetReferencedAssemblies()
                .Select(r => r.Name!)
                .Where(others.Contains)
                .ShouldBeEmpty(assembly.GetName().Name);
        }
    }

    [Fact]
    public void What_the_registry_announces_is_copied_in_one_place_for_all()
    {
        Assemblies
            .Services.SelectMany(a => a.GetTypes())
            .Where(type => type.Name.EndsWith("Copy", StringComparison.Ordinal))
            .Select(type => type.FullName)
            .ShouldBeEmpty("copies of the registry live in shared/Registry");
        Types
            .InAssemblies(Assemblies.Shared)
            .GetTypes()
            .Where(type => type.Name.EndsWith("Copy", StringComparison.Ordinal))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["DepartmentCopy", "OrganisationCopy", "PersonCopy", "ProjectCopy"]);
    }

    [Fact]
    public void Nobody_publishes_past_the_outbox()
    {
        var result = Types
            .InAssemblies([
                .. Assemblies.Services,
                .. Assemblies.Gateways,
                .. Assemblies.Shared.Where(a => a.GetName().Name != "CustomerService.Messaging"),
            ])
            .ShouldNot()
            .HaveDependencyOnAny(
                "MassTransit.IPublishEndpoint",
                "MassTransit.ISendEndpoint",
                "MassTransit.ISendEndpointProvider",
                "MassTransit.IBus",
                "MassTransit.IBusControl"
            )
            .GetResult();
        Failing(result).ShouldBeEmpty();

        // Nor by the broker's own client. The gateway's live stream listens with it, which is no publishing.
        var client = Types
            .InAssemblies([
                .. Assemblies.Services,
                .. Assemblies.Gateways,
                .. Assemblies.Shared.Where(a =>
                    a.GetName().Name is not ("CustomerService.Messaging" or "CustomerService.Outbox")
                ),
            ])
            .ShouldNot()
            .HaveDependencyOnAny("RabbitMQ.Client")
            .GetResult();
        Failing(client)
            .Where(name => !Regex.IsMatch(name, @"^CustomerService\.Gateway\.Live\.LiveSubscription([/+].*)?$"))
            .ShouldBeEmpty();
        Sources("services", "gateway", "shared", "deploy")
            .Where(s =>
                s.Text.Contains("BasicPublish", StringComparison.Ordinal)
                && !Regex.IsMatch(s.Path, "^shared/(Messaging|Outbox)/")
            )
            .Select(s => s.Path)
            .ShouldBeEmpty();
    }

    /// <summary>What publishes needs no MassTransit; gateway and issuer do not even carry it.</summary>
    [Fact]
    public void Gateway_issuer_and_outbox_carry_no_MassTransit()
    {
        foreach (var project in (string[])["gateway/Gateway", "gateway/Identity", "shared/Outbox"])
        {
            var packages = File.ReadAllText(Path.Combine(Snapshot.Root(), project, "packages.lock.json"));
            packages.ShouldContain("RabbitMQ.Client", Case.Sensitive, project);
            packages.ShouldNotContain("MassTransit", Case.Sensitive, project);
        }
    }

    /// <summary>Who was deactivated must be refused everywhere, so no service may forget to listen.</summary>
    [Fact]
    public void Every_service_tracks_the_accounts() =>
        Sources("services")
            .Where(s => s.Text.Contains(".TrackAccounts()", StringComparison.Ordinal))
            .Select(s => s.Path.Split('/')[1])
            .Order(StringComparer.Ordinal)
            .ShouldBe(Assemblies.ServiceNames.Order(StringComparer.Ordinal));

    [Fact]
    public void A_slice_does_not_reference_a_sibling_slice()
    {
        var wrong = new List<string>();
        foreach (var assembly in Assemblies.Services)
        {
            var slices = assembly
                .GetTypes()
                .Where(t =>
                    t is { IsNested: false }
                    && t.Namespace?.Contains(".Features", StringComparison.Ordinal) == true
                    && t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                        .Any(m => m.Name == "Map")
                )
                .Select(t => t.FullName!)
                .ToList();
            foreach (var slice in slices)
            {
                // NetArchTest reads a name as a prefix; the trailing boundary is checked by name.
                var failing = Types
                    .InAssembly(assembly)
                    .That()
                    .HaveNameMatching(".*")
                    .GetTypes()
                    .Where(t =>
                        t.FullName == slice
                        || t.FullName!.StartsWith(slice + "+", StringComparison.Ordinal)
                        || t.FullName.StartsWith(slice + "/", StringComparison.Ordinal)
                    )
                    .ToList();
                failing.ShouldNotBeEmpty(slice);
                var siblings = slices
                    .Where(s => s != slice && !slice.StartsWith(s, StringComparison.Ordinal))
                    .ToArray();
                if (siblings.Length == 0)
                {
                    continue;
                }

                var result = Types
                    .InAssembly(assembly)
                    .That()
                    .HaveNameStartingWith(slice.Split('.')[^1])
                    .And()
                    .ResideInNamespace(slice[..slice.LastIndexOf('.')])
                    .ShouldNot()
                    .HaveDependencyOnAny(siblings)
                    .GetResult();
                wrong.AddRange(
                    Failing(result)
                        .Where(f =>
                            f == slice
                            || f.StartsWith(slice + "+", StringComparison.Ordinal)
                            || f.StartsWith(slice + "/", StringComparison.Ordinal)
                        )
                );
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_handler_never_saves_by_itself() =>
        Sources("services")
            .Where(s =>
                s.Path.Contains("/Features/", StringComparison.Ordinal)
                && Regex.IsMatch(s.Text, @"\.SaveChanges(Async)?\(")
            )
            .Select(s => s.Path)
            .ShouldBeEmpty();

    [Fact]
    public void Time_comes_from_TimeProvider_and_identities_are_in_time_order() =>
        Sources("services", "shared", "gateway")
            .Where(s =>
                Regex.IsMatch(s.Text, @"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bGuid\.NewGuid\(\)")
            )
            .Select(s => s.Path)
            .ShouldBeEmpty();

    [Fact]
    public void Chinese_terms_stand_in_resources_and_never_in_logic()
    {
        // Comments and the documentation of endpoints, with its examples, may name the terms of the forms.
        static string Logic(string source)
        {
            var logic = Regex.Replace(source, @"//.*$", "", RegexOptions.Multiline);
            logic = Regex.Replace(logic, @"static \w+ Example\b.*?;", "", RegexOptions.Singleline);
            var documented = new Regex(@"\.(With(Summary|Description|Example)|MapForm<\w+>)\(");
            while (documented.Match(logic) is { Success: true } call)
            {
                var (end, depth) = (call.Index + call.Length, 1);
                for (; depth > 0; end++)
                {
                    depth += logic[end] switch
                    {
                        '(' => 1,
                        ')' => -1,
                        _ => 0,
                    };
                }

                logic = logic.Remove(call.Index, end - call.Index);
            }

            return logic;
        }

        var chinese = new Regex(@"^(?!\s*(///|//|\*)).*[\u4e00-\u9fff]", RegexOptions.Multiline);
        Sources("services", "shared", "gateway")
            .Where(s => chinese.IsMatch(Logic(s.Text)))
            .Select(s => s.Path)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Shared_holds_no_helpers_and_no_generic_repositories() =>
        Types
            .InAssemblies(Assemblies.Shared)
            .GetTypes()
            .Select(t => t.Name)
            // What the compiler of protos writes begins with two underscores.
            .Where(n => !n.StartsWith("__", StringComparison.Ordinal))
            .Where(n => Regex.IsMatch(n, "Helper|Util|Manager$|Repository|Mediator|Mapper"))
            .ShouldBeEmpty();

    private static IEnumerable<string> Failing(NetArchTest.Rules.TestResult result) => result.FailingTypeNames ?? [];

    private static IEnumerable<(string Path, string Text)> Sources(params string[] folders) =>
        folders
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Snapshot.Root(), folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(path => !Regex.IsMatch(path, @"[\\/](bin|obj|Migrations)[\\/]"))
            .Select(path => (Path.GetRelativePath(Snapshot.Root(), path).Replace('\\', '/'), File.ReadAllText(path)));
}
