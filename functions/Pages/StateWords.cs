using ServerlessBlog.Comments;

namespace ServerlessBlog.Pages;

/// <summary>How pages name a comment's state: completes "This comment is ...".</summary>
internal static class StateWords
{
    public static string Of(CommentState state, bool isRestorable = false) => state switch
    {
        CommentState.Waiting or CommentState.Held => "waiting for moderation",
        CommentState.Approved => "approved",
        CommentState.Trash when isRestorable => "thrown away",
        CommentState.Trash => "taken back by its writer",
        _ => "marked as spam",
    };
}
