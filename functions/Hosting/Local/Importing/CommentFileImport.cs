using ServerlessBlog.Export;
using ServerlessBlog.Import;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Hosting.Local.Importing;

/// <summary>Imports a file of comments in JSON Lines, whose posts are in the blog.</summary>
internal sealed class CommentFileImport(FileInfo file)
{
    /// <summary>Runs the import. Returns the exit code: 1 when a comment was left out.</summary>
    public async Task<int> RunAsync(ImportOptions options)
    {
        var posts = await options.Posts.ReadAllAsync(options.Stop).ToListAsync(options.Stop);
        var bySource = posts.DistinctBy(post => post.Source).ToDictionary(post => post.Source, post => post.Id);
        var ids = posts.Select(post => post.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        using var reader = file.OpenText();
        return await options.ImportCommentsAsync([.. CommentReader.ReadLines(reader, FindPost)]) ? 0 : 1;

        PostId? FindPost(ExportedComment comment) =>
            comment.File is { } name && bySource.TryGetValue(name, out var id) ? id
            : comment.Post is { } own && ids.Contains(own) ? new PostId(own)
            : null;
    }
}
