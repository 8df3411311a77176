namespace ServerlessBlog.Posts;

/// <summary>A post as one of several that say the same in different languages.</summary>
/// <param name="Post">The post's id.</param>
/// <param name="Language">Its language, a BCP 47 tag.</param>
/// <param name="Link">Its path, encoded.</param>
public sealed record Translation(PostId Post, string Language, string Link)
{
    /// <summary>Creates the translation of a public post.</summary>
    /// <param name="post">The post.</param>
    /// <param name="blogLanguage">The language of posts that name none.</param>
    public static Translation From(ListedPost post, string blogLanguage) =>
        new(post.Id, post.Language ?? blogLanguage, post.Path.Link);

    /// <summary>
    /// Selects the translations that the page of a post links to, itself included: one for each language, the oldest.
    /// Empty when there is no other language, and for a post that is not among them, such as a draft.
    /// </summary>
    /// <param name="post">The post.</param>
    /// <param name="translations">All posts with its translation key, oldest first.</param>
    public static IReadOnlyList<Translation> SelectFor(PostId post, IReadOnlyList<Translation> translations)
    {
        if (translations.FirstOrDefault(translation => translation.Post == post) is not { } own)
        {
            return [];
        }

        var selected = translations
            .Where(other => other == own || !IsSameLanguage(other, own))
            .DistinctBy(translation => translation.Language, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return selected.Count > 1 ? selected : [];
    }

    /// <summary>
    /// Selects the translation for readers whose language is none of theirs (<c>x-default</c>): that in the language of
    /// the blog, else the oldest.
    /// </summary>
    /// <param name="selected">At least one translation, oldest first.</param>
    /// <param name="blogLanguage">The language of the blog.</param>
    public static Translation SelectDefault(IReadOnlyList<Translation> selected, string blogLanguage) =>
        selected.FirstOrDefault(translation =>
            string.Equals(translation.Language, blogLanguage, StringComparison.OrdinalIgnoreCase)
        ) ?? selected[0];

    private static bool IsSameLanguage(Translation one, Translation other) =>
        string.Equals(one.Language, other.Language, StringComparison.OrdinalIgnoreCase);
}
