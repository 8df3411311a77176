namespace ServerlessBlog.Pages;

/// <summary>A page of the comments that everybody sees.</summary>
/// <param name="Threads">Those of this page, in the order they were shown.</param>
/// <param name="Total">How many comments there are on all pages.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="Pages">How many pages there are, at least 1.</param>
/// <param name="Span">Which threads are on this page; null when it has all of them.</param>
/// <param name="EarlierAddress">The page before this one; null on the first.</param>
/// <param name="LaterAddress">The page after this one; null on the last.</param>
/// <param name="HasReplies">Whether comments can be answered.</param>
public sealed record ConversationView(
    IReadOnlyList<CommentView> Threads, int Total, int Page, int Pages, ThreadSpan? Span, string? EarlierAddress, string? LaterAddress, bool HasReplies);
