using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;

namespace CustomerService.Messaging.Tests;

/// <summary>What operators see and set.</summary>
public sealed class OperationTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    [Fact]
    public async Task A_host_that_fails_while_it_starts_does_not_blame_the_outbox()
    {
        var place = await Place.NewAsync(postgres, rabbit, "fails");
        var said = new Said();
        var host = SampleService
            .Create(
                place,
                more: builder =>
                {
                    builder.Logging.AddProvider(said);
                    builder.Services.AddSingleton<LastMade>();
                }
            )
            .Services.GetRequiredService<IHost>();
        await host.StartAsync(TestContext.Current.CancellationToken);
        // What was made last is disposed of first: from now on there are no scopes any more, and
        // the relay is still at work.
        host.Services.GetRequiredService<LastMade>();

        // As the host does it when another of its services does not start: without stopping those
        // that have.
        await ((IAsyncDisposable)host).DisposeAsync();

        said.Lines.ShouldBeEmpty();
    }

    // The container may dispose of the connection before the relay.
    [Fact]
    public async Task A_connection_that_the_host_takes_down_is_no_failed_publish()
    {
        var place = await Place.NewAsync(postgres, rabbit, "down");
        var said = new Said();
        await using var service = SampleService.Create(place, more: builder => builder.Logging.AddProvider(said));
        await service.Services.GetRequiredService<IHost>().StartAsync(TestContext.Current.CancellationToken);

        await service.Services.GetRequiredService<BrokerConnection>().DisposeAsync();
        service.Services.GetRequiredService<OutboxSignal>().Wake(OutboxSignal.All);

        // Long enough for a round that would fail; the relay takes the signal within milliseconds.
        await Task.Delay(500, TestContext.Current.CancellationToken);
        said.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_trace_runs_from_the_commit_through_the_relay_to_the_consumer_and_on()
    {
        var place = await Place.NewAsync(postgres, rabbit, "trace");
        var spans = new List<Activity>();
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name is "test" or MessagingTelemetry.Name or MessagingTelemetry.MassTransitName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var outsider = await Outsider.ListenAsync(place, "sample.note.copied.#");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CopyNoteConsumer>()
        );

        ActivityTraceId trace;
        using (var request = source.StartActivity("request")!)
        {
            trace = request.TraceId;
            await service.WriteAsync("traced");
        }

        await Eventually.Holds(() =>
        {
            List<Activity> mine;
            lock (spans)
            {
                mine = [.. spans.Where(s => s.TraceId == trace)];
            }

            var root = mine.Single(s => s.OperationName == "request");
            var publish = mine.Single(s => s.OperationName == "sample.note.written.v1 publish");
            publish.ParentSpanId.ShouldBe(root.SpanId);
            var receive = mine.Single(s =>
                s.Source.Name == MessagingTelemetry.MassTransitName && s.ParentSpanId == publish.SpanId
            );
            var further = mine.Single(s => s.OperationName == "sample.note.copied.v1 publish");
            var above = mine.ToDictionary(s => s.SpanId);
            var up = further;
            while (up.SpanId != receive.SpanId)
            {
                up = above[up.ParentSpanId];
            }

            return Task.CompletedTask;
        });
        await Eventually.IsTrue(() => Task.FromResult(outsider.Heard.Count == 1), "an outsider hears it");
        var traceparent = System.Text.Encoding.UTF8.GetString(
            (byte[])outsider.Heard[0].BasicProperties.Headers!["traceparent"]!
        );
        traceparent.ShouldContain(trace.ToHexString());
    }

    [Fact]
    public async Task Figures_say_how_much_was_published_consumed_and_came_twice()
    {
        var place = await Place.NewAsync(postgres, rabbit, "figures");
        var figures = new System.Collections.Concurrent.ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == MessagingTelemetry.Name)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) =>
            {
                var queue = tags.ToArray().FirstOrDefault(t => t.Key == "queue").Value as string;
                figures.AddOrUpdate($"{instrument.Name} {queue}".Trim(), value, (_, sum) => sum + value);
            }
        );
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, _, _) => figures.AddOrUpdate(instrument.Name, 1, (_, n) => n + 1)
        );
        listener.Start();

        // Other tests run at the same time; only this one has this consumer.
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<FiguresConsumer>()
        );
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var id = Guid.CreateVersion7().ToString();
        var body = InboxTests.Body(Guid.CreateVersion7(), 1);
        await InboxTests.PublishAsync(channel, body, new BasicProperties { MessageId = id });
        await InboxTests.PublishAsync(channel, body, new BasicProperties { MessageId = id });
        await service.WriteAsync("a");

        await Eventually.Holds(() =>
        {
            figures.GetValueOrDefault("messaging.inbox.consumed sample.figures").ShouldBe(2);
            figures.GetValueOrDefault("messaging.inbox.duplicates sample.figures").ShouldBe(1);
            figures.GetValueOrDefault("messaging.outbox.published").ShouldBeGreaterThanOrEqualTo(1);
            figures.GetValueOrDefault("messaging.outbox.lag").ShouldBeGreaterThanOrEqualTo(1);
            figures.GetValueOrDefault("messaging.inbox.lag").ShouldBeGreaterThanOrEqualTo(1);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Figures_grow_while_the_broker_is_away_and_say_what_lies_in_the_error_queues()
    {
        var place = await Place.NewAsync(postgres, rabbit, "gauges");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var figures = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name is "messaging.outbox.oldest_age" or "messaging.dead_letters" or "messaging.inbox.lag")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        // Other tests have outboxes and queues, too: the oldest, and those of this test's own consumer.
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, _, _) =>
                figures.AddOrUpdate(instrument.Name, value, (_, known) => Math.Max(known, value))
        );
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => figures[(string)tags.ToArray().Single(t => t.Key == "queue").Value!] = value
        );
        listener.Start();
        await using (
            var away = await SampleService.StartAsync(
                place with
                {
                    Broker = new Uri("amqp://guest:guest@127.0.0.1:1/"),
                },
                more: builder => builder.Services.AddSingleton<TimeProvider>(time)
            )
        )
        {
            await away.WriteAsync("waits");
            await Eventually.IsTrue(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(20));
                    listener.RecordObservableInstruments();
                    return Task.FromResult(figures.GetValueOrDefault("messaging.outbox.oldest_age") > 600);
                },
                "the oldest event is ten minutes old"
            );
        }

        await using var service = await SampleService.StartAsync(
            place,
            bus => bus.Consume<HopelessConsumer>(),
            builder => builder.Services.AddSingleton<TimeProvider>(time)
        );
        await service.WriteAsync("given up");
        await Eventually.IsTrue(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(20));
                listener.RecordObservableInstruments();
                return Task.FromResult(figures.GetValueOrDefault("sample.hopeless") >= 1);
            },
            "what was given up lies there"
        );
    }

    private sealed class HopelessConsumer : MassTransit.IConsumer<NoteWritten>
    {
        public Task Consume(MassTransit.ConsumeContext<NoteWritten> context) =>
            throw new UnprocessableEventException("never");
    }

    [Fact]
    public async Task Readiness_is_degraded_while_the_broker_is_away_and_writers_go_on()
    {
        var place = await Place.NewAsync(postgres, rabbit, "health");
        await using var alone = await SampleService.StartAsync(
            place with
            {
                Broker = new Uri("amqp://guest:guest@127.0.0.1:1/"),
            }
        );
        await alone.WriteAsync("kept");
        await Eventually.Holds(async () =>
        {
            var report = await ReadyAsync(alone);
            report.Status.ShouldBe(HealthStatus.Degraded);
            report.Description!.ShouldContain("wait in the outbox");
        });
        (await place.OutboxAsync()).ShouldBe(1);
        // Nor do the consumers take it out of rotation.
        var all = await alone
            .Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Tags.Contains("ready"));
        all.Entries.Count.ShouldBeGreaterThan(1);
        all.Status.ShouldBe(HealthStatus.Degraded);

        await using var service = await SampleService.StartAsync(place);
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "another replica publishes it");
        (await ReadyAsync(service)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_stream_keeps_the_events_for_whoever_comes_later()
    {
        var place = await Place.NewAsync(postgres, rabbit, "stream");
        await using var service = await SampleService.StartAsync(place);
        var ids = new List<Guid>
        {
            await service.WriteAsync("1"),
            await service.WriteAsync("2"),
            await service.WriteAsync("3"),
        };
        await Eventually.IsTrue(async () => await place.OutboxAsync() == 0, "all are published");

        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, 100, false);
        var read = new List<Guid>();
        var consumer = new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            lock (read)
            {
                read.Add(
                    System
                        .Text.Json.JsonSerializer.Deserialize<NoteWritten>(delivery.Body.Span, EventJson.Options)!
                        .NoteId
                );
            }

            await channel.BasicAckAsync(delivery.DeliveryTag, false);
        };
        await channel.BasicConsumeAsync(
            Topology.Stream,
            autoAck: false,
            "",
            false,
            false,
            new Dictionary<string, object?> { ["x-stream-offset"] = "first" },
            consumer
        );

        await Eventually.Holds(() =>
        {
            lock (read)
            {
                read.Order().ShouldBe(ids.Order());
            }

            return Task.CompletedTask;
        });
    }

    [Theory]
    [InlineData(
        "ConnectionStrings:RabbitMq",
        "http://localhost",
        "ConnectionStrings:RabbitMq is not an address like amqp://"
    )]
    [InlineData("Messaging:Concurrency", "0", "Messaging:Concurrency must be between 1 and 1000.")]
    [InlineData("Messaging:Prefetch", "1", "Messaging:Prefetch (1) is less than Messaging:Concurrency")]
    [InlineData(
        "Messaging:Redeliveries",
        "10,soon",
        "Section Messaging of the settings: Messaging:Redeliveries is '10,soon'"
    )]
    [InlineData("Messaging:Redeliveries:0", "-00:00:10", "Messaging:Redeliveries must be times above 0")]
    [InlineData("Messaging:PollInterval", "soon", "Section Messaging of the settings: ")]
    [InlineData("Messaging:ConfirmTimeout", "00:06:00", "Messaging:ConfirmTimeout must be between")]
    [InlineData("Messaging:Drain", "00:00:20", "Messaging:Drain is 00:00:20; with what follows it takes 00:00:30")]
    [InlineData("Messaging:RelayWorkers", "17", "Messaging:RelayWorkers must be between 1 and 16.")]
    public async Task A_wrong_setting_stops_the_start_with_one_clear_line(string key, string value, string line)
    {
        var builder = new Microsoft.Extensions.Hosting.HostApplicationBuilder();
        builder.Configuration[key] = value;
        builder.Services.AddDbContext<SampleContext>(options => options.UseNpgsql("Host=127.0.0.1;Port=1"));
        builder.Services.AddMessaging<SampleContext>(builder.Configuration, "sample");
        using var host = builder.Build();
        var fault = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());
        fault.Message.ShouldStartWith(line);
        fault.Message.ShouldNotContain("\n");
    }

    [Theory, InlineData("Messaging:Prefetch", "64"), InlineData("Messaging:GatherParts", "00:00:00.05")]
    public void Given_a_setting_of_the_section_When_the_host_has_less_time_to_end_Then_the_drain_still_fits_in(
        string key,
        string value
    )
    {
        var settings = new Dictionary<string, string?> { [key] = value, ["Hosting:DrainSeconds"] = "8" };

        var options = MessagingOptions.From(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            "sample"
        );

        options.Drain.ShouldBe(TimeSpan.FromSeconds(4.8));
        options.Validate(new(options)).ShouldBeEmpty();
    }

    [Fact]
    public void Consumers_that_take_no_event_or_share_a_queue_are_refused()
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().Build();
        Should
            .Throw<InvalidOperationException>(() =>
                services.AddMessaging(configuration, "sample", c => c.Consume<Idle>())
            )
            .Message.ShouldContain("no IConsumer<T>");
        Should
            .Throw<InvalidOperationException>(() =>
                services.AddMessaging(
                    configuration,
                    "sample",
                    c => c.Consume<FiguresConsumer>().Consume<FiguresConsumer>()
                )
            )
            .Message.ShouldContain("sample.figures");
    }

    private static async Task<HealthReportEntry> ReadyAsync(SampleService service)
    {
        var report = await service
            .Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Tags.Contains("ready") && check.Name == "outbox-relay");
        return report.Entries["outbox-relay"];
    }

    private sealed class FiguresConsumer : MassTransit.IConsumer<NoteWritten>
    {
        public Task Consume(MassTransit.ConsumeContext<NoteWritten> context) => Task.CompletedTask;
    }

    private sealed class Idle : MassTransit.IConsumer;

    private sealed class LastMade(OutboxSignal signal) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            signal.Wake(0);
            await Task.Delay(300);
        }
    }

    /// <summary>Warnings, and what is worse.</summary>
    private sealed class Said : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                Lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose() { }
    }
}
