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
/// Publishes what waits in the outbox. It is woken at commit; any number of replicas may run. Each
/// round claims some partitions, publishes their oldest messages in order, waits for the broker's
/// confirms, deletes them and lets go of the partitions. A round that fails, or a process that dies
/// in it, leaves the messages where they are: they are published again with the same id, and the
/// consumers' inboxes see the duplicate.
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
    // A partition that stays busy is asked for again after as long as it has been busy for, within
    // these bounds.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly RelayState _state = new(time);
    private readonly long?[] _busySince = new long?[OutboxPartition.Count];
    private readonly SemaphoreSlim _gathering = new(1);
    private readonly PublishRate _rate = new(time);
    private readonly RoundTimes _rounds = new();
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
        workers.Add(WakePartsAsync(settings, stoppingToken));
        await Task.WhenAll(workers);
    }

    private async Task WorkAsync(MessagingOptions settings, CancellationToken stopping)
    {
        var partitionsPerRound = Math.Max(1, OutboxPartition.Count / settings.RelayWorkers);
        ConfirmedChannel? channel = null;
        var failures = 0;
        // When the end comes, consumers and requests have ended already. What they committed last
        // goes out before we leave, if the broker is there; a worker that has no channel yet may still
        // open one for it.
        using var ended = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var ending = stopping.Register(() =>
        {
            ended.CancelAfter(settings.AfterDrain);
            signal.WakeParts();
        });

        while (true)
        {
            uint partitions;
            try
            {
                var gather = _rounds.Gather(settings, _rate.EventsPerSecond);
                partitions =
                    stopping.IsCancellationRequested
                        ? await signal.TakeAsync(partitionsPerRound, TimeSpan.Zero, CancellationToken.None)
                    : gather == TimeSpan.Zero
                        ? await signal.TakeAsync(partitionsPerRound, TimeSpan.FromSeconds(30), stopping)
                    : await GatherAsync(gather, settings.PollInterval, stopping);
            }
            catch (OperationCanceledException)
            {
                continue;
            }

            if (partitions == 0)
            {
                if (stopping.IsCancellationRequested)
                {
                    break;
                }

                continue;
            }

            var again = partitions;
            try
            {
                if (channel is not { IsOpen: true })
                {
                    if (channel is not null)
                    {
                        await channel.DisposeAsync();
                        channel = null;
                    }

                    channel = await ConfirmedChannel.OpenAsync(await broker.ConnectAsync(ended.Token), ended.Token);
                }

                // A round is short, and it is finished even when we are asked to stop in the middle
                // of it.
                again = await RoundAsync(channel, partitions, settings);
                if (failures > 0)
                {
                    log.LogInformation("The relay publishes again after {Failures} failed rounds", failures);
                    failures = 0;
                }

                _state.Succeeded();
                signal.Release(partitions, again);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                signal.Release(partitions, again);
                break;
            }
            catch (Exception e) when (HasEnded(e))
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
                    // Confirms of the failed round may still come in and must not be taken for the
                    // next one's.
                    await channel.DisposeAsync();
                    channel = null;
                }

                try
                {
                    await Task.Delay(Backoff(failures), time, stopping);
                }
                catch (OperationCanceledException)
                {
                    signal.Release(partitions, again);
                    break;
                }

                signal.Release(partitions, again);
            }

            if (ended.IsCancellationRequested)
            {
                break;
            }
        }

        if (channel is not null)
        {
            await channel.DisposeAsync();
        }
    }

    /// <summary>One worker at a time gathers, while the others publish what they have taken.</summary>
    private async Task<uint> GatherAsync(TimeSpan gather, TimeSpan wait, CancellationToken stopping)
    {
        await _gathering.WaitAsync(stopping);
        try
        {
            await Task.Delay(gather, time, stopping);
            return await signal.TakeAsync(OutboxPartition.Count, wait, stopping);
        }
        finally
        {
            _gathering.Release();
        }
    }

    /// <returns>Partitions that need another round.</returns>
    private async Task<uint> RoundAsync(ConfirmedChannel channel, uint partitions, MessagingOptions settings)
    {
        var asked = new List<short>(BitOperations.PopCount(partitions));
        for (short partition = 0; partition < OutboxPartition.Count; partition++)
        {
            if ((partitions & (1u << partition)) != 0)
            {
                asked.Add(partition);
            }
        }

        var began = time.GetTimestamp();
        using var limit = new CancellationTokenSource(settings.RoundLimit, time);
        var perPartition = Math.Max(1, settings.RelayBatch / asked.Count);
        uint again = 0;

        var claim = await store.ClaimAsync(asked, perPartition, limit.Token);
        await using (claim)
        {
            var busy = partitions;
            foreach (var partition in claim.Partitions)
            {
                busy &= ~(1u << partition);
                _busySince[partition] = null;
            }

            if (busy != 0)
            {
                // Another replica is at it, and may have looked before our commit. It will be done
                // in a few milliseconds, unless it died and its claim has yet to end.
                _ = WakeSoonAsync(busy);
            }

            if (claim.Messages.Count == 0)
            {
                return 0;
            }

            var counts = new int[OutboxPartition.Count];
            foreach (var message in claim.Messages)
            {
                counts[message.Partition]++;
            }

            var outgoing = GatheredParts.Of(claim.Messages);
            channel.Begin(outgoing.Count);
            foreach (var message in outgoing)
            {
                await PublishAsync(channel, message, settings.Service, limit.Token);
            }

            var confirmed = await channel.ConfirmsAsync(settings.ConfirmTimeout, limit.Token);

            // A partition is done up to its first message that the broker did not take; what
            // follows is published again behind it.
            var through = new Dictionary<short, long>();
            uint refused = 0;
            var now = time.GetUtcNow();
            var published = 0;
            for (var i = 0; i < confirmed.Length; i++)
            {
                var message = outgoing[i];
                var bit = 1u << message.Partition;
                if (!confirmed[i])
                {
                    refused |= bit;
                }
                else if ((refused & bit) == 0)
                {
                    through[message.Partition] = message.Position;
                    published++;
                    MessagingTelemetry.PublishLag.Record(Math.Max(0, (now - message.OccurredAt).TotalSeconds));
                }
            }

            await claim.CompleteAsync(through, limit.Token);
            MessagingTelemetry.Published.Add(published);
            _rate.Add(published);
            _rounds.Add(outgoing.Count, time.GetElapsedTime(began));

            for (short partition = 0; partition < OutboxPartition.Count; partition++)
            {
                if (counts[partition] >= perPartition)
                {
                    again |= 1u << partition;
                }
            }

            if (refused != 0)
            {
                log.LogWarning("The broker refused events; they stay in the outbox and are tried again");
                await Task.Delay(TimeSpan.FromMilliseconds(200), time);
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
        await channel.PublishAsync(
            Topology.Exchange,
            message.EventName,
            PropertiesOf(message, service, trace),
            message.Body,
            cancellationToken
        );
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

    private async Task WakeSoonAsync(uint partitions)
    {
        // One pause at a time for a partition: commits wake it meanwhile, and each would begin one
        // more.
        partitions &= ~Interlocked.Or(ref _pausing, partitions);
        if (partitions == 0)
        {
            return;
        }

        var now = time.GetTimestamp();
        var pause = LongestPause;
        for (var partition = 0; partition < OutboxPartition.Count; partition++)
        {
            if ((partitions & (1u << partition)) != 0)
            {
                var busy = time.GetElapsedTime(_busySince[partition] ??= now, now);
                pause = busy < pause ? busy : pause;
            }
        }

        await Task.Delay(pause > ShortestPause ? pause : ShortestPause, time);
        Interlocked.And(ref _pausing, ~partitions);
        signal.Wake(partitions);
    }

    private async Task WakePartsAsync(MessagingOptions settings, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(settings.GatherParts, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                signal.WakeParts();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    /// <summary>The fallback: another replica committed and died before it published.</summary>
    private async Task PollAsync(MessagingOptions settings, CancellationToken stopping)
    {
        var measured = time.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(settings.PollInterval, time, stopping);
                foreach (var partition in await store.WaitingPartitionsAsync(stopping))
                {
                    signal.Wake(partition);
                }

                if (time.GetElapsedTime(measured) > TimeSpan.FromSeconds(10))
                {
                    measured = time.GetTimestamp();
                    _state.Backlog = await store.MeasureAsync(stopping);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (HasEnded(e))
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.LogDebug(e, "The outbox could not be read");
            }
        }
    }

    /// <summary>A host that fails while it starts is disposed of without having been stopped. That
    /// is no fault of the outbox.</summary>
    private bool HasEnded(Exception e) =>
        broker.IsDisposed || e is ObjectDisposedException { ObjectName: nameof(IServiceProvider) };

    private static TimeSpan Backoff(int failures) =>
        TimeSpan.FromMilliseconds(
            Math.Min(5_000, 100 * Math.Pow(2, Math.Min(failures - 1, 10))) * (0.75 + (Random.Shared.NextDouble() / 2))
        );

    /// <summary>Ready as long as events can go out. A broker that is away degrades the service but
    /// does not stop it: writers go on.</summary>
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

    /// <summary>How many events went out in the last whole half second.</summary>
    private sealed class PublishRate(TimeProvider time)
    {
        private static readonly TimeSpan Window = TimeSpan.FromSeconds(0.5);

        private readonly Lock _gate = new();
        private long _began = time.GetTimestamp();
        private int _counted;
        private double _rate;

        public double EventsPerSecond
        {
            get
            {
                lock (_gate)
                {
                    Turn();
                    return _rate;
                }
            }
        }

        public void Add(int events)
        {
            lock (_gate)
            {
                Turn();
                _counted += events;
            }
        }

        private void Turn()
        {
            var passed = time.GetElapsedTime(_began);
            if (passed >= Window)
            {
                (_rate, _counted) = (_counted / passed.TotalSeconds, 0);
                _began = time.GetTimestamp();
            }
        }
    }

    private sealed class RelayState
    {
        private OutboxBacklog _backlog;

        public RelayState(TimeProvider time)
        {
            MessagingTelemetry.Meter.CreateObservableGauge(
                "messaging.outbox.depth",
                () => _backlog.Messages,
                "{message}",
                "Events that wait to be published."
            );
            // Read from the store, so that it grows while the broker is away.
            MessagingTelemetry.Meter.CreateObservableGauge(
                "messaging.outbox.oldest_age",
                () => _backlog.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0,
                "s",
                "Age of the oldest event that waits to be published; 0 when none does."
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
