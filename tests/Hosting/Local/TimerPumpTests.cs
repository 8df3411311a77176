using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Hosting.Telemetry;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

public sealed class TimerPumpTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task A_timer_fires_once_at_each_of_its_times_also_after_a_failure()
    {
        var times = await RunThreeTimesAsync(() => _clock.Advance(TimeSpan.FromSeconds(7)));

        var minutes = times.Select(time => (time.Hour * 60) + time.Minute).ToList();
        Assert.Equal(minutes.Distinct(), minutes);
    }

    [Fact]
    public async Task After_the_machine_slept_a_missed_timer_fires_at_once()
    {
        _clock.AutoAdvanceAmount = TimeSpan.FromMinutes(2); // at every read of the clock

        var times = await RunThreeTimesAsync(() => { });

        Assert.Equal(times.Order(), times);
    }

    private async Task<IReadOnlyList<DateTimeOffset>> RunThreeTimesAsync(Action meanwhile)
    {
        var recorder = new CallRecorder(_clock);
        var services = new ServiceCollection();
        var table = new FunctionTable().Add<RecordTime>();
        table.AddTo(services);
        services.AddSingleton(recorder);
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_clock);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(StorageNames.Connection, "UseDevelopmentStorage=true")])
            .Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddTelemetry(configuration);
        services.AddSingleton<BlogStorage>();
        services.AddSingleton<FailureTable>();
        services.AddSingleton<FailureRecorder>();
        services.AddSingleton<TriggerInvoker>();
        await using var provider = services.BuildServiceProvider();
        using var pump = new TimerPump(
            table,
            provider.GetRequiredService<TriggerInvoker>(),
            _clock,
            NullLogger<TimerPump>.Instance
        );

        await pump.StartAsync(CancellationToken.None);
        await TestBlog.WaitUntilAsync(
            () =>
            {
                meanwhile();
                return Task.FromResult(recorder.Times.Count);
            },
            count => count >= 3,
            "three calls"
        );
        await pump.StopAsync(CancellationToken.None);
        return [.. recorder.Times];
    }

    private sealed class CallRecorder(TimeProvider clock)
    {
        public ConcurrentQueue<DateTimeOffset> Times { get; } = [];

        public void Record()
        {
            Times.Enqueue(clock.GetUtcNow());
            if (Times.Count == 1)
            {
                throw new InvalidDataException("Thrown by the test.");
            }
        }
    }

    private sealed class RecordTime(CallRecorder recorder)
    {
        [Function(nameof(RecordTime))]
        public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            recorder.Record();
            return Task.CompletedTask;
        }
    }
}
