using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>View of the form for a reply or a correction.</summary>
/// <param name="Address">Address that the form posts to.</param>
/// <param name="Item">Form value of the comment, see <see cref="CommentVersion"/>.</param>
/// <param name="Button">Text of the button.</param>
/// <param name="Field">Field of the text; its name is also the value of act.</param>
public sealed record ReplyFormView(string Address, string Item, string Button, FieldView Field);
