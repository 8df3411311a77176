using ServerlessBlog.Media;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Finds another post that is a translation into the same language.</summary>
public sealed class TranslationCheck(IPostLookup posts, IThemeLookup theme)
{
    /// <summary>Returns a note for each public post with the same translation key and language, at most 5.</summary>
    public async Task<IReadOnlyList<string>> NoteSameLanguageAsync(Post post, CancellationToken cancellationToken)
    {
        const int maxNotes = 5;
        if (post.Metadata.TranslationKey is not { } key)
        {
            return [];
        }

        var others = await posts.FindTranslationsAsync(key, cancellationToken);
        if (others.All(other => other.Id == post.Id))
        {
            return [];
        }

        var language = (await SiteTextsProvider.ReadAsync(theme)).Texts.Language;
        var own = post.Metadata.Language ?? language;
        return
        [
            .. others
                .Where(other =>
                    other.Id != post.Id
                    && string.Equals(other.Language ?? language, own, StringComparison.OrdinalIgnoreCase)
                )
                .Take(maxNotes)
                .Select(other =>
                    $"{other.Source} has the same 'translationKey' and the same language, {own}: translations link to "
                    + "the older of the two. Write another 'lang' or 'translationKey' in one of them."
                ),
        ];
    }
}
