using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace CustomerService.Messaging;

/// <summary>Looks once a minute how much lies in the error queues; nothing is taken out.</summary>
internal sealed class DeadLetterWatch(
    BrokerConnection broker,
    MessagingBuilder builder,
    TimeProvider time,
    ILogger<DeadLetterWatch> log
) : PeriodicJob(TimeSpan.FromMinutes(1), time, log, first: TimeSpan.FromMinutes(1))
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var connection = await broker.ConnectAsync(stoppingToken);
        foreach (var queue in builder.Queues)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
            try
            {
                MessagingTelemetry.DeadLetters[queue] = await channel.MessageCountAsync(
                    Topology.ErrorQueueOf(queue),
                    stoppingToken
                );
            }
            catch (OperationInterruptedException)
            {
                // The consumer has not run yet.
            }
        }
    }
}
