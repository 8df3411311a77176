using Google.Protobuf;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Conversations;

/// <summary>
/// How long the handler took for the pages of posts, measured inside of it: the histogram blog.request.duration, as the
/// handler exports it.
/// </summary>
/// <remarks>
/// Reads the few fields that it needs of OpenTelemetry's protobuf messages
/// (https://github.com/open-telemetry/opentelemetry-proto, metrics.proto).
/// </remarks>
/// <param name="Bounds">The upper bounds of the buckets in seconds; the last bucket has none.</param>
/// <param name="Counts">The number of requests in each bucket.</param>
internal sealed record RequestDurations(IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts)
{
    private static readonly byte[] PostPages = "blog.page\x12\x07\n\x05posts"u8.ToArray();

    /// <summary>
    /// Waits for an export that comes after this call, and reads the totals since the handler's start. Requests
    /// meanwhile, of another kind of page, since the handler exports after requests only.
    /// </summary>
    public static async Task<RequestDurations> ReadAsync(OtlpReceiver receiver, PublishedHandler handler)
    {
        var before = receiver.BodiesOf("/v1/metrics").Count;
        var bodies = await TestBlog.WaitUntilAsync(
            async () =>
            {
                await handler.ReadAsync("/robots.txt");
                return receiver.BodiesOf("/v1/metrics");
            },
            now => now.Count > before + 1, // the next one may have been under way already
            "the handler's metrics"
        );
        // Messages within messages: resource metrics, scope metrics, metrics.
        var metrics = Fields(bodies[^1], 1).SelectMany(part => Fields(part, 2)).SelectMany(part => Fields(part, 2));
        var points = metrics
            .Where(metric => Fields(metric, 1).Any(name => name.AsSpan().SequenceEqual("blog.request.duration"u8)))
            .SelectMany(metric => Fields(metric, 9))
            .SelectMany(histogram => Fields(histogram, 1))
            .Where(point => Fields(point, 9).Any(tag => tag.AsSpan().IndexOf(PostPages) >= 0))
            .ToList();
        var bounds = Fields(points[0], 7).Single();
        var counts = points.Select(point => Read(Fields(point, 6).Single(), BitConverter.ToInt64)).ToList();
        return new RequestDurations(
            Read(bounds, BitConverter.ToDouble),
            [.. Enumerable.Range(0, counts[0].Count).Select(bucket => counts.Sum(point => point[bucket]))]
        );
    }

    /// <summary>The requests since an earlier reading.</summary>
    public RequestDurations Since(RequestDurations earlier) =>
        this with
        {
            Counts = [.. Counts.Zip(earlier.Counts, (now, before) => now - before)],
        };

    /// <summary>The upper bound, in seconds, of the bucket that holds this share of the requests.</summary>
    public double Percentile(double share)
    {
        var (wanted, seen) = (share * Counts.Sum(), 0L);
        var bucket = Counts.TakeWhile(count => (seen += count) < wanted).Count();
        return bucket < Bounds.Count ? Bounds[bucket] : double.PositiveInfinity;
    }

    private static List<T> Read<T>(byte[] packed, Func<byte[], int, T> read) =>
        [.. Enumerable.Range(0, packed.Length / 8).Select(at => read(packed, at * 8))];

    /// <summary>The values of a field of a message; only fields with a length have any.</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int field)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) != field)
            {
                input.SkipLastField();
            }
            else
            {
                yield return input.ReadBytes().ToByteArray();
            }
        }
    }
}
