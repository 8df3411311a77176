using System.Text.Json.Nodes;

namespace ServerlessBlog.Hosting;

/// <summary>
/// The JSON with which the Functions host invokes a queue or timer function of a custom handler, and the response it
/// expects: <c>{"Data":{"message":"\"text\""},"Metadata":{...}}</c>. Strings in Data are JSON-encoded once more.
/// </summary>
/// <remarks>
/// Source: https://learn.microsoft.com/azure/azure-functions/functions-custom-handlers#request-payload, confirmed on a
/// real host.
/// </remarks>
public static class InvocationPayload
{
    /// <summary>
    /// The maximum size of a payload in bytes: a queue message holds 64 KiB, which is escaped twice here.
    /// </summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>
    /// The response body of a successful invocation. With an empty body, the host waits until its timeout.
    /// </summary>
    public const string SuccessBody = """{"Outputs":{},"Logs":[],"ReturnValue":null}""";

    /// <summary>The metadata of a queue trigger with the time at which the message was sent.</summary>
    /// <remarks>
    /// https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue-trigger#message-metadata
    /// </remarks>
    public const string SentProperty = "InsertionTime";

    /// <summary>Writes a payload as the host does.</summary>
    /// <param name="parameter">The name of the trigger's parameter.</param>
    /// <param name="message">The value: the text of a message, or the JSON of a timer.</param>
    /// <param name="dequeueCount">The number of this attempt, from 1.</param>
    /// <param name="sent">When the message was sent; null for a timer.</param>
    public static byte[] Write(string parameter, string message, long dequeueCount = 1, DateTimeOffset? sent = null) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["Data"] = new JsonObject { [parameter] = JsonValue.Create(message).ToJsonString() },
                ["Metadata"] = new JsonObject
                {
                    ["DequeueCount"] = dequeueCount.ToString(CultureInfo.InvariantCulture),
                    [SentProperty] = sent is { } time ? $"\"{time:O}\"" : null,
                },
            },
            HostingJson.Default.JsonObject
        );

    /// <summary>Reads the value of the trigger's parameter: the text of a message, or the JSON of a timer.</summary>
    /// <exception cref="InvocationPayloadException">The JSON is not a payload, or has no such parameter.</exception>
    public static string Read(ReadOnlySpan<byte> payload, string parameter)
    {
        try
        {
            var value = (JsonNode.Parse(payload) as JsonObject)?["Data"] is JsonObject data ? data[parameter] : null;
            return value switch
            {
                null => throw new InvocationPayloadException($"The envelope has no Data.{parameter}."),
                JsonValue text when text.TryGetValue<string>(out var inner) => Unwrap(inner),
                _ => value.ToJsonString(),
            };
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON, a duplicate property name, or half a surrogate pair.
            throw new InvocationPayloadException($"The envelope cannot be read: {problem.Message}");
        }
    }

    /// <summary>
    /// Reads how many times the message has been dequeued, including this time (1 when the host does not say), and
    /// when it was sent (null when the host does not say).
    /// </summary>
    public static (int DequeueCount, DateTimeOffset? Sent) ReadMetadata(ReadOnlySpan<byte> payload)
    {
        var metadata = (JsonNode.Parse(payload) as JsonObject)?["Metadata"] as JsonObject;
        return (
            int.TryParse(
                metadata?["DequeueCount"]?.ToString(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var count
            )
                ? count
                : 1,
            ParseSent(metadata?[SentProperty]?.ToString())
        );
    }

    /// <summary>Parses the time at which a message was sent, as the host writes it; null when it is none.</summary>
    public static DateTimeOffset? ParseSent(string? text) =>
        DateTimeOffset.TryParse(
            text?.Trim('"'),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var sent
        )
            ? sent
            : null;

    /// <summary>Decodes a JSON string inside the string; returns the text itself when it is not one.</summary>
    private static string Unwrap(string text)
    {
        if (text is not ['"', .., '"'])
        {
            return text;
        }

        try
        {
            return JsonSerializer.Deserialize(text, HostingJson.Default.String) ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

/// <summary>A request is not an invocation payload of the Functions host. No function was called.</summary>
public sealed class InvocationPayloadException(string message) : Exception(message);
