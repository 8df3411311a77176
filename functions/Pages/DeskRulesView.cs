using ServerlessBlog.Desk;

namespace ServerlessBlog.Pages;

/// <summary>The rules that comments are judged by.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="Saved">Who saved them when, in the blog's time zone; null where the environment's count.</param>
/// <param name="Version">Of what is saved; empty for nothing.</param>
/// <param name="HoldsAll">Whether every comment is held.</param>
/// <param name="HoldsFirst">Whether the first comment of a writer is held.</param>
/// <param name="Fields">All else.</param>
/// <param name="Problem">What is wrong with all of it; null for nothing.</param>
/// <param name="Tried">What they would change; null when nobody asked.</param>
/// <param name="Done">What has just been done; null for nothing.</param>
public sealed record DeskRulesView(
    Frame Frame,
    (string By, DateTimeOffset Time)? Saved,
    string Version,
    bool HoldsAll,
    bool HoldsFirst,
    IReadOnlyList<FieldView> Fields,
    string? Problem,
    RuleTried? Tried,
    string? Done)
{
    /// <summary>Where the page is.</summary>
    public const string Address = "/moderate/rules/edit";
}
