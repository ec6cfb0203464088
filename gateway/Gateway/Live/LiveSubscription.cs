using System.Text;
using System.Text.Json;
using CustomerService.ServiceDefaults;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace CustomerService.Gateway.Live;

/// <summary>
/// Listens to the event exchange with a queue of this replica's own, which vanishes with the connection. Nothing is
/// lost by that: the stream shows what happens now, and says when it was interrupted.
/// </summary>
internal sealed partial class LiveSubscription(
    LiveHub hub,
    WithdrawnTokens withdrawn,
    LiveSettings settings,
    TimeProvider clock,
    ILogger<LiveSubscription> logger
) : BackgroundService
{
    private const string Attribute = "cloudEvents:";
    private const string AttributeForJms = "cloudEvents_";
    private const string OfAccounts = "identity.";
    private const string UserChanged = "identity.user.changed.v1";

    // What the gateway needs of that event.
    private sealed record Changed(Guid UserId, DateTimeOffset? TokensValidFrom);

    /// <summary>True while events arrive.</summary>
    public bool IsConnected { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => failures = 0, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Said once; while it lasts there is nothing new to say.
                if (failures++ == 0)
                {
                    Interrupted(logger, exception.Message);
                }

                if (IsConnected)
                {
                    IsConnected = false;
                    hub.Interrupted();
                }

                await Task.Delay(
                    TimeSpan.FromMilliseconds(Math.Min(250 << Math.Min(failures, 5), 5000)),
                    clock,
                    stoppingToken
                );
            }
        }
    }

    // The gateway's account may not declare it: where accounts are in use the broker's definitions bring it.
    private async Task DeclareExchangeAsync(IConnection connection, CancellationToken stoppingToken)
    {
        try
        {
            await using var look = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
            await look.ExchangeDeclarePassiveAsync(settings.Exchange, stoppingToken);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason is { ReplyCode: Constants.NotFound })
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
            await channel.ExchangeDeclareAsync(
                settings.Exchange,
                ExchangeType.Topic,
                durable: true,
                autoDelete: false,
                cancellationToken: stoppingToken
            );
        }
    }

    private async Task ListenAsync(Action connected, CancellationToken stoppingToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = settings.Broker,
            ClientProvidedName = "customer-service.gateway live",
            // A new queue each time; the client's own recovery would try to bring the old one back.
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(20),
        };
        await using var connection = await factory.CreateConnectionAsync(stoppingToken);
        await DeclareExchangeAsync(connection, stoppingToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, reason) => End(reason.ReplyText);
        channel.ChannelShutdownAsync += (_, reason) => End(reason.ReplyText);

        var queue = await channel.QueueDeclareAsync(
            // A name of ours, so that an account can be held to it.
            "gateway.live." + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
            durable: false,
            exclusive: true,
            autoDelete: true,
            // What this replica cannot take in time is dropped at the broker, oldest first.
            arguments: new Dictionary<string, object?> { ["x-max-length"] = 10_000, ["x-overflow"] = "drop-head" },
            cancellationToken: stoppingToken
        );
        await channel.QueueBindAsync(queue.QueueName, settings.Exchange, "#", cancellationToken: stoppingToken);
        // What happened before this moment did not come here. All streams are told, also those that were opened in
        // the meantime; what comes from now on waits in the queue and is shown after that.
        hub.Interrupted();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Receive(delivery);
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) => End("the consumer was cancelled");
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, stoppingToken);
        IsConnected = true;
        connected();
        Listening(logger, settings.Exchange);
        throw new IOException(await ended.Task.WaitAsync(stoppingToken));

        Task End(string reason)
        {
            ended.TrySetResult(reason);
            return Task.CompletedTask;
        }
    }

    private void Receive(BasicDeliverEventArgs delivery)
    {
        if (delivery.RoutingKey.StartsWith(OfAccounts, StringComparison.Ordinal))
        {
            // Who holds which role is the administrators' to read, by the API.
            if (delivery.RoutingKey == UserChanged)
            {
                Withdraw(delivery.Body.Span);
            }

            return;
        }

        var headers = delivery.BasicProperties.Headers;
        var id = Text(headers, "id") ?? delivery.BasicProperties.MessageId ?? "";
        if (
            LiveEvent.Read(
                id,
                Text(headers, "type") ?? delivery.RoutingKey,
                Text(headers, "subject"),
                Text(headers, "time"),
                delivery.Body
            ) is
            { } happened
        )
        {
            hub.Publish(happened);
        }
        else
        {
            NotOurs(logger, delivery.RoutingKey);
        }
    }

    private void Withdraw(ReadOnlySpan<byte> body)
    {
        try
        {
            if (
                JsonSerializer.Deserialize<Changed>(body, JsonSerializerOptions.Web) is
                { TokensValidFrom: { } from } user
            )
            {
                var withdrawal = new Withdrawal(user.UserId.ToString(), from);
                withdrawn.Note(withdrawal);
                withdrawn.Forget(clock.GetUtcNow() - WithdrawnTokens.LongestLifetime);
                hub.End(withdrawal);
            }
        }
        catch (JsonException)
        {
            NotOurs(logger, UserChanged);
        }
    }

    private static string? Text(IDictionary<string, object?>? headers, string attribute) =>
        headers is not null
        && (
            headers.TryGetValue(Attribute + attribute, out var value)
            || headers.TryGetValue(AttributeForJms + attribute, out value)
        )
            ? value switch
            {
                byte[] bytes => Encoding.UTF8.GetString(bytes),
                string text => text,
                _ => null,
            }
            : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening to {Exchange} for the live stream.")]
    private static partial void Listening(ILogger logger, string exchange);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The live stream is interrupted, trying again until it works: {Reason}"
    )]
    private static partial void Interrupted(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A message with routing key {RoutingKey} is no event that can be shown."
    )]
    private static partial void NotOurs(ILogger logger, string routingKey);
}
