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
/// Plays the Functions host for the worker build: starts it, asks for its functions, has them loaded, calls them; HTTP requests go to the worker's own
/// server, each announced by a call, as the host's proxying does.
/// </summary>
public sealed class WorkerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Talk _talk;
    private readonly ProgramRun _run;

    private WorkerHost(WebApplication app, Talk talk, ProgramRun run) => (_app, _talk, _run) = (app, talk, run);

    /// <summary>The process that the worker was started by.</summary>
    public ProgramRun Parent => _run;

    private HttpClient Http =>
        field ??= new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _talk.Address };

    /// <summary>The names of the functions that the worker says it has, and loaded.</summary>
    public IReadOnlyCollection<string> Functions => [.. _talk.Loaded.Keys];

    /// <summary>Builds and starts the worker. Ends when all its functions are loaded.</summary>
    /// <param name="connection">Its storage; nothing is made there.</param>
    /// <param name="settings">More settings, spelled as the environment does.</param>
    /// <exception cref="InvalidOperationException">It cannot be built, or ended, or could not load a function.</exception>
    public static async Task<WorkerHost> StartAsync(string connection, params (string Name, string Value)[] settings)
    {
        await WorkerBuild.BuiltAsync();
        var talk = new Talk();
        var app = await ListenAsync(talk);
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
        string[] startIt = ["-c", "dotnet \"$@\" & echo \"Worker: $!\"; wait", "sh", .. arguments]; // as a child of its own host would be: killed, that leaves it behind
        var host = new WorkerHost(app, talk, ProgramRun.Start("sh", startIt, environment, WorkerBuild.Folder));
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

    /// <summary>Calls a queue or timer function. Null when it went well, else what the worker says of it.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="data">A message's text, or a timer's JSON.</param>
    /// <param name="try">Which try of the message it is.</param>
    public async Task<string?> CallAsync(string function, string data, int @try = 1)
    {
        var trigger = Program.Functions.All.Single(declared => declared.Name == function).Trigger;
        var answer = await _talk.InvokeAsync(
            function,
            Guid.NewGuid().ToString(),
            trigger is TimerTriggerAttribute ? new() { Json = data } : new() { String = data },
            @try
        );
        return answer.Status == StatusResult.Types.Status.Success
            ? null
            : $"{answer.Exception?.Message} {answer.Exception?.StackTrace}";
    }

    /// <summary>Sends what a visitor sends, as the host passes it on to this function.</summary>
    public async Task<HttpResponseMessage> ProxyAsync(
        string function,
        HttpMethod method,
        string path,
        HttpContent? content = null
    )
    {
        var id = Guid.NewGuid().ToString();
        var request = PublishedHandler.Proxied(method, path, content);
        request.Headers.Add("x-ms-invocation-id", id);
        var invoking = _talk.InvokeAsync(
            function,
            id,
            new()
            {
                Http = new RpcHttp { Method = method.Method, Url = $"https://blog.test{path}" },
            }
        );
        var answer = await Http.SendAsync(request);
        await invoking;
        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _run.DisposeAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Ends when all functions are loaded, and the worker's server for visitors listens, which starts beside its talk with the host.</summary>
    private async Task ReadyAsync()
    {
        var ended = _run.ExitAsync(CancellationToken.None);
        if (await Task.WhenAny(_talk.Ready, ended) == _talk.Ready)
        {
            await _talk.Ready;
        }

        while (!ended.IsCompleted)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(_talk.Address!.Host, _talk.Address.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }

        throw new InvalidOperationException($"The worker ended: {_run.Output} {_run.Errors}");
    }

    private static async Task<WebApplication> ListenAsync(Talk talk)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(talk);
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return app;
    }

    /// <summary>What is said between the host and one worker.</summary>
    private sealed class Talk
    {
        /// <summary>Generous: only a call that the worker never answers waits it out.</summary>
        private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

        private readonly Channel<StreamingMessage> _toWorker = Channel.CreateUnbounded<StreamingMessage>();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<StatusResult>> _calls = [];
        private readonly ConcurrentDictionary<string, string> _names = [];
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The ids of functions that are loaded, by name.</summary>
        public ConcurrentDictionary<string, string> Loaded { get; } = [];

        /// <summary>Ends when all functions are loaded.</summary>
        public Task Ready => _ready.Task;

        /// <summary>The worker's own server.</summary>
        public Uri? Address { get; private set; }

        public IAsyncEnumerable<StreamingMessage> ToWorker(CancellationToken cancellationToken) =>
            _toWorker.Reader.ReadAllAsync(cancellationToken);

        public async Task<StatusResult> InvokeAsync(string function, string id, TypedData data, int @try = 1)
        {
            var call = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var input = new ParameterBinding
            {
                Name = Program.Functions.All.Single(declared => declared.Name == function).Parameter,
                Data = data,
            };
            var metadata = new MapField<string, TypedData> { ["DequeueCount"] = new() { Json = $"{@try}" } };
            Say(
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

        public void Hear(StreamingMessage message)
        {
            switch (message.ContentCase)
            {
                case StreamingMessage.ContentOneofCase.StartStream:
                    Say(
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
                    Say(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = WorkerBuild.Folder } });
                    break;
                case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                    Load(message.FunctionMetadataResponse.FunctionMetadataResults);
                    break;
                case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                    NoteLoaded(message.FunctionLoadResponse);
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
                Say(
                    new()
                    {
                        FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function },
                    }
                )
            );
        }

        private void NoteLoaded(FunctionLoadResponse function)
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

        private void Say(StreamingMessage message) => _toWorker.Writer.TryWrite(message);
    }

    private sealed class Service(Talk talk) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context
        )
        {
            var saying = SayAsync(responseStream, context.CancellationToken);
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                talk.Hear(message);
            }

            await saying;
        }

        private async Task SayAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
        {
            await foreach (var message in talk.ToWorker(cancellationToken))
            {
                await stream.WriteAsync(message, cancellationToken);
            }
        }
    }
}
