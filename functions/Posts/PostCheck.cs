using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>Says whether a file will be accepted, and if not, why. Changes nothing.</summary>
public sealed class PostCheck(PostTable posts, Acceptance acceptance, HtmlNotes htmlNotes, BlogSettings settings, TimeProvider clock)
{
    /// <summary>Any version will do: only a post without one holds no address.</summary>
    private const string NotUploaded = "not uploaded";

    /// <summary>All that is checked, for a file that is not uploaded yet. What it is told may be another post's a moment later.</summary>
    public async Task<CheckedFile> TryAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(name, bytes, cancellationToken);
        if (read is not { File: { } file, Digest: { } digest })
        {
            return read;
        }

        var before = await posts.FindAsync(PostId.OfFile(name), cancellationToken);
        var post = acceptance.Of(name, before?.Value, new Upload(NotUploaded, clock.GetUtcNow(), bytes), file, digest);
        return await FindClashAsync(post, cancellationToken) is { } clash ? Refused(clash) : read;
    }

    /// <summary>Reads the file and renders it once: what depends on nothing but the file.</summary>
    public async Task<CheckedFile> ReadAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        if (!name.EndsWith(PostFileName.Ending, StringComparison.OrdinalIgnoreCase))
        {
            return Refused(new Problem(1, 1, "posts end in .md, and beside them there may be pictures, sound, films and PDF: put other files into the container media."));
        }

        if (name.Length > PostFileName.MaxLength)
        {
            return Refused(new Problem(1, 1, $"the file's name has {name.Length} characters: keep at most {PostFileName.MaxLength}."));
        }

        if (!PostFile.TryRead(name, bytes, settings.TimeZone, out var file, out var problem))
        {
            return Refused(problem);
        }

        var trial = await TrialRendering.RunAsync(file, cancellationToken);
        return trial.Html is null
            ? Refused(trial.Problem!)
            : new CheckedFile(file with { Notes = [.. file.Notes, .. trial.Notes, .. htmlNotes.Of(trial.Html, isHead: false)] }, trial.Digest, null);
    }

    /// <summary>Why a post cannot stand at its address; null when it can.</summary>
    public async Task<Problem?> FindClashAsync(Post post, CancellationToken cancellationToken)
    {
        if (post.Path.IsReserved)
        {
            return new Problem(1, 1, $"the address {post.Path.Text} is one that the blog needs for itself: {Advice(post)}");
        }

        return post.HoldsAddress && await posts.FindHolderAsync(post.Path, cancellationToken) is { } holder && holder.Id != post.Id
            ? new Problem(1, 1, $"the address {post.Path.Text} belongs to {holder.Source}: {Advice(post)}")
            : null;
    }

    private static string Advice(Post post) => $"give this {(post.Head.IsPage ? "page" : "post")} another one with '{(post.Head.Url is null ? "slug" : "url")}: ...'.";

    private static CheckedFile Refused(Problem problem) => new(null, null, problem);
}
