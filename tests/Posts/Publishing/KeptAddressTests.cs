using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>Addresses that an earlier version made of file names by another rule.</summary>
public sealed class KeptAddressTests
{
    private const string File = "Größe.md";

    [Fact]
    public async Task A_published_post_keeps_its_address_until_its_file_gives_another()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(File, PublishingFixture.Text("First"));
        await MoveAsync(fixture, "gr-e");

        var changed = await fixture.PublishAsync(File, PublishingFixture.Text("Second"));
        var given = await fixture.PublishAsync(File, PublishingFixture.Text("Third", "slug: Size.html"));

        Assert.Equal((UploadOutcome.Published, "http://blog.test/posts/gr-e"), (changed.Outcome, changed.Lines[0]));
        Assert.Equal("http://blog.test/posts/Size.html", given.Lines[0]);
        Assert.Equal(AddressKind.Moved, (await fixture.AddressAsync("gr-e"))!.Kind);
        Assert.Equal("/posts/Size.html", (await fixture.AddressAsync("gr-e"))!.Path.Text);
    }

    [Fact]
    public async Task A_draft_gets_the_address_of_todays_rule()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(File, PublishingFixture.Text("First", "draft: true"));
        await MoveAsync(fixture, "gr-e");

        var report = await fixture.PublishAsync(File, PublishingFixture.Text("Second"));

        Assert.Equal("http://blog.test/posts/grosse", report.Lines[0]);
    }

    /// <summary>Stores the post as if its slug had been made by another rule.</summary>
    private static async Task MoveAsync(PublishingFixture fixture, string slug)
    {
        var posts = fixture.Blog.Get<PostTable>();
        var read = await posts.FindForWriteAsync(PostId.FromBlobName(File), CancellationToken.None);
        var post = read!.Value with
        {
            Path = SitePath.Parse($"/posts/{slug}"),
            Metadata = read.Value.Metadata with { Slug = new Slug(slug) },
        };
        Assert.NotNull(await posts.SaveAsync(read, post, CancellationToken.None));
    }
}
