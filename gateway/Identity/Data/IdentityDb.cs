using CustomerService.Identity.Departments.Domain;
using CustomerService.Identity.Keys;
using CustomerService.Identity.Users.Domain;
using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Data;

internal sealed class IdentityDb(DbContextOptions<IdentityDb> options)
    : ServiceDbContext(options),
        IDataProtectionKeyContext
{
    /// <inheritdoc/>
    protected override bool KeepsAccounts => false;

    public DbSet<User> Users => Set<User>();

    public DbSet<Department> Departments => Set<Department>();

    public DbSet<IssuerKey> IssuerKeys => Set<IssuerKey>();

    public DbSet<UnknownSignIn> UnknownSignIns => Set<UnknownSignIn>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<IssuerKey>(key =>
        {
            key.ToTable("issuer_keys");
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).HasMaxLength(64);
        });
        modelBuilder.Entity<UnknownSignIn>(attempt =>
        {
            attempt.ToTable("unknown_sign_ins");
            attempt.HasKey(a => a.NormalizedUserName);
            attempt.Property(a => a.NormalizedUserName).HasMaxLength(100);
            attempt.HasIndex(a => a.LastAt);
        });

        // OpenIddict names its tables explicitly, so the naming convention leaves them alone.
        modelBuilder.UseOpenIddict<Guid>();
        foreach (
            var entity in modelBuilder
                .Model.GetEntityTypes()
                .Where(e => e.ClrType.Namespace!.StartsWith("OpenIddict", StringComparison.Ordinal))
        )
        {
            entity.SetTableName(
                entity.GetTableName()!.Replace("OpenIddict", "openiddict_", StringComparison.Ordinal).ToLowerInvariant()
            );
        }
    }
}

/// <summary>For <c>dotnet ef</c>; needs no server.</summary>
internal sealed class DesignTime : DesignTimeFactory<IdentityDb>;

/// <summary>
/// Failed attempts under a name that no account has. They are counted and locked like those of an account, so
/// that the
/// answers of the sign-in page do not tell whether the account exists.
/// </summary>
internal sealed class UnknownSignIn
{
    public required string NormalizedUserName { get; init; }

    public required int Failed { get; set; }

    public required DateTimeOffset LastAt { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }
}
