using ServerlessBlog.Comments;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// A comment in the version that a moderator saw, as forms send it. An action applies to this version only.
/// </summary>
/// <param name="Comment">The comment.</param>
/// <param name="Version">
/// Version that the moderator saw, see <see cref="ServerlessBlog.Comments.Comment.Version"/>.
/// </param>
/// <param name="PreviousState">State before the last action, for Undo; null when there is nothing to undo.</param>
public sealed record CommentVersion(CommentKey Comment, int Version, CommentState? PreviousState = null)
{
    /// <summary>Parses the format of <see cref="ToString"/>. Null for any other text; never throws.</summary>
    public static CommentVersion? Read(string? text)
    {
        CommentState? previous = null;
        if (
            text?.Split('.') is not [var key, var version, .. { Length: <= 1 } rest]
            || !CommentKey.TryParse(key, out var comment)
            || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || (rest is [var name] && (previous = ParseState(name)) is null)
        )
        {
            return null;
        }

        return new CommentVersion(comment, number, previous);
    }

    /// <summary>
    /// Parses the name of a state, case-insensitively. Null for any other text, such as a number; never throws.
    /// </summary>
    public static CommentState? ParseState(string? name) =>
        name?.All(char.IsAsciiLetter) is true && Enum.TryParse<CommentState>(name, ignoreCase: true, out var state)
            ? state
            : null;

    /// <summary>Key, version and, when known, previous state, separated by dots.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Comment}.{Version}{(PreviousState is { } previous ? $".{previous}" : "")}"
        );
}
