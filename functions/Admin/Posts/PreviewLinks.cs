using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Admin.Posts;

/// <summary>
/// Creates and checks the secret links to posts that are not public. A link shows one post, expires, and ends earlier
/// when the links of the post are stopped.
/// </summary>
public sealed class PreviewLinks(PreviewTable previews, BlogSettings settings, TimeProvider clock)
{
    private readonly Signature _signature = new(settings, "post-preview");

    /// <summary>How long a link is valid: 7 days.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(7);

    /// <summary>Creates the absolute address of a link.</summary>
    public async Task<string> CreateAsync(PostId post, CancellationToken cancellationToken)
    {
        var stopped = await previews.ReadAsync(post, cancellationToken);
        var text = string.Create(CultureInfo.InvariantCulture, $"{post}.{stopped}");
        return settings.BaseUrl + AdminPaths.Preview(_signature.Sign(text, clock.GetUtcNow() + Lifetime));
    }

    /// <summary>
    /// Finds the post of a token from outside. Null when it was not signed here, has expired, or was stopped.
    /// </summary>
    public async Task<PostId?> FindPostAsync(string? token, CancellationToken cancellationToken) =>
        _signature.TryRead(token, clock.GetUtcNow(), out var parts, out _)
        && parts is [var id, var number]
        && PostId.TryParse(id, out var post)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var stopped)
        && stopped == await previews.ReadAsync(post, cancellationToken)
            ? post
            : null;

    /// <summary>Stops all links of a post.</summary>
    public Task StopAsync(PostId post, CancellationToken cancellationToken) =>
        previews.RaiseAsync(post, cancellationToken);
}
