using System.Globalization;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Admin.Comments;

/// <summary>A comment as a moderator saw it: an act is for that, not for what somebody else has made of it meanwhile.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Version">Its version then, see <see cref="ServerlessBlog.Comments.Comment.Version"/>.</param>
/// <param name="Back">What it was before; null where nothing is to be undone.</param>
public sealed record CommentVersion(CommentKey Comment, int Version, CommentState? Back = null)
{
    /// <summary>Reads what <see cref="ToString"/> wrote. Null for anything else; never throws.</summary>
    public static CommentVersion? Read(string? text)
    {
        CommentState? back = null;
        if (
            text?.Split('.') is not [var key, var version, .. { Length: <= 1 } rest]
            || !CommentKey.TryParse(key, out var comment)
            || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || (rest is [var word] && (back = StateOf(word)) is null)
        )
        {
            return null;
        }

        return new CommentVersion(comment, number, back);
    }

    /// <summary>The state of this name. Null for none; never throws.</summary>
    public static CommentState? StateOf(string? word) =>
        word?.All(char.IsAsciiLetter) is true && Enum.TryParse<CommentState>(word, ignoreCase: true, out var state)
            ? state
            : null;

    /// <summary>Its parts with dots between.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Comment}.{Version}{(Back is { } back ? $".{back}" : "")}");
}
