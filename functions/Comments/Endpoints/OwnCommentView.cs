using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>What the writer of a comment sees of it, by the link that came with it.</summary>
public sealed record OwnCommentView
{
    /// <summary>What every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>Completes "Your comment is ...".</summary>
    public required string State { get; init; }

    /// <summary>Whether another text waits to be judged.</summary>
    public required bool IsRevised { get; init; }

    /// <summary>Why it is in its state, one sentence each; may be empty.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The title of the post it was written to.</summary>
    public required string PostTitle { get; init; }

    /// <summary>Where it stands, or is to stand.</summary>
    public required string PostPath { get; init; }

    /// <summary>When it was written, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Its text, sanitised. Trusted: written as it is.</summary>
    public required string BodyHtml { get; init; }

    /// <summary>The field to change the text; null when that is over.</summary>
    public required FieldView? Text { get; init; }

    /// <summary>Whether it was taken back.</summary>
    public required bool IsWithdrawn { get; init; }

    /// <summary>Whether nothing is left of it.</summary>
    public required bool IsErased { get; init; }

    /// <summary>Where the buttons post to.</summary>
    public required string ActionAddress { get; init; }

    /// <summary>Why the text was not changed, where there is no field any more to say it at; null for nothing.</summary>
    public string? Problem { get; init; }
}
