using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>A logger that records its entries for a test to read. Safe for use by several threads at once.</summary>
public sealed class LogCapture<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Template, string Text, Exception? Problem)> _entries = [];

    /// <summary>Gets the formatted messages of all entries at a level, oldest first.</summary>
    public IReadOnlyList<string> At(LogLevel level) =>
        [.. _entries.Where(entry => entry.Level == level).Select(entry => entry.Text)];

    /// <summary>Gets the message templates of all entries at a level, oldest first.</summary>
    public IReadOnlyList<string> TemplatesAt(LogLevel level) =>
        [.. _entries.Where(entry => entry.Level == level).Select(entry => entry.Template)];

    /// <summary>Gets the exceptions of all entries at a level that have one, oldest first.</summary>
    public IReadOnlyList<Exception> ExceptionsAt(LogLevel level) =>
        [.. _entries.Where(entry => entry.Level == level).Select(entry => entry.Problem).OfType<Exception>()];

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        var template =
            (state as IEnumerable<KeyValuePair<string, object?>>)
                ?.FirstOrDefault(pair => pair.Key == "{OriginalFormat}")
                .Value as string;
        _entries.Enqueue((logLevel, template ?? "", formatter(state, exception), exception));
    }
}

/// <summary>Has the loggers of all categories write to one <see cref="LogCapture{T}"/>.</summary>
internal sealed class LogCaptureProvider(LogCapture<object> log) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => log;

    /// <inheritdoc/>
    public void Dispose() { }
}
