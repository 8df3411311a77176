using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments.Storage;

/// <summary>The actions that may change a conversation.</summary>
public enum ConversationAction
{
    /// <summary>A new comment that starts a thread; the rules hold those with odd numbers.</summary>
    Post,

    /// <summary>A new comment that replies to another; the rules hold those with odd numbers.</summary>
    Reply,

    /// <summary>The rules decide on the comment.</summary>
    ApplyRules,

    /// <summary>A moderator approves the comment.</summary>
    Approve,

    /// <summary>A moderator marks the comment as spam.</summary>
    Spam,

    /// <summary>The commenter changes the text to one that the rules approve.</summary>
    Revise,

    /// <summary>The commenter changes the text to one that the rules hold.</summary>
    ReviseIntoHeld,

    /// <summary>The commenter withdraws the comment.</summary>
    Withdraw,

    /// <summary>The commenter erases the comment.</summary>
    Erase,
}

/// <summary>The expected state of a comment.</summary>
/// <param name="text">The comment's text.</param>
/// <param name="parent">The comment that it replies to; null for none.</param>
internal sealed class ModelComment(string text, ModelComment? parent)
{
    public string Text { get; private set; } = text;

    public string? NewText { get; private set; }

    public CommentState State { get; private set; }

    public bool IsErased { get; private set; }

    public ModelComment? Parent { get; } = parent;

    /// <summary>The first comment of the thread in which this one was first shown; null before it is shown.</summary>
    public ModelComment? ThreadRoot { get; private set; }

    /// <summary>Changes this comment to the state expected after an action.</summary>
    /// <param name="action">The action on this comment.</param>
    /// <param name="typed">The new text of a revision.</param>
    /// <param name="all">All comments of the conversation.</param>
    public void Apply(ConversationAction action, string typed, IReadOnlyList<ModelComment> all)
    {
        if (action == ConversationAction.Erase)
        {
            (State, Text, NewText, IsErased) = (CommentState.Trash, "", null, true);
        }

        if (State == CommentState.Trash)
        {
            return;
        }

        switch (action)
        {
            case ConversationAction.ApplyRules when State == CommentState.Waiting || NewText is not null:
                SetState(IsHeld(NewText ?? Text) ? CommentState.Held : CommentState.Approved);
                break;
            case ConversationAction.Approve:
                SetState(CommentState.Approved);
                break;
            case ConversationAction.Spam:
                SetState(CommentState.Spam);
                break;
            case ConversationAction.Withdraw:
                SetState(CommentState.Trash);
                break;
            case ConversationAction.Revise
            or ConversationAction.ReviseIntoHeld
                when State != CommentState.Spam && typed != (NewText ?? Text) && !all.Any(HasReply):
                NewText = typed;
                break;
        }
    }

    /// <summary>Determines whether the rules hold a text: those with links have two.</summary>
    public static bool IsHeld(string text) => text.Contains("https://", StringComparison.Ordinal);

    private bool HasReply(ModelComment other) =>
        other.Parent == this
        && other.State == CommentState.Approved
        && ThreadRoot is not null
        && other.ThreadRoot == ThreadRoot;

    private void SetState(CommentState state)
    {
        (State, Text, NewText) = (state, NewText ?? Text, null);
        if (state == CommentState.Approved)
        {
            ThreadRoot ??= Ancestors().FirstOrDefault(other => other.ThreadRoot is not null)?.ThreadRoot ?? this;
        }
    }

    private IEnumerable<ModelComment> Ancestors()
    {
        for (var other = Parent; other is not null; other = other.Parent)
        {
            yield return other;
        }
    }
}
