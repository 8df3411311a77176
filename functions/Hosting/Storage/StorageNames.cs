namespace ServerlessBlog.Hosting.Storage;

/// <summary>Every container, table and queue of the blog: the local host creates exactly these, infra declares exactly these.</summary>
public static class StorageNames
{
    /// <summary>Container: Markdown files, written by the author.</summary>
    public const string Posts = "posts";

    /// <summary>Container: images and other files, written by the author.</summary>
    public const string Media = "media";

    /// <summary>Container: what became of each upload, written for the author.</summary>
    public const string Reports = "reports";

    /// <summary>Container: accepted copies of Markdown files; what pages are rendered from.</summary>
    public const string Accepted = "accepted";

    /// <summary>Container: pictures as readers get them. A cache: it may be emptied at any time.</summary>
    public const string Pictures = "pictures";

    /// <summary>Container: rendered pages. A cache: it may be emptied at any time.</summary>
    public const string Pages = "pages";

    /// <summary>Table: posts, lists of posts, posts that are due, the site's revision, uploads that were refused.</summary>
    public const string PostTable = "posts";

    /// <summary>Table: what stands at an address.</summary>
    public const string AddressTable = "addresses";

    /// <summary>Table: comments with their audit, waiting markers, lists of states, known writers.</summary>
    public const string CommentTable = "comments";

    /// <summary>Table: notices to people.</summary>
    public const string NoticeTable = "notices";

    /// <summary>Table: why messages failed.</summary>
    public const string FailureTable = "failures";

    /// <summary>Table: who is signed in to the desk, with which links.</summary>
    public const string DeskTable = "desk";

    /// <summary>Queue: blob events of <see cref="Posts"/> and <see cref="Media"/>.</summary>
    public const string UploadQueue = "uploads";

    /// <summary>Queue: posts whose page must be raised, in case the request that changed it died.</summary>
    public const string RaiseQueue = "raises";

    /// <summary>Queue: comments to be judged.</summary>
    public const string ModerationQueue = "moderation";

    /// <summary>Queue: notices to be sent.</summary>
    public const string NoticeQueue = "notices";

    /// <summary>Queue: wishes to sign in to the desk.</summary>
    public const string SignInQueue = "sign-ins";

    /// <summary>The setting that says where the storage account is.</summary>
    public const string Connection = "BlogStorage";

    /// <summary>All containers.</summary>
    public static IReadOnlyList<string> Containers { get; } = [Posts, Media, Reports, Accepted, Pictures, Pages];

    /// <summary>All tables.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [PostTable, AddressTable, CommentTable, NoticeTable, FailureTable, DeskTable];

    /// <summary>All queues; each has a poison queue beside it.</summary>
    public static IReadOnlyList<string> Queues { get; } =
    [UploadQueue, RaiseQueue, ModerationQueue, NoticeQueue, SignInQueue];

    /// <summary>Where the host puts a message that failed too often.</summary>
    public static string PoisonOf(string queue) => queue + "-poison";
}
