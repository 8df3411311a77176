using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Renders a body once before it is accepted, so that no reader ever waits for one that cannot be rendered.</summary>
internal static class RenderCheck
{
    private const int MaxHtmlLength = 8 * 1024 * 1024;

    /// <summary>Ample: what <see cref="MarkdownLimits"/> lets through takes less than 2 s on a machine that has nothing else to do.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    /// <summary>The HTML of the body and what is to be said of it, or why it cannot be rendered.</summary>
    /// <remarks>Markdig cannot be stopped: a rendering over the budget is given up, and ends on its own.</remarks>
    public static async Task<RenderCheckResult> RunAsync(PostFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => Run(file), cancellationToken).WaitAsync(Budget, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Refused(
                file,
                $"the text takes longer than {Budget.TotalSeconds} s to render: put blank lines into long paragraphs and tables, or split the post."
            );
        }
    }

    private static RenderCheckResult Run(PostFile file)
    {
        using var html = new LimitedStringWriter(MaxHtmlLength);
        try
        {
            if (MarkdownLimits.FindProblem(file.Body, file.FirstLine) is { } problem)
            {
                return new RenderCheckResult(null, problem, []);
            }

            var document = new PostDocument(file.Body);
            var digest = document.Digest;
            var notes = document.Write(html, LinkResolver.OnPage(""), new Dictionary<string, ResponsiveImage>());
            return new RenderCheckResult(
                html.ToString(),
                null,
                [.. notes.Select(note => (note with { Line = note.Line + file.FirstLine - 1 }).ToString())]
            )
            {
                Digest = digest,
            };
        }
        catch (InvalidDataException) when (html.IsOver)
        {
            return Refused(
                file,
                $"the page would have more than {MaxHtmlLength:N0} characters: shorten its definitions, or split the post."
            );
        }
        catch (ArgumentException)
        {
            return Refused(file, "lists, quotes, brackets or stars are nested too deeply: at most 128 levels.");
        }
#pragma warning disable CA1031 // Whatever Markdig stumbles over, it would again on every page: the author is told.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return Refused(
                file,
                $"the text cannot be rendered ({problem.Message.TrimEnd('.')}): take its newest part out again."
            );
        }
    }

    private static RenderCheckResult Refused(PostFile file, string sentence) =>
        new(null, new Problem(file.FirstLine, 1, sentence), []);
}
