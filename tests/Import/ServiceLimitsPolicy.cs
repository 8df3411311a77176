using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Tests.Import;

/// <summary>
/// A pipeline policy that refuses what the table service refuses and Azurite takes: a transaction of more than 100
/// actions or 4 MiB, two actions on one row, a row of more than 1 MiB, a text of more than 64 KiB
/// (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions). Counts all calls.
/// </summary>
internal sealed partial class ServiceLimitsPolicy : HttpPipelineSynchronousPolicy
{
    private const int MaxActions = 100;
    private const int MaxTransaction = 4 * 1024 * 1024;
    private const int MaxRow = 1024 * 1024;
    private const int MaxText = 64 * 1024;

    private int _calls;

    /// <summary>The number of calls.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>The largest transaction so far, in bytes.</summary>
    public int LargestTransaction { get; private set; }

    /// <summary>Stops the process that the test plays at this call: all from it on fail; null for never.</summary>
    public int? DiesAt { get; set; }

    public override void OnSendingRequest(HttpMessage message)
    {
        if (Interlocked.Increment(ref _calls) > DiesAt)
        {
            throw new InvalidOperationException("The process has ended, as the test wants it.");
        }

        if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
        {
            using var content = new MemoryStream();
            message.Request.Content!.WriteTo(content, CancellationToken.None);
            Check(Encoding.UTF8.GetString(content.ToArray()), (int)content.Length);
        }
    }

    private void Check(string batch, int bytes)
    {
        LargestTransaction = Math.Max(LargestTransaction, bytes);
        Assert.InRange(bytes, 1, MaxTransaction);
        var rows = Row().Matches(batch).Select(match => match.Value).ToList();
        Assert.InRange(Action().Count(batch), 1, MaxActions);
        var keys = rows.ConvertAll(row => Key().Match(row).Value);
        Assert.Equal(keys.Distinct().Count(), keys.Count);
        foreach (var row in rows)
        {
            var texts = System
                .Text.Json.JsonDocument.Parse(row)
                .RootElement.EnumerateObject()
                .Where(property => property.Value.ValueKind == System.Text.Json.JsonValueKind.String)
                .Select(property => property.Value.GetString()!.Length * 2)
                .ToList();
            Assert.All(texts, text => Assert.InRange(text, 0, MaxText));
            Assert.InRange(texts.Sum(), 0, MaxRow);
        }
    }

    [GeneratedRegex(@"(?m)^\{.*\}\r?$")]
    private static partial Regex Row();

    [GeneratedRegex("\"RowKey\":\"[^\"]*\"")]
    private static partial Regex Key();

    [GeneratedRegex("(?m)^(?:POST|PUT|MERGE|PATCH|DELETE) http")]
    private static partial Regex Action();
}
