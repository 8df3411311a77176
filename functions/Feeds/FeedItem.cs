namespace ServerlessBlog.Feeds;

/// <summary>A post in a feed.</summary>
public sealed record FeedItem
{
    /// <summary>Stays the same when its address changes, so that nobody is shown it twice.</summary>
    public required string Id { get; init; }

    /// <summary>Its page.</summary>
    public required string Link { get; init; }

    /// <summary>As text.</summary>
    public required string Title { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string Author { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>When its file last became another one.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>In the author's order.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>As text; null when there is none.</summary>
    public required string? Summary { get; init; }

    /// <summary>The whole text.</summary>
    public required string Html { get; init; }
}
