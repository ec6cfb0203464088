using System.Globalization;
using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Tests;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(RepairsFixture))]

namespace CustomerService.Repairs.Tests;

/// <summary>The real service on real PostgreSQL and RabbitMQ; Projects is a real gRPC server with chosen
/// answers.</summary>
public sealed class RepairsFixture() : ServiceFixture("repairs", typeof(RepairsDb))
{
    /// <summary>The contractor's own unit, as the settings have it by default.</summary>
    internal static readonly Guid OwnUnit = Guid.Parse("00000000-0000-0000-0000-000000000001");

    private ProjectsDouble? _projects;
    private MailCatcher? _mail;

    internal ProjectsDouble Projects => _projects!;

    /// <summary>The mail server.</summary>
    internal MailCatcher Mail => _mail!;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(Mail.Settings)
        {
            ["Services:Projects:Grpc"] = Projects.Address,
            ["Repairs:AskMilliseconds"] = "1500",
            ["Repairs:SweepSeconds"] = "1",
            // Only where a test is about it: else a job would answer in between.
            ["Repairs:AskAgainSeconds"] = "86400",
        };

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected override WebApplication Build(string[] args, Action<IServiceCollection> replace) =>
        RepairsService.Build(args, replace);

    /// <summary>The place of a site is kept beside the copy of its project, by a queue of its own: what tests wait for is
    /// the copy.</summary>
    protected override Task<bool> IsConsumedAsync(IServiceProvider services, Guid messageId) =>
        services
            .GetRequiredService<RepairsDb>()
            .Set<InboxEntry>()
            .AnyAsync(entry => entry.MessageId == messageId && !EF.Functions.ILike(entry.Consumer, "%track%sites%"));

    protected override async Task StartOthersAsync()
    {
        _projects = Owned(await ProjectsDouble.StartAsync());
        _mail = Owned(new MailCatcher());
    }

    /// <summary>The events of an order so far: the last part of their names, without the version.</summary>
    internal IReadOnlyList<string> NamesOf(Guid order) =>
        [
            .. EventsOf(order)
                .Where(e => !e.RoutingKey.Contains(".work.", StringComparison.Ordinal))
                .Select(e => e.RoutingKey.Split('.')[2]),
        ];

    internal Task<SeenEvent> OrderEventAsync(Guid order, string name) =>
        EventAsync(order, $"repairs.repair-order.{name}.v1");
}

/// <summary>Tests that need the running service.</summary>
public abstract class OnRealServers(RepairsFixture fixture) : OnServers<RepairsFixture>(fixture);
