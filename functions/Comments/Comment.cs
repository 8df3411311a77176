using System.Text.Json.Serialization;

namespace ServerlessBlog.Comments;

/// <summary>A reader's words under a post.</summary>
public sealed record Comment
{
    /// <summary>Where it is kept.</summary>
    public required CommentKey Key { get; init; }

    /// <summary>The writer's name, 1 to 80 characters.</summary>
    public required string Author { get; init; }

    /// <summary>The writer's address, for the moderator alone.</summary>
    public required string Email { get; init; }

    /// <summary>The writer's website, http or https; null when none was given.</summary>
    public string? Website { get; init; }

    /// <summary>As typed: Markdown, 1 to 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>What its writer has made of the text since, and the rules have not judged yet; null for nothing.</summary>
    public string? NewText { get; init; }

    /// <summary>Whether its writer had it erased: then nothing is left of who wrote it, and what.</summary>
    public bool IsErased { get; init; }

    /// <summary>The comment on the same post that it answers; null for none.</summary>
    public CommentId? Answers { get; init; }

    /// <summary>How long its writer had the form, in seconds; null when the form came without the token that says so.</summary>
    public int? WritingSeconds { get; init; }

    /// <summary>Whether one of the blog's authors wrote it at the desk: then no rule judges it, and readers are told.</summary>
    public bool IsByAuthor { get; init; }

    /// <summary>Whether the field was filled in that people do not see.</summary>
    public bool IsTrapped { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>What has been decided.</summary>
    public CommentState State { get; init; }

    /// <summary>When it came into its state; null for one that waits, and in rows that are older than the lists of states.</summary>
    public DateTimeOffset? Decided { get; init; }

    /// <summary>Whether a moderator put it into the trash, and can bring it back; else its writer took it back.</summary>
    public bool IsRestorable { get; init; }

    /// <summary>Whether its writer took it back: then nothing brings it back.</summary>
    [JsonIgnore]
    public bool IsTakenBack => State == CommentState.Trash && !IsRestorable;

    /// <summary>Its place among the comments that everybody sees, from 1, given when it was first shown; 0 before.</summary>
    public int Number { get; init; }

    /// <summary>Where it stands among them; null before it was first shown. Rows that are older than replies have a number alone, which was their thread's.</summary>
    [JsonPropertyName("Trail")]
    public ThreadPath? Position
    {
        get => field ?? (Number > 0 ? ThreadPath.OfThread(Number) : null);
        init;
    }

    /// <summary>Why, one sentence each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How often something was decided: numbers the audit entries.</summary>
    public int Decisions { get; init; }

    /// <summary>How often its writer has changed its text.</summary>
    public int Revisions { get; init; }

    /// <summary>Grows with every decision and every other text: who saw it in one version has not seen the next.</summary>
    [JsonIgnore]
    public int Version => Decisions + Revisions;

    /// <summary>Whether these words stand in its text, the one that waits too, or in what is known of its writer; in upper or lower case.</summary>
    public bool Mentions(string words) =>
        new[] { Text, NewText, Author, Email, Website }.Any(text =>
            text?.Contains(words, StringComparison.OrdinalIgnoreCase) is true
        );
}
