namespace ServerlessBlog.Tests.House;

/// <summary>A blog with a moderator at its desk, for tests that keep out of each other's way.</summary>
public sealed class DeskOfOneBlog : IAsyncLifetime
{
    /// <summary>The blog.</summary>
    public TestBlog Blog { get; private set; } = null!;

    /// <summary>The moderator.</summary>
    public DeskVisit Visit { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Blog = await TestBlog.StartAsync();
        Visit = await DeskVisit.BeginAsync(Blog);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Blog.DisposeAsync();
}
