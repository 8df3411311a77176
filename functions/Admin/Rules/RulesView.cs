using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Rules;

/// <summary>The rules that comments are judged by.</summary>
public sealed record RulesView
{
    /// <summary>What every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>Who saved them when, in the blog's time zone; null where the environment's count.</summary>
    public required (string By, DateTimeOffset Time)? Saved { get; init; }

    /// <summary>Of what is saved; empty for nothing.</summary>
    public required string Version { get; init; }

    /// <summary>The rules that are on or off.</summary>
    public required IReadOnlyList<CheckboxView> Switches { get; init; }

    /// <summary>The other rules.</summary>
    public required IReadOnlyList<FieldView> Fields { get; init; }

    /// <summary>What is wrong with all of it; null for nothing.</summary>
    public required string? Problem { get; init; }

    /// <summary>What they would change; null when nobody asked.</summary>
    public required DryRunResult? DryRun { get; init; }

    /// <summary>What has just been done; null for nothing.</summary>
    public required string? Done { get; init; }
}
