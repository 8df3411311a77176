using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Export;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Local.Pages;
using ServerlessBlog.Hosting.Local.Verifying;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local.Verifying;

/// <summary>The command <c>verify</c> on a blog as it is, and on one whose storage was damaged.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-verify-");
    private TestBlog _blog = null!;

    private static CancellationToken Stop => CancellationToken.None;

    private TableClient Posts => new(_blog.Connection, StorageNames.PostTable);

    private TableClient Comments => new(_blog.Connection, StorageNames.CommentTable);

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync();
        Write("storage.txt", _blog.Connection);
        Write("address.txt", "http://blog.test");
        Write("authors.txt", "Ada <ada@blog.test>");
    }

    public async Task DisposeAsync()
    {
        await _blog.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);

    private async Task<List<string>> VerifyAsync(bool mends = false)
    {
        await using var server = await PageServer.StartAsync(_folder.FullName, Stop);
        var found = new List<string>();
        await foreach (var deviation in new BlogVerification(server).FindAsync(Stop))
        {
            found.Add($"{deviation.Place}: {deviation.Problem}");
            Assert.True(!mends || (deviation.MendAsync is { } mend && await mend(Stop)), found[^1]);
        }

        return found;
    }

    private async Task<Comment> CommentAsync(PostId post, string text, int? replyTo = null) =>
        await ContentBuilder.SubmitCommentAsync(_blog, post, text, "Grace", "grace@example.com", replyTo: replyTo);

    private Task DecideAsync(Comment comment, CommentState state) =>
        _blog.Get<CommentModeration>().DecideAsync(comment.Key, state, "by a test", Stop);

    /// <summary>Posts and comments in all states, with former addresses, and one hidden above another.</summary>
    private async Task<PostId> FillAsync()
    {
        await _blog.UploadAsync("a.jpg", TestPictures.Photo(60, 40));
        var post = await _blog.PublishAsync("talk", body: "![x](/media/a.jpg)");
        await _blog.UploadAsync("moved.md", "---\ntitle: M\nslug: before\ndate: 2026-01-03\ntags: [One]\n---\nText.");
        await _blog.UploadAsync("moved.md", "---\ntitle: M\nslug: after\ndate: 2026-01-03\ntags: [One]\n---\nText.");
        await _blog.UploadAsync("draft.md", "---\ntitle: Draft\ndraft: true\n---\nText.");
        await _blog.UploadAsync("later.md", "---\ntitle: Later\ndate: 2199-01-01\naliases: [/x]\n---\nText.");
        await _blog.UploadAsync("gone.md", "---\ntitle: Gone\ndate: 2026-01-03\naliases: [/y]\nseries: S\n---\nText.");
        await _blog.UploadAsync("broken.md", "No front matter.");
        await _blog.DeleteAsync("gone.md");
        var first = await CommentAsync(post, "First.");
        await CommentAsync(post, "Reply.", replyTo: 1);
        await DecideAsync(await CommentAsync(post, "Spam."), CommentState.Spam);
        await DecideAsync(await CommentAsync(post, "Held."), CommentState.Held);
        await DecideAsync(first, CommentState.Trash);
        return post;
    }

    [Fact]
    public async Task A_blog_with_posts_and_comments_in_all_states_is_as_it_should_be()
    {
        await FillAsync();

        Assert.Empty(await VerifyAsync());
    }

    [Fact]
    public async Task Rows_and_files_that_were_lost_or_changed_are_named_and_mended()
    {
        var post = await FillAsync();
        var shown = await _blog.ReadUntilAsync("/posts/talk", page =>
            page.Contains("Reply.", StringComparison.Ordinal)
        );
        await ChangePostsAsync("list:", row => row["Data"] = row.GetString("Data").Replace("A post", "Another"));
        await DeleteAsync(Posts, "posts", "tag:");
        await Posts.AddEntityAsync(new TableEntity("posts", "tag:b25l:0000000000000000000:nothing"));
        await DeleteAsync(Posts, "posts", PostRows.KeyFor(SitePath.Parse("/posts/talk")));
        var address = ShortHash.Hash(SitePath.Parse("/posts/before").Key);
        await new TableClient(_blog.Connection, StorageNames.AddressTable).DeleteEntityAsync(address, "address");
        await DeleteCopyAsync(post);
        await DeleteAsync(Comments, post.ToString(), "shown:00000001.");
        await DeleteAsync(Comments, post.ToString(), "number:00000002");
        await DeleteAsync(Comments, "state:Held", "");
        await DeleteAsync(Comments, "writers", "");
        await Comments.AddEntityAsync(
            new TableEntity("state:Spam", $"0:{post}-{new string('0', 32)}") { ["Comment"] = $"{post}-x" }
        );

        var found = await VerifyAsync(mends: true);

        Assert.Contains(found, line => line.StartsWith("talk.md: 2 of its rows", StringComparison.Ordinal));
        Assert.Contains(found, line => line.StartsWith("moved.md: 1 of its rows", StringComparison.Ordinal));
        Assert.Contains(found, line => line.StartsWith("row tag:b25l:000", StringComparison.Ordinal));
        Assert.Contains(found, line =>
            line.StartsWith("/posts/before: the address of moved.md", StringComparison.Ordinal)
        );
        Assert.Contains(found, line => line.StartsWith("talk.md: the accepted copy", StringComparison.Ordinal));
        Assert.Contains(found, line => line.StartsWith($"conversation {post}: 2 rows", StringComparison.Ordinal));
        Assert.Contains(found, line => line.EndsWith("not in the list of its state", StringComparison.Ordinal));
        Assert.Contains(found, line => line.EndsWith("its writer is not known", StringComparison.Ordinal));
        Assert.Contains(found, line => line.EndsWith("in another state or gone", StringComparison.Ordinal));
        Assert.Equal(9, found.Count);
        Assert.Empty(await VerifyAsync());
        Assert.Equal(shown, await _blog.ReadUntilAsync("/posts/talk", page => page == shown));
    }

    [Fact]
    public async Task A_lost_count_and_what_only_the_author_can_bring_back_are_named()
    {
        var post = await FillAsync();
        var counts = await Comments.GetEntityAsync<TableEntity>(post.ToString(), "tally");
        counts.Value["Data"] = counts.Value.GetString("Data").Replace("\"Shown\":1", "\"Shown\":7");
        await Comments.UpdateEntityAsync(counts.Value, ETag.All, TableUpdateMode.Replace);
        Assert.Equal(
            $"conversation {post}: it counts 7 comments, and there are 1",
            Assert.Single(await VerifyAsync(true))
        );
        Assert.Empty(await VerifyAsync());

        await _blog.UploadAsync("lost.md", "---\ntitle: Lost\ndate: 2026-01-03\n---\nText.");
        await DeleteCopyAsync(PostId.FromBlobName("lost.md"));
        await Container(StorageNames.Posts).UploadBlobAsync("unseen.txt", BinaryData.FromString("x"));
        await new BlobClient(_blog.Connection, StorageNames.Posts, "lost.md").DeleteAsync();
        await _blog.DisposeAsync();
        await using var server = await PageServer.StartAsync(_folder.FullName, Stop);
        var found = await new BlogVerification(server).FindAsync(Stop).ToListAsync();

        Assert.Contains(found, one => one is { Place: "lost.md", MendAsync: null });
        Assert.Contains(found, one => one is { Place: "/posts/lost" } && one.Problem.Contains("cannot be rendered"));
    }

    [Fact]
    public async Task A_stored_page_that_is_not_what_is_rendered_is_named_and_rendered_again()
    {
        await _blog.PublishAsync("talk");
        await using var blog = await LocalBlog.StartAsync(
            port: 0,
            LocalSettings.DefaultsOfRunning(_folder.FullName),
            new LocalHostOptions { RunsTriggers = false },
            new AnnouncedUploads(null),
            compose: null,
            Stop
        );
        using var http = new HttpClient { BaseAddress = blog.Address };
        var whole = await http.GetStringAsync("/posts/talk");
        var pages = await Container(StorageNames.Pages)
            .GetBlobsAsync(BlobTraits.Metadata, default, "posts/", Stop)
            .ToListAsync();
        var page = Container(StorageNames.Pages).GetBlobClient(Assert.Single(pages).Name);
        var length = whole.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await page.UploadAsync(
            BinaryData.FromString(new string('x', whole.Length) + "bg"),
            new BlobUploadOptions
            {
                Metadata = new Dictionary<string, string> { ["identity"] = length, ["brotli"] = "1" },
            }
        );

        Assert.StartsWith("page posts/", Assert.Single(await VerifyAsync(mends: true)), StringComparison.Ordinal);
        Assert.Empty(await VerifyAsync());
        Assert.Equal(
            whole,
            await TestBlog.WaitUntilAsync(
                () => http.GetStringAsync("/posts/talk"),
                body => body == whole,
                "the page as it was"
            )
        );
    }

    [Fact]
    public async Task The_public_pages_are_written_as_plain_files_and_again_only_what_has_changed()
    {
        await FillAsync();
        var path = Path.Combine(_folder.FullName, "site");
        var (first, second) = (new ExportFolder(path), new ExportFolder(path));
        await WriteSiteAsync(first);
        await _blog.UploadAsync("a.md", "---\ntitle: A\ndate: 2026-01-03\nurl: /a b.html\n---\n[x](/draft)");
        await WriteSiteAsync(second);

        Assert.Equal(0, first.Unchanged + first.Deleted);
        Assert.True(second.Unchanged > 5 && second.Written is > 3 and < 20, $"{second.Unchanged} {second.Written}");
        var files = Directory
            .EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(path, file))
            .ToList();
        string[] some =
        [
            "index.html",
            "404.html",
            "_redirects",
            "posts/talk/index.html",
            "a b.html",
            "tags/one/index.html",
            "feed.xml",
            "sitemap.xml",
            "style.css",
            "media/a.jpg",
        ];
        Assert.Empty(some.Except(files));
        Assert.DoesNotContain(files, file =>
            file.Contains('?') || file.StartsWith("moderate", StringComparison.Ordinal)
        );
        Assert.Contains(
            "/posts/before /posts/after 301\n",
            await File.ReadAllTextAsync(Path.Combine(path, "_redirects"))
        );
        Assert.Contains("Reply.", await File.ReadAllTextAsync(Path.Combine(path, "posts/talk/index.html")));
    }

    [Fact]
    public async Task Without_a_blog_it_says_what_to_set()
    {
        Write("storage.txt", "");

        var problem = await Assert.ThrowsAsync<StartException>(() => PageServer.StartAsync(_folder.FullName, Stop));

        Assert.Contains("Blog__BaseUrl", problem.Message, StringComparison.Ordinal);
    }

    private async Task WriteSiteAsync(ExportFolder folder)
    {
        await using var server = await PageServer.StartAsync(_folder.FullName, Stop);
        var posts = await server.Services.GetRequiredService<PostStatusLists>().ReadAllAsync(Stop).ToListAsync();
        var redirects = Redirects.All(posts).Select(one => (one.From.Link, one.To.Link));
        await new SiteExport(server, folder).RunAsync(redirects, Stop);
    }

    private BlobContainerClient Container(string name) => new(_blog.Connection, name);

    private async Task DeleteCopyAsync(PostId post)
    {
        var copies = Container(StorageNames.Accepted);
        await foreach (var copy in copies.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{post}/", Stop))
        {
            await copies.DeleteBlobAsync(copy.Name);
        }
    }

    private async Task ChangePostsAsync(string prefix, Action<TableEntity> change)
    {
        var rows = await Posts.QueryAsync<TableEntity>().Where(row => row.RowKey.StartsWith(prefix)).ToListAsync();
        foreach (var row in rows)
        {
            change(row);
            await Posts.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
        }
    }

    private static async Task DeleteAsync(TableClient table, string partition, string prefix)
    {
        var rows = await table
            .QueryAsync<TableEntity>(row => row.PartitionKey == partition)
            .Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal))
            .ToListAsync();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            await table.DeleteEntityAsync(partition, row.RowKey);
        }
    }
}
