using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Jint;

namespace ServerlessBlog.Posts.Markdown.Scripts;

/// <summary>
/// A JavaScript library that renders parts of texts. It is loaded for the first text that needs it and unloaded 10 s
/// after the last: an interpreter holds about 20 MB, which other texts should not cost. Thread-safe: it renders one
/// text at a time.
/// </summary>
/// <typeparam name="T">The loaded library; not thread-safe.</typeparam>
[SuppressMessage("Design", "CA1001", Justification = "Instances are static: the timer lives as long as the process.")]
internal sealed class ScriptLibrary<T>
    where T : class, IDisposable
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly ScriptBudget _budget;
    private readonly Func<ScriptBudget, T> _load;
    private readonly Timer _unloadTimer;
    private T? _loaded;

    /// <param name="maxStepsPerCall">The maximum interpreter steps of a call.</param>
    /// <param name="load">Loads the library; the budget is not charged meanwhile.</param>
    public ScriptLibrary(int maxStepsPerCall, Func<ScriptBudget, T> load)
    {
        _budget = new ScriptBudget(maxStepsPerCall);
        _load = load;
        _unloadTimer = new Timer(_ => UnloadIdle());
    }

    /// <summary>Whether the text's budget is used up. Only within <see cref="RenderText"/>.</summary>
    public bool IsUsedUp => _budget.IsUsedUp;

    /// <summary>Renders one text with a budget of its own.</summary>
    /// <param name="maxSteps">The maximum interpreter steps for the text; a step takes about 0.25 µs.</param>
    /// <param name="render">Calls <see cref="TryCall"/> for the parts of the text.</param>
    public TResult RenderText<TResult>(int maxSteps, Func<TResult> render)
    {
        lock (_gate)
        {
            _budget.Refill(maxSteps);
            var result = render();
            _unloadTimer.Change(IdleTimeout, Timeout.InfiniteTimeSpan);
            return result;
        }
    }

    /// <summary>
    /// Calls the library. Returns false when the call failed or exceeded a limit: the library was stopped in an
    /// arbitrary state and is loaded anew for the next call.
    /// </summary>
    public bool TryCall<TResult>(Func<T, TResult> call, [MaybeNullWhen(false)] out TResult result)
    {
        try
        {
            _loaded ??= _load(_budget);
            result = call(_loaded);
            return true;
        }
        catch (Exception stopped) when (stopped is JintException or RegexMatchTimeoutException)
        {
            Unload();
            _budget.ChargeRestart();
            result = default;
            return false;
        }
    }

    private void UnloadIdle()
    {
        lock (_gate)
        {
            Unload();
        }

        // Returns the interpreter's memory to the operating system; an idle process may not collect for hours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private void Unload()
    {
        _loaded?.Dispose();
        _loaded = null;
    }
}
