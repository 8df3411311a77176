using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Letters.Endpoints;

/// <summary>The view model of the page on which a recipient manages their letters. It never shows an address.</summary>
/// <param name="Site">The site layout.</param>
public sealed record LettersView(SiteLayout Site)
{
    /// <summary>Whether the recipient has confirmed their address.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>Whether the page comes after a choice.</summary>
    public required bool IsSaved { get; init; }

    /// <summary>Whether the page is about new posts.</summary>
    public required bool IsAboutPosts { get; init; }

    /// <summary>The tags of which new posts are wanted, separated by commas; empty for all.</summary>
    public required string Tags { get; init; }

    /// <summary>The post with the conversation; null when the page is about none, or the post is gone.</summary>
    public required LinkView? Post { get; init; }

    /// <summary>What they want of the conversation, see <see cref="LetterChoices"/>.</summary>
    public required string Wish { get; init; }

    /// <summary>The address that the forms post to.</summary>
    public required string ActionAddress { get; init; }
}
