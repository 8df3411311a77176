using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments.Storage;

/// <summary>What people may do to a conversation.</summary>
public enum ConversationAction
{
    /// <summary>A comment by itself; of odd numbers one that the rules hold.</summary>
    Post,

    /// <summary>The same, as an answer.</summary>
    Reply,

    /// <summary>The rules' turn.</summary>
    Judge,

    /// <summary>A moderator shows it.</summary>
    Approve,

    /// <summary>A moderator hides it.</summary>
    Spam,

    /// <summary>Its writer changes the text into one that passes.</summary>
    Revise,

    /// <summary>Its writer changes the text into one that the rules hold.</summary>
    ReviseBadly,

    /// <summary>Its writer takes it back.</summary>
    Withdraw,

    /// <summary>Its writer leaves nothing of it.</summary>
    Erase,
}

/// <summary>A comment as it ought to be.</summary>
/// <param name="text">What it says.</param>
/// <param name="answers">Which one it answers; null for none.</param>
internal sealed class ModelComment(string text, ModelComment? answers)
{
    public string Text { get; private set; } = text;

    public string? NewText { get; private set; }

    public CommentState State { get; private set; }

    public bool IsErased { get; private set; }

    public ModelComment? Answers { get; } = answers;

    /// <summary>Which comment began the thread that it was first shown in; null before.</summary>
    public ModelComment? Thread { get; private set; }

    /// <summary>What it ought to be afterwards.</summary>
    /// <param name="action">What is done.</param>
    /// <param name="typed">The new text of a change.</param>
    /// <param name="all">The conversation.</param>
    public void Do(ConversationAction action, string typed, IReadOnlyList<ModelComment> all)
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
            case ConversationAction.Judge when State == CommentState.Waiting || NewText is not null:
                Become(IsHeld(NewText ?? Text) ? CommentState.Held : CommentState.Approved);
                break;
            case ConversationAction.Approve:
                Become(CommentState.Approved);
                break;
            case ConversationAction.Spam:
                Become(CommentState.Spam);
                break;
            case ConversationAction.Withdraw:
                Become(CommentState.Trash);
                break;
            case ConversationAction.Revise
            or ConversationAction.ReviseBadly
                when State != CommentState.Spam && typed != (NewText ?? Text) && !all.Any(IsAnsweredBy):
                NewText = typed;
                break;
        }
    }

    /// <summary>Whether the rules hold it: for its two links.</summary>
    public static bool IsHeld(string text) => text.Contains("https://", StringComparison.Ordinal);

    private bool IsAnsweredBy(ModelComment other) =>
        other.Answers == this && other.State == CommentState.Approved && Thread is not null && other.Thread == Thread;

    private void Become(CommentState state)
    {
        (State, Text, NewText) = (state, NewText ?? Text, null);
        if (state == CommentState.Approved)
        {
            Thread ??= Above().FirstOrDefault(other => other.Thread is not null)?.Thread ?? this;
        }
    }

    private IEnumerable<ModelComment> Above()
    {
        for (var other = Answers; other is not null; other = other.Answers)
        {
            yield return other;
        }
    }
}
