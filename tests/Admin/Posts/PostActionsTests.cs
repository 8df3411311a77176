using System.Text;
using Azure.Storage.Blobs;
using ServerlessBlog.Admin.Posts;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Admin.Posts;

/// <summary>Deleting, restoring and renaming, also when storage fails half way or somebody else acts
/// meanwhile.</summary>
[Trait("Category", "Slow")]
public sealed class PostActionsTests
{
    private const string Old = "old-name.md";
    private const string New = "new-name.md";

    private static readonly PostId Id = PostId.FromBlobName(Old);

    [Fact]
    public async Task A_renamed_post_keeps_its_comments_and_its_old_address_redirects_also_after_a_second_time()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(Old, PublishingFixture.Text("A post"));
        await ContentBuilder.AddCommentsAsync(fixture.Blog, Id, 1);

        Assert.Null(await RenameAsync(fixture, "new-name"));
        await fixture.DeliverAsync(Old);
        await fixture.DeliverAsync(New);
        var text = await StoredAsync(fixture, New);
        var first = (await fixture.StatusAsync("/posts/old-name"), await fixture.StatusAsync("/posts/new-name"));
        Assert.Null(await RenameAsync(fixture, "folder/third-name.md"));
        foreach (var name in new[] { New, "folder/third-name.md", Old })
        {
            await fixture.DeliverAsync(name);
        }

