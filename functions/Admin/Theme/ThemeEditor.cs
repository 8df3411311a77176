using ServerlessBlog.Media;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Admin.Theme;

/// <summary>Checks and saves a theme file. The result has the text as it was sent: nothing typed is lost.</summary>
public sealed class ThemeEditor(ThemeFiles theme, ThemeCheck check, SiteTextsProvider words)
{
    /// <summary>Checks the text as its upload would be checked.</summary>
    public async Task<ThemeMessages> CheckAsync(ThemeText sent, CancellationToken cancellationToken)
    {
        if (ThemeCheck.FindSizeProblem(sent.File, Encoding.UTF8.GetByteCount(sent.Text)) is { } tooLarge)
        {
            return new ThemeMessages { Problem = tooLarge };
        }

        var (problem, notes) = await check.CheckAsync(ThemeFiles.PathOf(sent.File), sent.Text, cancellationToken);
        return new ThemeMessages { Problem = problem, Notes = notes };
    }

    /// <summary>Saves a text unless it would not be used at all, or the file was changed meanwhile.</summary>
    /// <returns>
    /// The ETag of the saved file; null when nothing was saved. After a conflict the text has the current version:
    /// saving it again replaces what the messages show.
    /// </returns>
    public async Task<(string? SavedVersion, ThemeText Text, ThemeMessages Messages)> SaveAsync(
        ThemeText sent,
        CancellationToken cancellationToken
    )
    {
        var messages = await CheckAsync(sent, cancellationToken);
        if (messages.Problem is not null)
        {
            return (null, sent, messages);
        }

        if (await theme.WriteAsync(sent.File, sent.Text, sent.Version, cancellationToken) is { } version)
        {
            return (version, sent, messages);
        }

        var now = await theme.FindAsync(sent.File, cancellationToken);
        var texts = await words.CurrentAsync(cancellationToken);
        return (
            null,
            sent with
            {
                Version = now?.Version ?? "",
            },
            messages with
            {
                Problem = texts["editor.meanwhile"],
                ConflictingText = now is null
                    ? ""
                    : ThemeText.Decode(sent.File, now.Bytes) ?? texts["editor.not-shown"],
            }
        );
    }
}
