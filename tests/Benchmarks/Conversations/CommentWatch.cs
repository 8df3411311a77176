using System.Collections.Concurrent;
using System.Diagnostics;

namespace ServerlessBlog.Benchmarks.Conversations;

/// <summary>When each comment was sent, and how long after that a reader saw it.</summary>
/// <remarks>May be used by any number of threads.</remarks>
internal sealed class CommentWatch
{
    private readonly ConcurrentDictionary<int, long> _unseen = [];
    private readonly ConcurrentQueue<double> _seen = [];
    private int _sent;

    /// <summary>How many were sent.</summary>
    public int Sent => _sent;

    /// <summary>Milliseconds from sending until seen, for each that has been.</summary>
    public IReadOnlyCollection<double> Seen => _seen;

    /// <summary>Notes that a comment is sent now.</summary>
    public void Send(int number)
    {
        _unseen[number] = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _sent);
    }

    /// <summary>Notes that a page shows a comment; only the first time counts.</summary>
    public void See(int number)
    {
        if (_unseen.TryRemove(number, out var sent))
        {
            _seen.Enqueue(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
    }
}
