using ServerlessBlog.Search.Queries;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Search;

/// <summary>View of the page of a search.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Query">What was written in the form; empty at first.</param>
public sealed record SearchView(SiteLayout Site, string Query)
{
    /// <summary>What was found, in a few words; null before a search.</summary>
    public string? Message { get; init; }

    /// <summary>Why nothing was searched for, and what to do; null when there is no reason.</summary>
    public string? Problem { get; init; }

    /// <summary>The posts of this page, the best first.</summary>
    public IReadOnlyList<SearchResult> Results { get; init; } = [];

    /// <summary>Links to the newest posts, when nothing was found.</summary>
    public IReadOnlyList<LinkView> Newest { get; init; } = [];

    /// <summary>The number of the page, from 1.</summary>
    public int PageNumber { get; init; } = 1;

    /// <summary>Whether there is a next page.</summary>
    public bool HasNext { get; init; }

    /// <summary>The address of a page of this search.</summary>
    public string LinkTo(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{SearchPageRenderer.Path}?q={Uri.EscapeDataString(Query)}{(number > 1 ? $"&page={number}" : "")}"
        );
}

/// <summary>A post that a search has found.</summary>
/// <param name="Title">Its title and address.</param>
/// <param name="Byline">Its date, author and reading time.</param>
/// <param name="Snippet">A part of its text, with the words that were searched for marked.</param>
/// <param name="Language">Its language, a BCP 47 tag; null for that of the blog.</param>
public sealed record SearchResult(
    LinkView Title,
    BylineView Byline,
    IReadOnlyList<SnippetPart> Snippet,
    string? Language
)
{
    /// <summary>The direction of its language; null for that of the blog.</summary>
    public string? Direction => PostSummaryBuilder.DirectionOf(Language);
}
