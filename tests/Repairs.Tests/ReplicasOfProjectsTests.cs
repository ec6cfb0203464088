using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Repairs.Tests;

/// <summary>Questions where the other side has several replicas behind one name.</summary>
public sealed class ReplicasOfProjectsTests
{
    [Fact]
    public async Task Questions_go_to_all_replicas_and_a_dead_one_is_not_missed()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var first = await ProjectsDouble.StartAsync();
        await using var second = await ProjectsDouble.StartAsync();
        await using var provider = Client(issuer, "http://projects:8081", new Names([first.Address, second.Address]));
        var asked = new int[2];
        Answering(first, () => Interlocked.Increment(ref asked[0]));
        Answering(second, () => Interlocked.Increment(ref asked[1]));
        var client = provider.GetRequiredService<Warranty.WarrantyClient>();

        // The second connection may be made a moment after the first.
        await Eventually.Holds(async () =>
        {
            await AskAsync(client);
            asked.ShouldAllBe(times => times >= 3);
        });

        await first.DisposeAsync();
        for (var i = 0; i < 10; i++)
        {
            await AskAsync(client);
        }
    }

    [Fact]
    public async Task A_replica_that_was_listed_before_it_listened_gets_its_share_once_it_does()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var first = await ProjectsDouble.StartAsync();
        Answering(first, () => 0);
        // Several, because what goes wrong depends on where in a try the moment falls.
        var addresses = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            await using var early = await ProjectsDouble.StartAsync();
            addresses.Add(early.Address);
        }

        await using var provider = Client(issuer, "http://projects:8081", new Names([first.Address, .. addresses]));
        var client = provider.GetRequiredService<Warranty.WarrantyClient>();

        await AskAsync(client, seconds: 15);

        // As long as a program may take to start.
        var starting = Stopwatch.StartNew();
        while (starting.Elapsed < TimeSpan.FromSeconds(8))
        {
            await AskAsync(client);
            await Task.Delay(50);
        }

        var asked = new int[addresses.Count];
        var late = new List<ProjectsDouble>();
        try
        {
            foreach (var (i, address) in addresses.Index())
            {
                late.Add(await ProjectsDouble.StartAsync(new Uri(address).Port));
                Answering(late[i], () => Interlocked.Increment(ref asked[i]));
            }

            await Eventually.Holds(
                async () =>
                {
                    await AskAsync(client);
                    asked.ShouldAllBe(times => times > 0);
                },
                TimeSpan.FromSeconds(20)
            );
        }
        finally
        {
            foreach (var replica in late)
            {
                await replica.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_replica_that_joins_later_gets_its_even_share()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var first = await ProjectsDouble.StartAsync();
        await using var second = await ProjectsDouble.StartAsync();
        var asked = new int[2];
        Answering(first, () => Interlocked.Increment(ref asked[0]));
        Answering(second, () => Interlocked.Increment(ref asked[1]));
        var names = new Names([first.Address]);
        await using var provider = Client(issuer, "http://projects:8081", names);
        var client = provider.GetRequiredService<Warranty.WarrantyClient>();
        await AskAsync(client, seconds: 15);

        names.Become([first.Address, second.Address]);
        await Eventually.Holds(async () =>
        {
            await AskAsync(client);
            asked[1].ShouldBeGreaterThan(0);
        });
        Array.Clear(asked);
        for (var i = 0; i < 40; i++)
        {
            await AskAsync(client);
        }

        asked.ShouldAllBe(times => times == 20);
    }

    [Theory]
    [InlineData(true, "the program takes questions and answers none")]
    [InlineData(false, "the system takes connections for a program that stands still")]
    public async Task A_replica_that_hangs_leaves_no_question_unanswered_and_is_soon_left_out(bool isAlive, string _)
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var well = await ProjectsDouble.StartAsync();
        await using var hanging = await ProjectsDouble.StartAsync();
        using var standing = new TcpListener(IPAddress.Loopback, 0);
        standing.Start();
        Answering(well, () => 0);
        var asked = 0;
        hanging.Projects[Project] = new ProjectAnswers
        {
            Warranty = async (_, cancellation) =>
            {
                Interlocked.Increment(ref asked);
                await Task.Delay(Timeout.Infinite, cancellation);
                return new WarrantyAnswer();
            },
            Leader = (_, _) => Task.FromResult(new LeaderProposal()),
        };
        var second = isAlive ? hanging.Address : $"http://{standing.LocalEndpoint}";
        await using var provider = Client(issuer, "http://projects:8081", new Names([well.Address, second]));
        var client = provider.GetRequiredService<Warranty.WarrantyClient>();
        await AskAsync(client, seconds: 15);

        // Half of them would wait for it.
        for (var i = 0; i < 40; i++)
        {
            await AskAsync(client);
        }

        asked.ShouldBeLessThan(8);
    }

    [Fact]
    public async Task A_replica_that_is_back_is_asked_soon()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var first = await ProjectsDouble.StartAsync();
        Answering(first, () => 0);
        await using var provider = Client(issuer, first.Address);
        var client = provider.GetRequiredService<Warranty.WarrantyClient>();
        // The first question signs in, too.
        await AskAsync(client, seconds: 15);

        await first.DisposeAsync();
        var away = Stopwatch.StartNew();
        while (away.Elapsed < TimeSpan.FromSeconds(5))
        {
            var refused = await Should.ThrowAsync<RpcException>(() => AskAsync(client));
            refused.StatusCode.ShouldBeOneOf(StatusCode.Unavailable, StatusCode.DeadlineExceeded);
            await Task.Delay(50);
        }

        await using var again = await ProjectsDouble.StartAsync(new Uri(first.Address).Port);
        Answering(again, () => 0);
        // Asked again within a second; the library alone would wait for two minutes after a while.
        await Eventually.Holds(() => AskAsync(client), TimeSpan.FromSeconds(20));
    }

    private static readonly Guid Project = Guid.NewGuid();

    private static async Task AskAsync(Warranty.WarrantyClient client, int seconds = 2) =>
        await client.AskAsync(
            new WarrantyQuestion { ProjectId = Project.ToString() },
            deadline: DateTime.UtcNow.AddSeconds(seconds)
        );

    private static void Answering(ProjectsDouble server, Func<int> count) =>
        server.Projects[Project] = new ProjectAnswers
        {
            Warranty = (_, _) =>
            {
                count();
                return Task.FromResult(new WarrantyAnswer());
            },
            Leader = (_, _) => Task.FromResult(new LeaderProposal()),
        };

    /// <param name="issuer">Where its token comes from.</param>
    /// <param name="address">As the setting has it.</param>
    /// <param name="behind">What the name stands for; looked up where there is none.</param>
    private static ServiceProvider Client(TestIssuer issuer, string address, Names? behind = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Services:Projects:Grpc"] = address,
                    ["Auth:Issuer"] = issuer.Issuer,
                    ["ServiceAccount:ClientId"] = "svc-test",
                    ["ServiceAccount:ClientSecret"] = "test",
                }
            )
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(AuthSettings.From(configuration));
        if (behind is not null)
        {
            services.AddSingleton<ResolverFactory>(behind);
        }

        services.AddQuestions<Warranty.WarrantyClient>(configuration, "Projects");
        return services.BuildServiceProvider();
    }

    /// <summary>A name server that knows one name.</summary>
    private sealed class Names(IReadOnlyList<string> behind) : ResolverFactory
    {
        private IReadOnlyList<string> _behind = behind;
        private Known? _asking;

        public override string Name => "dns";

        public override Resolver Create(ResolverOptions options) => _asking = new Known(this, options.LoggerFactory);

        /// <summary>The name stands for others; the next look-up is now.</summary>
        public void Become(IReadOnlyList<string> others)
        {
            _behind = others;
            _asking!.Refresh();
        }

        private sealed class Known(Names names, ILoggerFactory logs) : PollingResolver(logs)
        {
            protected override Task ResolveAsync(CancellationToken cancellationToken)
            {
                Listener(
                    ResolverResult.ForResult([
                        .. names._behind.Select(a => new BalancerAddress(
                            IPAddress.Loopback.ToString(),
                            new Uri(a).Port
                        )),
                    ])
                );
                return Task.CompletedTask;
            }
        }
    }
}
