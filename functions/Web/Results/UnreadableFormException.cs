namespace ServerlessBlog.Web.Results;

/// <summary>
/// The body of a request cannot be read as a form: a mistake of its sender, not a failure of the blog.
/// <see cref="ErrorPageMiddleware"/> responds with the status and the texts; nothing is logged.
/// </summary>
internal sealed class UnreadableFormException(int statusCode, string title, string sentence, Exception? cause = null)
    : Exception($"{statusCode}: {sentence}", cause)
{
    /// <summary>A form that is not what its content type says (400).</summary>
    /// <param name="sentence">The key of the text that says what is wrong.</param>
    /// <param name="cause">What the reader threw; null when the blog found it.</param>
    public UnreadableFormException(string sentence, Exception? cause = null)
        : this(StatusCodes.Status400BadRequest, "unread.title", sentence, cause) { }

    /// <summary>The status of the response: 400, 413 or 415.</summary>
    public int StatusCode => statusCode;

    /// <summary>The key of the text that is the title of the error page.</summary>
    public string Title => title;

    /// <summary>The key of the text that says what is wrong and what to do.</summary>
    public string Sentence => sentence;
}
