using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests;

/// <summary>What is published about the API is what the API does.</summary>
public sealed class ApiContractTests
{
    [Fact]
    public async Task The_description_fits_the_service()
    {
        await using var app = RepairsService.Build([.. OpenApiContract.Settings]);

        await OpenApiContract.CheckAsync(
            app,
            (RepairOrderFlow.Table, "repair-orders"),
            (RmaFlow.Table, "rmas"),
            (RmaUnitFlow.Table, "rma-units"),
            (ShipmentFlow.Table, "shipments"),
            (ReturnCaseFlow.Table, "return-cases"),
            (TermsEditionFlow.Table, "terms-editions")
        );
    }

    [Fact]
    public async Task Every_command_names_its_rule()
    {
        await using var app = RepairsService.Build([.. OpenApiContract.Settings]);

        var document = await OpenApiContract.DocumentAsync(app);

        var commands = document["paths"]!
            .AsObject()
            .Where(path => !path.Key.Contains("/operations/", StringComparison.Ordinal))
            .Select(path => path.Value!["post"])
            .Where(command => command is not null)
            .ToList();
        commands.Count.ShouldBeGreaterThan(100);
        commands.ShouldAllBe(command => command!["description"]!.ToString().Contains("Rule"));
    }
}
