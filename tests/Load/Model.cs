using CustomerService.Contracts;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Load;

/// <summary>An event of the size that the services publish.</summary>
[EventName("load.ticket.opened.v1")]
public sealed record TicketOpened(
    Guid TicketId,
    long Version,
    string Number,
    Guid ProjectId,
    string ProjectName,
    Guid OwnerId,
    string PartCode,
    string Severity,
    DateOnly NotifiedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => TicketId;
}

public sealed class Ticket : Aggregate
{
    private Ticket() { }

    public Ticket(Guid id) => Id = id;

    public override string Kind => "ticket";

    public string Number { get; private set; } = "";

    public string ProjectName { get; private set; } = "";

    public Guid OwnerId { get; private set; }

    public static TicketOpened Event(Guid id) =>
        new(id, 1, "WX-2026-0001", id, "東湖花園二期工程", id, "roof", "major", new DateOnly(2026, 11, 24));

    /// <summary>As a complaint, which Reporting makes a fact of.</summary>
    public void Register()
    {
        NextVersion();
        var at = new DateTimeOffset(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
        Raise(
            new ComplaintRegistered(
                Id,
                1,
                "TS-2026-000001",
                Id,
                "海河精密製造股份有限公司",
                "phone",
                null,
                "地下車庫頂板滲水",
                "minor",
                new(2026, 11, 24),
                at,
                at
            )
        );
    }

    public void Open()
    {
        NextVersion();
        Number = "WX-2026-0001";
        ProjectName = "東湖花園二期工程";
        OwnerId = Id;
        Raise(Event(Id));
    }
}

/// <summary>What a consumer that stores something stores.</summary>
public sealed class Received
{
    public Guid Id { get; init; }

    public required string Number { get; init; }
}

public sealed class LoadContext(DbContextOptions<LoadContext> options) : ServiceDbContext(options)
{
    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<Received> Received => Set<Received>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Ticket>(ticket =>
        {
            ticket.ToTable("tickets");
            ticket.IsAggregate();
        });
        modelBuilder.Entity<Received>(received =>
        {
            received.ToTable("received");
            received.HasKey(r => r.Id);
            received.Property(r => r.Id).ValueGeneratedNever();
        });
    }
}
