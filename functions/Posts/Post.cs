using System.Text.Json.Serialization;

namespace ServerlessBlog.Posts;

/// <summary>An accepted post: everything but its text, which lies beside it as an accepted copy.</summary>
public sealed record Post
{
    /// <summary>What it is known by.</summary>
    public required PostId Id { get; init; }

    /// <summary>The blob it came from.</summary>
    public required string Source { get; init; }

    /// <summary>The blob's ETag when it was accepted; empty when the blob is deleted.</summary>
    public required string SourceVersion { get; init; }

    /// <summary>Names the accepted copy: a hash of its bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Whether readers see it.</summary>
    public required PostState State { get; init; }

    /// <summary>What its author says of it.</summary>
    public required PostHead Head { get; init; }

    /// <summary>When it is, or is to be, published. The head's date, or else when the file first came.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Names it had before, newest first, at most 20: their addresses lead to this one.</summary>
    public IReadOnlyList<Slug> FormerSlugs { get; init; } = [];

    /// <summary>Whether it becomes public when its date comes.</summary>
    [JsonIgnore]
    public bool IsWaiting => State is PostState.Scheduled or PostState.Withdrawn && !Head.Draft && SourceVersion.Length > 0;

    /// <summary>Whether its slug is its own: nobody else may have the address of a post that is public or waits to be.</summary>
    [JsonIgnore]
    public bool HoldsAddress => State == PostState.Published || IsWaiting;

    /// <summary>Where it stands.</summary>
    [JsonIgnore]
    public string Path => PathOf(Head.Slug);

    /// <summary>Where a post with this slug stands.</summary>
    public static string PathOf(Slug slug) => $"/posts/{slug}";
}
