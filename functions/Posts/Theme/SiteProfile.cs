using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Posts.Theme;

/// <summary>
/// What the owner says about the blog in <c>theme/site.yml</c>. Every value has a default; texts are plain text, and
/// addresses are checked.
/// </summary>
public sealed record SiteProfile
{
    /// <summary>The profile of a blog without <c>theme/site.yml</c>.</summary>
    public static SiteProfile Default { get; } = new();

    /// <summary>A line under the title on the home page; null for none.</summary>
    public string? Tagline { get; init; }

    /// <summary>One or two sentences for search engines and link previews; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The picture beside or instead of the blog's title; null for none.</summary>
    public SiteLogo? Logo { get; init; }

    /// <summary>The path of the picture that the blog's icons are made of; null for the built-in icon.</summary>
    public string? Icon { get; init; }

    /// <summary>Links to the owner's profiles elsewhere; may be empty.</summary>
    public IReadOnlyList<SiteLink> Social { get; init; } = [];

    /// <summary>Further links in the footer; may be empty.</summary>
    public IReadOnlyList<SiteLink> Footer { get; init; } = [];

    /// <summary>
    /// The address to which security problems are reported, a mailto or https URI without spaces; null for none.
    /// </summary>
    public string? SecurityContact { get; init; }

    /// <summary>The language of the blog, a BCP 47 tag; null for that of the texts.</summary>
    public string? Language { get; init; }

    /// <summary>The number of posts on a page of a list: 1 to 50.</summary>
    public int PostsPerPage { get; init; } = PostLists.PageSize;

    /// <summary>True when the home page and the pages of older posts show whole posts instead of excerpts.</summary>
    public bool WholePosts { get; init; }

    /// <summary>True when feeds have excerpts instead of whole posts.</summary>
    public bool FeedExcerpts { get; init; }

    /// <summary>The colour of links and buttons in the light scheme; null for the built-in one.</summary>
    public CssColor? LightAccent { get; init; }

    /// <summary>The colour of links and buttons in the dark scheme; null for the built-in one.</summary>
    public CssColor? DarkAccent { get; init; }

    /// <summary>The description, or else the tagline; null without both.</summary>
    public string? Summary => Description ?? Tagline;
}

/// <summary>The picture beside or instead of the blog's title.</summary>
/// <param name="Address">A path below /media/, or an absolute http or https address.</param>
/// <param name="ReplacesTitle">True when it has the title's place, and the title is its alternative text.</param>
public sealed record SiteLogo(string Address, bool ReplacesTitle);

/// <summary>A link of the footer.</summary>
/// <param name="Name">The link text, plain text.</param>
/// <param name="Url">A path from the root, or an absolute http, https or mailto address.</param>
public sealed record SiteLink(string Name, string Url);
