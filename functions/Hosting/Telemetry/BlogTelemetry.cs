using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ServerlessBlog.Hosting.Telemetry;

/// <summary>
/// The spans and metrics of the blog. Nothing is measured unless somebody listens (<see cref="TelemetryServices"/>).
/// </summary>
/// <remarks>
/// Tags have few values each and hold nothing that a person wrote: no path, query, address, name, text or token. Spans
/// carry no exception, because messages of exceptions may. A test sends such values through every journey.
/// </remarks>
public static class BlogTelemetry
{
    /// <summary>
    /// The name of the activity source and of the meter; that of the service too, unless OTEL_SERVICE_NAME is set.
    /// </summary>
    public const string Name = "ServerlessBlog";

    private static readonly ActivitySource Spans = new(Name);
    private static readonly Meter Instruments = new(Name);

    /// <summary>Bounds of the buckets of durations, in seconds: from a page in memory to a time-out.</summary>
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>Bounds of the buckets of the ages of messages, in seconds: from at once to a week.</summary>
    private static readonly InstrumentAdvice<double> Ages = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 300, 3600, 86_400, 604_800],
    };

    private static readonly Histogram<double> Requests = CreateDuration("request", "Requests of visitors.");
    private static readonly Histogram<double> Renders = CreateDuration("render", "Renders of public pages.");
    private static readonly Histogram<double> StorageCalls = CreateDuration("storage", "Attempts of storage calls.");
    private static readonly Histogram<double> Invocations = CreateDuration("invocation", "Queue messages and timers.");
    private static readonly Histogram<double> QueueLag = Instruments.CreateHistogram(
        "blog.queue.lag",
        "s",
        "Age of a message, from when it was sent (delayed or not) until its function begins.",
        tags: null,
        Ages
    );
    private static readonly Counter<long> Verdicts = CreateCounter("blog.verdicts", "Decisions about comments.");
    private static readonly Counter<long> Mails = CreateCounter("blog.mails", "Attempts to send a mail.");
    private static readonly Counter<long> Uploads = CreateCounter("blog.uploads", "Reports on uploads.");
    private static readonly Gauge<int> Poison = Instruments.CreateGauge<int>(
        "blog.poison.messages",
        "{message}",
        "Messages in a poison queue, counted every hour."
    );

    private static readonly Gauge<int> LateMails = Instruments.CreateGauge<int>(
        "blog.mails.late",
        "{mail}",
        "Mails that have been unsent for an hour, counted every hour."
    );

    private static readonly AsyncLocal<MeasuredRequest?> Request = new();

    /// <summary>True when somebody listens to spans or metrics.</summary>
    public static bool IsEnabled => Requests.Enabled || Spans.HasListeners();

    /// <summary>
    /// Says which public page answers the current request, and from where. A page from <see cref="CacheLayer.Hot"/>
    /// is final: what goes on in the background of the request no longer changes it.
    /// </summary>
    /// <param name="page">The cache name of the page; the part before its first slash is its kind.</param>
    /// <param name="layer">Where it comes from; <see cref="LayerUsed"/> corrects it meanwhile.</param>
    public static void PageServed(string page, CacheLayer layer) => Request.Value?.SetPage(KindOf(page), layer);

    /// <summary>Says that the current request had to go to a layer below the one named before.</summary>
    public static void LayerUsed(CacheLayer layer) => Request.Value?.SetLayer(layer);

    /// <summary>Counts a decision about a comment: once, for the first rule that demanded the state.</summary>
    /// <param name="rule">The rule's name; "none" when no rule objected, "person" when a person decided.</param>
    /// <param name="state">The new state.</param>
    public static void VerdictGiven(string rule, string state) =>
        Verdicts.Add(1, new("blog.rule", rule), new("blog.state", state));

    /// <summary>Counts an attempt to send a mail.</summary>
    /// <param name="outcome">The notification's state after it: sent, waiting (tried again later) or failed.</param>
    public static void MailTried(string outcome) =>
        Mails.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome));

    /// <summary>Counts a report on an upload; a message that is delivered again writes its report again.</summary>
    public static void UploadReported(string outcome) =>
        Uploads.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome));

    /// <summary>Records the number of messages in a poison queue.</summary>
    public static void PoisonCounted(string queue, int messages) =>
        Poison.Record(messages, new KeyValuePair<string, object?>("blog.queue", queue));

    /// <summary>Records the number of mails that have been unsent for an hour.</summary>
    public static void LateMailsCounted(int mails) => LateMails.Record(mails);

    /// <summary>Renders a page within a span of its own.</summary>
    public static async Task<T> MeasureRenderAsync<T>(string page, Func<Task<T>> render)
    {
        LayerUsed(CacheLayer.Rendered);
        var started = Stopwatch.GetTimestamp();
        using var span = StartChild("render", ActivityKind.Internal);
        span?.SetTag(PageTag, KindOf(page));
        try
        {
            return await render();
        }
        catch
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            Renders.Record(Elapsed(started), new KeyValuePair<string, object?>(PageTag, KindOf(page)));
        }
    }

    internal const string PageTag = "blog.page";
    internal const string OutcomeTag = "blog.outcome";

    /// <summary>
    /// Starts the span of a request or an invocation. It begins a trace of its own: a caller's <c>traceparent</c> would
    /// choose the ids, and whether the trace is sampled.
    /// </summary>
    internal static Activity? StartTrace(string name, ActivityKind kind)
    {
        Activity.Current = null;
        return Spans.StartActivity(name, kind);
    }

    /// <summary>
    /// Starts a child of the current span; null when that has ended: work that goes on in the background after a
    /// request is in the metrics only.
    /// </summary>
    internal static Activity? StartChild(string name, ActivityKind kind) =>
        Activity.Current is { IsStopped: false } ? Spans.StartActivity(name, kind) : null;

    internal static MeasuredRequest BeginRequest() => Request.Value = new MeasuredRequest();

    internal static void RequestEnded(long started, in TagList tags) => Requests.Record(Elapsed(started), tags);

    internal static void StorageCallEnded(long started, in TagList tags) => StorageCalls.Record(Elapsed(started), tags);

    internal static void InvocationEnded(long started, in TagList tags) => Invocations.Record(Elapsed(started), tags);

    internal static void MessageReceived(TimeSpan age, in TagList tags) =>
        QueueLag.Record(Math.Max(0, age.TotalSeconds), tags);

    private static double Elapsed(long started) => Stopwatch.GetElapsedTime(started).TotalSeconds;

    private static string KindOf(string page) => page.IndexOf('/') is > 0 and var end ? page[..end] : page;

    private static Histogram<double> CreateDuration(string what, string description) =>
        Instruments.CreateHistogram($"blog.{what}.duration", "s", description, tags: null, Durations);

    private static Counter<long> CreateCounter(string name, string description) =>
        Instruments.CreateCounter<long>(name, unit: null, description);
}

/// <summary>Where a public page came from.</summary>
public enum CacheLayer
{
    /// <summary>The response to an earlier request of the same path.</summary>
    Hot,

    /// <summary>The memory of the instance, or another request's read or render that this one waited for.</summary>
    Memory,

    /// <summary>Blob Storage.</summary>
    Blob,

    /// <summary>It was rendered for this request.</summary>
    Rendered,
}

/// <summary>What is known about the current request.</summary>
internal sealed class MeasuredRequest
{
    /// <summary>The kind of the public page; null for any other response.</summary>
    public string? Page { get; private set; }

    /// <summary>Where the page came from; null for any other response.</summary>
    public CacheLayer? Layer { get; private set; }

    public void SetPage(string page, CacheLayer layer)
    {
        if (Layer != CacheLayer.Hot)
        {
            (Page, Layer) = (page, layer);
        }
    }

    public void SetLayer(CacheLayer layer)
    {
        if (Layer is not (null or CacheLayer.Hot))
        {
            Layer = layer;
        }
    }
}
