using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments;

/// <summary>One blog for all tests of a class: it approves every writer. Each test publishes a post of its own.</summary>
public sealed class OpenBlog : IAsyncLifetime
{
    /// <summary>The blog.</summary>
    public TestBlog Blog { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Blog = await TestBlog.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Blog.DisposeAsync();
}
