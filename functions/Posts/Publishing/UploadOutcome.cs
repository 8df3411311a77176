namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// The outcome of processing an upload. Reports and table rows hold the word of <see cref="UploadOutcomes.ToWord"/>.
/// </summary>
public enum UploadOutcome
{
    /// <summary>The file was refused; the last accepted version stays.</summary>
    Refused,

    /// <summary>The file is public.</summary>
    Published,

    /// <summary>The post becomes public at its date.</summary>
    Scheduled,

    /// <summary>The post is not public because its front matter marks it as a draft.</summary>
    Draft,

    /// <summary>The post is no longer public since its expiry date.</summary>
    Expired,

    /// <summary>The blob was deleted.</summary>
    Withdrawn,
}

/// <summary>Conversions between <see cref="UploadOutcome"/> and its stored word.</summary>
public static class UploadOutcomes
{
    /// <summary>Returns the outcome as one lower-case word, such as "published".</summary>
    public static string ToWord(this UploadOutcome outcome) => outcome.ToString().ToLowerInvariant();

    /// <summary>Parses the result of <see cref="ToWord"/>. Returns false for any other text.</summary>
    public static bool TryParse(string? word, out UploadOutcome outcome)
    {
        foreach (var known in Enum.GetValues<UploadOutcome>())
        {
            if (known.ToWord() == word)
            {
                outcome = known;
                return true;
            }
        }

        outcome = default;
        return false;
    }

    internal sealed class Json : JsonConverter<UploadOutcome>
    {
        public override UploadOutcome Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            TryParse(reader.GetString(), out var outcome)
                ? outcome
                : throw new JsonException("This is no outcome of an upload.");

        public override void Write(Utf8JsonWriter writer, UploadOutcome value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToWord());
    }
}
