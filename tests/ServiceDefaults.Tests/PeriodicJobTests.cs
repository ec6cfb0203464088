using System.Diagnostics.Metrics;
using CustomerService.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>What all hourly and daily work has in common.</summary>
public sealed class PeriodicJobTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_round_that_fails_is_made_up_for_by_the_next_and_ends_nothing()
    {
        var time = new FakeTimeProvider();
        using var work = new Work(time, TimeSpan.FromMinutes(1), failing: 1);
        await work.StartAsync(TestContext.Current.CancellationToken);
        work.Rounds.ShouldBe(0, "the start is over before it begins");

        await PassAsync(time, TimeSpan.FromMinutes(1), () => work.Rounds == 1);
        await PassAsync(time, TimeSpan.FromHours(1), () => work.Rounds == 2);
        await PassAsync(time, TimeSpan.FromHours(1), () => work.Rounds == 3);

        work.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await work.StopAsync(TestContext.Current.CancellationToken);
        work.ExecuteTask.IsCompletedSuccessfully.ShouldBeTrue("an end that was asked for is no failure");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_delay_the_first_round_comes_at_once_and_a_stop_in_the_middle_of_a_round_is_orderly(
        bool torn
    )
    {
        var time = new FakeTimeProvider();
        using var work = new Work(time, TimeSpan.Zero, failing: 0, endless: true, torn);
        await work.StartAsync(TestContext.Current.CancellationToken);
        await PassAsync(time, TimeSpan.Zero, () => work.Rounds == 1);
        await work.StopAsync(TestContext.Current.CancellationToken);
        work.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_rounds_that_fail_When_the_figures_are_read_Then_they_say_how_long_ago_one_ended_well()
    {
        var time = new FakeTimeProvider();
        using var work = new Work(time, TimeSpan.FromMinutes(1), failing: 2);
        await work.StartAsync(TestContext.Current.CancellationToken);
        await PassAsync(time, TimeSpan.FromMinutes(1), () => work.Rounds == 1);
        Since().ShouldBeGreaterThanOrEqualTo(60, "the start counts until a round ended well");
        await PassAsync(time, TimeSpan.FromHours(1), () => work.Rounds == 2);
        Since().ShouldBeGreaterThanOrEqualTo(3_660);

        await PassAsync(time, TimeSpan.FromHours(1), () => work.Rounds == 3);
        await PassAsync(time, TimeSpan.Zero, () => Since() < 600);

        await work.StopAsync(TestContext.Current.CancellationToken);
        Figures("jobs.since_success", "job").ShouldNotContainKey(nameof(Work));

        double Since() => Figures("jobs.since_success", "job")[nameof(Work)];
    }

    [Fact(Timeout = 60_000)]
    public async Task Given_clocks_that_ran_out_When_they_are_counted_Then_each_is_a_figure_of_its_own()
    {
        var time = new FakeTimeProvider();
        await using var services = new ServiceCollection().BuildServiceProvider();
        using var watch = new OverdueWatch(
            services.GetRequiredService<IServiceScopeFactory>(),
            [
                new("test-first", (_, clock, _) => Task.FromResult(clock.Time == time ? 3L : 0L)),
                new("test-second", (_, _, _) => Task.FromResult(0L)),
            ],
            new CompanyClock(time),
            NullLogger<OverdueWatch>.Instance
        );
        await watch.StartAsync(TestContext.Current.CancellationToken);

        await PassAsync(
            time,
            TimeSpan.FromMinutes(1),
            () => Figures("records.overdue", "clock").ContainsKey("test-second")
        );

        var figures = Figures("records.overdue", "clock");
        (figures["test-first"], figures["test-second"]).ShouldBe((3, 0));
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, double> Figures(string name, string tag)
    {
        var figures = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == name)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Note(tags, value));
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Note(tags, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return figures;

        void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags, double value) =>
            figures[(string)tags.ToArray().Single(t => t.Key == tag).Value!] = value;
    }

    // The work sets its timer a moment after the clock was moved, so the clock goes on until it has seen it.
    private static async Task PassAsync(FakeTimeProvider time, TimeSpan span, Func<bool> seen)
    {
        time.Advance(span);
        while (!seen())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class Work(TimeProvider time, TimeSpan first, int failing, bool endless = false, bool torn = false)
        : PeriodicJob(TimeSpan.FromHours(1), time, NullLogger.Instance, first)
    {
        private int _rounds;

        public int Rounds => Volatile.Read(ref _rounds);

        protected override async Task RunOnceAsync(CancellationToken stoppingToken)
        {
            if (Interlocked.Increment(ref _rounds) <= failing)
            {
                throw new InvalidOperationException("The database restarts.");
            }

            try
            {
                await Task.Delay(endless ? Timeout.Infinite : 0, stoppingToken);
            }
            catch (OperationCanceledException) when (torn)
            {
                throw new IOException("The connection was closed in the middle of a read.");
            }
        }
    }
}
