using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments;

/// <summary>
/// Signed tokens that the page's script fetches when a reader begins to write. A token names the post and the time of
/// the fetch: a robot that only posts the form has no token, and one that fetches a token submits too soon after it.
/// </summary>
/// <remarks>
/// Using a token twice gains nothing: the same comment is the same id, and another one meets the flood limit.
/// Thread-safe.
/// </remarks>
public sealed class FormTokens(BlogSettings settings, TimeProvider clock)
{
    /// <summary>How long a token is valid, which limits how long a reader can take to write: 1 day.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Signature _signature = new(settings, "comment-form");

    /// <summary>Creates a token for a reader who begins to write a comment on the post.</summary>
    public string Create(PostId post) =>
        _signature.Sign(string.Create(CultureInfo.InvariantCulture, $"{post}.{clock.GetUtcNow().ToUnixTimeSeconds()}"));

    /// <summary>
    /// Returns the age of a token in whole seconds; null when it is missing, forged, expired or for another post.
    /// </summary>
    public int? AgeOf(string? token, PostId post) =>
        _signature.Read(token)?.Split('.') is [var id, var second]
        && id == post.ToString()
        && clock.GetUtcNow().ToUnixTimeSeconds() - long.Parse(second, CultureInfo.InvariantCulture) is >= 0 and var age
        && age <= Lifetime.TotalSeconds
            ? (int)age
            : null;
}
