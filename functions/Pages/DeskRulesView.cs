using ServerlessBlog.Desk;

namespace ServerlessBlog.Pages;

/// <summary>The rules that comments are judged by.</summary>
public sealed record DeskRulesView
{
    /// <summary>What every page shows.</summary>
    public required Frame Frame { get; init; }

    /// <summary>Who saved them when, in the blog's time zone; null where the environment's count.</summary>
    public required (string By, DateTimeOffset Time)? Saved { get; init; }

    /// <summary>Of what is saved; empty for nothing.</summary>
    public required string Version { get; init; }

    /// <summary>Whether every comment is held.</summary>
    public required bool HoldsAll { get; init; }

    /// <summary>Whether the first comment of a writer is held.</summary>
    public required bool HoldsFirst { get; init; }

    /// <summary>All else.</summary>
    public required IReadOnlyList<FieldView> Fields { get; init; }

    /// <summary>What is wrong with all of it; null for nothing.</summary>
    public required string? Problem { get; init; }

    /// <summary>What they would change; null when nobody asked.</summary>
    public required RuleTried? Tried { get; init; }

    /// <summary>What has just been done; null for nothing.</summary>
    public required string? Done { get; init; }
}
