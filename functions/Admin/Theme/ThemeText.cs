using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Admin.Theme;

/// <summary>A theme file as text that a browser edits.</summary>
/// <param name="File">Name of the file, one of <see cref="ThemeFiles.Names"/>.</param>
/// <param name="Version">ETag of the file that the author saw; empty for a new file.</param>
/// <param name="Text">The text, with LF line ends.</param>
public sealed record ThemeText(string File, string Version, string Text)
{
    /// <summary>
    /// Decodes a file to text with LF line ends. Null for one over the limit of size, and for one that a browser would
    /// not send back unchanged.
    /// </summary>
    public static string? Decode(string file, byte[] bytes) =>
        bytes.Length <= ThemeFiles.MaxBytesOf(file) ? EditableText.Decode(bytes) : null;
}

/// <summary>Messages beside the form of a theme file.</summary>
public sealed record ThemeMessages
{
    /// <summary>Why nothing was saved; null for none.</summary>
    public string? Problem { get; init; }

    /// <summary>What in the text has no effect or deserves attention, one sentence each; may be empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>True for a text that is shown before it is saved.</summary>
    public bool IsPreview { get; init; }

    /// <summary>The file as somebody else saved it meanwhile; null without a conflict.</summary>
    public string? ConflictingText { get; init; }
}
