using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerService.Testing;

/// <summary>
/// A real OpenID Connect issuer as far as services look at one: discovery document, key set, signed tokens, and
/// client credentials.
/// Services under test check its tokens exactly as they check the company's.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RsaSecurityKey _key;
    private readonly WebApplication _app;

    private TestIssuer()
    {
        _key = new RsaSecurityKey(_rsa) { KeyId = "test" };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet(
            "/.well-known/openid-configuration",
            () =>
                Results.Json(
                    new
                    {
                        issuer = Issuer,
                        jwks_uri = Issuer + "/jwks",
                        token_endpoint = Issuer + "/token",
                    }
                )
        );
        _app.MapGet(
            "/jwks",
            () =>
            {
                var public_ = _rsa.ExportParameters(false);
                return Results.Json(
                    new
                    {
                        keys = new[]
                        {
                            new
                            {
                                kty = "RSA",
                                use = "sig",
                                kid = "test",
                                alg = "RS256",
                                n = Base64UrlEncoder.Encode(public_.Modulus),
                                e = Base64UrlEncoder.Encode(public_.Exponent),
                            },
                        },
                    }
                );
            }
        );
        _app.MapPost(
            "/token",
            async (HttpRequest request) =>
            {
                var form = await request.ReadFormAsync();
                return form["grant_type"] == "client_credentials"
                    ? Results.Json(
                        new
                        {
                            access_token = Token(
                                form["client_id"].ToString(),
                                form["client_id"].ToString(),
                                ["system"]
                            ),
                            token_type = "Bearer",
                            expires_in = 3600,
                        }
                    )
                    : Results.BadRequest(new { error = "unsupported_grant_type" });
            }
        );
    }

    public string Issuer { get; private set; } = "";

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer._app.StartAsync();
        issuer.Issuer = issuer
            ._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        return issuer;
    }

    /// <summary>A signed access token.</summary>
    /// <param name="subject">Who.</param>
    /// <param name="name">Printed name.</param>
    /// <param name="roles">Roles.</param>
    /// <param name="department">Department code.</param>
    /// <param name="organisation">Outside organisation.</param>
    /// <param name="lifetime">How long it is valid; default one hour.</param>
    /// <param name="audience">Default <c>customer-service</c>.</param>
    /// <param name="issuedAt">When it was issued; by default a day before it expires.</param>
    public string Token(
        string subject,
        string name,
        IEnumerable<string> roles,
        string? department = null,
        Guid? organisation = null,
        TimeSpan? lifetime = null,
        string audience = "customer-service",
        DateTimeOffset? issuedAt = null,
        IEnumerable<string>? regions = null
    )
    {
        var claims = new List<Claim> { new("sub", subject), new("name", name) };
        claims.AddRange((regions ?? []).Select(region => new Claim("region", region)));
        claims.AddRange(roles.Select(role => new Claim("role", role)));
        if (department is not null)
        {
            claims.Add(new Claim("department", department));
        }

        if (organisation is { } id)
        {
            claims.Add(new Claim("org", id.ToString()));
        }

        var expires = TimeProvider.System.GetUtcNow().UtcDateTime + (lifetime ?? TimeSpan.FromHours(1));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = audience,
                Subject = new ClaimsIdentity(claims),
                NotBefore = expires.AddDays(-1),
                IssuedAt = issuedAt?.UtcDateTime ?? expires.AddDays(-1),
                Expires = expires,
                SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }
}
