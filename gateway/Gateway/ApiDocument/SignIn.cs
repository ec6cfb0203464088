using CustomerService.ServiceDefaults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CustomerService.Gateway.ApiDocument;

/// <summary>Where people sign in, as browsers reach it.</summary>
internal sealed record SignIn(Uri Authorize, Uri Token)
{
    /// <summary>Out of the issuer's discovery document; null where it names no such addresses.</summary>
    public static SignIn? From(OpenIdConnectConfiguration discovered, AuthSettings auth) =>
        Public(discovered.AuthorizationEndpoint, auth) is { } authorize
        && Public(discovered.TokenEndpoint, auth) is { } token
            ? new SignIn(authorize, token)
            : null;

    // An issuer that is asked at an inner address answers with inner addresses; people reach it at the public one.
    private static Uri? Public(string? address, AuthSettings auth)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var asked = new Uri(auth.MetadataAddress).GetLeftPart(UriPartial.Authority);
        return uri.GetLeftPart(UriPartial.Authority) == asked ? new Uri(new Uri(auth.Issuer), uri.PathAndQuery) : uri;
    }
}
