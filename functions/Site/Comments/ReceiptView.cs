namespace ServerlessBlog.Site.Comments;

/// <summary>View of the visitor's own comment after sending it. Other readers do not see it.</summary>
/// <param name="State">State; completes "Your comment is ...", for example "waiting for moderation".</param>
/// <param name="BodyHtml">Sanitised HTML of the text, written without encoding.</param>
/// <param name="Author">Name of the writer.</param>
/// <param name="Date">Time of writing, in the blog's time zone.</param>
/// <param name="OwnAddress">Address of the page where its writer can change, withdraw and erase it.</param>
public sealed record ReceiptView(string State, string BodyHtml, string Author, DateTimeOffset Date, string OwnAddress);
