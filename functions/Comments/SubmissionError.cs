namespace ServerlessBlog.Comments;

/// <summary>Why a comment was not taken in.</summary>
public enum SubmissionError
{
    /// <summary>It was taken in.</summary>
    None,

    /// <summary>The post takes no comments.</summary>
    Closed,

    /// <summary>What was typed has to be changed.</summary>
    Wrong,

    /// <summary>Another one came from the same address a moment ago.</summary>
    TooSoon,
}
