using System.Text.Json.Serialization;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;

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
    public required PostMetadata Head { get; init; }

    /// <summary>What lists show of its text.</summary>
    public required PostDigest Digest { get; init; }

    /// <summary>When it is, or is to be, published. The head's date, or else when the file first came.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>When its file last became another one.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Where it stands.</summary>
    public required SitePath Path { get; init; }

    /// <summary>The head's old addresses, without those that another post has.</summary>
    public IReadOnlyList<SitePath> Aliases { get; init; } = [];

    /// <summary>Where it stood before, newest first, at most 50: these addresses lead to it until another post takes them.</summary>
    public IReadOnlyList<SitePath> FormerPaths { get; init; } = [];

    /// <summary>Whether readers are told that it is out of date.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>When it stops taking comments; null: never, or it takes none anyway.</summary>
    public DateTimeOffset? CommentsUntil { get; init; }

    /// <summary>Whether that time has come.</summary>
    public bool IsTalkedOut { get; init; }

    /// <summary>When time next changes it; null: never.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether readers ever saw it.</summary>
    [JsonIgnore]
    public bool WasPublic => State is PostState.Published or PostState.Withdrawn;

    /// <summary>Whether it becomes public when its date comes.</summary>
    [JsonIgnore]
    public bool IsWaiting => State != PostState.Published && Due is not null;

    /// <summary>Whether its addresses are its own: nobody else may have those of a post that is public or waits to be.</summary>
    [JsonIgnore]
    public bool HoldsAddress => State == PostState.Published || IsWaiting;

    /// <summary>Whether its author and time let it have more comments.</summary>
    [JsonIgnore]
    public bool TakesComments => Head.Comments && !IsTalkedOut;

    /// <summary>The addresses that it holds.</summary>
    [JsonIgnore]
    public IEnumerable<SitePath> Held => Aliases.Prepend(Path);

    /// <summary>What time has made of it: the one place where a date turns into a state.</summary>
    public Post At(DateTimeOffset now)
    {
        var isMeant = SourceVersion.Length > 0 && !Head.Draft && !(Head.Expires <= now);
        return this with
        {
            State =
                isMeant && Date <= now ? PostState.Published
                : WasPublic ? PostState.Withdrawn
                : isMeant ? PostState.Scheduled
                : PostState.Draft,
            IsOutdated = Head.Outdated <= now,
            IsTalkedOut = CommentsUntil <= now,
            Due = isMeant
                ? new[] { Date, Head.Expires, Head.Outdated, CommentsUntil }.Where(time => time > now).Min()
                : null,
        };
    }
}
