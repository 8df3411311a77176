namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// A counter of the changes of page content that this instance has made or noticed. Responses cached under an older
/// value are checked again.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ChangeCounter
{
    private long _current;

    /// <summary>The present value. Read it before reading what the response is built from.</summary>
    public long Current => Volatile.Read(ref _current);

    /// <summary>Records a change.</summary>
    public void Increment() => Interlocked.Increment(ref _current);
}
