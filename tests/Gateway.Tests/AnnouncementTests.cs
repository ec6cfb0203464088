using System.Text.Json.Nodes;
using CustomerService.Identity;
using CustomerService.Servers;
using CustomerService.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace CustomerService.Gateway.Tests;

/// <summary>Identity at the broker, with an account as narrow as the starter and compose give it.</summary>
public sealed class AnnouncementTests(SignInFixture fixture, RabbitMqFixture rabbit)
{
    private const string Exchange = "customer-service.events";

    [Fact]
    [Trait("Rule", "S3")]
    public async Task The_first_administrator_is_announced_and_the_account_can_forge_nothing_for_others()
    {
        var address = await rabbit.NewVirtualHostAsync();
        var server = await rabbit.ServerAsync();
        var host = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        var name = "identity-" + Guid.CreateVersion7().ToString("N")[20..];
        var narrow = await server.CreateUserAsync(host, name, "secret", BrokerDefinitions.AccountOf("identity"));
        await using var listener = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        await using var channel = await listener.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, Exchange, "#");
        var said = new TaskCompletionSource<(string Key, JsonNode Body)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            said.TrySetResult((delivery.RoutingKey, JsonNode.Parse(delivery.Body.Span)!));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);

        await using var issuer = await TestIssuer.StartAsync();
        await using var identity = await RunningService.StartAsync(
            args => IdentityService.Build(args),
            issuer,
            (await fixture.Postgres.NewDatabaseAsync()).ConnectionString,
            narrow.OriginalString,
            SignInFixture.IdentitySettings(new Uri("http://localhost:1"))
        );

        var (key, body) = await said.Task.WaitAsync(TimeSpan.FromSeconds(30));
        key.ShouldBe("identity.user.changed.v1");
        body["displayName"]!.ToString().ShouldBe(SignInFixture.Administrator);
        body["roles"]!.AsArray().Select(r => r!.ToString()).ShouldBe(["administrator"]);
        await using var forger = await new ConnectionFactory { Uri = narrow }.CreateConnectionAsync();
        await using var forged = await forger.CreateChannelAsync(new CreateChannelOptions(true, true));
        await Should.ThrowAsync<AlreadyClosedException>(async () =>
            await forged.BasicPublishAsync(
                Exchange,
                "repairs.repair-order.opened.v1",
                mandatory: false,
                "{}"u8.ToArray()
            )
        );
        using var health = new HttpClient();
        (await health.GetStringAsync(new Uri(identity.Management, "/health/ready"))).ShouldContain("Events go out.");
    }
}
