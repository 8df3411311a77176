using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Storage;

/// <summary>The circuit breaker: when it opens, what it lets through meanwhile, and what it logs.</summary>
public sealed class StorageCircuitTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LogCapture<StorageCircuit> _log = new();
    private readonly Silence _silence = new();
    private readonly StorageCircuit _circuit;
    private readonly BlogStorage _storage;

    public StorageCircuitTests()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new(
                    StorageNames.Connection,
                    StorageAccounts.Unreachable.Replace(":1/blog;Queue", ":2/blog;Queue", StringComparison.Ordinal)
                ),
            ])
            .Build();
        _circuit = new StorageCircuit(_clock, _log);
        _storage = new BlogStorage(configuration, [_silence], _circuit);
    }

    [Fact]
    public async Task After_one_time_out_readers_calls_fail_at_once_except_one_trial_a_second()
    {
        await ReadAsync();
        Assert.Equal((1, true), (_silence.Calls, _circuit.IsOpen));

        await ReadAsync();
        await ReadAsync();
        Assert.Equal(1, _silence.Calls);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(ReadAsync(), ReadAsync(), ReadAsync());
        Assert.Equal(2, _silence.Calls);
    }

    [Fact]
    public async Task A_response_closes_it()
    {
        await ReadAsync();
        _silence.Ends();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await ReadAsync();

        Assert.False(_circuit.IsOpen);
    }

    [Fact]
    public async Task The_other_services_are_called_as_before()
    {
        await ReadAsync();

        await Assert.ThrowsAnyAsync<Exception>(() =>
            _storage.ContainerForReaders("pages").GetBlobClient("any").ExistsAsync()
        );

        Assert.Equal(2, _silence.Calls);
    }

    [Fact]
    public async Task Writers_calls_are_never_rejected()
    {
        await ReadAsync();
        _silence.Ends();

        await _storage.Table("any").GetEntityIfExistsAsync<TableEntity>("a", "b");

        Assert.Equal((2, false), (_silence.Calls, _circuit.IsOpen));
    }

    [Fact]
    public async Task An_outage_is_one_line_a_minute()
    {
        for (var second = 0; second < 90; second++)
        {
            await ReadAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _log.At(LogLevel.Warning).Count);
        Assert.All(_log.At(LogLevel.Warning), line => Assert.DoesNotContain("\n", line, StringComparison.Ordinal));
    }

    /// <summary>Reads a row as a reader's request does; the outcome is not looked at.</summary>
    private async Task ReadAsync()
    {
        try
        {
            await _storage.TableForReaders("any").GetEntityIfExistsAsync<TableEntity>("a", "b");
        }
        catch (Exception problem) when (StorageErrors.IsOutage(problem))
        {
            // As the test wants it.
        }
    }

    /// <summary>Times out each call, as the transport does after its time limit, until it ends.</summary>
    private sealed class Silence : HttpPipelinePolicy
    {
        private volatile bool _hasEnded;
        private int _calls;

        public int Calls => _calls;

        public void Ends() => _hasEnded = true;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Interlocked.Increment(ref _calls);
            if (!_hasEnded)
            {
                throw new TaskCanceledException("The operation exceeded the time limit.\nAnother line.");
            }

            message.Response = new NotFound();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class NotFound : Response
    {
        public override int Status => 404;

        public override string ReasonPhrase => "Not Found";

        public override Stream? ContentStream { get; set; } = Stream.Null;

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() { }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
