using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Data;

/// <summary>The store of this service.</summary>
internal sealed class RepairsDb(DbContextOptions<RepairsDb> options) : ServiceDbContext(options)
{
    public DbSet<RepairOrder> RepairOrders => Set<RepairOrder>();

    public DbSet<ChargeBack> ChargeBacks => Set<ChargeBack>();

    public DbSet<WorkLink> WorkLinks => Set<WorkLink>();

    public DbSet<Appointment> Appointments => Set<Appointment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddRegistry();
        modelBuilder.AddRecords();
    }
}

/// <summary>For <c>dotnet ef</c>: writes migrations without any server.</summary>
internal sealed class RepairsDbDesign : DesignTimeFactory<RepairsDb>;
