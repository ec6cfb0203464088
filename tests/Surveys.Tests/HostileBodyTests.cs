using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>Bodies as nobody should send them, to every endpoint.</summary>
public sealed class HostileBodyTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    [Fact]
    public async Task No_content_type_gives_a_server_error() =>
        (
            await HostileBodies.ServerErrorsAsync(Fixture.Service, Fixture.Issuer.Token("u", "u", Roles.All))
        ).ShouldBeEmpty();

    [Fact]
    public async Task Callers_without_a_role_are_refused_whatever_the_type_of_their_body_and_before_it_is_read() =>
        (
            await HostileBodies.ReadForOutsidersAsync(Fixture.Service, Fixture.Issuer.Token("u", "u", ["nobody"]))
        ).ShouldBeEmpty();
}
