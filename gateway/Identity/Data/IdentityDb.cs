using CustomerService.Identity.Domain;
using CustomerService.Identity.Keys;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Data;

internal sealed class IdentityDb(DbContextOptions<IdentityDb> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Department> Departments => Set<Department>();

    public DbSet<IssuerKey> IssuerKeys => Set<IssuerKey>();

    public DbSet<UnknownSignIn> UnknownSignIns => Set<UnknownSignIn>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddServiceDefaults();
        modelBuilder.Entity<User>(user =>
        {
            user.IsAggregate();
            user.ToTable("users");
            user.Property(u => u.UserName).HasMaxLength(100);
            user.Property(u => u.NormalizedUserName).HasMaxLength(100);
            user.Property(u => u.DisplayName).HasMaxLength(200);
            user.Property(u => u.Email).HasMaxLength(254);
            user.Property(u => u.Department).HasMaxLength(50);
            user.Property(u => u.SecurityStamp).HasMaxLength(64);
            user.Property(u => u.Roles).HasColumnType("text[]");
            user.HasIndex(u => u.NormalizedUserName).IsUnique();
            user.HasIndex(u => u.Roles).HasMethod("gin");
        });
        modelBuilder.Entity<Department>(department =>
        {
            department.IsAggregate();
            department.ToTable("departments");
            department.Property(d => d.Code).HasMaxLength(50);
            department.Property(d => d.NameEn).HasMaxLength(200);
            department.Property(d => d.NameZhHant).HasMaxLength(200);
            department.Property(d => d.NameZhHans).HasMaxLength(200);
            department.HasIndex(d => d.Code).IsUnique();
        });
        modelBuilder.Entity<IssuerKey>(key =>
        {
            key.ToTable("issuer_keys");
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).HasMaxLength(64);
            key.Property(k => k.Use).HasConversion<string>().HasMaxLength(20);
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
