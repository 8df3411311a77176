using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Hosting.Telemetry;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

public sealed class QueuePumpTests
{
    private const string Work = "work";

    [Fact]
    public async Task A_message_that_fails_five_times_is_kept_in_the_poison_queue_and_delays_no_other()
    {
        var work = new RecordingWork(
            (message, _) =>
                message == "bad" ? throw new InvalidDataException("Thrown by the test.") : Task.CompletedTask
        );
        await using var host = await StartAsync(work);

        await host.Queue(Work).SendMessageAsync("bad");
        await host.Queue(Work).SendMessageAsync("good");
        var poison = await host.PoisonAsync();
        // A message is moved by copying it first and deleting it then.
        await TestBlog.WaitUntilAsync(host.CountAsync, count => count == 0, "an empty queue");

        Assert.Equal("bad", poison);
        Assert.Equal(5, work.Messages.Count(message => message == "bad"));
        Assert.Equal(1, work.Messages.Count(message => message == "good"));
    }

    [Fact]
    public async Task A_message_that_is_not_base64_is_kept_in_the_poison_queue_and_does_not_stop_its_queue()
    {
        var work = new RecordingWork((_, _) => Task.CompletedTask);
        await using var host = await StartAsync(work);

        await new QueueClient(host.Connection, Work).SendMessageAsync("{ \"not\": \"base64\" }");
        await host.Queue(Work).SendMessageAsync("good");
        var poison = await host.PoisonAsync();
        await TestBlog.WaitUntilAsync(host.CountAsync, count => count == 0, "an empty queue");

        Assert.Equal("{ \"not\": \"base64\" }", poison);
        Assert.Equal(
            poison,
            (
                await new QueueClient(host.Connection, StorageNames.PoisonQueueOf(Work)).PeekMessageAsync()
            ).Value.Body.ToString()
        ); // the body is unchanged
        Assert.Equal(["good"], work.Messages);
    }

    [Fact]
    public async Task A_function_that_is_cancelled_at_its_timeout_is_called_again()
    {
        var work = new RecordingWork(
            async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
        );
        await using var host = await StartAsync(work, lease: TimeSpan.FromSeconds(1));

        await host.Queue(Work).SendMessageAsync("slow");

        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(work.Messages.Count),
            tries => tries >= 2,
            "a second attempt"
        );
    }

    [Fact]
    public async Task Running_invocations_finish_before_the_host_stops()
    {
        var isUnderWay = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var work = new RecordingWork(
            (_, _) =>
            {
                isUnderWay.SetResult();
                return mayEnd.Task;
            }
        );
        await using var host = await StartAsync(work);
        await host.Queue(Work).SendMessageAsync("slow");
        await isUnderWay.Task;

        var stopping = host.StopAsync();
        await host.Queue(Work).SendMessageAsync("too late");
        var hasStoppedTooEarly = stopping.IsCompleted;
        mayEnd.SetResult();
        await stopping;

        Assert.False(hasStoppedTooEarly);
        Assert.Equal(1, await host.CountAsync());
        Assert.Equal(["slow"], work.Messages);
    }

    private static async Task<PumpHost> StartAsync(RecordingWork work, TimeSpan? lease = null)
    {
        var connection = await StorageAccounts.NewAccountAsync();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new(StorageNames.Connection, connection)]);
        new FunctionTable().Add<WorkFunction>().AddTo(builder.Services);
        builder.Services.AddSingleton(work);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<FailureTable>();
        builder.Services.AddSingleton<FailureRecorder>();
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddSingleton<TriggerInvoker>();
        builder.Services.AddSingleton<InvokeFunction>(services =>
            services.GetRequiredService<TriggerInvoker>().InvokeAsync
        );
        builder.Services.AddSingleton(new BlogStorage(builder.Configuration, []));
        builder.Services.AddSingleton<StorageCircuit>();
        builder.Services.AddSingleton(
            new LocalHostOptions
            {
                PollingInterval = TimeSpan.FromMilliseconds(50),
                VisibilityTimeout = lease ?? TimeSpan.FromMinutes(1),
                RetryDelay = TimeSpan.Zero,
            }
        );
        builder.Services.AddSingleton<QueueSendPolicy>();
        builder.Services.AddSingleton(new AnnouncedUploads(null));
        builder.Services.AddHostedService<QueuePump>();
        var host = new PumpHost(builder.Build(), connection);
        await host.Queue(Work).CreateAsync();
        await host.Queue(StorageNames.PoisonQueueOf(Work)).CreateAsync();
        await host.StartAsync();
        return host;
    }

    private sealed class PumpHost(IHost host, string connection) : IAsyncDisposable
    {
        public string Connection => connection;

        public QueueClient Queue(string name) => host.Services.GetRequiredService<BlogStorage>().Queue(name);

        public Task StartAsync() => host.StartAsync();

        public Task StopAsync() => host.StopAsync();

        /// <summary>Waits for a poison message and returns its text.</summary>
        public async Task<string> PoisonAsync()
        {
            var message = await TestBlog.WaitUntilAsync(
                async () =>
                    (await new QueueClient(connection, StorageNames.PoisonQueueOf(Work)).PeekMessageAsync()).Value,
                found => found is not null,
                "a poison message"
            );
            return PoisonQueues.Decode(message.Body);
        }

        /// <summary>Counts the messages of the queue, invisible ones included.</summary>
        public async Task<int> CountAsync() => (await Queue(Work).GetPropertiesAsync()).Value.ApproximateMessagesCount;

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>
    /// Stand-in for a function's work: records the messages it receives and runs the test's callback.
    /// </summary>
    private sealed class RecordingWork(Func<string, CancellationToken, Task> run)
    {
        public ConcurrentQueue<string> Messages { get; } = [];

        public Task RunAsync(string message, CancellationToken stop)
        {
            Messages.Enqueue(message);
            return run(message, stop);
        }
    }

    private sealed class WorkFunction(RecordingWork work)
    {
        [Function(nameof(WorkFunction))]
        public Task RunAsync(
            [QueueTrigger(Work, Connection = StorageNames.Connection)] string message,
            CancellationToken cancellationToken
        ) => work.RunAsync(message, cancellationToken);
    }
}
