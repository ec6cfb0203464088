using System.Globalization;
using System.Runtime.ExceptionServices;
using CustomerService.Rules;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace CustomerService.Messaging;

/// <summary>
/// Where a message goes whose consumer failed: to a delay queue, from which it comes back by
/// itself, and after the last delay to the error queue. The delivery is acknowledged only when the
/// broker has confirmed the copy.
/// </summary>
internal sealed class FaultFilter(
    string service,
    string queue,
    IReadOnlyList<TimeSpan> delays,
    BrokerConnection broker,
    TimeProvider time,
    ILogger log
) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly KeyValuePair<string, object?> _tag = new("queue", queue);
    private IChannel? _channel;

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        context.GetOrAddPayload(() => new Handled());
        var fault = Root(context.Exception);
        if (fault is HeldTooLongException)
        {
            // Not answered, the delivery goes back to its place in the queue.
            ExceptionDispatchInfo.Throw(fault);
        }

        await MoveAsync(context, fault);
        await context.NotifyFaulted(context.Exception);
        await next.Send(context);
    }

    /// <summary>No consumer of this endpoint takes the message: it was sent or bound here by
    /// mistake, and does not belong here.</summary>
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (!context.TryGetPayload<Handled>(out _))
        {
            await MoveAsync(context, null);
        }

        await next.Send(context);
    }

    void IProbeSite.Probe(ProbeContext context) => context.CreateScope("faults").Add("queue", queue);

    private async Task MoveAsync(ReceiveContext context, Exception? fault)
    {
        var delivery = context.GetPayload<RabbitMqBasicConsumeContext>();
        var body = context.Body.GetBytes();
        var incoming = context.GetOrAddPayload(() =>
            IncomingEvent.Read(delivery.Properties, delivery.Exchange, delivery.RoutingKey ?? "", body)
        );

        var properties = incoming.CopyOf(delivery.Properties);
        var headers = properties.Headers!;
        var before = int.TryParse(
            IncomingEvent.Text(delivery.Properties.Headers, MessageHeaderNames.Redeliveries),
            CultureInfo.InvariantCulture,
            out var n
        )
            ? n
            : 0;
        string target;
        if (fault is not (null or UnprocessableEventException) && before < delays.Count)
        {
            target = Topology.DelayQueueOf(queue, delays[before]);
            headers[MessageHeaderNames.Redeliveries] = before + 1;
        }
        else
        {
            target = Topology.ErrorQueueOf(queue);
            headers[MessageHeaderNames.Queue] = queue;
            headers[MessageHeaderNames.Reason] = Truncation.Truncate(
                fault?.Message ?? $"No consumer of {queue} takes {incoming.EventName ?? "an event without a name"}.",
                1_000
            );
            headers[MessageHeaderNames.Fault] = fault?.GetType().FullName ?? "no-consumer";
            headers[MessageHeaderNames.FaultDetail] = Truncation.Truncate(fault?.ToString() ?? "", 8_000);
            headers[MessageHeaderNames.GivenUpAt] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        }

        try
        {
            await PublishAsync(target, properties, body, context.CancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The message stays with the broker and is delivered again; not at once, or a broken
            // broker would be hammered.
            log.LogError(
                e,
                "{EventName} {MessageId} could not be moved to {Target} and stays in {Queue}",
                incoming.EventName,
                incoming.Id,
                target,
                queue
            );
            await Task.Delay(TimeSpan.FromSeconds(1), time, context.CancellationToken);
            throw;
        }

        if (target == Topology.ErrorQueueOf(queue))
        {
            MessagingTelemetry.DeadLettered.Add(1, _tag);
            log.LogError(
                fault,
                "{EventName} {MessageId} was given up and lies in {Target}",
                incoming.EventName,
                incoming.Id,
                target
            );
        }
        else
        {
            MessagingTelemetry.Redelivered.Add(1, _tag);
            log.LogWarning(
                fault,
                "{EventName} {MessageId} failed and comes again from {Target}",
                incoming.EventName,
                incoming.Id,
                target
            );
        }
    }

    private async Task PublishAsync(
        string target,
        BasicProperties properties,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_channel is not { IsOpen: true })
            {
                var connection = await broker.ConnectAsync(cancellationToken);
                _channel = await connection.CreateChannelAsync(
                    new CreateChannelOptions(
                        publisherConfirmationsEnabled: true,
                        publisherConfirmationTrackingEnabled: true
                    ),
                    cancellationToken
                );
            }

            // Mandatory: if the queue was deleted the broker says so, and the message is not lost.
            await _channel.BasicPublishAsync(
                Topology.ReturnsOf(service),
                target,
                mandatory: true,
                properties,
                body,
                cancellationToken
            );
        }
        finally
        {
            _gate.Release();
        }
    }

    private static Exception Root(Exception exception) =>
        exception is AggregateException or MassTransit.ConsumerException && exception.InnerException is { } inner
            ? Root(inner)
            : exception;

    private sealed class Handled;
}
