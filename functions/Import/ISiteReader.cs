using ServerlessBlog.Export;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Import;

/// <summary>Reads the site of another engine as files that this blog takes, and its comments.</summary>
internal interface ISiteReader
{
    /// <summary>Reads all files: posts, pages, media, and what is left out.</summary>
    IEnumerable<ConvertedFile> ReadFiles();

    /// <summary>Reads all comments, after the files.</summary>
    IEnumerable<ConvertedComment> ReadComments();
}

/// <summary>A file of another engine as this blog takes it.</summary>
/// <param name="Source">Where it comes from, for the report.</param>
internal sealed record ConvertedFile(string Source)
{
    /// <summary>The container: posts or media. Empty when the file is left out.</summary>
    public string Container { get; init; } = "";

    /// <summary>The name of the blob.</summary>
    public string Name { get; init; } = "";

    /// <summary>The text of the file; null when the file at <see cref="Path"/> is taken as it is.</summary>
    public string? Text { get; init; }

    /// <summary>The path of the file that is taken as it is; null when there is a <see cref="Text"/>.</summary>
    public string? Path { get; init; }

    /// <summary>What is not as it was, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the file is left out; null when it is imported.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// Whether nobody misses it: a template or a setting of the other engine, which no reader ever saw.
    /// </summary>
    public bool IsMachinery { get; init; }
}

/// <summary>A comment of another engine.</summary>
/// <param name="Source">Where it comes from, for the report.</param>
/// <param name="File">The name of the post's file in this blog; null when there is no such post.</param>
/// <param name="Comment">The comment; null when it cannot be read.</param>
internal sealed record ConvertedComment(string Source, string? File, ExportedComment? Comment)
{
    /// <summary>Why it is left out; null when there is a comment and a post.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// The post, whether or not there is a file of it: comments of a post that was deleted are kept, and come back with
    /// it. Null when only the file says which post it is.
    /// </summary>
    public PostId? Post { get; init; }

    /// <summary>Whether what is left out is no comment of a person, such as a pingback.</summary>
    public bool IsNotNeeded { get; init; }

    /// <summary>What is not as it was, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
