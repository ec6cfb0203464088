using CustomerService.Identity.Users.Domain;
using Microsoft.AspNetCore.Identity;

namespace CustomerService.Identity.Data;

/// <summary>Has ASP.NET Identity look names up by the one rule.</summary>
internal sealed class UserNameFolding : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : UserNames.Fold(name);

    public string? NormalizeEmail(string? email) => email?.ToUpperInvariant();
}
