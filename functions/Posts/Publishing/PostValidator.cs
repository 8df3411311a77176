using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Says whether a file will be accepted, and if not, why. Changes nothing.</summary>
public sealed class PostValidator(
    PostTable posts,
    PostFactory factory,
    ContentPolicyLinter linter,
    BlogSettings settings,
    TimeProvider clock
)
{
    /// <summary>Any version will do: only a post without one holds no address.</summary>
    private const string NotUploaded = "not uploaded";

    /// <summary>As <see cref="CheckAsync"/>, for a file that is not uploaded yet. What it is told may be another post's a moment later.</summary>
    public async Task<ValidationResult> TryAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        var before = await posts.FindAsync(PostId.OfFile(name), cancellationToken);
        return await CheckAsync(
            name,
            before?.Value,
            new Upload(NotUploaded, clock.GetUtcNow(), bytes),
            cancellationToken
        );
    }

    /// <summary>Reads the file, renders it once, makes a post of it, and looks whether its addresses are free.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="before">The post as it is stored; null when it is new.</param>
    /// <param name="upload">The file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
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

        var (post, notes) = await ClaimAsync(factory.Create(name, before, upload, file, digest), cancellationToken);
        return await FindClashAsync(post, cancellationToken) is { } clash
            ? Refused(clash)
            : new ValidationResult(file with { Notes = [.. notes, .. file.Notes] }, post, null);
    }

    /// <summary>Reads the file and renders it once: the checks that depend on nothing but the file.</summary>
    private async Task<(PostFile? File, PostDigest? Digest, Problem? Problem)> ReadAsync(
        string name,
        byte[] bytes,
        CancellationToken cancellationToken
    )
    {
        if (!name.EndsWith(PostFileName.Ending, StringComparison.OrdinalIgnoreCase))
        {
            return (
                null,
                null,
                new Problem(
                    1,
                    1,
                    "posts end in .md, and beside them there may be pictures, sound, films and PDF: put other files into the container media."
                )
            );
        }

        if (name.Length > PostFileName.MaxLength)
        {
            return (
                null,
                null,
                new Problem(
                    1,
                    1,
                    $"the file's name has {name.Length} characters: keep at most {PostFileName.MaxLength}."
                )
            );
        }

        if (!PostFile.TryRead(name, bytes, settings.TimeZone, out var file, out var problem))
        {
            return (null, null, problem);
        }

        var check = await RenderCheck.RunAsync(file, cancellationToken);
        return check.Html is null
            ? (null, null, check.Problem)
            : (
                file with
                {
                    Notes = [.. file.Notes, .. check.Notes, .. linter.Lint(check.Html, isHead: false)],
                },
                check.Digest,
                null
            );
    }

    /// <summary>The post without those of its old addresses that another post has, and a sentence for each of these.</summary>
    private async Task<(Post Post, IReadOnlyList<string> Notes)> ClaimAsync(
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

    /// <summary>Why a post cannot stand at its address; null when it can.</summary>
    private async Task<Problem?> FindClashAsync(Post post, CancellationToken cancellationToken)
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
            ? new Problem(1, 1, $"the address {post.Path.Text} belongs to {holder.Source}: {Advice(post)}")
            : null;
    }

    private static string Advice(Post post) =>
        $"give this {(post.Head.IsPage ? "page" : "post")} another one with '{(post.Head.Url is null ? "slug" : "url")}: ...'.";

    private static ValidationResult Refused(Problem problem) => new(null, null, problem);
}
