using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Repairs.WorkLinks.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Data;

/// <summary>The store of this service.</summary>
internal sealed class RepairsDb(DbContextOptions<RepairsDb> options) : ServiceDbContext(options)
{
    public DbSet<RepairOrder> RepairOrders => Set<RepairOrder>();

    public DbSet<FoundFault> FoundFaults => Set<FoundFault>();

    public DbSet<FaultGroup> FaultGroups => Set<FaultGroup>();

    public DbSet<ProductModel> ProductModels => Set<ProductModel>();

    public DbSet<ProductSerial> ProductSerials => Set<ProductSerial>();

    public DbSet<SerialLink> SerialLinks => Set<SerialLink>();

    public DbSet<Sale> Sales => Set<Sale>();

    public DbSet<Rma> Rmas => Set<Rma>();

    public DbSet<RmaUnit> RmaUnits => Set<RmaUnit>();

    public DbSet<Shipment> Shipments => Set<Shipment>();

    public DbSet<CustomerLink> CustomerLinks => Set<CustomerLink>();

    public DbSet<ReturnCase> ReturnCases => Set<ReturnCase>();

    public DbSet<TermsEdition> TermsEditions => Set<TermsEdition>();

    public DbSet<MakerClaim> MakerClaims => Set<MakerClaim>();

    public DbSet<MonthlyReport> MonthlyReports => Set<MonthlyReport>();

    public DbSet<ChargeBack> ChargeBacks => Set<ChargeBack>();

    public DbSet<WorkLink> WorkLinks => Set<WorkLink>();

    public DbSet<Appointment> Appointments => Set<Appointment>();

    public DbSet<Trip> Trips => Set<Trip>();

    public DbSet<SitePlace> SitePlaces => Set<SitePlace>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddRegistry();
        modelBuilder.AddRecords();
    }
}

/// <summary>For <c>dotnet ef</c>: writes migrations without any server.</summary>
internal sealed class RepairsDbDesign : DesignTimeFactory<RepairsDb>;
