namespace ServerlessBlog.Posts;

/// <summary>A post's front matter, read and checked.</summary>
public sealed record PostHead
{
    /// <summary>1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Its name in the address.</summary>
    public required Slug Slug { get; init; }

    /// <summary>Null: from when the file came.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>At most 20, each at most 50 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>At most 1,000 characters; null when not given.</summary>
    public string? Summary { get; init; }

    /// <summary>True: not for readers.</summary>
    public bool Draft { get; init; }

    /// <summary>At most 100 characters; null: the blog's first author.</summary>
    public string? Author { get; init; }

    /// <summary>The picture under the title; null when not given.</summary>
    public PostPicture? Picture { get; init; }

    /// <summary>False: nobody may comment.</summary>
    public bool Comments { get; init; } = true;
}
