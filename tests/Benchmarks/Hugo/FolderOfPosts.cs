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

/// <summary>
/// Renders every post file in a folder to an HTML file with the blog's own code: parsed and checked as an upload, then
/// rendered as for a reader. Uses no storage and does not compress.
/// </summary>
internal sealed class FolderOfPosts
{
    private static readonly DateTimeOffset Uploaded = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _pages;
    private readonly List<string> _files;
    private readonly BlogSettings _settings;
    private readonly PostFactory _factory;
    private readonly PostViewBuilder _views;
    private readonly SiteLayout _site = new(
        "Measured",
        "https://blog.example.com",
        "/style.css?v=a",
        "/blog.js?v=a",
        [],
        null,
        new ContentPolicy([]).ToHeader([])
    );

    public FolderOfPosts(string folder, string pages)
    {
        _pages = Directory.CreateDirectory(pages).FullName;
        _files = [.. Directory.GetFiles(folder)];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Blog:Title"] = "Measured",
                ["Blog:BaseUrl"] = "https://blog.example.com",
                ["Blog:Authors"] = "Ada <ada@example.com>",
                ["Blog:Secret"] = new('s', 40),
                ["BlogStorage"] = "UseDevelopmentStorage=true", // required, but never connected to
            }
        );
        ServerlessBlog.Program.AddBlog(builder);
        var services = builder.Build().Services;
        (_settings, _factory, _views) = (
            services.GetRequiredService<BlogSettings>(),
            services.GetRequiredService<PostFactory>(),
            services.GetRequiredService<PostViewBuilder>()
        );
    }

    /// <summary>Renders all files in parallel, on all processors.</summary>
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

            var document = new PostDocument(read.Body);
            var post = _factory.Create(name, before: null, new Upload("1", Uploaded, bytes), read, document.Digest);
            var html = document.ToHtml(LinkResolver.ForPage(name), new Dictionary<string, ResponsiveImage>());
            var view = await _views.BuildAsync(
                _site,
                post,
                new PostBody(html, document.Headings, document.HasCode),
                RelatedPosts.None,
                new ConversationView
                {
                    Threads = [],
                    Total = 0,
                    Page = 1,
                    Pages = 1,
                    Range = null,
                    Address = post.Path.Link,
                    EarlierAddress = null,
                    LaterAddress = null,
                    HasReplies = true,
                    HoldsFirstComments = true,
                    HoldsAllComments = false,
                    SendsReplies = false,
                },
                CommentFormView.Empty,
                receipt: null,
                stop
            );
            var page = await PageRenderer.RenderAsync(PostPage.Create(view), _site, stop);
            await File.WriteAllBytesAsync(Path.Combine(_pages, Path.ChangeExtension(name, ".html")), page.Bytes, stop);
        });
}
