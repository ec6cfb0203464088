using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

/// <summary>Bodies as nobody should send them, to every endpoint.</summary>
public sealed class HostileBodyTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact]
    public async Task Callers_without_a_role_are_refused_whatever_the_type_of_their_body_and_before_it_is_read() =>
        (
            await HostileBodies.ReadForOutsidersAsync(Fixture.Service, Fixture.Issuer.Token("u", "u", ["nobody"]))
        ).ShouldBeEmpty();
}
