namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// A counter of the changes of page content that this instance has made or noticed. A response cached under an older
/// value is rendered again.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ChangeCounter
{
    private long _current;
    private long _oldestServed;

    /// <summary>The present value. Read it before reading what the response is built from.</summary>
    public long Current => Volatile.Read(ref _current);

    /// <summary>Responses cached under a smaller value are not even served while they are rendered again.</summary>
    public long OldestServed => Volatile.Read(ref _oldestServed);

    /// <summary>Records a change that readers may see with the next render, such as a comment.</summary>
    public void Increment() => Interlocked.Increment(ref _current);

    /// <summary>
    /// Records a change that whoever made it must see at once: of a post, of the site, or by a moderator.
    /// </summary>
    public void Expire() => Volatile.Write(ref _oldestServed, Interlocked.Increment(ref _current));
}
