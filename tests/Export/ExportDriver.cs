using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Export;
using ServerlessBlog.Hosting.Local.Pages;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Letters;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Content;

namespace ServerlessBlog.Tests.Export;

/// <summary>Exports test blogs as the command does.</summary>
internal static class ExportDriver
{
    public static BlogExport Create(TestBlog blog)
    {
        var settings = blog.Get<BlogSettings>();
        return new BlogExport(
            new AuthorFiles(blog.Get<BlogStorage>()),
            blog.Get<PostStatusLists>(),
            blog.Get<CommentRows>(),
            blog.Get<RecipientTable>(),
            blog.Get<RuleTable>(),
            settings,
            new RenderedPosts(blog.Get<PostBodyLoader>(), blog.Get<PictureResolver>(), settings).ToHtmlAsync
        );
    }

    public static async Task<ExportFolder> ExportAsync(TestBlog blog, string path)
    {
        var folder = new ExportFolder(path);
        Assert.True(folder.IsUsable);
        await foreach (var file in Create(blog).ReadAsync(CancellationToken.None))
        {
            await folder.WriteAsync(file, CancellationToken.None);
        }

        await folder.FinishAsync(CancellationToken.None);
        return folder;
    }

    /// <summary>The files of a folder by their names, byte by byte as Latin-1.</summary>
    public static Dictionary<string, string> Files(string root) =>
        Directory
            .EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(
                file => Path.GetRelativePath(root, file),
                file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))
            );
}
