using System.Collections.Concurrent;
using System.Diagnostics;

namespace ServerlessBlog.Benchmarks.Conversations;

/// <summary>Measures the time from sending each comment until a reader first sees it. Thread-safe.</summary>
internal sealed class CommentWatch
{
    private readonly ConcurrentDictionary<int, long> _unseen = [];
    private readonly ConcurrentQueue<double> _seen = [];
    private int _sent;

    /// <summary>The number of comments sent.</summary>
    public int Sent => _sent;

    /// <summary>Milliseconds from sending until first seen, one value per comment that has been seen.</summary>
    public IReadOnlyCollection<double> Seen => _seen;

    /// <summary>Records that the comment with this number is being sent now.</summary>
    public void RecordSent(int number)
    {
        _unseen[number] = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _sent);
    }

    /// <summary>Records that a page shows the comment. Repeated calls for one comment are ignored.</summary>
    public void RecordSeen(int number)
    {
        if (_unseen.TryRemove(number, out var sent))
        {
            _seen.Enqueue(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
    }
}
