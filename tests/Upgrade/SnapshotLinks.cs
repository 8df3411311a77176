using System.Text.RegularExpressions;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>Extracts links and form values from pages, mails and signed links.</summary>
internal static partial class SnapshotLinks
{
    /// <summary>The key of the comment of a signed link: {post}-{comment}.</summary>
    public static string KeyIn(string link) => Key().Match(link).Value;

    /// <summary>The value of the form field that says which version of the comment a moderator has seen.</summary>
    public static string ItemIn(string page) => Item().Match(page).Groups[1].Value;

    /// <summary>The value of the form field that undoes the decision that a page in the admin area reports.</summary>
    public static string UndoIn(string page) => Undo().Match(page).Groups[1].Value;

    /// <summary>The path of the link that approves the comment of a notification mail.</summary>
    public static string ApproveIn(string mail) => Approve().Match(mail).Groups[1].Value;

    [GeneratedRegex("[0-9a-f]{32}-[0-9a-f]{32}")]
    private static partial Regex Key();

    [GeneratedRegex("Approve it[^\n]*:\\s+http://blog\\.test(/moderate/\\S+)")]
    private static partial Regex Approve();

    [GeneratedRegex("type=\"hidden\" name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Undo();

    [GeneratedRegex("name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Item();
}
