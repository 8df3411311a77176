using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>A form in which a moderator writes something about a comment.</summary>
/// <param name="Address">Where it posts to.</param>
/// <param name="Item">The comment, as the moderator sees it.</param>
/// <param name="Button">What its button says.</param>
/// <param name="Field">Where it is written; its name is the act's, too.</param>
public sealed record ReplyFormView(string Address, string Item, string Button, FieldView Field);
