using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>
/// A custom handler with a shared cache in front, and another instance on the same storage, which publishes and
/// moderates.
/// </summary>
public sealed class CachedBlog : IAsyncLifetime
{
    /// <summary>The secret between cache and handler.</summary>
    public const string OriginSecret = "between-cache-and-handler";

    /// <summary>The instance that publishes and moderates; readers never see it.</summary>
    public TestBlog Author { get; private set; } = null!;

    /// <summary>The handler, which lets nobody in but the cache.</summary>
    public PublishedHandler Handler { get; private set; } = null!;

    /// <summary>The cache, through which readers come.</summary>
    internal CachingProxy Readers { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Author = await TestBlog.StartAsync();
        Handler = await PublishedHandler.StartBuiltAsync(
            Author.Connection,
            ("Blog__OriginSecret", OriginSecret),
            ("Blog__Comments__PreviouslyApproved", "false")
        );
        Readers = await CachingProxy.StartAsync(Handler.Http.BaseAddress!, OriginSecret);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Readers.DisposeAsync();
        await Handler.DisposeAsync();
        await Author.DisposeAsync();
    }

    /// <summary>
    /// Sends the comment form through the cache and returns the address of the receipt, once that says that the comment
    /// is on the page.
    /// </summary>
    public async Task<string> CommentAsync(PostId post, string text)
    {
        using var sent = await Readers.Http.PostAsync(
            $"/posts/{post}/comments",
            new FormUrlEncodedContent([
                new("name", "Grace"),
                new("email", "grace@example.com"),
                new("website", ""),
                new("comment", text),
            ])
        );
        var receipt = sent.Headers.Location!.OriginalString.Split('#')[0];
        await TestBlog.WaitUntilAsync(
            () => Readers.ReadAsync(receipt),
            page => page.Contains("Your comment is on the page.", StringComparison.Ordinal),
            "the approval"
        );
        return receipt;
    }
}
