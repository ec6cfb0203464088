using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace CustomerService.Messaging;

/// <summary>
/// Publishes what waits in the outbox. It is woken at commit; any number of replicas may run. Each round claims
/// some lanes, publishes
/// their oldest messages in order, waits for the broker's confirms, deletes them and lets go of the lanes. A
/// round that fails, or a
/// process that dies in it, leaves the messages where they are: they are published again with the same id, and
/// the consumers'
/// inboxes see the duplicate.
/// </summary>
internal sealed class OutboxRelay(
    IOutboxStore store,
    OutboxSignal signal,
    BrokerConnection broker,
    IOptions<MessagingOptions> options,
    TimeProvider time,
    ILogger<OutboxRelay> log
) : BackgroundService, IHealthCheck
{
    // A lane that stays busy is asked for again after as long as it has been busy for, within these bounds.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly RelayState _state = new();
    private readonly long?[] _busySince = new long?[OutboxLane.Count];
    private uint _pausing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = options.Value;
        // What the last process of this service left behind.
        signal.Wake(OutboxSignal.All);
        var workers = Enumerable
            .Range(0, settings.RelayWorkers)
            .Select(_ => WorkAsync(settings, stoppingToken))
            .ToList();
        workers.Add(PollAsync(settings, stoppingToken));
        await Task.WhenAll(workers).ConfigureAwait(false);
    }

    private async Task WorkAsync(MessagingOptions settings, CancellationToken stopping)
    {
        var lanesPerRound = Math.Max(1, OutboxLane.Count / settings.RelayWorkers);
        ConfirmedChannel? channel = null;
        var failures = 0;
        // When the end comes, consumers and requests have ended already. What they committed last goes out
        // before we leave, if the broker is there; whoever
        // has no channel yet may still open one for it.
        using var ended = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var ending = stopping.Register(() => ended.CancelAfter(settings.AfterDrain)).ConfigureAwait(false);

        while (true)
        {
            uint lanes;
            try
            {
                lanes = stopping.IsCancellationRequested
                    ? await signal.TakeAsync(lanesPerRound, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false)
                    : await signal.TakeAsync(lanesPerRound, TimeSpan.FromSeconds(30), stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                continue;
            }

            if (lanes == 0)
            {
                if (stopping.IsCancellationRequested)
                {
                    break;
                }

                continue;
            }

            var again = lanes;
            try
            {
                if (channel is not { IsOpen: true })
                {
                    if (channel is not null)
                    {
                        await channel.DisposeAsync().ConfigureAwait(false);
                        channel = null;
                    }

                    channel = await ConfirmedChannel
                        .OpenAsync(await broker.ConnectAsync(ended.Token).ConfigureAwait(false), ended.Token)
                        .ConfigureAwait(false);
                }

                // A round is short, and it is finished even when we are asked to stop in the middle of it.
                again = await RoundAsync(channel, lanes, settings).ConfigureAwait(false);
                if (failures > 0)
                {
                    log.LogInformation("The relay publishes again after {Failures} failed rounds", failures);
                    failures = 0;
                }

                _state.Succeeded();
                signal.Release(lanes, again);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                signal.Release(lanes, again);
                break;
            }
            catch (ObjectDisposedException e) when (HasEnded(e))
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures++;
                MessagingTelemetry.PublishFailures.Add(1);
                _state.Failed(e, time.GetUtcNow());
                if (failures == 1)
                {
                    log.LogWarning(e, "The relay could not publish; the events stay in the outbox and it tries again");
                }

                if (channel is not null)
                {
                    // Confirms of the failed round may still come in and must not be taken for the next one's.
                    await channel.DisposeAsync().ConfigureAwait(false);
                    channel = null;
                }

                try
                {
                    await Task.Delay(Backoff(failures), time, stopping).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    signal.Release(lanes, again);
                    break;
                }

                signal.Release(lanes, again);
            }

            if (ended.IsCancellationRequested)
            {
                break;
            }
        }

        if (channel is not null)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Lanes that need another round.</returns>
    private async Task<uint> RoundAsync(ConfirmedChannel channel, uint lanes, MessagingOptions settings)
    {
        var asked = new List<short>(BitOperations.PopCount(lanes));
        for (short lane = 0; lane < OutboxLane.Count; lane++)
        {
            if ((lanes & (1u << lane)) != 0)
            {
                asked.Add(lane);
            }
        }

        using var limit = new CancellationTokenSource(settings.RoundLimit, time);
        var perLane = Math.Max(1, settings.RelayBatch / asked.Count);
        uint again = 0;

        var claim = await store.ClaimAsync(asked, perLane, limit.Token).ConfigureAwait(false);
        await using (claim.ConfigureAwait(false))
        {
            var busy = lanes;
            foreach (var lane in claim.Lanes)
            {
                busy &= ~(1u << lane);
                _busySince[lane] = null;
            }

            if (busy != 0)
            {
                // Another replica is at it, and may have looked before our commit. It will be done in a few
                // milliseconds, unless it died
                // and its claim has yet to end.
                _ = WakeSoonAsync(busy);
            }

            if (claim.Messages.Count == 0)
            {
                return 0;
            }

            channel.Begin(claim.Messages.Count);
            var counts = new int[OutboxLane.Count];
            foreach (var message in claim.Messages)
            {
                await PublishAsync(channel, message, settings.Service, limit.Token).ConfigureAwait(false);
                counts[message.Lane]++;
            }

            var confirmed = await channel
                .ConfirmsAsync(TimeSpan.FromSeconds(settings.ConfirmSeconds), limit.Token)
                .ConfigureAwait(false);

            // A lane is done up to its first message that the broker did not take; what follows is published
            // again behind it.
            var through = new Dictionary<short, long>();
            uint refused = 0;
            var now = time.GetUtcNow();
            var published = 0;
            for (var i = 0; i < confirmed.Length; i++)
            {
                var message = claim.Messages[i];
                var bit = 1u << message.Lane;
                if (!confirmed[i])
                {
                    refused |= bit;
                }
                else if ((refused & bit) == 0)
                {
                    through[message.Lane] = message.Position;
                    published++;
                    MessagingTelemetry.PublishLag.Record(Math.Max(0, (now - message.OccurredAt).TotalSeconds));
                }
            }

            await claim.CompleteAsync(through, limit.Token).ConfigureAwait(false);
            MessagingTelemetry.Published.Add(published);

            for (short lane = 0; lane < OutboxLane.Count; lane++)
            {
                if (counts[lane] >= perLane)
                {
                    again |= 1u << lane;
                }
            }

            if (refused != 0)
            {
                log.LogWarning("The broker refused events; they stay in the outbox and are tried again");
                await Task.Delay(TimeSpan.FromMilliseconds(200), time).ConfigureAwait(false);
                again |= refused;
            }
        }

        return again;
    }

    private static async ValueTask PublishAsync(
        ConfirmedChannel channel,
        OutboxRecord message,
        string service,
        CancellationToken cancellationToken
    )
    {
        using var activity = StartActivity(message);
        var trace = activity?.Id ?? message.TraceParent;
        await channel
            .PublishAsync(
                Topology.Exchange,
                message.EventName,
                PropertiesOf(message, service, trace),
                message.Body,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>The properties and headers under which an event travels.</summary>
    internal static BasicProperties PropertiesOf(OutboxRecord message, string service, string? trace)
    {
        var id = message.Id.ToString("D");
        var headers = new Dictionary<string, object?>(9)
        {
            ["cloudEvents:specversion"] = "1.0",
            ["cloudEvents:id"] = id,
            ["cloudEvents:source"] = $"/customer-service/{service}",
            ["cloudEvents:type"] = message.EventName,
            ["cloudEvents:subject"] = message.SubjectId.ToString("D"),
            ["cloudEvents:time"] = message.OccurredAt.UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
                CultureInfo.InvariantCulture
            ),
        };
        if (trace is not null)
        {
            headers[MessageHeaderNames.TraceParent] = trace;
            headers["cloudEvents:traceparent"] = trace;
            headers[MessageHeaderNames.MassTransitActivity] = trace;
        }

        return new BasicProperties
        {
            MessageId = id,
            Type = message.EventName,
            AppId = service,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(message.OccurredAt.ToUnixTimeSeconds()),
            Headers = headers,
        };
    }

    private static Activity? StartActivity(OutboxRecord message)
    {
        if (
            !MessagingTelemetry.Activities.HasListeners()
            || !ActivityContext.TryParse(message.TraceParent, null, isRemote: true, out var parent)
        )
        {
            return null;
        }

        var activity = MessagingTelemetry.Activities.StartActivity(
            $"{message.EventName} publish",
            ActivityKind.Producer,
            parent
        );
        activity?.SetTag("messaging.system", "rabbitmq");
        activity?.SetTag("messaging.destination.name", Topology.Exchange);
        activity?.SetTag("messaging.rabbitmq.destination.routing_key", message.EventName);
        activity?.SetTag("messaging.message.id", message.Id.ToString("D"));
        return activity;
    }

    private async Task WakeSoonAsync(uint lanes)
    {
        // One pause at a time for a lane: commits wake it meanwhile, and each would begin one more.
        lanes &= ~Interlocked.Or(ref _pausing, lanes);
        if (lanes == 0)
        {
            return;
        }

        var now = time.GetTimestamp();
        var pause = LongestPause;
        for (var lane = 0; lane < OutboxLane.Count; lane++)
        {
            if ((lanes & (1u << lane)) != 0)
            {
                var busy = time.GetElapsedTime(_busySince[lane] ??= now, now);
                pause = busy < pause ? busy : pause;
            }
        }

        await Task.Delay(pause > ShortestPause ? pause : ShortestPause, time).ConfigureAwait(false);
        Interlocked.And(ref _pausing, ~lanes);
        signal.Wake(lanes);
    }

    /// <summary>The fallback: another replica committed and died before it published.</summary>
    private async Task PollAsync(MessagingOptions settings, CancellationToken stopping)
    {
        var measured = time.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(settings.PollSeconds), time, stopping).ConfigureAwait(false);
                foreach (var lane in await store.WaitingLanesAsync(stopping).ConfigureAwait(false))
                {
                    signal.Wake(lane);
                }

                if (time.GetElapsedTime(measured) > TimeSpan.FromSeconds(10))
                {
                    measured = time.GetTimestamp();
                    _state.Backlog = await store.MeasureAsync(stopping).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException e) when (HasEnded(e))
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.LogDebug(e, "The outbox could not be read");
            }
        }
    }

    /// <summary>A host that fails while it starts is disposed of without having been stopped. That is no fault
    /// of the outbox.</summary>
    private static bool HasEnded(ObjectDisposedException e) => e.ObjectName == nameof(IServiceProvider);

    private static TimeSpan Backoff(int failures) =>
        TimeSpan.FromMilliseconds(
            Math.Min(5_000, 100 * Math.Pow(2, Math.Min(failures - 1, 10))) * (0.75 + (Random.Shared.NextDouble() / 2))
        );

    /// <summary>Ready as long as events can go out. A broker that is away degrades the service but does not
    /// stop it: writers go on.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var data = new Dictionary<string, object> { ["waiting"] = _state.Backlog.Messages };
        return Task.FromResult(
            _state.Fault is { } fault
                ? HealthCheckResult.Degraded(
                    $"Events wait in the outbox since {_state.FaultSince:O}: {fault}",
                    data: data
                )
                : HealthCheckResult.Healthy("Events go out.", data)
        );
    }

    private sealed class RelayState
    {
        private OutboxBacklog _backlog;

        public RelayState()
        {
            MessagingTelemetry.Meter.CreateObservableGauge(
                "messaging.outbox.depth",
                () => _backlog.Messages,
                "{message}",
                "Events that wait to be published."
            );
        }

        public OutboxBacklog Backlog
        {
            get => _backlog;
            set => _backlog = value;
        }

        public string? Fault { get; private set; }

        public DateTimeOffset FaultSince { get; private set; }

        public void Failed(Exception fault, DateTimeOffset now)
        {
            if (Fault is null)
            {
                FaultSince = now;
            }

            Fault = fault.Message;
        }

        public void Succeeded() => Fault = null;
    }
}
