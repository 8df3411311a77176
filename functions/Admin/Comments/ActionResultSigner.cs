namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// Signs the result of an action on one comment, so that the list that the browser is redirected to can show it and
/// offer Undo. Without the signature, a link from elsewhere could offer to undo what was never done.
/// </summary>
public sealed class ActionResultSigner(BlogSettings settings, TimeProvider clock)
{
    /// <summary>How long a result can be shown again: 1 hour.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Signature _signature = new(settings, "action-result");

    /// <summary>Signs a result with at most one changed comment.</summary>
    public string Sign(BulkResult result) =>
        _signature.Sign(
            string.Join(
                '.',
                [
                    result.Action.ToString(),
                    result.Skipped.ToString(CultureInfo.InvariantCulture),
                    .. result.Changed.Select(version => version.ToString()),
                ]
            ),
            clock.GetUtcNow() + Lifetime
        );

    /// <summary>
    /// Reads a signed result. Null when it is missing, not signed by this blog or expired; never throws.
    /// </summary>
    public BulkResult? Read(string? token) =>
        _signature.TryRead(token, clock.GetUtcNow(), out var parts, out _)
        && parts is [var name, var skipped, .. var changed]
        && Enum.TryParse<ModeratorAction>(name, out var action)
            ? new BulkResult(
                action,
                CommentVersion.Read(string.Join('.', changed)) is { } version ? [version] : [],
                int.Parse(skipped, CultureInfo.InvariantCulture)
            )
            : null;
}
