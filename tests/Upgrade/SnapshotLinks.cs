using System.Text.RegularExpressions;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>Reads addresses and forms as people hold them.</summary>
internal static partial class SnapshotLinks
{
    /// <summary>The key of the comment that a signed link is about.</summary>
    public static string KeyIn(string link) => Key().Match(link).Value;

    /// <summary>What a moderator's form on a comment's page sends to say which comment was seen.</summary>
    public static string ItemIn(string page) => Item().Match(page).Groups[1].Value;

    /// <summary>What a moderator's page sends to undo what it says was done.</summary>
    public static string UndoIn(string page) => Undo().Match(page).Groups[1].Value;

    /// <summary>The path of the link in a mail that approves a comment.</summary>
    public static string ApproveIn(string mail) => Approve().Match(mail).Groups[1].Value;

    [GeneratedRegex("[0-9a-f]{32}-[0-9a-f]{32}")]
    private static partial Regex Key();

    [GeneratedRegex("Approve it:\\s+http://blog\\.test(/moderate/\\S+)")]
    private static partial Regex Approve();

    [GeneratedRegex("type=\"hidden\" name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Undo();

    [GeneratedRegex("name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Item();
}
