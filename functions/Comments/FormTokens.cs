using System.Globalization;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments;

/// <summary>
/// Tokens that a page's script fetches when somebody begins to write: they say to which post, and when. A robot that only posts has none, and one that
/// fetches it is known by its haste. Used twice it gains nothing: the same words are the same comment, and others meet the flood limit.
/// </summary>
public sealed class FormTokens(BlogSettings settings, TimeProvider clock)
{
    /// <summary>How long somebody may sit over a comment: a day.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Signature _signature = new(settings, "comment-form");

    /// <summary>A token for who begins to write under a post.</summary>
    public string For(PostId post) =>
        _signature.Sign(string.Create(CultureInfo.InvariantCulture, $"{post}.{clock.GetUtcNow().ToUnixTimeSeconds()}"));

    /// <summary>How long ago, in seconds, this token for this post was fetched. Null for none, one of another post, and one that has expired.</summary>
    public int? AgeOf(string? token, PostId post) =>
        _signature.Read(token)?.Split('.') is [var id, var second]
        && id == post.ToString()
        && clock.GetUtcNow().ToUnixTimeSeconds() - long.Parse(second, CultureInfo.InvariantCulture) is >= 0 and var age
        && age <= Lifetime.TotalSeconds
            ? (int)age
            : null;
}
