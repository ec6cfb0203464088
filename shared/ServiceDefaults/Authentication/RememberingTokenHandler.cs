using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Checks tokens and remembers for a while which were good: to check the same signature with every request of a
/// caller costs more than many
/// an answer. A token is remembered for a minute at the most and never past its expiry, so a key that the
/// issuer takes back is refused a
/// minute later. What was refused is not remembered.
/// </summary>
/// <param name="time">The time by which tokens expire.</param>
internal sealed class RememberingTokenHandler(TimeProvider time) : JsonWebTokenHandler, IDisposable
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _good = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <inheritdoc/>
    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    )
    {
        ArgumentNullException.ThrowIfNull(token);
        if (_good.TryGetValue(token, out TokenValidationResult? known))
        {
            return Copy(known!);
        }

        var result = await base.ValidateTokenAsync(token, validationParameters).ConfigureAwait(false);
        // Within the clock's tolerance after its expiry a token is looked at each time.
        if (
            result is { IsValid: true, SecurityToken.ValidTo: var expiry }
            && expiry - time.GetUtcNow().UtcDateTime is var left
            && left > TimeSpan.Zero
        )
        {
            _good.Set(
                token,
                Copy(result),
                new MemoryCacheEntryOptions
                {
                    Size = 1,
                    AbsoluteExpirationRelativeToNow = left < Lifetime ? left : Lifetime,
                }
            );
        }

        return result;
    }

    public void Dispose() => _good.Dispose();

    // A request may add to its identity; that must not reach the next one.
    private static TokenValidationResult Copy(TokenValidationResult result) =>
        new()
        {
            IsValid = true,
            ClaimsIdentity = result.ClaimsIdentity.Clone(),
            SecurityToken = result.SecurityToken,
            Issuer = result.Issuer,
            TokenType = result.TokenType,
        };
}
