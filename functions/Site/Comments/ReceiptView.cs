namespace ServerlessBlog.Site.Comments;

/// <summary>What the writer of a comment, and nobody else, sees of it after sending it.</summary>
/// <param name="State">Completes "Your comment is ...", for example "waiting for moderation".</param>
/// <param name="BodyHtml">Its text, sanitised. Trusted: written as it is.</param>
/// <param name="Author">The name its writer gave.</param>
/// <param name="Date">When it was written, in the blog's time zone.</param>
/// <param name="OwnAddress">Where its writer can change it, or take it back.</param>
public sealed record ReceiptView(string State, string BodyHtml, string Author, DateTimeOffset Date, string OwnAddress);
