using CustomerService.Messaging;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Data;

/// <summary>The store of this service.</summary>
internal sealed class RepairsDb(DbContextOptions<RepairsDb> options) : ServiceDbContext(options)
{
    public DbSet<RepairOrder> RepairOrders => Set<RepairOrder>();

    public DbSet<ProjectCopy> Projects => Set<ProjectCopy>();
}

/// <summary>For <c>dotnet ef</c>: writes migrations without any server.</summary>
internal sealed class RepairsDbDesign : DesignTimeFactory<RepairsDb>;
