using System.Security.Claims;
using System.Text.Json;
using CustomerService.Identity.Users.Domain;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CustomerService.Identity.OpenId;

/// <summary>What stands in a token, and in which.</summary>
internal static class Tokens
{
    public const string Department = "department";
    public const string Organisation = "org";
    public const string Region = "region";

    /// <summary>Only in codes and refresh tokens: tells whether the password or the standing changed since.</summary>
    public const string Stamp = "stamp";

    public static ClaimsPrincipal For(User user, IEnumerable<string> scopes)
    {
        var identity = NewIdentity();
        identity.AddClaim(new Claim(Claims.Subject, user.Id.ToString()));
        identity.AddClaim(new Claim(Claims.Name, user.DisplayName));
        identity.AddClaim(new Claim(Claims.PreferredUsername, user.UserName));
        if (user.Email is not null)
        {
            identity.AddClaim(new Claim(Claims.Email, user.Email));
        }

        AddList(identity, Claims.Role, user.Roles);
        if (user.Regions.Count > 0)
        {
            AddList(identity, Region, user.Regions);
        }

        if (user.Department is not null)
        {
            identity.AddClaim(new Claim(Department, user.Department));
        }

        if (user.OrganisationId is { } organisation)
        {
            identity.AddClaim(new Claim(Organisation, organisation.ToString()));
        }

        identity.AddClaim(new Claim(Stamp, user.SecurityStamp));
        return Finish(identity, scopes);
    }

    public static ClaimsPrincipal For(ServiceClient client, IEnumerable<string> scopes)
    {
        var identity = NewIdentity();
        identity.AddClaim(new Claim(Claims.Subject, client.Id));
        identity.AddClaim(new Claim(Claims.Name, client.Name));
        AddList(identity, Claims.Role, [client.Role]);
        return Finish(identity, scopes);
    }

    private static ClaimsIdentity NewIdentity() =>
        new(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);

    // One claim that holds an array, so that it is an array in the token even where there is only one value.
    private static void AddList(ClaimsIdentity identity, string type, IReadOnlyList<string> values) =>
        identity.AddClaim(new Claim(type, JsonSerializer.Serialize(values), JsonClaimValueTypes.JsonArray));

    private static ClaimsPrincipal Finish(ClaimsIdentity identity, IEnumerable<string> scopes)
    {
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetDestinations(claim =>
            claim.Type switch
            {
                Stamp => [],
                Claims.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
                Claims.Name => principal.HasScope(Scopes.Profile)
                    ? [Destinations.AccessToken, Destinations.IdentityToken]
                    : [Destinations.AccessToken],
                Claims.PreferredUsername => principal.HasScope(Scopes.Profile) ? [Destinations.IdentityToken] : [],
                Claims.Email => principal.HasScope(Scopes.Email) ? [Destinations.IdentityToken] : [],
                _ => principal.HasScope(Scopes.Roles)
                    ? [Destinations.AccessToken, Destinations.IdentityToken]
                    : [Destinations.AccessToken],
            }
        );
        return principal;
    }
}
