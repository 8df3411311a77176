using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>
/// Runs through the first weeks of a blog, over HTTP and by uploads, and saves the storage as a snapshot. Messages are
/// processed at first; in the last part they are not, so that one message of each kind stays in its queue.
/// </summary>
internal sealed class SnapshotRecorder
{
    public const string Ada = "ada@example.com";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Blog:Title"] = "Logbook",
        ["Blog:BaseUrl"] = "http://blog.test",
        ["Blog:Authors"] = $"Ada <{Ada}>",
        ["Blog:Secret"] = "a secret of a test, which opens nothing",
        ["Blog:Comments:PreviouslyApproved"] = "true",
        ["Blog:Comments:FormSeconds"] = "0",
        ["Blog:Comments:FloodSeconds"] = "1",
    };

    /// <summary>
    /// The queues that are waited for; not that of notifications, where a delayed message stays longer.
    /// </summary>
    private static readonly string[] WatchedQueues = ["uploads", "raises", "moderation", "sign-ins"];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> _credentials = [];
    private TestBlog _blog = null!;
    private PeopleDriver _people = null!;

    /// <summary>Runs all steps on a storage account of their own, and saves its content to a folder.</summary>
    public static async Task RecordAsync(string folder)
    {
        var recorder = new SnapshotRecorder();
        var connection = await recorder.RunWithQueuesAsync();
        await recorder.RunWithoutQueuesAsync(connection);
        await StorageSnapshot.SaveAsync(connection, folder);
        await new SnapshotInfo(recorder._clock.GetUtcNow(), Settings, recorder._credentials).WriteAsync(folder);
    }

    private async Task<string> RunWithQueuesAsync()
    {
        await using var blog = _blog = await TestBlog.StartAsync(
            Settings,
            _clock,
            options: new LocalHostOptions { RetryDelay = TimeSpan.FromMilliseconds(200) },
            compose: TestBlog.RemoveService<TimerPump>
        );
        _people = new PeopleDriver(blog, _clock, _credentials);
        await UploadFilesAsync();
        await SignInAsync();
        await SaveRulesAsync();
        await AddConversationAsync();
        await blog.DeleteAsync("withdrawn.md");
        await blog.Get<BlogStorage>().Queue("uploads").SendMessageAsync("This is no event.");
        await WaitUntilQueuesAreEmptyAsync(blog.Connection);
        await RenderPagesAsync();
        return blog.Connection;
    }

    private async Task UploadFilesAsync()
    {
        await _blog.UploadAsync("theme/texts.json", System.Text.Encoding.UTF8.GetBytes(SnapshotFiles.Texts));
        await _blog.UploadAsync("theme/theme.css", System.Text.Encoding.UTF8.GetBytes(SnapshotFiles.Style));
        await _blog.UploadAsync("theme/head.html", System.Text.Encoding.UTF8.GetBytes(SnapshotFiles.Head));
        await _blog.UploadAsync("harbour.jpg", TestPictures.Photo(1200, 800));
        await _blog.UploadAsync("boat.png", TestPictures.Encode(64, 48, SKEncodedImageFormat.Png));
        (string Name, string Text)[] files =
        [
            ("welcome.md", SnapshotFiles.Welcome),
            ("about.md", SnapshotFiles.About),
            ("part-one.md", SnapshotFiles.PartOne),
            ("part-two.md", SnapshotFiles.PartTwo),
            ("part-two.md", SnapshotFiles.PartTwoBroken),
            ("moved.md", SnapshotFiles.MovedBefore),
            ("moved.md", SnapshotFiles.MovedAfter),
            ("withdrawn.md", SnapshotFiles.Withdrawn),
            ("draft.md", SnapshotFiles.Draft),
            ("scheduled.md", SnapshotFiles.Scheduled),
            ("expiring.md", SnapshotFiles.Expiring),
        ];
        foreach (var (name, text) in files)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await _blog.UploadAsync(name, text);
        }
    }

    private async Task SignInAsync()
    {
        (await AdminDriver.SendAsync(_blog, HttpMethod.Post, "/moderate", null, fields: ("email", Ada))).Dispose();
        var link = AdminDriver.FindSignInLink((await _blog.MailsAsync()).Single().TextBody!);
        using var response = await AdminDriver.SendAsync(_blog, HttpMethod.Post, link, null);
        _credentials["cookie"] = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        _credentials["used sign-in"] = link;
    }

    private async Task SaveRulesAsync()
    {
        using var saved = await _people.Moderator.PostAsync(
            "/moderate/rules/edit",
            ("act", "save"),
            ("first", "yes"),
            ("links", "2"),
            ("seconds", "0"),
            ("held", "turnip"),
            ("spam", "casino")
        );
        PeopleDriver.Expect(HttpStatusCode.OK, saved);
    }

    /// <summary>
    /// Adds the conversation of the welcome post, whose comments have the numbers 1 to 6, and a comment on the post
    /// that is withdrawn later.
    /// </summary>
    private async Task AddConversationAsync()
    {
        await CommentAsync("first", "Fair winds! *Grace*");
        await _people.DecideAsync("approve", "first", "held");
        await CommentAsync("reply", "And a following sea.", replyTo: 1);
        await WaitForPageAsync("And a following sea.");
        await _people.WriteAsync("first", "answer", "Thank you, **Grace**.");
        await CommentAsync("erased", "This will be erased.");
        await WaitForPageAsync("This will be erased.");
        await CommentAsync("below erased", "I answer what is erased later.", replyTo: 4);
        await WaitForPageAsync("I answer what is erased later.");
        await _people.ChangeAsync("erased", "erase");
        await CommentAsync("edited", "Before the edit.");
        await WaitForPageAsync("Before the edit.");
        await _people.ChangeAsync("edited", "change", "After the edit.");
        await WaitForPageAsync("After the edit.");
        await CommentAsync("corrected", "Call me on 555-0100.");
        await WaitForPageAsync("555-0100");
        await _people.WriteAsync("corrected", "correct", "Call me on *removed*.");
        await CommentAsync("withdrawn", "This will be taken back.");
        await WaitForPageAsync("This will be taken back.");
        await _people.ChangeAsync("withdrawn", "withdraw");
        await CommentAsync("spam", "Visit my casino.", name: "Eve", email: "eve@example.com");
        await CommentAsync("trashed", "This goes into the trash.", name: "Mallory", email: "mallory@example.com");
        await _people.DecideAsync("trash", "trashed", "held");
        await CommentAsync(
            "held",
            "Is it always so windy?",
            name: "Alan",
            email: "alan@example.com",
            website: "https://alan.example/"
        );
        await _people.CommentAsync("under withdrawn", "withdrawn.md", "I comment on what is taken down.");
        var mails = await _blog.MailsAsync(atLeast: 4); // one to sign in, and one for each held comment
        _credentials["approve held"] = SnapshotLinks.ApproveIn(
            mails.Select(mail => mail.TextBody!).Single(text => text.Contains("so windy", StringComparison.Ordinal))
        );
    }

    private async Task RenderPagesAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var path in new[] { "/", "/posts/welcome", "/tags", "/archive", "/feed.xml", "/media/harbour.jpg" })
        {
            (await _blog.Http.GetAsync(new Uri(path, UriKind.Relative))).Dispose();
        }
    }

    /// <summary>
    /// Runs the last steps without processing queues: one message of each kind stays, and its work is half done.
    /// </summary>
    private async Task RunWithoutQueuesAsync(string connection)
    {
        await using var blog = _blog = await TestBlog.StartAsync(
            Settings,
            _clock,
            connection,
            TestBlog.IdleHostOptions
        );
        _people = new PeopleDriver(blog, _clock, _credentials);
        await _people.CommentAsync("revised", "part-one.md", "Not judged, then changed.");
        await JudgeAsync("revised");
        await _people.ChangeAsync("revised", "change", "Changed, and not judged again.");
        await _people.CommentAsync("waiting", "part-one.md", "This waits to be judged.");
        await _people.CommentAsync(
            "to be told",
            "part-one.md",
            "The authors are not told of this yet.",
            name: "Edsger",
            email: "edsger@example.com"
        );
        await JudgeAsync("to be told");
        await _people.WriteAsync("below erased", "correct", "I answer what *was* erased.");
        (await AdminDriver.SendAsync(blog, HttpMethod.Post, "/moderate", null, fields: ("email", Ada))).Dispose();
        await new BlobContainerClient(connection, "posts").UploadBlobAsync(
            "late.md",
            BinaryData.FromString(SnapshotFiles.Late)
        );
        await blog.Get<BlogStorage>().Queue("uploads").SendMessageAsync(BlobEvent.Create("posts", "late.md"));
        await WaitUntilMessagesAreVisibleAsync(connection);
    }

    private async Task CommentAsync(
        string label,
        string text,
        string name = "Grace",
        string email = "grace@example.com",
        string website = "",
        int? replyTo = null
    )
    {
        await _people.CommentAsync(label, "welcome.md", text, name, email, website, replyTo);
        await WaitUntilQueuesAreEmptyAsync(_blog.Connection, "moderation");
    }

    private Task JudgeAsync(string label) =>
        _blog
            .Get<TriggerInvoker>()
            .InvokeAsync(
                "ModerateComment",
                InvocationPayload.Write("message", SnapshotLinks.KeyIn(_credentials[label])),
                CancellationToken.None
            );

    private Task WaitForPageAsync(string text) =>
        _blog.ReadUntilAsync("/posts/welcome", page => page.Contains(text, StringComparison.Ordinal));

    /// <summary>
    /// Waits until these queues have no message; without arguments, until all <see cref="WatchedQueues"/> queues have
    /// none.
    /// </summary>
    private static Task WaitUntilQueuesAreEmptyAsync(string connection, params string[] queues) =>
        TestBlog.WaitUntilAsync(
            () => SumAsync(connection, queues.Length > 0 ? queues : WatchedQueues, CountAsync),
            count => count == 0,
            "every message is answered"
        );

    /// <summary>
    /// Waits until every message is visible, including delayed ones, so that the snapshot contains them.
    /// </summary>
    private static Task WaitUntilMessagesAreVisibleAsync(string connection) =>
        TestBlog.WaitUntilAsync(
            () =>
                SumAsync(connection, WatchedQueues, async queue =>
                    await CountAsync(queue) - (await queue.PeekMessagesAsync(32)).Value.Length
                ),
            hidden => hidden == 0,
            "no message is hidden"
        );

    private static async Task<int> SumAsync(
        string connection,
        IEnumerable<string> queues,
        Func<QueueClient, Task<int>> count
    ) => (await Task.WhenAll(queues.Select(queue => count(new QueueClient(connection, queue))))).Sum();

    private static async Task<int> CountAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
}
