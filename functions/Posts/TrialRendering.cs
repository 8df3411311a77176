namespace ServerlessBlog.Posts;

/// <summary>Renders a body once before it is accepted, so that no reader ever waits for one that cannot be rendered.</summary>
internal static class TrialRendering
{
    private const int MaxHtmlLength = 8 * 1024 * 1024;

    /// <summary>Ample: what <see cref="MarkdownLimits"/> lets through takes less than 2 s on a machine that has nothing else to do.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    /// <summary>Null when the body can be rendered; else why not.</summary>
    /// <remarks>Markdig cannot be stopped: a rendering over the budget is given up, and ends on its own.</remarks>
    public static async Task<Problem?> FindProblemAsync(PostFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => FindProblem(file), cancellationToken).WaitAsync(Budget, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new Problem(file.FirstLine, 1, $"the text takes longer than {Budget.TotalSeconds} s to render: put blank lines into long paragraphs and tables, or split the post.");
        }
    }

    private static Problem? FindProblem(PostFile file)
    {
        using var html = new BoundedText(MaxHtmlLength);
        try
        {
            if (MarkdownLimits.FindProblem(file.Body, file.FirstLine) is { } problem)
            {
                return problem;
            }

            PostMarkdown.Write(file.Body, html);
            return null;
        }
        catch (InvalidDataException) when (html.IsOver)
        {
            return new Problem(file.FirstLine, 1, $"the page would have more than {MaxHtmlLength:N0} characters: shorten its definitions, or split the post.");
        }
        catch (ArgumentException)
        {
            return new Problem(file.FirstLine, 1, "lists, quotes, brackets or stars are nested too deeply: at most 128 levels.");
        }
#pragma warning disable CA1031 // Whatever Markdig stumbles over, it would again on every page: the author is told.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return new Problem(file.FirstLine, 1, $"the text cannot be rendered ({problem.Message.TrimEnd('.')}): take its newest part out again.");
        }
    }
}
