using CustomerService.Identity.Users.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Identity.Users;

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
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
        user.Property(u => u.Regions).HasColumnType("text[]");
        user.HasIndex(u => u.TokensValidFrom);
        user.HasIndex(u => u.NormalizedUserName).IsUnique();
        user.HasIndex(u => u.Roles).HasMethod("gin");
    }
}
