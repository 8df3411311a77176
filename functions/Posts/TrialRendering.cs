namespace ServerlessBlog.Posts;

/// <summary>Renders a body once before it is accepted, so that no reader ever waits for one that cannot be rendered.</summary>
internal static class TrialRendering
{
    private const int MaxHtmlLength = 8 * 1024 * 1024;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    /// <summary>Null when the body can be rendered; else a sentence that says why not.</summary>
    /// <remarks>Markdig cannot be stopped: a rendering over the budget is given up, and ends on its own.</remarks>
    public static async Task<string?> FindProblemAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            var html = await Task.Run(() => PostMarkdown.ToHtml(body), cancellationToken).WaitAsync(Budget, cancellationToken);
            return html.Length > MaxHtmlLength ? $"the page would have {html.Length:N0} characters, more than {MaxHtmlLength:N0}: split the post." : null;
        }
        catch (TimeoutException)
        {
            return $"the body takes longer than {Budget.TotalSeconds} s to render: look for long runs of [ or ( without their ends, or split the post.";
        }
        catch (ArgumentException)
        {
            return "lists, quotes or brackets are nested too deeply: at most 128 levels.";
        }
    }
}
