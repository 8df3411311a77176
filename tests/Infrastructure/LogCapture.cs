using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Keeps what is logged, for a test to read.</summary>
public sealed class LogCapture<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Template, string Text, Exception? Problem)> _lines = [];

    /// <summary>The texts of all lines at a level, in the order they came.</summary>
    public IReadOnlyList<string> At(LogLevel level) =>
        [.. _lines.Where(line => line.Level == level).Select(line => line.Text)];

    /// <summary>The message templates of all lines at a level, in the order they came.</summary>
    public IReadOnlyList<string> TemplatesAt(LogLevel level) =>
        [.. _lines.Where(line => line.Level == level).Select(line => line.Template)];

    /// <summary>The exceptions of all lines at a level that have one, in the order they came.</summary>
    public IReadOnlyList<Exception> ExceptionsAt(LogLevel level) =>
        [.. _lines.Where(line => line.Level == level).Select(line => line.Problem).OfType<Exception>()];

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
        _lines.Enqueue((logLevel, template ?? "", formatter(state, exception), exception));
    }
}
