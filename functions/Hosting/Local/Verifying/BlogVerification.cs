using System.Runtime.CompilerServices;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Local.Pages;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Hosting.Local.Verifying;

/// <summary>Finds what does not agree in a blog: rows of posts and comments, files, and stored pages.</summary>
internal sealed class BlogVerification(PageServer server)
{
    private readonly BlogStorage _storage = Get<BlogStorage>(server);
    private readonly PostTable _posts = Get<PostTable>(server);
    private int _postCount;
    private int _commentCount;
    private int _pageCount;

    /// <summary>What was looked at, after <see cref="FindAsync"/>.</summary>
    public string Summary =>
        $"{_postCount:N0} posts, {_commentCount:N0} comments and {_pageCount:N0} pages, of which "
        + $"{server.Check.Compared:N0} were in the cache.";

    /// <summary>Finds what deviates: rows first, as pages are made of them.</summary>
    public async IAsyncEnumerable<Deviation> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new DeviatingPostRows(_storage, _posts, Get<AddressTable>(server));
        await foreach (var deviation in rows.FindAsync(cancellationToken))
        {
            yield return AndRaiseSite(deviation);
        }

        _postCount = rows.Posts.Count;
        var files = new DeviatingPostFiles(_storage, Get<AcceptedFiles>(server), Get<UploadFiles>(server));
        await foreach (var deviation in files.FindAsync(rows.Posts, cancellationToken))
        {
            yield return deviation;
        }

        var comments = new DeviatingCommentRows(_storage, Get<CommentTable>(server));
        await foreach (var deviation in comments.FindAsync(cancellationToken))
        {
            yield return AndRaiseSite(deviation);
        }

        _commentCount = comments.Count;
        foreach (var post in comments.Posts.Except(rows.Posts.Select(post => post.Id)))
        {
            yield return new Deviation(
                $"conversation {post}",
                "its post is not there: its comments are kept, and come back with it",
                MendAsync: null
            );
        }

        await foreach (var deviation in FindPagesAsync(cancellationToken))
        {
            yield return deviation;
        }
    }

    private async IAsyncEnumerable<Deviation> FindPagesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var page in new SiteCrawl(server).ReadAsync(cancellationToken))
        {
            _pageCount++;
            if ((int)page.Status >= 500)
            {
                yield return new Deviation(page.Path, $"the page cannot be rendered ({(int)page.Status})", null);
            }
        }

        foreach (var key in server.Check.Differences)
        {
            yield return new Deviation($"page {key.Page}", "the stored page is not what is rendered now", stop =>
                RaiseAsync(key, stop)
            );
        }
    }

    /// <summary>A new revision makes all instances render the page again.</summary>
    private async Task<bool> RaiseAsync(PageKey key, CancellationToken cancellationToken)
    {
        if (key.Page.Split('/') is ["posts", var id, ..] && PostId.TryParse(id, out var post))
        {
            await Get<RevisionRaiser>(server).RaiseAsync(post, cancellationToken);
        }
        else
        {
            await Get<SiteTable>(server).RaiseAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Pages that were made of the rows are rendered again once those are mended.</summary>
    private Deviation AndRaiseSite(Deviation deviation) =>
        deviation.MendAsync is not { } mend
            ? deviation
            : deviation with
            {
                MendAsync = async stop =>
                {
                    var isMended = await mend(stop);
                    await Get<SiteTable>(server).RaiseAsync(stop);
                    return isMended;
                },
            };

    private static T Get<T>(PageServer server)
        where T : notnull => server.Services.GetRequiredService<T>();
}
