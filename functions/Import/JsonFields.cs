using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import;

/// <summary>Reads fields in JSON: front matter and configurations of Hugo.</summary>
internal static class JsonFields
{
    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 64,
    };

    /// <summary>Reads the fields of an object at the start of a text.</summary>
    /// <param name="text">The text, which may go on behind the object.</param>
    /// <param name="length">The length of the object in characters.</param>
    /// <exception cref="RefusedException">The text begins with no object.</exception>
    public static IReadOnlyDictionary<string, Field> Read(string text, out int length)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            var found = JsonDocument.TryParseValue(ref reader, out var json);
            using (json)
            {
                length = Encoding.UTF8.GetCharCount(bytes, 0, (int)reader.BytesConsumed);
                return found && json!.RootElement.ValueKind == JsonValueKind.Object
                    ? Convert(json.RootElement).Fields!
                    : throw Refused(1, "this is no JSON object.");
            }
        }
        catch (JsonException problem)
        {
            throw Refused(
                (int)(problem.LineNumber ?? 0) + 1,
                $"this is not JSON ({problem.Path ?? "at its beginning"})."
            );
        }
    }

    private static FieldValue Convert(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => new FieldValue(1, 1) { Fields = FieldsOf(json) },
            JsonValueKind.Array => new FieldValue(1, 1) { Items = [.. json.EnumerateArray().Select(Convert)] },
            JsonValueKind.Null => new FieldValue(1, 1) { Text = "" },
            _ => new FieldValue(1, 1) { Text = FieldValue.ToOneLine(json.ToString()) },
        };

    private static Dictionary<string, Field> FieldsOf(JsonElement json)
    {
        var fields = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var value = Convert(property.Value);
            fields[property.Name] = new Field(
                1,
                value.Text is { } text && property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? value with
                    {
                        Text = property.Value.ValueKind == JsonValueKind.True ? "true" : "false",
                    }
                    : value
            );
        }

        return fields;
    }

    private static RefusedException Refused(int line, string message) => new(new Problem(line, 1, message));
}
