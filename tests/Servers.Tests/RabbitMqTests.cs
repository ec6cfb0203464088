using System.Text;
using CustomerService.Testing;
using RabbitMQ.Client;

namespace CustomerService.Servers.Tests;

public sealed class RabbitMqTests(RabbitMqFixture rabbit)
{
    [Fact]
    public async Task Virtual_hosts_do_not_see_each_other()
    {
        var (one, other) = (await rabbit.NewVirtualHostAsync(), await rabbit.NewVirtualHostAsync());
        await using (var connection = await ConnectAsync(one))
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeclareAsync("mine", durable: true, exclusive: false, autoDelete: false);
            (await channel.QueueDeclarePassiveAsync("mine")).QueueName.ShouldBe("mine");
        }

        await using var elsewhere = await ConnectAsync(other);
        await using var there = await elsewhere.CreateChannelAsync();
        await Should.ThrowAsync<RabbitMQ.Client.Exceptions.OperationInterruptedException>(() =>
            there.QueueDeclarePassiveAsync("mine")
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_confirmed_message_is_there_after_a_stop_or_a_kill(bool kill)
    {
        await using var own = new RabbitMqFixture();
        Assert.SkipUnless(await own.CanBeStopped(), "The broker is given or runs in a container.");
        var address = await own.NewVirtualHostAsync();
        await using (var connection = await ConnectAsync(address))
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeclareAsync(
                "kept",
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }
            );
        }

        // The broker answers a declaration before the queue's definition is on the disk, and a kill within that
        // moment loses the whole
        // queue (seen with quorum and classic queues of RabbitMQ 3.10). A confirmed message is the promise that
        // is proved here.
        await own.StopAsync();
        await own.StartAsync();
        await using (var connection = await ConnectAsync(address))
        await using (
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(
                    publisherConfirmationsEnabled: true,
                    publisherConfirmationTrackingEnabled: true
                )
            )
        )
        {
            await channel.BasicPublishAsync(
                "",
                "kept",
                mandatory: true,
                new BasicProperties { Persistent = true },
                Encoding.UTF8.GetBytes("屋面漏水")
            );
        }

        await (kill ? own.KillAsync() : own.StopAsync());
        Machine.IsFree(address.Port).ShouldBeTrue();
        await own.StartAsync();

        await Eventually.Holds(async () =>
        {
            await using var connection = await ConnectAsync(address);
            await using var channel = await connection.CreateChannelAsync();
            var message = await channel.BasicGetAsync("kept", autoAck: true);
            Encoding.UTF8.GetString(message.ShouldNotBeNull().Body.Span).ShouldBe("屋面漏水");
        });
    }

    private static Task<IConnection> ConnectAsync(Uri address) =>
        new ConnectionFactory { Uri = address }.CreateConnectionAsync();
}
