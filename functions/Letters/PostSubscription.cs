using ServerlessBlog.Posts;

namespace ServerlessBlog.Letters;

/// <summary>What a recipient gets of new posts.</summary>
/// <param name="Tags">The keys of the tags of which they want posts; empty for all posts.</param>
/// <param name="IsWeekly">Whether they get one letter a week; false for one with each post.</param>
/// <param name="Since">When they entered it: they get posts from then on.</param>
public sealed record PostSubscription(IReadOnlyList<string> Tags, bool IsWeekly, DateTimeOffset Since)
{
    /// <summary>The maximum number of tags: 20.</summary>
    public const int MaxTags = 20;

    /// <summary>Whether they want a post with these tags.</summary>
    public bool Wants(IEnumerable<string> tags) =>
        Tags.Count == 0 || tags.Any(tag => Tags.Contains(Tag.Parse(tag).Key));
}
