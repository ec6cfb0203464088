using System.Reflection;
using System.Text.Json.Nodes;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>What takes no part in messaging carries none of it.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Messaging = ["MassTransit", "CustomerService.Messaging", "RabbitMQ"];

    [Theory]
    [InlineData("Gateway", "RabbitMQ.Client")]
    [InlineData("Identity", "RabbitMQ.Client")]
    public void The_gateway_and_the_issuer_are_built_without_a_message_bus(string program, string allowed)
    {
        var library = Assembly.Load("CustomerService." + program).GetName().Name!;
        // The program's own folder: the one of this test holds the libraries of all programs.
        var folder = Path.Combine(Root(), "gateway", program, Own());
        var description = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, library + ".deps.json")))!;

        var libraries = description["libraries"]!.AsObject().Select(l => l.Key.Split('/')[0]).ToList();
        libraries.ShouldContain("CustomerService.ServiceDefaults");
        // With the plain client the gateway listens for its live updates, and the issuer publishes.
        libraries.Where(library => IsMessaging(library) && library != allowed).ShouldBeEmpty();
        Directory
            .GetFiles(folder, "*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(library => IsMessaging(library) && library != allowed)
            .ShouldBeEmpty();
    }

    [Fact]
    public void ServiceDefaults_refers_to_no_message_bus_by_any_way()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Walk(typeof(ServiceHost).Assembly.GetName(), seen);

        seen.ShouldContain("CustomerService.Rules");
        seen.Where(IsMessaging).ShouldBeEmpty();
    }

    private static void Walk(AssemblyName name, HashSet<string> seen)
    {
        if (!seen.Add(name.Name!) || name.Name!.StartsWith("System", StringComparison.Ordinal))
        {
            return;
        }

        foreach (var reference in Assembly.Load(name).GetReferencedAssemblies())
        {
            Walk(reference, seen);
        }
    }

    private static bool IsMessaging(string library) =>
        Messaging.Any(prefix => library.StartsWith(prefix, StringComparison.Ordinal));

    // bin/Debug/net10.0 or bin/Release/net10.0, as this test is built.
    private static string Own()
    {
        var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        return Path.Combine(parts[^3..]);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The test runs outside the source tree.");
    }
}
