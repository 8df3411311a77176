using ServerlessBlog.Comments;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Creates the forms of the page of one comment, empty or with a draft that was refused.</summary>
internal static class ReplyForms
{
    /// <summary>The form to reply to a comment.</summary>
    public static ReplyFormView ForReply(SiteTexts texts, Comment comment, ReplyDraft? draft) =>
        FormFor(
            texts,
            comment,
            ReplyDraft.Reply,
            texts[comment.State == CommentState.Approved ? "admin.reply" : "admin.approve-and-reply"],
            texts["admin.your-reply"],
            texts["admin.reply-hint"],
            "",
            draft
        );

    /// <summary>The form to correct the text of a comment.</summary>
    public static ReplyFormView ForCorrection(SiteTexts texts, Comment comment, ReplyDraft? draft) =>
        FormFor(
            texts,
            comment,
            ReplyDraft.Correct,
            texts["admin.correct"],
            texts["admin.corrected"],
            texts["admin.correct-hint"],
            comment.Body.ToEditableText(),
            draft
        );

    private static ReplyFormView FormFor(
        SiteTexts texts,
        Comment comment,
        string action,
        string button,
        string label,
        string hint,
        string text,
        ReplyDraft? draft
    )
    {
        var own = draft?.Action == action ? draft : null;
        var field = new FieldView
        {
            Name = action,
            Label = label,
            Type = "textarea",
            MaxLength = CommentForm.MaxText,
            IsRequired = true,
            Hint = hint,
            Value = own?.Text ?? text,
            Problem = own is null ? null : texts.Format(own.Problem),
        };
        return new ReplyFormView(
            AdminPaths.Comment(comment.Key.ToString()),
            new CommentVersion(comment.Key, comment.Version).ToString(),
            button,
            field
        );
    }
}
