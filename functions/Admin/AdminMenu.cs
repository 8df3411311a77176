using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin;

/// <summary>The menu of the admin area, with the numbers of what waits for somebody.</summary>
public sealed class AdminMenu(CommentLists comments, ReportFiles reports)
{
    /// <summary>Counting stops here: each count reads rows, and "99+" is enough.</summary>
    public const int MaxCount = 100;

    /// <summary>Reads the numbers, one storage call each, and returns the menu in the language of the blog.</summary>
    public async Task<IReadOnlyList<LinkView>> ReadAsync(SiteTexts texts, CancellationToken cancellationToken)
    {
        var (held, refused) = (
            comments.CountAsync(CommentState.Held, MaxCount, cancellationToken),
            await reports.CountRefusedAsync(MaxCount, cancellationToken)
        );
        return
        [
            new(texts["admin.comments"], AdminPaths.Home, FormatUnlessZero(await held)),
            new(texts["admin.posts"], AdminPaths.Posts),
            new(texts["admin.rules"], AdminPaths.Rules),
            new(texts["admin.mail"], AdminPaths.Mail),
            new(texts["admin.site"], AdminPaths.Site),
            new(texts["admin.theme"], AdminPaths.Theme),
            new(texts["admin.failures"], AdminPaths.Failures, FormatUnlessZero(refused)),
        ];
    }

    /// <summary>Formats a count; from <see cref="MaxCount"/> on as "99+".</summary>
    public static string Format(int count) => FormatUpTo(MaxCount, count);

    /// <summary>Formats a count that stops at <paramref name="most"/>; from there on as "999+".</summary>
    public static string FormatUpTo(int most, int count) =>
        count < most
            ? count.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{most - 1}+");

    private static string? FormatUnlessZero(int count) => count == 0 ? null : Format(count);
}
