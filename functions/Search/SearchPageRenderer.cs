using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Search;

/// <summary>Renders the page of a search. It is kept nowhere: what people search for is their own affair.</summary>
public sealed class SearchPageRenderer(
    SearchIndex index,
    FoundPosts posts,
    PostLists lists,
    SiteLayoutProvider layouts,
    BlogSettings settings
)
{
    /// <summary>The path of the page.</summary>
    public const string Path = "/search";

    /// <summary>Number of posts on a page: 10.</summary>
    public const int PageSize = 10;

    /// <summary>The highest page number.</summary>
    public const int MaxPages = SearchIndex.MaxHits / PageSize;

    private const int NewestWhenNoneFound = 5;

    /// <summary>The form alone, with an explanation.</summary>
    public async Task<IResult> FormAsync(SearchQuery query, CancellationToken cancellationToken) =>
        await RenderAsync(new SearchView((await layouts.CurrentAsync(cancellationToken)).Layout, query.Text));

    /// <summary>The form with what was written and a sentence that says what to do.</summary>
    public async Task<IResult> RefuseAsync(
        string text,
        int status,
        string sentence,
        CancellationToken cancellationToken
    )
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        return await RenderAsync(new SearchView(site, text) { Problem = site.Texts[sentence] }, status);
    }

    /// <summary>A page of what was found.</summary>
    public async Task<IResult> ResultsAsync(SearchQuery query, int page, CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        if (await index.FindAsync(query, isForReaders: true, cancellationToken) is not { } hits)
        {
            return await RenderAsync(new SearchView(site, query.Text) { Message = site.Texts["search.preparing"] });
        }

        var shown = await posts.ReadAsync(hits.Posts.Skip((page - 1) * PageSize).Take(PageSize), cancellationToken);
        var newest =
            hits.Posts.Count == 0 ? await lists.ReadNewestAsync(0, NewestWhenNoneFound, cancellationToken) : [];
        return await RenderAsync(
            new SearchView(site, query.Text)
            {
                Message = MessageFor(hits, site),
                Results = [.. shown.Select(post => ViewOf(post, query, site))],
                Newest = [.. newest.Select(post => new LinkView(post.Title, post.Path.Link))],
                PageNumber = page,
                HasNext = hits.Posts.Count > page * PageSize,
            }
        );
    }

    private static string MessageFor(SearchHits hits, SiteLayout site) =>
        hits switch
        {
            { Posts.Count: 0 } => site.Texts["search.none"],
            { HaveAllWords: false } => site.Texts["search.some-words"],
            { Posts.Count: SearchIndex.MaxHits } => site.Texts.Format("search.many", "count", SearchIndex.MaxHits),
            _ => site.Texts.Count("posts", hits.Posts.Count),
        };

    private SearchResult ViewOf(FoundPost found, SearchQuery query, SiteLayout site) =>
        new(
            new LinkView(found.Post.Title, found.Post.Path.Link),
            new BylineView(site.Texts)
            {
                Date = settings.ToLocalTime(found.Post.Date),
                Author = PostSummaryBuilder.AuthorLink(
                    found.Post.Author ?? settings.DefaultAuthor,
                    site,
                    found.Post.IsListedByAuthor
                ),
                Minutes = found.Post.Minutes,
                Comments = null,
            },
            SnippetBuilder.Build(found.Text, query.Terms),
            found.Post.Language
        );

    private static async Task<IResult> RenderAsync(SearchView view, int status = StatusCodes.Status200OK) =>
        new PrivateResult(
            await PageRenderer.RenderAsync(SearchPage.Create(view), view.Site, CancellationToken.None),
            status
        );
}
