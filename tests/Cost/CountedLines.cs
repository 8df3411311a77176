using System.Text;
using Microsoft.Extensions.Logging;

namespace ServerlessBlog.Tests.Cost;

/// <summary>A logger that counts the bytes of its lines, as the Functions host stores them.</summary>
internal sealed class CountedLines : ILoggerProvider, ILogger
{
    private long _bytes;

    /// <summary>The bytes of all lines.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(nameof(ServerlessBlog), StringComparison.Ordinal)
            ? this
            : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Interlocked.Add(ref _bytes, Encoding.UTF8.GetByteCount($"{formatter(state, exception)}{exception}"));

    /// <inheritdoc/>
    public void Dispose() { }
}
