using System.Diagnostics;
using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using ServerlessBlog.Hosting.Telemetry;

namespace ServerlessBlog.Tests.Hosting.Telemetry;

/// <summary>What is measured of an attempt of a storage call, in a real pipeline with a scripted transport.</summary>
public sealed class StorageCallPolicyTests : IDisposable
{
    /// <summary>The measurements of the current test: listeners hear those of every test.</summary>
    private static readonly AsyncLocal<List<string>> Measured = new();

    private readonly MeterListener _listener = new();

    public StorageCallPolicyTests()
    {
        Measured.Value = [];
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == BlogTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(
            (instrument, _, tags, _) =>
                Measured.Value?.Add(
                    string.Join(' ', tags.ToArray().Select(tag => $"{tag.Value}").Prepend(instrument.Name))
                )
        );
        _listener.Start();
    }

    [Theory]
    [InlineData(200, "ok")]
    [InlineData(304, "ok")]
    [InlineData(404, "not found")]
    [InlineData(409, "conflict")]
    [InlineData(412, "conflict")]
    [InlineData(503, "throttled")]
    [InlineData(500, "timeout")]
    [InlineData(403, "error")]
    public async Task A_status_has_an_outcome(int status, string outcome)
    {
        using var request = new Activity("a request").Start();

        await SendAsync(_ => Task.FromResult(status), CancellationToken.None);

        Assert.Equal([$"blog.storage.duration table GET {outcome}"], Measured.Value);
    }

    [Fact]
    public async Task Without_a_response_it_timed_out_was_cancelled_or_failed()
    {
        using var request = new Activity("a request").Start();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<Exception>(() =>
            SendAsync(_ => throw new TaskCanceledException(), CancellationToken.None)
        );
        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(_ => throw new IOException(), CancellationToken.None));
        await Assert.ThrowsAnyAsync<Exception>(() =>
            SendAsync(token => Task.FromCanceled<int>(token), cancelled.Token)
        );

        Assert.Equal(["timeout", "error", "cancelled"], Measured.Value!.Select(measured => measured.Split(' ')[^1]));
    }

    [Fact]
    public async Task A_call_outside_of_a_request_and_an_invocation_is_not_measured()
    {
        Activity.Current = null;

        await SendAsync(_ => Task.FromResult(200), CancellationToken.None);

        Assert.Empty(Measured.Value!);
    }

    public void Dispose() => _listener.Dispose();

    private static async Task SendAsync(Func<CancellationToken, Task<int>> respond, CancellationToken cancellationToken)
    {
        var options = new TableClientOptions { Transport = new Transport(respond), Retry = { MaxRetries = 0 } };
        options.AddPolicy(new StorageCallPolicy(options), HttpPipelinePosition.PerRetry);
        var pipeline = HttpPipelineBuilder.Build(options);
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(new Uri("http://blog.test/"));
        await pipeline.SendAsync(message, cancellationToken);
    }

    private sealed class Transport(Func<CancellationToken, Task<int>> respond) : HttpClientTransport
    {
        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            message.Response = new StatusResponse(await respond(message.CancellationToken));
        }
    }

    private sealed class StatusResponse(int status) : Azure.Response
    {
        public override int Status => status;
        public override string ReasonPhrase => "";
        public override Stream? ContentStream { get; set; }
        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() { }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, out string value)
        {
            value = "";
            return false;
        }

        protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
        {
            values = [];
            return false;
        }
    }
}
