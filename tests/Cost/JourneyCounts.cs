namespace ServerlessBlog.Tests.Cost;

/// <summary>What a journey uses of what is billed, as counted against the real functions.</summary>
public sealed record JourneyCounts
{
    /// <summary>
    /// Billed seconds of the instances that answer HTTP, if nothing else overlaps: 1 s for a request, 1.5 s for a page
    /// with its files, whose requests a browser sends within half a second.
    /// </summary>
    public double HttpSeconds { get; init; }

    /// <summary>The number of requests: each is an execution of an HTTP function.</summary>
    public int Requests { get; init; }

    /// <summary>The number of executions of queue and timer functions, by name.</summary>
    public SortedDictionary<string, int> Executions { get; init; } = [];

    /// <summary>The number of reads of blobs and their properties.</summary>
    public int BlobReads { get; init; }

    /// <summary>The number of writes and listings of blobs, which cost the same. Deleting is free.</summary>
    public int BlobWrites { get; init; }

    /// <summary>The number of calls to tables.</summary>
    public int TableOperations { get; init; }

    /// <summary>
    /// The number of calls to queues, with those of the Functions host: it receives and deletes each message.
    /// </summary>
    public int QueueOperations { get; init; }

    /// <summary>The number of files that Event Grid announces.</summary>
    public int Events { get; init; }

    /// <summary>The number of mails.</summary>
    public int Mails { get; init; }

    /// <summary>Bytes sent to readers, compressed, with headers.</summary>
    public long BytesOut { get; init; }

    /// <summary>Bytes of the log lines that the program writes.</summary>
    public long LogBytes { get; init; }
}
