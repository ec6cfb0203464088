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

    /// <inheritdoc/>
    protected override bool KeepsWork => false;

    public DbSet<User> Users => Set<User>();

    public DbSet<Department> Departments => Set<Department>();

    public DbSet<IssuerKey> IssuerKeys => Set<IssuerKey>();

    public DbSet<SignInAttempts> SignInAttempts => Set<SignInAttempts>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfiguration(new PersonalDataExportMapping());
        modelBuilder.Entity<IssuerKey>(key =>
        {
            key.ToTable("issuer_keys");
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).HasMaxLength(64);
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
