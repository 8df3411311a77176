using System.Diagnostics.CodeAnalysis;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>The name of a Markdown file in the container <c>posts</c>: 4 to 500 characters, folders apart by slashes, <c>.md</c> at its end.</summary>
public readonly record struct PostFileName
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 500;

    /// <summary>How it ends, in upper or lower case.</summary>
    public const string Ending = ".md";

    private readonly string? _text;

    private PostFileName(string text) => _text = text;

    /// <summary>
    /// Whether it is of letters without accents, digits, hyphens, underscores and inner dots alone: what a new file may be called, because it needs no
    /// escaping anywhere.
    /// </summary>
    public bool IsPlain =>
        ToString()
            .Split('/')
            .All(part =>
                part is not ("" or ['.', ..])
                && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            );

    /// <summary>Reads text from outside. False when no post has such a name; never throws.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PostFileName name)
    {
        var valid =
            text is { Length: > 3 and <= MaxLength }
            && text.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
            && !text.Any(char.IsControl)
            && !text.Split('/', '\\').Any(part => part is "" or "." or "..");
        name = valid ? new PostFileName(text!) : default;
        return valid;
    }

    /// <summary>The name that a new post of this title is given: "My first post" gives "my-first-post.md". False when the title has nothing to make one of.</summary>
    public static bool TryOfTitle(string title, out PostFileName name)
    {
        name = default;
        return Slug.TryFromFileName(title.Replace('/', ' ') + Ending, out var slug)
            && TryParse(slug + Ending, out name);
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";
}
