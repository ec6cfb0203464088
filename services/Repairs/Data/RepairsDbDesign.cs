using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CustomerService.Repairs.Data;

/// <summary>For <c>dotnet ef</c>: writes migrations without any server.</summary>
internal sealed class RepairsDbDesign : IDesignTimeDbContextFactory<RepairsDb>
{
    public RepairsDb CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<RepairsDb>()
                .UseNpgsql("Host=localhost", npgsql => npgsql.MigrationsHistoryTable("migrations"))
                .UseSnakeCaseNamingConvention()
                .Options
        );
}
