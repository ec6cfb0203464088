using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

public sealed class ApiContractTests
{
    [Fact]
    public async Task The_description_tells_the_truth_about_every_endpoint()
    {
        await using var app = ProjectsService.Build([.. OpenApiContract.Settings]);

        await OpenApiContract.CheckAsync(app, (ProjectFlow.Table, "projects"), (RevisitFlow.Table, "revisits"));
    }
}
