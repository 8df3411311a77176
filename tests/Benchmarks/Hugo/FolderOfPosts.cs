using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Benchmarks.Hugo;

/// <summary>Makes a page of every file in a folder as the blog does: read and checked as an upload is, then rendered as for a reader. Without storage, and not compressed.</summary>
internal sealed class FolderOfPosts
{
    private static readonly DateTimeOffset Uploaded = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _pages;
    private readonly List<string> _files;
    private readonly BlogSettings _settings;
    private readonly Acceptance _acceptance;
    private readonly PostViews _views;
    private readonly Frame _frame = new("Measured", "https://blog.example.com", "/style.css?v=a", "/blog.js?v=a", [], null, new ContentPolicy([]).ToHeader([]));

    public FolderOfPosts(string folder, string pages)
    {
        _pages = Directory.CreateDirectory(pages).FullName;
        _files = [.. Directory.GetFiles(folder)];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Blog:Title"] = "Measured",
            ["Blog:BaseUrl"] = "https://blog.example.com",
            ["Blog:Authors"] = "Ada <ada@example.com>",
            ["Blog:Secret"] = new('s', 40),
            ["BlogStorage"] = "UseDevelopmentStorage=true", // nobody asks it
        });
        Services.Compose(builder);
        var services = builder.Build().Services;
        (_settings, _acceptance, _views) = (services.GetRequiredService<BlogSettings>(), services.GetRequiredService<Acceptance>(), services.GetRequiredService<PostViews>());
    }

    /// <summary>All of them, on all processors.</summary>
    public Task RenderAsync() => Parallel.ForEachAsync(_files, async (file, stop) =>
    {
        var (name, bytes) = (Path.GetFileName(file), await File.ReadAllBytesAsync(file, stop));
        if (!PostFile.TryRead(name, bytes, _settings.TimeZone, out var read, out var problem))
        {
            throw new InvalidOperationException($"{name}: {problem}");
        }

        if (MarkdownLimits.FindProblem(read.Body, read.FirstLine) is { } refused)
        {
            throw new InvalidOperationException($"{name}: {refused}");
        }

        var text = new PostText(read.Body);
        var post = _acceptance.Of(name, before: null, new Upload("1", Uploaded, bytes), read, text.Digest);
        var html = text.ToHtml(PostPlace.OnPage(name), new Dictionary<string, PlacedPicture>());
        var view = await _views.OfAsync(
            _frame, post, new PostBody(html, text.Headings, text.HasCode), Neighbourhood.None, new ConversationView
            {
                Threads = [],
                Total = 0,
                Page = 1,
                Pages = 1,
                Span = null,
                EarlierAddress = null,
                LaterAddress = null,
                HasReplies = true,
            }, CommentFormView.Empty, receipt: null, stop);
        var page = await Html.RenderAsync(PostPage.Create(view), _frame, stop);
        await File.WriteAllBytesAsync(Path.Combine(_pages, Path.ChangeExtension(name, ".html")), page.Bytes, stop);
    });
}