        Assert.StartsWith($"---\nid: \"{Old}\"\ntitle: A post\n", text, StringComparison.Ordinal);
        Assert.Equal(("301 /posts/new-name", "200"), first);
        Assert.Equal("301 /posts/third-name", await fixture.StatusAsync("/posts/old-name"));
        Assert.Equal("301 /posts/third-name", await fixture.StatusAsync("/posts/new-name"));
        Assert.Contains("number</em> 1.", await fixture.Blog.ReadAsync("/posts/third-name"), StringComparison.Ordinal);
        Assert.Equal(["folder/third-name.md"], await FilesAsync(fixture));
        Assert.Equal(
            [VersionOrigin.Renamed, VersionOrigin.Upload],
            (await VersionsAsync(fixture)).Select(version => version.Origin)
        );
        Assert.Null(
            await ActAsync(fixture, (actions, post, version) => actions.RestoreAsync(post, 1, version, default))
        );
        Assert.Equal(Id, Assert.Single(await fixture.ListAsync()).Id);
    }

    [Theory]
    [InlineData("", "admin.rename-name")]
    [InlineData("two words", "admin.rename-name")]
    [InlineData("old-name.html", "admin.rename-name")]
    [InlineData("../up", "admin.rename-name")]
    [InlineData("taken", "admin.rename-taken")]
    [InlineData("held", "admin.rename-refused")]
    public async Task A_name_that_cannot_be_had_changes_nothing(string name, string problem)
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(Old, PublishingFixture.Text("A post"));
        await fixture.PublishAsync("holder.md", PublishingFixture.Text("A holder", "slug: held"));
        await fixture.PutAsync("taken.md", "Not published yet.");

        Assert.Equal(problem, (await RenameAsync(fixture, name))?.Key);

        Assert.Equal(["holder.md", Old, "taken.md"], await FilesAsync(fixture));
        Assert.Equal("200", await fixture.StatusAsync("/posts/old-name"));
    }

    [Fact]
    public async Task A_crash_at_any_call_of_a_renaming_leaves_the_post_public_with_its_text()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var isDone = false;
        for (var number = 0; !isDone; number += 2 * TestDepth.Step)
        {
            var (old, next) = ($"post-{number}.md", $"renamed-{number}.md");
            var id = PostId.FromBlobName(old);
            await fixture.PublishAsync(old, PublishingFixture.Text($"Post {number}"));
            var made = 0;
            // Not retried, as after a crash nothing is.
            fixture.Blog.Calls.Delay = call =>
                !StorageCalls.IsFromLocalHost(call) && Interlocked.Increment(ref made) > number
                    ? throw new InvalidOperationException("The process has ended, as the test wants it.")
                    : Task.CompletedTask;
            isDone = await Record.ExceptionAsync(() => RenameAsync(fixture, next, id)) is null;
            fixture.Blog.Calls.Delay = _ => Task.CompletedTask;

            await fixture.DeliverAsync(next);
            await fixture.DeliverAsync(old);

            var post = await fixture.PostAsync(old);
            Assert.Equal((number, PostState.Published), (number, post!.State));
            Assert.True(!isDone || number > 20, "A renaming makes more calls than that.");
            Assert.Contains($"Post {number}", await fixture.Blog.ReadAsync(post.Path.Link), StringComparison.Ordinal);
            Assert.Contains(
                $"title: Post {number}\n",
                await StoredAsync(fixture, post.Source),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task What_somebody_changes_meanwhile_is_neither_deleted_nor_replaced_nor_renamed()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(Old, PublishingFixture.Text("Mine"));
        var (post, seen) = await PostAsync(fixture);
        await fixture.PublishAsync(Old, PublishingFixture.Text("Theirs"));
        var actions = fixture.Blog.Get<PostActions>();

        foreach (
            var act in new[]
            {
                actions.DeleteAsync(post, seen, default),
                actions.RestoreAsync(post, 1, seen, default),
                actions.RestoreAsync(post, 1, null, default),
                actions.RenameAsync(post, New, seen, default),
            }
        )
        {
            Assert.Equal("admin.post-changed", (await act)?.Key);
        }

        Assert.Equal(PublishingFixture.Text("Theirs"), await StoredAsync(fixture, Old));
        Assert.Equal([Old], await FilesAsync(fixture));
    }

    [Fact]
    public async Task A_deleted_post_comes_back_with_its_text_and_a_refused_text_is_kept_too()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(Old, PublishingFixture.Text("Good"));
        await fixture.PublishAsync(Old, "No front matter.");

        Assert.Null(await ActAsync(fixture, (actions, post, version) => actions.DeleteAsync(post, version, default)));
        var gone = await fixture.StatusAsync("/posts/old-name");
        var versions = await VersionsAsync(fixture);
        Assert.Null(
            await fixture
                .Blog.Get<PostActions>()
                .RestoreAsync((await fixture.PostAsync(Old))!, versions[1].Number, null, default)
        );

        Assert.Equal("410", gone);
        Assert.Equal([VersionOrigin.Refused, VersionOrigin.Upload], versions.Select(version => version.Origin));
        Assert.Equal(
            "No front matter.",
            Encoding.UTF8.GetString(
                (await fixture.Blog.Get<AcceptedFiles>().FindAsync(Id, versions[0].Hash, CancellationToken.None))!
            )
        );
        Assert.Equal(PublishingFixture.Text("Good"), await StoredAsync(fixture, Old));
        Assert.Equal("200", await fixture.StatusAsync("/posts/old-name"));
    }

    [Theory]
    [InlineData("---\ntitle: A\n---\nText.\n", "---\nid: \"old-name.md\"\ntitle: A\n---\nText.\n")]
    [InlineData("\n+++\ntitle = \"A\"\n+++\n", "\n+++\nid = \"old-name.md\"\ntitle = \"A\"\n+++\n")]
    [InlineData("---\ntitle: A\nid: old-name.md\n---\n", "---\ntitle: A\nid: old-name.md\n---\n")]
    [InlineData("---\ntitle: A\nid: 1234\n---\n", null)]
    [InlineData("---\n{title: A}\n---\n", null)]
    [InlineData("No front matter.", null)]
    public void The_id_is_added_to_the_front_matter_where_that_is_possible(string text, string? expected)
    {
        var changed = IdField.AddTo(Encoding.UTF8.GetBytes(text), New, ContentBuilder.BuildPost("old-name"));

        Assert.Equal(expected, changed is null ? null : Encoding.UTF8.GetString(changed));
    }

    private static Task<ServerlessBlog.Texts.TextReference?> RenameAsync(
        PublishingFixture fixture,
        string name,
        PostId? id = null
    ) => ActAsync(fixture, (actions, post, version) => actions.RenameAsync(post, name, version, default), id);

    private static async Task<ServerlessBlog.Texts.TextReference?> ActAsync(
        PublishingFixture fixture,
        Func<PostActions, Post, string, Task<ServerlessBlog.Texts.TextReference?>> act,
        PostId? id = null
    )
    {
        var (post, version) = await PostAsync(fixture, id);
        return await act(fixture.Blog.Get<PostActions>(), post, version);
    }

    /// <summary>The post with the ETag of its file, read past the calls that a test fails.</summary>
    private static async Task<(Post Post, string Version)> PostAsync(PublishingFixture fixture, PostId? id = null)
    {
        var fails = fixture.Blog.Calls.Delay;
        fixture.Blog.Calls.Delay = _ => Task.CompletedTask;
        var post = (await fixture.Blog.Get<PostTable>().FindForWriteAsync(id ?? Id, default))!.Value;
        var version = await fixture.Blog.Get<UploadFiles>().GetVersionAsync(post.Source, default);
        fixture.Blog.Calls.Delay = fails;
        return (post, version);
    }

    private static Task<IReadOnlyList<PostVersion>> VersionsAsync(PublishingFixture fixture) =>
        fixture.Blog.Get<PostVersionTable>().ReadAsync(Id, CancellationToken.None);

    private static BlobContainerClient Files(PublishingFixture fixture) =>
        new(fixture.Blog.Connection, StorageNames.Posts);

    private static async Task<string> StoredAsync(PublishingFixture fixture, string name) =>
        (await Files(fixture).GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();

    private static async Task<IReadOnlyList<string>> FilesAsync(PublishingFixture fixture) =>
        await Files(fixture).GetBlobsAsync().Select(blob => blob.Name).ToListAsync();
}
