using System.Reflection;
using CustomerService.Rules;

namespace CustomerService.Architecture.Tests;

internal static class Assemblies
{
    public static string[] ServiceNames { get; } = ["Projects", "Repairs", "Complaints", "Surveys", "Reporting"];

    public static Assembly[] Services { get; } = [.. ServiceNames.Select(n => Assembly.Load("CustomerService." + n))];

    public static Assembly[] Shared { get; } =
    [
        .. new[]
        {
            "Contracts",
            "Rules",
            "Outbox",
            "Messaging",
            "Registry",
            "Records",
            "ServiceDefaults",
            "Forms",
            "Servers",
        }.Select(n => Assembly.Load("CustomerService." + n)),
    ];

    public static Assembly[] Gateways { get; } =
    [.. new[] { "Gateway", "Identity" }.Select(n => Assembly.Load("CustomerService." + n))];

    /// <summary>Every flow of every service, as the services list them.</summary>
    public static IReadOnlyList<IFlow> Flows { get; } =
    [
        .. Services.SelectMany(assembly =>
            (IReadOnlyList<IFlow>)(
                assembly
                    .GetTypes()
                    .Single(t => t.Name == assembly.GetName().Name!.Split('.')[^1] + "Service")
                    .GetProperty("Flows", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                    ?.GetValue(null)
                ?? throw new InvalidOperationException($"{assembly.GetName().Name} does not list its flows.")
            )
        ),
    ];
}
