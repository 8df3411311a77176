namespace ServerlessBlog.Feeds;

/// <summary>The newest posts in full, whatever format they go out in. All addresses are absolute.</summary>
/// <param name="Title">The blog's name.</param>
/// <param name="Link">The home page.</param>
/// <param name="Items">Newest first.</param>
public sealed record Feed(string Title, string Link, IReadOnlyList<FeedItem> Items);
