using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CustomerService.Identity.OpenId;

/// <summary>An authorisation code serves once, also where the verifier handed in with it is wrong: who has caught a
/// code must not try verifiers on it. OpenIddict itself refuses the wrong one right after.</summary>
internal sealed class SpendCode(IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidateTokenRequestContext>()
            .UseScopedHandler<SpendCode>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateCodeVerifier.Descriptor.Order - 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (
            context.Request.IsAuthorizationCodeGrantType()
            && context.AuthorizationCodePrincipal is { } code
            && code.GetClaim(Claims.Private.CodeChallenge) is { Length: > 0 } challenge
            && !IsAnswered(challenge, context.Request.CodeVerifier)
            && code.GetTokenId() is { Length: > 0 } id
            && await tokens.FindByIdAsync(id, context.CancellationToken) is { } token
        )
        {
            await tokens.TryRevokeAsync(token, context.CancellationToken);
        }
    }

    // Only S256 is offered.
    private static bool IsAnswered(string challenge, string? verifier) =>
        verifier is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(challenge),
            Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))))
        );
}
