using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CustomerService.ServiceDefaults;

/// <summary>Refuses tokens that are sound and have been withdrawn: 401 with a code of its own, which tells a front end
/// to refresh.</summary>
internal static class OutdatedTokens
{
    /// <summary>The code of the answer.</summary>
    public const string Code = "token-outdated";

    public static JwtBearerEvents Events { get; } = new() { OnTokenValidated = CheckAsync };

    /// <summary>Whether the token of this request was refused for that.</summary>
    public static bool WasRefused(HttpContext context) => context.Features.Get<Refused>() is not null;

    private static Task CheckAsync(TokenValidatedContext context)
    {
        if (
            context.SecurityToken is JsonWebToken token
            && context
                .HttpContext.RequestServices.GetRequiredService<WithdrawnTokens>()
                .IsOutdated(token.Subject, IssuedAt(token))
        )
        {
            context.HttpContext.Features.Set(new Refused());
            context.Fail("The token was withdrawn.");
        }

        return Task.CompletedTask;
    }

    private static DateTimeOffset IssuedAt(JsonWebToken token) =>
        token.IssuedAt == default ? DateTimeOffset.MinValue : new(token.IssuedAt, TimeSpan.Zero);

    private sealed record Refused;
}
