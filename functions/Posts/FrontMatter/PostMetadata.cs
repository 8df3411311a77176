namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>A post's front matter, read and checked.</summary>
public sealed record PostMetadata
{
    /// <summary>1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Its name in the address.</summary>
    public required Slug Slug { get; init; }

    /// <summary>True: a static page, which stands at /{slug} and in no list of posts.</summary>
    public bool IsPage { get; init; }

    /// <summary>Where a page stands in the menu: the lowest first, from 0; null: after those that say.</summary>
    public int? Weight { get; init; }

    /// <summary>Whether it is in the menu. Of posts always false.</summary>
    public bool InMenu { get; init; }

    /// <summary>Where it stands, whatever the setting says; null: where the setting says.</summary>
    public SitePath? Url { get; init; }

    /// <summary>Old addresses that are to lead here, at most 30.</summary>
    public IReadOnlyList<SitePath> Aliases { get; init; } = [];

    /// <summary>Null: from when the file came.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>From when on it is gone; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>From when on readers are told that it is out of date; null: never.</summary>
    public DateTimeOffset? Outdated { get; init; }

    /// <summary>At most 20, each at most 50 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The series it is a part of, at most 100 characters; null for none.</summary>
    public string? Series { get; init; }

    /// <summary>At most 1,000 characters; null when not given.</summary>
    public string? Summary { get; init; }

    /// <summary>True: not for readers.</summary>
    public bool Draft { get; init; }

    /// <summary>True: stands out in lists, with its picture.</summary>
    public bool Featured { get; init; }

    /// <summary>True: stays on top of the home page.</summary>
    public bool Pinned { get; init; }

    /// <summary>Whether it has a table of contents; null: when it has three headings.</summary>
    public bool? Contents { get; init; }

    /// <summary>The language it is written in, a BCP 47 tag; null: the blog's.</summary>
    public string? Language { get; init; }

    /// <summary>At most 100 characters; null: the blog's first author.</summary>
    public string? Author { get; init; }

    /// <summary>The picture under the title; null when not given.</summary>
    public PostPicture? Picture { get; init; }

    /// <summary>False: nobody may comment.</summary>
    public bool Comments { get; init; } = true;
}
