namespace ServerlessBlog.Pages;

/// <summary>A post in a feed.</summary>
/// <param name="Id">Stays the same when its address changes, so that nobody is shown it twice.</param>
/// <param name="Link">Its page.</param>
/// <param name="Title">As text.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Updated">When its file last became another one.</param>
/// <param name="Tags">In the author's order.</param>
/// <param name="Summary">As text; null when there is none.</param>
/// <param name="Html">The whole text.</param>
public sealed record FeedItem(
    string Id, string Link, string Title, string Author, DateTimeOffset Published, DateTimeOffset Updated, IReadOnlyList<string> Tags, string? Summary, string Html);
