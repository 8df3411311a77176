using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Decides whether a post file is accepted. Changes nothing.</summary>
public sealed class PostValidator(
    IPostLookup posts,
    PostFactory factory,
    ContentPolicyLinter linter,
    ReferenceCheck references,
    TranslationCheck translations,
    BlogSettings settings,
    TimeProvider clock
)
{
    /// <summary>
    /// A placeholder for the ETag of a file that is not in storage yet. It must not be empty: an empty version means a
    /// deleted file, whose post holds no address.
    /// </summary>
    private const string NotUploaded = "not uploaded";

    /// <summary>
    /// Validates a file that has not been uploaded, as <see cref="CheckAsync"/> does. Reserves nothing: another post
    /// may take the address before the upload.
    /// </summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="bytes">The file's content.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <param name="replaces">The name of the file whose place this one takes; null for none.</param>
    public async Task<ValidationResult> CheckUnsavedAsync(
        string name,
        byte[] bytes,
        CancellationToken cancellationToken,
        string? replaces = null
    )
    {
        var id = PostFile.TryReadIdFile(name, bytes, out var idFile)
            ? PostId.FromBlobName(idFile ?? name)
            : await posts.FindIdAsync(name, cancellationToken);
        var before = await posts.FindAsync(id, cancellationToken);
        return await CheckAsync(
            name,
            before?.Value,
            new Upload(NotUploaded, clock.GetUtcNow(), bytes) { Replaces = replaces },
            cancellationToken
        );
    }

    /// <summary>Parses the file, renders it once, creates its post, and checks that its addresses are free.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="before">The post as it is stored; null when it is new.</param>
    /// <param name="upload">The file's content and version.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public async Task<ValidationResult> CheckAsync(
        string name,
        Post? before,
        Upload upload,
        CancellationToken cancellationToken
    )
    {
        var (file, digest, problem) = await ReadAsync(name, upload.Bytes, cancellationToken);
        if (file is null || digest is null)
        {
            return Refused(problem!);
        }

        if (FindIdConflict(name, before, file, upload) is { } taken)
        {
            return Refused(taken);
        }

        var (post, notes) = await DropTakenAliasesAsync(
            factory.Create(name, before, upload, file, digest),
            cancellationToken
        );
        return await FindConflictAsync(post, cancellationToken) is { } conflict
            ? Refused(conflict)
            : new ValidationResult(
                file with
                {
                    Notes =
                    [
                        .. notes,
                        .. await NoteSameTextAsync(post, cancellationToken),
                        .. await translations.NoteSameLanguageAsync(post, cancellationToken),
                        .. file.Notes,
                    ],
                },
                post,
                null
            );
    }

    /// <summary>
    /// Finds the reason why the file cannot have its id: another file has it, which is still there and is not the one
    /// that this file takes the place of.
    /// </summary>
    private static Problem? FindIdConflict(string name, Post? before, PostFile file, Upload upload) =>
        before is { SourceVersion.Length: > 0 }
        && before.Source != name
        && before.Source != file.Metadata.IdFile
        && before.Source != upload.Replaces
            ? new Problem(
                1,
                1,
                $"its 'id', with the comments, belongs to {before.Source}: delete that file first, or write another "
                    + "'id'."
            )
            : null;

    /// <summary>
    /// A note for the author of a new file that has the text of another one, as after a renaming: comments and guid
    /// belong to the name, unless the front matter has the old one.
    /// </summary>
    private async Task<IEnumerable<string>> NoteSameTextAsync(Post post, CancellationToken cancellationToken) =>
        post.Metadata.IdFile is null && await posts.FindSameTextAsync(post, cancellationToken) is { } other
            ?
            [
                $"{(other.SourceVersion.Length > 0 ? "the file" : "the deleted file")} {other.Source} has the same text"
                    + $": if this one takes its place, write 'id: {other.Metadata.IdFile ?? other.Source}' in the "
                    + "front matter, and comments, guid and old address come along.",
            ]
            : [];

    /// <summary>
    /// Parses the file and renders it once: all checks that need no storage. The result has either file and digest, or
    /// a problem.
    /// </summary>
    private async Task<(PostFile? File, PostDigest? Digest, Problem? Problem)> ReadAsync(
        string name,
        byte[] bytes,
        CancellationToken cancellationToken
    )
    {
        if (FindNameProblem(name) is { } nameProblem)
        {
            return (null, null, nameProblem);
        }

        if (
            !PostFile.TryRead(name, bytes, settings.TimeZone, out var file, out var problem, settings.CategoriesAreTags)
        )
        {
            return (null, null, problem);
        }

        var check = await RenderCheck.RunAsync(file, cancellationToken);
        if (check.Html is null)
        {
            return (null, null, check.Problem);
        }

        var broken = await references.FindAsync(name, check.References, check.Anchors, cancellationToken);
        IReadOnlyList<string> notes =
        [
            .. file.Notes,
            .. check.Notes,
            .. broken.Select(problem => (problem with { Line = problem.Line + file.FirstLine - 1 }).ToString()),
            .. linter.Lint(check.Html, isHead: false),
        ];
        return (file with { Notes = notes }, check.Digest, null);
    }

    private static Problem? FindNameProblem(string name)
    {
        var message =
            !PostFileName.HasPostExtension(name)
                ? "posts end in .md, .markdown or .html, and beside them there may be pictures, sound, films and PDF: "
                    + "put other files into the container media."
            : name.Length > PostFileName.MaxLength
                ? $"the file's name has {name.Length} characters: keep at most {PostFileName.MaxLength}."
            : null;
        return message is null ? null : new Problem(1, 1, message);
    }

    /// <summary>Drops the aliases that another post holds. Returns a note for each of them.</summary>
    private async Task<(Post Post, IReadOnlyList<string> Notes)> DropTakenAliasesAsync(
        Post post,
        CancellationToken cancellationToken
    )
    {
        var holders = await Task.WhenAll(
            post.Aliases.Select(async path =>
                (Path: path, Holder: await posts.FindHolderAsync(path, cancellationToken))
            )
        );
        var taken = holders.Where(held => held.Holder is not null && held.Holder.Id != post.Id).ToList();
        return (
            post with
            {
                Aliases = [.. post.Aliases.Except(taken.Select(held => held.Path))],
            },
            [
                .. taken.Select(held =>
                    $"the old address {held.Path.Text} belongs to {held.Holder!.Source} and stays there."
                ),
            ]
        );
    }

    /// <summary>
    /// Finds the reason why the post cannot have its path: the path is reserved, or another post holds it. Null when it
    /// is available.
    /// </summary>
    private async Task<Problem?> FindConflictAsync(Post post, CancellationToken cancellationToken)
    {
        if (post.Path.IsReserved)
        {
            return new Problem(
                1,
                1,
                $"the address {post.Path.Text} is one that the blog needs for itself: {Advice(post)}"
            );
        }

        return
            post.HoldsAddress
            && await posts.FindHolderAsync(post.Path, cancellationToken) is { } holder
            && holder.Id != post.Id
            && holder.Source != post.Source
            ? new Problem(1, 1, $"the address {post.Path.Text} belongs to {holder.Source}: {Advice(post)}")
            : null;
    }

    private static string Advice(Post post) =>
        $"give this {(post.Metadata.IsPage ? "page" : "post")} another one "
        + $"with '{(post.Metadata.Url is null ? "slug" : "url")}: ...'.";

    private static ValidationResult Refused(Problem problem) => new(null, null, problem);
}

/// <summary>The result of validating a post file.</summary>
/// <param name="File">The parsed file with all notes for the author; null when it is refused.</param>
/// <param name="Post">The post to store; null when the file is refused.</param>
/// <param name="Problem">The reason for the refusal; null when the file is accepted.</param>
public sealed record ValidationResult(PostFile? File, Post? Post, Problem? Problem);
