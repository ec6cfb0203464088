using CustomerService.Gateway;
using CustomerService.Testing;

namespace CustomerService.Client.Tests;

/// <summary>What each service says of itself is what its types are. That actions have routes is tested by the
/// services, which know their flow tables.</summary>
public sealed class ContractTests
{
    public static TheoryData<string> Services => [.. GatewaySettings.ServiceNames];

    [Theory]
    [MemberData(nameof(Services))]
    public Task The_description_is_true_of_the_service(string service) =>
        OpenApiContract.CheckAsync(Descriptions.Build(service));
}
