using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>What was done with an upload. Reports and rows hold the word of <see cref="UploadOutcomes.ToWord"/>.</summary>
public enum UploadOutcome
{
    /// <summary>The file was not accepted; the last good version stays.</summary>
    Refused,

    /// <summary>Readers see it.</summary>
    Published,

    /// <summary>Readers will see it from its date on.</summary>
    Scheduled,

    /// <summary>Readers do not see it while its front matter says that it is a draft.</summary>
    Draft,

    /// <summary>Readers no longer see it, since its expiry date.</summary>
    Expired,

    /// <summary>The file was deleted.</summary>
    Withdrawn,
}

/// <summary>The word of each <see cref="UploadOutcome"/>.</summary>
public static class UploadOutcomes
{
    /// <summary>One lower-case word, such as "published".</summary>
    public static string ToWord(this UploadOutcome outcome) => outcome.ToString().ToLowerInvariant();

    /// <summary>Reads what <see cref="ToWord"/> gave. False for any other text.</summary>
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
