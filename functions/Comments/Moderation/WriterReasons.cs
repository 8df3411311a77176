using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Tells the writer of a comment why it is not shown, without what the rules look for: the full reasons, with words and
/// limits, are for moderators.
/// </summary>
public static class WriterReasons
{
    private const string General = "own.why-checked";

    /// <summary>Texts by the names of the rules; all other rules have the general one.</summary>
    private static readonly Dictionary<string, string> ByRule = new(StringComparer.Ordinal)
    {
        ["links"] = "own.why-links",
        ["known writer"] = "own.why-first",
        ["hold all"] = "own.why-all",
    };

    /// <summary>
    /// Returns the reasons, one sentence each; empty for a comment that is shown, waits, or was withdrawn.
    /// </summary>
    /// <param name="texts">The texts of the blog.</param>
    /// <param name="comment">The comment.</param>
    /// <param name="audit">Its audit entries, oldest first.</param>
    public static IReadOnlyList<string> Describe(SiteTexts texts, Comment comment, IReadOnlyList<AuditEntry> audit)
    {
        if (comment.IsWithdrawn || comment.State is CommentState.Approved or CommentState.Waiting)
        {
            return [];
        }

        // A correction of the text is no decision about the state.
        var decisive = audit.LastOrDefault(entry => entry.Trace is not null || entry.From != entry.To);
        IEnumerable<string> keys =
            decisive is null ? [General]
            : decisive.Trace is null ? ["own.why-moderator"]
            : comment.State == CommentState.Spam ? ["own.why-spam"]
            : decisive
                .Trace.Where(finding => finding.Says == CommentState.Held)
                .Select(finding => ByRule.GetValueOrDefault(finding.Rule, General));
        return [.. keys.Distinct().Select(key => texts[key])];
    }
}
