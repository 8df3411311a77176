namespace ServerlessBlog.Posts.Storage;

/// <summary>A number that grows whenever this instance learns or makes a change that pages show: what was answered under an older one is looked at again.</summary>
/// <remarks>May be used by any number of threads.</remarks>
public sealed class ChangeCounter
{
    private long _current;

    /// <summary>The number now. Read it before what is to be answered.</summary>
    public long Current => Volatile.Read(ref _current);

    /// <summary>Something has changed.</summary>
    public void Next() => Interlocked.Increment(ref _current);
}
