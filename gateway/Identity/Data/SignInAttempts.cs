using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Identity.Data;

/// <summary>
/// Attempts to sign in under a name from an address, whether an account has the name or not, so that the answers do not
/// tell. The row without an address counts for the name as a whole.
/// </summary>
internal sealed class SignInAttempts
{
    /// <summary>Address of the row for the name as a whole.</summary>
    public const string Everywhere = "";

    public required string NormalizedUserName { get; init; }

    public required string Address { get; init; }

    public int Failed { get; set; }

    public DateTimeOffset LastAt { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Of the name as a whole: when the last turn that was given out comes.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>The last right password from there.</summary>
    public DateTimeOffset? PassedAt { get; set; }
}

internal sealed class SignInAttemptsMapping : IEntityTypeConfiguration<SignInAttempts>
{
    public void Configure(EntityTypeBuilder<SignInAttempts> attempts)
    {
        attempts.ToTable("sign_in_attempts");
        attempts.HasKey(a => new { a.NormalizedUserName, a.Address });
        attempts.Property(a => a.NormalizedUserName).HasMaxLength(100);
        attempts.Property(a => a.Address).HasMaxLength(50);
        attempts.HasIndex(a => a.LastAt);
    }
}
