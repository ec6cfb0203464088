using CustomerService.Testing;

namespace CustomerService.Client.Tests;

/// <summary>shared/Client is what the description says. To make it again: <c>UPDATE_SNAPSHOTS=1</c> on this
/// test.</summary>
public sealed class ClientTests
{
    private const string Generated = "shared/Client/Generated";

    [Fact]
    public async Task The_client_is_the_one_that_the_description_makes()
    {
        var files = await ClientGenerator.GenerateAsync(await Descriptions.MergedAsync());
        foreach (var (name, code) in files)
        {
            Snapshot.Matches($"{Generated}/{name}", code);
        }

        Directory
            .GetFiles(Path.Combine(Snapshot.Root(), Generated))
            .Select(file => Path.GetFileName(file))
            .ShouldBe(files.Keys, ignoreOrder: true, "a file in shared/Client/Generated is of no service");
    }
}
