using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using Google.Protobuf.Collections;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Tests.Infrastructure.WorkerProtocol;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Stand-in for the Functions host that runs the isolated worker build: starts the worker, requests its function
/// metadata, loads the functions and invokes them over gRPC. An HTTP request goes to the worker's own server together
/// with an invocation, as the host's HTTP proxying does it.
/// </summary>
public sealed class WorkerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WorkerChannel _channel;
    private readonly ProgramRun _run;

    private WorkerHost(WebApplication app, WorkerChannel channel, ProgramRun run) =>
        (_app, _channel, _run) = (app, channel, run);

    /// <summary>The parent process of the worker.</summary>
    public ProgramRun Parent => _run;

    private HttpClient Http =>
        field ??= new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = _channel.Address,
        };

    /// <summary>The names of the functions that the worker has loaded.</summary>
    public IReadOnlyCollection<string> Functions => [.. _channel.Loaded.Keys];

    /// <summary>Builds and starts the worker. Completes when all its functions are loaded.</summary>
    /// <param name="connection">The connection string of the worker's storage; no container, table or queue is created
    /// in it.</param>
    /// <param name="settings">Additional settings, named as environment variables.</param>
    /// <exception cref="InvalidOperationException">The build failed, the worker ended, or a function could not be
    /// loaded.</exception>
    public static async Task<WorkerHost> StartAsync(string connection, params (string Name, string Value)[] settings)
    {
        await WorkerBuild.EnsureBuiltAsync();
        var channel = new WorkerChannel();
        var app = await ListenAsync(channel);
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        string[] arguments =
        [
            Path.Combine(WorkerBuild.Folder, "ServerlessBlog.dll"),
            "--functions-uri",
            address,
            "--functions-worker-id",
            "one",
            "--functions-request-id",
            "start",
            "--functions-grpc-max-message-length",
            "2147483647",
        ];
        var environment = PublishedHandler
            .Environment(connection, port: 1, settings)
            .Append(new("FUNCTIONS_APPLICATION_DIRECTORY", WorkerBuild.Folder));
        // The worker is a child of sh, as it is a child of the real host: a host that is killed leaves its worker
        // behind.
        string[] shell = ["-c", "dotnet \"$@\" & echo \"Worker: $!\"; wait", "sh", .. arguments];
        var host = new WorkerHost(app, channel, ProgramRun.Start("sh", shell, environment, WorkerBuild.Folder));
        try
        {
            await host.ReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Invokes a queue or timer function. Returns null on success, otherwise the exception's message and stack trace as
    /// the worker reports them.
    /// </summary>
    /// <param name="function">The function's name.</param>
    /// <param name="data">The message's text, or the timer's JSON.</param>
    /// <param name="try">The message's dequeue count, from 1.</param>
    public async Task<string?> CallAsync(string function, string data, int @try = 1)
    {
        var trigger = Program.Functions.All.Single(declared => declared.Name == function).Trigger;
        var result = await _channel.InvokeAsync(
            function,
            Guid.NewGuid().ToString(),
            trigger is TimerTriggerAttribute ? new() { Json = data } : new() { String = data },
            @try
        );
        return result.Status == StatusResult.Types.Status.Success
            ? null
            : $"{result.Exception?.Message} {result.Exception?.StackTrace}";
    }

    /// <summary>Sends a visitor's request as the host proxies it to this function.</summary>
    public async Task<HttpResponseMessage> ProxyAsync(
        string function,
        HttpMethod method,
        string path,
        HttpContent? content = null
    )
    {
        var id = Guid.NewGuid().ToString();
        var request = PublishedHandler.CreateProxiedRequest(method, path, content);
        request.Headers.Add("x-ms-invocation-id", id);
        var invoking = _channel.InvokeAsync(
            function,
            id,
            new()
            {
                Http = new RpcHttp { Method = method.Method, Url = $"https://blog.test{path}" },
            }
        );
        var response = await Http.SendAsync(request);
        await invoking;
        return response;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _run.DisposeAsync();
        await _app.DisposeAsync();
    }

    /// <summary>
    /// Completes when all functions are loaded and the worker's HTTP server listens; that server starts concurrently
    /// with the gRPC stream.
    /// </summary>
    private async Task ReadyAsync()
    {
        var ended = _run.ExitAsync(CancellationToken.None);
        if (await Task.WhenAny(_channel.Ready, ended) == _channel.Ready)
        {
            await _channel.Ready;
        }

        while (!ended.IsCompleted)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(_channel.Address!.Host, _channel.Address.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }

        throw new InvalidOperationException($"The worker ended: {_run.Output} {_run.Errors}");
    }

    private static async Task<WebApplication> ListenAsync(WorkerChannel channel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(channel);
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return app;
    }

    /// <summary>The host's side of the gRPC stream with one worker.</summary>
    private sealed class WorkerChannel
    {
        /// <summary>
        /// Maximum time for an invocation: 90 s. Generous, since only an invocation that never completes takes that
        /// long.
        /// </summary>
        private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

        private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<StatusResult>> _calls = [];
        private readonly ConcurrentDictionary<string, string> _names = [];
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The ids of the loaded functions, by function name.</summary>
        public ConcurrentDictionary<string, string> Loaded { get; } = [];

        /// <summary>Completes when all functions are loaded; fails when one of them could not be loaded.</summary>
        public Task Ready => _ready.Task;

        /// <summary>The address of the worker's own HTTP server; null until the worker has reported it.</summary>
        public Uri? Address { get; private set; }

        public IAsyncEnumerable<StreamingMessage> ReadOutgoingAsync(CancellationToken cancellationToken) =>
            _outgoing.Reader.ReadAllAsync(cancellationToken);

        public async Task<StatusResult> InvokeAsync(string function, string id, TypedData data, int @try = 1)
        {
            var call = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var input = new ParameterBinding
            {
                Name = Program.Functions.All.Single(declared => declared.Name == function).Parameter,
                Data = data,
            };
            var metadata = new MapField<string, TypedData>
            {
                ["DequeueCount"] = new() { Json = $"{@try}" },
                ["InsertionTime"] = new() { Json = $"\"{DateTimeOffset.UtcNow:O}\"" },
            };
            Send(
                new()
                {
                    InvocationRequest = new()
                    {
                        InvocationId = id,
                        FunctionId = Loaded[function],
                        InputData = { input },
                        TriggerMetadata = { metadata },
                        TraceContext = new(),
                    },
                }
            );
            return await call.Task.WaitAsync(Deadline);
        }

        public void Receive(StreamingMessage message)
        {
            switch (message.ContentCase)
            {
                case StreamingMessage.ContentOneofCase.StartStream:
                    Send(
                        new()
                        {
                            WorkerInitRequest = new()
                            {
                                HostVersion = "4",
                                WorkerDirectory = WorkerBuild.Folder,
                                FunctionAppDirectory = WorkerBuild.Folder,
                            },
                        }
                    );
                    break;
                case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                    Address = new Uri(message.WorkerInitResponse.Capabilities["HttpUri"]);
                    Send(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = WorkerBuild.Folder } });
                    break;
                case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                    Load(message.FunctionMetadataResponse.FunctionMetadataResults);
                    break;
                case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                    RecordLoaded(message.FunctionLoadResponse);
                    break;
                case StreamingMessage.ContentOneofCase.InvocationResponse
                    when _calls.TryRemove(message.InvocationResponse.InvocationId, out var call):
                    call.SetResult(message.InvocationResponse.Result);
                    break;
            }
        }

        private void Load(IEnumerable<RpcFunctionMetadata> functions)
        {
            var all = functions.ToList();
            all.ForEach(function => _names[function.FunctionId] = function.Name);
            all.ForEach(function =>
                Send(
                    new()
                    {
                        FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function },
                    }
                )
            );
        }

        private void RecordLoaded(FunctionLoadResponse function)
        {
            if (function.Result.Status != StatusResult.Types.Status.Success)
            {
                _ready.TrySetException(
                    new InvalidOperationException(
                        $"{_names[function.FunctionId]}: {function.Result.Exception?.Message}"
                    )
                );
                return;
            }

            Loaded[_names[function.FunctionId]] = function.FunctionId;
            if (Loaded.Count == _names.Count)
            {
                _ready.TrySetResult();
            }
        }

        private void Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);
    }

    private sealed class Service(WorkerChannel channel) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context
        )
        {
            var sending = SendAsync(responseStream, context.CancellationToken);
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                channel.Receive(message);
            }

            await sending;
        }

        private async Task SendAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
        {
            await foreach (var message in channel.ReadOutgoingAsync(cancellationToken))
            {
                await stream.WriteAsync(message, cancellationToken);
            }
        }
    }
}
