using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBlog.Hosting.Failures;

namespace ServerlessBlog.Hosting;

/// <summary>
/// What the Functions host sends a custom handler for a queue or timer, and what it wants back.
/// <c>{"Data":{"message":"\"text\""},"Metadata":{...}}</c>: strings in Data are JSON once more.
/// </summary>
/// <remarks>Source: https://learn.microsoft.com/azure/azure-functions/functions-custom-handlers#request-payload, seen on a real host.</remarks>
public static class InvocationPayload
{
    /// <summary>The most that is read of one envelope, in bytes: a queue message holds 64 KiB, here escaped twice.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>The answer that ends an invocation well. The host hangs on an empty body.</summary>
    public const string Done = """{"Outputs":{},"Logs":[],"ReturnValue":null}""";

    /// <summary>Writes an envelope as the host does.</summary>
    public static byte[] Write(string parameter, string message, long tries = 1) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["Data"] = new JsonObject { [parameter] = JsonValue.Create(message).ToJsonString() },
                ["Metadata"] = new JsonObject { ["DequeueCount"] = tries.ToString(CultureInfo.InvariantCulture) },
            },
            HostingJson.Default.JsonObject
        );

    /// <summary>Reads the value of the trigger's parameter: a message's text, or a timer's JSON.</summary>
    /// <exception cref="InvocationPayloadException">Not an envelope, or without this parameter.</exception>
    public static string Read(ReadOnlySpan<byte> envelope, string parameter)
    {
        try
        {
            var value = (JsonNode.Parse(envelope) as JsonObject)?["Data"] is JsonObject data ? data[parameter] : null;
            return value switch
            {
                null => throw new InvocationPayloadException($"The envelope has no Data.{parameter}."),
                JsonValue text when text.TryGetValue<string>(out var inner) => Unwrap(inner),
                _ => value.ToJsonString(),
            };
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON; or a name twice; or a text with half a surrogate pair.
            throw new InvocationPayloadException($"The envelope cannot be read: {problem.Message}");
        }
    }

    /// <summary>Which try of its message this is, from 1; 1 when the host does not say.</summary>
    public static int TryOf(ReadOnlySpan<byte> envelope) =>
        JsonNode.Parse(envelope) is JsonObject all
        && all["Metadata"] is JsonObject metadata
        && int.TryParse(
            metadata["DequeueCount"]?.ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var count
        )
            ? count
            : 1;

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
