using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments;

/// <summary>
/// Class fixture: one blog for all tests of a class, whose rules approve unknown commenters. Each test publishes a post
/// of its own.
/// </summary>
public sealed class OpenBlog : IAsyncLifetime
{
    /// <summary>The blog of all tests of the class.</summary>
    public TestBlog Blog { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Blog = await TestBlog.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Blog.DisposeAsync();
}
