namespace ServerlessBlog.Hosting.Storage;

/// <summary>
/// The names of every container, table and queue of the blog. The local host creates exactly these; infra declares
/// exactly these.
/// </summary>
public static class StorageNames
{
    /// <summary>Container: Markdown files of the author.</summary>
    public const string Posts = "posts";

    /// <summary>Container: images and other files of the author.</summary>
    public const string Media = "media";

    /// <summary>Container: reports on uploads, for the author.</summary>
    public const string Reports = "reports";

    /// <summary>Container: accepted copies of Markdown files, from which pages are rendered.</summary>
    public const string Accepted = "accepted";

    /// <summary>
    /// Container: pictures in the widths that readers get. A cache, which may be emptied at any time.
    /// </summary>
    public const string Pictures = "pictures";

    /// <summary>Container: rendered pages. A cache, which may be emptied at any time.</summary>
    public const string Pages = "pages";

    /// <summary>Container: versions of the index for search. Built again when it is empty.</summary>
    public const string Search = "search";

    /// <summary>Container: mails that a rule of the mail server puts there, among them returned letters.</summary>
    public const string Bounces = "bounces";

    /// <summary>Table: posts, lists of posts, scheduled posts, the site's revision, rejected uploads.</summary>
    public const string PostTable = "posts";

    /// <summary>Table: addresses of posts, with redirects and removed ones.</summary>
    public const string AddressTable = "addresses";

    /// <summary>Table: comments with their audit entries, waiting markers, lists by state, known commenters.</summary>
    public const string CommentTable = "comments";

    /// <summary>Table: notifications.</summary>
    public const string NotificationTable = "notices";

    /// <summary>Table: why queue messages failed (<see cref="Failures.FailureTable"/>).</summary>
    public const string FailureTable = "failures";

    /// <summary>Table: sign-in links and sessions of moderators.</summary>
    public const string AdminTable = "desk";

    /// <summary>Table: recipients of letters, and what they want.</summary>
    public const string LetterTable = "letters";

    /// <summary>Queue: blob events of <see cref="Posts"/> and <see cref="Media"/>.</summary>
    public const string UploadQueue = "uploads";

    /// <summary>Queue: posts whose revision must be raised, in case the request that changed them died.</summary>
    public const string RaiseQueue = "raises";

    /// <summary>Queue: comments to be moderated by the rules.</summary>
    public const string ModerationQueue = "moderation";

    /// <summary>Queue: notifications to be sent.</summary>
    public const string NotificationQueue = "notices";

    /// <summary>Queue: requests for a sign-in link to the admin area.</summary>
    public const string SignInQueue = "sign-ins";

    /// <summary>The setting with the connection to the storage account.</summary>
    public const string Connection = "BlogStorage";

    /// <summary>All containers.</summary>
    public static IReadOnlyList<string> Containers { get; } =
    [Posts, Media, Reports, Accepted, Pictures, Pages, Search, Bounces];

    /// <summary>All tables.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [PostTable, AddressTable, CommentTable, NotificationTable, FailureTable, AdminTable, LetterTable];

    /// <summary>All queues, without their poison queues.</summary>
    public static IReadOnlyList<string> Queues { get; } =
    [UploadQueue, RaiseQueue, ModerationQueue, NotificationQueue, SignInQueue];

    /// <summary>
    /// The name of a queue's poison queue, to which the Functions host moves messages that failed too often.
    /// </summary>
    public static string PoisonQueueOf(string queue) => queue + "-poison";
}
