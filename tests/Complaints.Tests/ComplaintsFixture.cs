using System.Collections.Concurrent;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Tests;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Registry;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(FontsFixture))]
[assembly: AssemblyFixture(typeof(ComplaintsFixture))]

namespace CustomerService.Complaints.Tests;

/// <summary>The real Complaints service and the people who call it.</summary>
public sealed class ComplaintsFixture() : ServiceFixture("complaints", typeof(ComplaintsDb))
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task>> _known = new();
    private readonly Guid _customer = Guid.CreateVersion7();
    private FilesDouble? _files;
    private RepairsDouble? _repairs;
    private MailCatcher? _mail;

    /// <summary>A customer that the registry knows; the same one where none is named.</summary>
    public async Task<Guid> CustomerAsync(Guid? id = null)
    {
        var organisation = id ?? _customer;
        await _known.GetOrAdd(organisation, _ => new Lazy<Task>(() => DeliverAsync(Registered(organisation)))).Value;
        return organisation;
    }

    /// <summary>A customer that a service with a store of its own knows.</summary>
    public static async Task<Guid> CustomerOfAsync(RunningService service, string? email = null)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ComplaintsDb>();
        var copy = new OrganisationCopy { Id = Guid.CreateVersion7() };
        var entry = db.Add(copy);
        entry.Property(c => c.Version).CurrentValue = 1;
        entry.Property(c => c.Name).CurrentValue = "東湖置業有限公司";
        entry.Property(c => c.Email).CurrentValue = email;
        await db.SaveChangesAsync();
        return copy.Id;
    }

    /// <summary>A project of this owner that the registry knows.</summary>
    public async Task<Guid> ProjectAsync(Guid owner, string name = "東湖花園二期")
    {
        var id = Guid.CreateVersion7();
        await DeliverAsync(
            new ProjectRegistered(id, 1, $"HT-{id:N}", name, owner, "東湖置業有限公司", "beijing", 1000m, "frame")
        );
        return id;
    }

    /// <summary>A customer to whom mails can be written.</summary>
    public async Task<(Guid Id, string Address)> CustomerWithMailAsync()
    {
        var id = Guid.CreateVersion7();
        var address = $"care-{id:N}@east-lake.example";
        await DeliverAsync(Registered(id) with { Email = address });
        return (id, address);
    }

    public static OrganisationRegistered Registered(Guid id, string name = "東湖置業有限公司", string kind = "owner") =>
        new(id, 1, name, kind, null, null, null, null);

    /// <summary>An instant of tomorrow.</summary>
    public DateTimeOffset Tomorrow => new(Today.AddDays(1), new TimeOnly(6, 0), TimeSpan.Zero);

    public ApiClient Desk => As(Someone.InCustomerService());

    public ApiClient Sales => As(Someone.InSales());

    public ApiClient SalesManager => As(Someone.SalesManager());

    public ApiClient Qc => As(Someone.InQuality());

    public ApiClient QcHead => As(Someone.HeadOfQuality());

    public ApiClient Production => As(Someone.InResponsible());

    public ApiClient ProductionHead => As(Someone.HeadOf());

    public ApiClient Representative => As(Someone.ManagementRepresentative());

    public ApiClient Customer(Guid organisation) => As(Someone.AtCustomer(organisation));

    /// <summary>Files of Projects and Surveys.</summary>
    internal FileShelf Files => _files!.Shelf;

    /// <summary>The mail server.</summary>
    internal MailCatcher Mail => _mail!;

    /// <summary>What was repaired.</summary>
    internal RepairsDouble Repairs => _repairs!;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(Mail.Settings)
        {
            ["Services:Projects:Grpc"] = _files!.Address,
            ["Services:Surveys:Grpc"] = _files.Address,
            ["Services:Repairs:Grpc"] = Repairs.Address,
        };

    protected override async Task StartOthersAsync()
    {
        _files = Owned(await FilesDouble.StartAsync());
        _repairs = Owned(await RepairsDouble.StartAsync());
        _mail = Owned(new MailCatcher());
    }

    protected override WebApplication Build(string[] args, Action<IServiceCollection> replace) =>
        ComplaintsService.Build(args, replace);
}
