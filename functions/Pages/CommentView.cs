namespace ServerlessBlog.Pages;

/// <summary>A comment that everybody sees, or the empty place of one that was taken away while others answer it.</summary>
/// <param name="Number">Its number in the conversation, from 1; hidden comments leave gaps.</param>
/// <param name="Author">The name its writer gave.</param>
/// <param name="Face">What stands beside the name; null for an empty place.</param>
/// <param name="IsByAuthor">Whether one of the blog's authors wrote it at the desk.</param>
/// <param name="Website">The writer's website, known to be http or https; null when none was given.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="BodyHtml">Its text, sanitised. Trusted: written as it is. Null for an empty place.</param>
/// <param name="Answers">Whom it answers, where that is not the comment right above; null where it is.</param>
/// <param name="Replies">Those below it.</param>
public sealed record CommentView(
    int Number, string Author, FaceView? Face, bool IsByAuthor, string? Website, DateTimeOffset Date, string? BodyHtml, LinkView? Answers, IReadOnlyList<CommentView> Replies);
