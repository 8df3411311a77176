using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Posts;

/// <summary>
/// Deletes and renames the file of a post, and restores its earlier versions. Each act is on the version that the
/// author saw: what somebody else has changed meanwhile stays as it is. What the act does is published before it
/// returns; the event of the changed file does it again, also after a crash.
/// </summary>
public sealed class PostActions(
    UploadFiles uploads,
    AcceptedFiles accepted,
    PostVersionTable versions,
    PostTable posts,
    PostValidator validator,
    Publisher publisher
)
{
    private static readonly TextReference Changed = new("admin.post-changed");

    /// <summary>Deletes the file. Its text is kept: as the last version, also when it was refused.</summary>
    /// <param name="post">The post.</param>
    /// <param name="version">The ETag of the file as the author saw it.</param>
    /// <param name="cancellationToken">Cancels the act; the file may be deleted by then.</param>
    public async Task<TextReference?> DeleteAsync(Post post, string version, CancellationToken cancellationToken)
    {
        if (await KeepTextAsync(post, version, cancellationToken) is { } problem)
        {
            return problem;
        }

        if (!await uploads.DeleteAsync(post.Source, version, cancellationToken))
        {
            return Changed;
        }

        await publisher.PublishAsync(post.Source, cancellationToken);
        return null;
    }

    /// <summary>Writes a version as the file again, also after the file was deleted.</summary>
    /// <param name="post">The post.</param>
    /// <param name="number">The number of the version; null for the newest.</param>
    /// <param name="version">The ETag of the file as the author saw it; null when there was none.</param>
    /// <param name="cancellationToken">Cancels the act; the file may be written by then.</param>
    public async Task<TextReference?> RestoreAsync(
        Post post,
        int? number,
        string? version,
        CancellationToken cancellationToken
    )
    {
        var kept = await versions.ReadAsync(post.Id, cancellationToken);
        var hash = number is null
            ? (kept is [var newest, ..] ? newest.Hash : post.ContentHash)
            : kept.FirstOrDefault(one => one.Number == number)?.Hash;
        if (hash is null || await accepted.FindAsync(post.Id, hash, cancellationToken) is not { } bytes)
        {
            return new TextReference("admin.version-gone");
        }

        if (
            !PostFileName.TryParse(post.Source, out var name) || IdField.AddTo(bytes, post.Source, post) is not { } text
        )
        {
            return new TextReference("admin.post-id");
        }

        if (version is not null && await KeepTextAsync(post, version, cancellationToken) is { } problem)
        {
            return problem;
        }

        var write = new FileWrite(name, text, version) { Origin = VersionOrigin.Restored };
        if (await uploads.WriteAsync(write, cancellationToken) is null)
        {
            return Changed;
        }

        await publisher.PublishAsync(post.Source, cancellationToken);
        return null;
    }

    /// <summary>
    /// Gives the file another name: writes it under the new one with the post's id, publishes it, and only then deletes
    /// the old one. After a crash in between, the post is public under one of the names, and no text is lost.
    /// </summary>
    /// <param name="post">The post.</param>
    /// <param name="typed">The new name, with or without its extension.</param>
    /// <param name="version">The ETag of the file as the author saw it.</param>
    /// <param name="cancellationToken">Cancels the act between two of its steps.</param>
    public async Task<TextReference?> RenameAsync(
        Post post,
        string typed,
        string version,
        CancellationToken cancellationToken
    )
    {
        if (FindName(post, typed) is not { } name)
        {
            return new TextReference("admin.rename-name");
        }

        if (await uploads.FindAsync(post.Source, cancellationToken) is not { } upload || upload.Version != version)
        {
            return Changed;
        }

        if (IdField.AddTo(upload.Bytes, name.ToString(), post) is not { } text)
        {
            return new TextReference("admin.post-id");
        }

        var check = await validator.CheckUnsavedAsync(name.ToString(), text, cancellationToken, post.Source);
        if (check.Problem is { } problem)
        {
            return new TextReference("admin.rename-refused", ("reason", problem.ToString()));
        }

        var write = new FileWrite(name, text, null) { Origin = VersionOrigin.Renamed, Replaces = post.Source };
        if (await uploads.WriteAsync(write, cancellationToken) is not { } written)
        {
            return new TextReference("admin.rename-taken", ("name", name.ToString()));
        }

        await publisher.PublishAsync(name.ToString(), cancellationToken);
        if ((await posts.FindForWriteAsync(post.Id, cancellationToken))?.Value.Source != name.ToString())
        {
            // Somebody took the address, or changed the post, in this moment.
            await uploads.DeleteAsync(name.ToString(), written, cancellationToken);
            return Changed;
        }

        if (!await uploads.DeleteAsync(post.Source, version, cancellationToken))
        {
            return new TextReference("admin.rename-both", ("name", post.Source));
        }

        await publisher.PublishAsync(post.Source, cancellationToken);
        return null;
    }

    /// <summary>The name to rename to: plain, of the same kind of file, and another one. Null when it is
    /// none.</summary>
    private static PostFileName? FindName(Post post, string typed)
    {
        var extension = Path.GetExtension(post.Source);
        var full = PostFileName.HasPostExtension(typed) ? typed : typed + extension;
        return
            typed.Length > 0
            && PostFileName.TryParse(full, out var name)
            && name.IsUrlSafe
            && full != post.Source
            && PostFileName.IsHtml(full) == PostFileName.IsHtml(post.Source)
            ? name
            : null;
    }

    /// <summary>
    /// Keeps the text of a file that is about to be replaced or deleted, when it was refused and so is no version yet.
    /// Returns the reason when the file is not the one that the author saw, or too large to be kept.
    /// </summary>
    private async Task<TextReference?> KeepTextAsync(Post post, string version, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(post.Source, cancellationToken) is not { } upload || upload.Version != version)
        {
            return Changed;
        }

        if (upload.Bytes.Length > PostFile.MaxBytes)
        {
            return new TextReference("admin.post-too-large");
        }

        await versions.KeepRefusedAsync(post, upload.Bytes, upload.Time, cancellationToken);
        return null;
    }
}
