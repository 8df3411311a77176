using ServerlessBlog.Posts;

namespace ServerlessBlog.Letters;

/// <summary>What letters are about: the thread of a conversation, or new posts.</summary>
/// <param name="Post">The post with the conversation; no meaning for <see cref="NewPosts"/>.</param>
/// <param name="Thread">The number of the thread in its conversation, from 1; 0 for <see cref="NewPosts"/>.</param>
public readonly record struct LetterScope(PostId Post, int Thread)
{
    private const string PostsText = "posts";

    /// <summary>New posts.</summary>
    public static LetterScope NewPosts { get; }

    /// <summary>Whether this is a thread.</summary>
    public bool IsThread => Thread > 0;

    /// <summary>Parses the output of <see cref="ToString"/>. Returns false for anything else; never throws.</summary>
    public static bool TryParse(string? text, out LetterScope scope)
    {
        scope = default;
        if (text == PostsText)
        {
            return true;
        }

        if (
            text?.Split('-') is not [var post, var thread]
            || !PostId.TryParse(post, out var id)
            || !int.TryParse(thread, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number == 0
        )
        {
            return false;
        }

        scope = new LetterScope(id, number);
        return true;
    }

    /// <summary>Id and number with a hyphen between them; "posts" for <see cref="NewPosts"/>.</summary>
    public override string ToString() =>
        IsThread ? string.Create(CultureInfo.InvariantCulture, $"{Post}-{Thread}") : PostsText;
}
