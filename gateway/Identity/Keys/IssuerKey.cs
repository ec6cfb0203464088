namespace CustomerService.Identity.Keys;

internal enum KeyUse
{
    /// <summary>RSA; its public half is published.</summary>
    Signing,

    /// <summary>Symmetric; seals authorization codes and refresh tokens, which only this issuer reads.</summary>
    Encryption,
}

/// <summary>
/// A key of the issuer. It is published from creation to <see cref="RetiresAt"/> and signs from
/// <see cref="SignsFrom"/>
/// until the next one does, so that whoever caches the published keys knows each before it is used.
/// </summary>
internal sealed class IssuerKey
{
    public required string Id { get; init; }

    public required KeyUse Use { get; init; }

    /// <summary>Private key, sealed by data protection.</summary>
    public required string Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    public required DateTimeOffset RetiresAt { get; init; }
}
