using System.Security.Claims;
using System.Security.Cryptography;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerService.Gateway.Tests;

public sealed class RememberingTokenHandlerTests : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly RememberingTokenHandler _handler = new(TimeProvider.System) { MapInboundClaims = false };

    [Fact]
    public async Task A_good_token_is_remembered_and_what_a_request_adds_to_it_is_not()
    {
        var token = Token(TimeSpan.FromMinutes(5));
        var first = await _handler.ValidateTokenAsync(token, Parameters(_key));
        first.IsValid.ShouldBeTrue();
        first.ClaimsIdentity.AddClaim(new Claim("roles", "administrator"));

        // No key is at hand that could have signed it, so it is remembered and not checked again.
        using var other = RSA.Create(2048);
        var again = await _handler.ValidateTokenAsync(token, Parameters(other));
        again.IsValid.ShouldBeTrue();
        again.ClaimsIdentity.FindFirst("sub")!.Value.ShouldBe("lin.yating");
        again.ClaimsIdentity.HasClaim("roles", "administrator").ShouldBeFalse();
        again.ClaimsIdentity.AddClaim(new Claim("roles", "administrator"));
        (await _handler.ValidateTokenAsync(token, Parameters(other)))
            .ClaimsIdentity.HasClaim("roles", "administrator")
            .ShouldBeFalse();
    }

    [Fact]
    public async Task A_remembered_token_ends_with_its_lifetime()
    {
        // Longer than a busy machine takes to the next line.
        var token = Token(TimeSpan.FromSeconds(10));
        (await _handler.ValidateTokenAsync(token, Parameters(_key))).IsValid.ShouldBeTrue();

        await Eventually.Holds(async () =>
            (
                await _handler.ValidateTokenAsync(token, Parameters(_key))
            ).Exception.ShouldBeOfType<SecurityTokenExpiredException>()
        );
    }

    [Fact]
    public async Task What_is_refused_is_refused_again_and_a_changed_copy_of_a_remembered_token_too()
    {
        using var other = RSA.Create(2048);
        var token = Token(TimeSpan.FromMinutes(5));
        (await _handler.ValidateTokenAsync(token, Parameters(other))).IsValid.ShouldBeFalse();
        (await _handler.ValidateTokenAsync(token, Parameters(other))).IsValid.ShouldBeFalse();
        (await _handler.ValidateTokenAsync(token, Parameters(_key))).IsValid.ShouldBeTrue();

        var parts = token.Split('.');
        var forged = string.Join(
            '.',
            parts[0],
            Base64UrlEncoder.Encode(
                Base64UrlEncoder.Decode(parts[1]).Replace("lin.yating", "admin", StringComparison.Ordinal)
            ),
            parts[2]
        );
        (await _handler.ValidateTokenAsync(forged, Parameters(_key))).IsValid.ShouldBeFalse();
    }

    public void Dispose()
    {
        _key.Dispose();
        _handler.Dispose();
    }

    private static TokenValidationParameters Parameters(RSA key) =>
        new()
        {
            ValidIssuer = "issuer",
            ValidAudience = "customer-service",
            IssuerSigningKey = new RsaSecurityKey(key),
            ClockSkew = TimeSpan.Zero,
        };

    private string Token(TimeSpan lifetime) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = "issuer",
                Audience = "customer-service",
                Expires = DateTime.UtcNow + lifetime,
                Claims = new Dictionary<string, object> { ["sub"] = "lin.yating" },
                SigningCredentials = new SigningCredentials(new RsaSecurityKey(_key), SecurityAlgorithms.RsaSha256),
            }
        );
}
