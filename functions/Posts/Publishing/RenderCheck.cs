using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Renders a body once before it is accepted, so that a body that cannot be rendered never reaches a reader's request.
/// </summary>
internal static class RenderCheck
{
    /// <summary>
    /// The time limit. Ample: a body within <see cref="MarkdownLimits"/> takes less than 2 s on an otherwise idle
    /// machine.
    /// </summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Renders the body to HTML, with notes for the author, or finds the reason why it cannot be rendered.
    /// </summary>
    /// <remarks>
    /// Markdig does not support cancellation: a render over the time limit is abandoned and ends in the background.
    /// </remarks>
    public static async Task<RenderCheckResult> RunAsync(PostFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => Run(file), cancellationToken).WaitAsync(TimeLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Refused(
                file,
                $"the text takes longer than {TimeLimit.TotalSeconds} s to render: put blank lines into "
                    + "long paragraphs and tables, or split the post."
            );
        }
    }

    private static RenderCheckResult Run(PostFile file)
    {
        using var html = new LimitedStringWriter(PostDocument.MaxHtmlLength);
        try
        {
            if (!file.IsHtml && MarkdownLimits.FindProblem(file.Body, file.FirstLine) is { } problem)
            {
                return new RenderCheckResult(null, problem, []);
            }

            return Render(file, html);
        }
        catch (InvalidDataException)
        {
            return Refused(
                file,
                $"the page would have more than {PostDocument.MaxHtmlLength:N0} characters: shorten its definitions, "
                    + "or split the post."
            );
        }
        catch (ArgumentException)
        {
            return Refused(file, "lists, quotes, brackets or stars are nested too deeply: at most 128 levels.");
        }
#pragma warning disable CA1031 // A failure in Markdig would recur on every render of the page: report it to the author.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return Refused(
                file,
                $"the text cannot be rendered ({problem.Message.TrimEnd('.')}): take its newest part out again."
            );
        }
    }

    private static RenderCheckResult Render(PostFile file, LimitedStringWriter html)
    {
        var document = new PostDocument(file.Body, isHtml: file.IsHtml);
        if (document.Refusal is { } refusal)
        {
            return new RenderCheckResult(null, refusal with { Line = refusal.Line + file.FirstLine - 1 }, []);
        }

        var digest = document.Digest;
        var notes = document.Write(html, LinkResolver.ForPage(""), new Dictionary<string, ResponsiveImage>());
        return new RenderCheckResult(
            html.ToString(),
            null,
            [.. notes.Select(note => (note with { Line = note.Line + file.FirstLine - 1 }).ToString())]
        )
        {
            Digest = digest,
            References = document.References,
            Anchors = document.Anchors,
        };
    }

    private static RenderCheckResult Refused(PostFile file, string sentence) =>
        new(null, new Problem(file.FirstLine, 1, sentence), []);
}

/// <summary>The result of rendering a body once.</summary>
/// <param name="Html">The HTML; null when the body cannot be rendered.</param>
/// <param name="Problem">The reason why the body cannot be rendered; null when it can.</param>
/// <param name="Notes">Hints for the author, one sentence each.</param>
internal sealed record RenderCheckResult(string? Html, Problem? Problem, IReadOnlyList<string> Notes)
{
    /// <summary>The excerpt and reading time; null when the body cannot be rendered.</summary>
    public PostDigest? Digest { get; init; }

    /// <summary>The addresses of the text, with positions in the body.</summary>
    public IReadOnlyList<PostReference> References { get; init; } = [];

    /// <summary>The ids of the text's elements.</summary>
    public IReadOnlySet<string> Anchors { get; init; } = new HashSet<string>();
}
