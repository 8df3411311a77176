namespace ServerlessBlog.Posts;

/// <summary>A page of the comments of a post.</summary>
/// <param name="Number">Page number, from 1.</param>
/// <param name="IsNewestFirst">True when the latest threads come first; false for the order of their approval.</param>
public readonly record struct CommentsPage(int Number, bool IsNewestFirst = false)
{
    /// <summary>The segment of a path that all further pages of comments have.</summary>
    private const string Segment = "comments";

    private const string Newest = "newest";

    private const string FeedFile = "comments.xml";

    /// <summary>The highest page number that is served.</summary>
    public const int MaxNumber = 100_000;

    /// <summary>The page that the post itself shows.</summary>
    public static CommentsPage First { get; } = new(1);

    /// <summary>The feed of the newest comments, which stands where the pages do.</summary>
    public static CommentsPage Feed { get; } = new(1) { IsFeed = true };

    /// <summary>True for <see cref="Feed"/>.</summary>
    public bool IsFeed { get; private init; }

    /// <summary>
    /// What follows the path of the post: nothing for <see cref="First"/>, else such as <c>/comments/2</c>,
    /// <c>/comments/newest</c>, <c>/comments/newest/2</c> and <c>/comments.xml</c>.
    /// </summary>
    public string Suffix =>
        (Number, IsNewestFirst) switch
        {
            _ when IsFeed => $"/{FeedFile}",
            (1, false) => "",
            (1, true) => $"/{Segment}/{Newest}",
            (_, false) => $"/{Segment}/{Text}",
            (_, true) => $"/{Segment}/{Newest}/{Text}",
        };

    private string Text => Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The page that has a thread, in the order of approval.</summary>
    /// <param name="thread">The number of the thread, from 1.</param>
    /// <param name="size">The number of threads on a page.</param>
    public static CommentsPage OfThread(int thread, int size) => new(Math.Min(MaxNumber, ((thread - 1) / size) + 1));

    /// <summary>The path of this page of the comments of the post at a path.</summary>
    public string LinkTo(SitePath post) => this == First ? post.Link : post.Link.TrimEnd('/') + Suffix;

    /// <summary>The same order with another page number.</summary>
    public CommentsPage At(int number) => this with { Number = number };

    /// <summary>
    /// Splits the segments of a path into those of the post and a page of comments. Returns false when they do not end
    /// in one; the post has at least one segment.
    /// </summary>
    internal static bool TryParse(string[] segments, out string[] post, out CommentsPage page)
    {
        if (segments is [_, .., var file] && Is(file, FeedFile))
        {
            (post, page) = (segments[..^1], Feed);
            return true;
        }

        var (length, number, newest) = segments switch
        {
            [_, .., var name, var order] when Is(name, Segment) && Is(order, Newest) => (2, "1", true),
            [_, .., var name, var order, var last] when Is(name, Segment) && Is(order, Newest) => (3, last, true),
            [_, .., var name, var last] when Is(name, Segment) => (2, last, false),
            _ => (0, "", false),
        };
        var isPage =
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0;
        (post, page) = isPage ? (segments[..^length], new CommentsPage(parsed, newest)) : ([], default);
        return isPage;
    }

    private static bool Is(string segment, string word) => segment.Equals(word, StringComparison.OrdinalIgnoreCase);
}
