using System.Reflection;
using System.Text.Json.Nodes;
using CustomerService.Gateway;
using CustomerService.Gateway.ApiDocument;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;

namespace CustomerService.Client.Tests;

/// <summary>The merged description, from the services' programs and without any server.</summary>
internal static class Descriptions
{
    /// <summary>Builds every service and asks it for its description.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonObject>> OfServicesAsync()
    {
        var documents = new Dictionary<string, JsonObject>();
        foreach (var service in GatewaySettings.ServiceNames)
        {
            documents[service] = await OpenApiContract.DocumentAsync(Build(service));
        }

        return documents;
    }

    public static async Task<JsonObject> MergedAsync() => MergedDocument.Merge(await OfServicesAsync(), [], null);

    // By convention {Name}Service.Build, as every Program.cs calls it. It is not disposed: MassTransit keeps the log
    // of the first bus for the whole process.
    internal static WebApplication Build(string service)
    {
        var name = char.ToUpperInvariant(service[0]) + service[1..];
        var type = Assembly
            .Load("CustomerService." + name)
            .GetType($"CustomerService.{name}.{name}Service", throwOnError: true)!;
        var build = type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .First(m => m.Name == "Build" && m.GetParameters()[0].ParameterType == typeof(string[]));
        object?[] arguments =
        [
            OpenApiContract.Settings.ToArray(),
            .. Enumerable.Repeat<object?>(null, build.GetParameters().Length - 1),
        ];
        return (WebApplication)build.Invoke(null, arguments)!;
    }
}
