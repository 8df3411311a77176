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
/// Plays a blog's first weeks over HTTP and by uploads, to fill the storage that a snapshot is made of. First everything is answered; at the end
/// queues are left alone, so that messages of each kind wait.
/// </summary>
internal sealed class SnapshotScenes
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

    private static readonly string[] Watched = ["uploads", "raises", "moderation", "sign-ins"];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> _held = [];
    private TestBlog _blog = null!;
    private ScenePeople _people = null!;

    /// <summary>Plays all scenes on a storage account of their own, and writes what it then holds into a folder.</summary>
    public static async Task RecordAsync(string folder)
    {
        var scenes = new SnapshotScenes();
        var connection = await scenes.PlayAnsweredAsync();
        await scenes.PlayUnansweredAsync(connection);
        await StorageSnapshot.SaveAsync(connection, folder);
        await new SnapshotInfo(scenes._clock.GetUtcNow(), Settings, scenes._held).WriteAsync(folder);
    }

    private async Task<string> PlayAnsweredAsync()
    {
        await using var blog = _blog = await TestBlog.StartAsync(
            Settings,
            _clock,
            options: new LocalHostOptions { Retry = TimeSpan.FromMilliseconds(200) },
            compose: TestBlog.Without<TimerPump>
        );
        _people = new ScenePeople(blog, _clock, _held);
        await UploadFilesAsync();
        await SignInAsync();
        await SaveRulesAsync();
        await TalkAsync();
        await blog.DeleteAsync("withdrawn.md");
        await blog.Get<BlogStorage>().Queue("uploads").SendMessageAsync("This is no event.");
        await QuietAsync(blog.Connection);
        await VisitAsync();
        return blog.Connection;
    }

    private async Task UploadFilesAsync()
    {
        await _blog.UploadAsync("theme/texts.json", System.Text.Encoding.UTF8.GetBytes(SceneFiles.Texts));
        await _blog.UploadAsync("theme/theme.css", System.Text.Encoding.UTF8.GetBytes(SceneFiles.Style));
        await _blog.UploadAsync("theme/head.html", System.Text.Encoding.UTF8.GetBytes(SceneFiles.Head));
        await _blog.UploadAsync("harbour.jpg", TestPictures.Photo(1200, 800));
        await _blog.UploadAsync("boat.png", TestPictures.Encode(64, 48, SKEncodedImageFormat.Png));
        (string Name, string Text)[] files =
        [
            ("welcome.md", SceneFiles.Welcome),
            ("about.md", SceneFiles.About),
            ("part-one.md", SceneFiles.PartOne),
            ("part-two.md", SceneFiles.PartTwo),
            ("part-two.md", SceneFiles.PartTwoBroken),
            ("moved.md", SceneFiles.MovedBefore),
            ("moved.md", SceneFiles.MovedAfter),
            ("withdrawn.md", SceneFiles.Withdrawn),
            ("draft.md", SceneFiles.Draft),
            ("scheduled.md", SceneFiles.Scheduled),
            ("expiring.md", SceneFiles.Expiring),
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
        var link = AdminDriver.LinkIn((await _blog.MailsAsync()).Single().TextBody!);
        using var answer = await AdminDriver.SendAsync(_blog, HttpMethod.Post, link, null);
        _held["cookie"] = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        _held["used sign-in"] = link;
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
        ScenePeople.Expect(HttpStatusCode.OK, saved);
    }

    /// <summary>The conversation under the welcome, whose comments have numbers 1 to 6, and one comment under the post that is withdrawn.</summary>
    private async Task TalkAsync()
    {
        await SayAsync("first", "Fair winds! *Grace*");
        await _people.DecideAsync("approve", "first", "held");
        await SayAsync("reply", "And a following sea.", answers: 1);
        await UntilPageAsync("And a following sea.");
        await _people.WriteAsync("first", "answer", "Thank you, **Grace**.");
        await SayAsync("erased", "This will be erased.");
        await UntilPageAsync("This will be erased.");
        await SayAsync("below erased", "I answer what is erased later.", answers: 4);
        await UntilPageAsync("I answer what is erased later.");
        await _people.ChangeAsync("erased", "erase");
        await SayAsync("edited", "Before the edit.");
        await UntilPageAsync("Before the edit.");
        await _people.ChangeAsync("edited", "change", "After the edit.");
        await UntilPageAsync("After the edit.");
        await SayAsync("corrected", "Call me on 555-0100.");
        await UntilPageAsync("555-0100");
        await _people.WriteAsync("corrected", "correct", "Call me on *removed*.");
        await SayAsync("withdrawn", "This will be taken back.");
        await UntilPageAsync("This will be taken back.");
        await _people.ChangeAsync("withdrawn", "withdraw");
        await SayAsync("spam", "Visit my casino.", name: "Eve", email: "eve@example.com");
        await SayAsync("trashed", "This goes into the trash.", name: "Mallory", email: "mallory@example.com");
        await _people.DecideAsync("trash", "trashed", "held");
        await SayAsync(
            "held",
            "Is it always so windy?",
            name: "Alan",
            email: "alan@example.com",
            website: "https://alan.example/"
        );
        await _people.SayAsync("under withdrawn", "withdrawn.md", "I comment on what is taken down.");
        var mails = await _blog.MailsAsync(atLeast: 4); // one to sign in, and one for each comment that was held
        _held["approve held"] = SnapshotLinks.ApproveIn(
            mails.Select(mail => mail.TextBody!).Single(text => text.Contains("so windy", StringComparison.Ordinal))
        );
    }

    private async Task VisitAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var path in new[] { "/", "/posts/welcome", "/tags", "/archive", "/feed.xml", "/media/harbour.jpg" })
        {
            (await _blog.Http.GetAsync(new Uri(path, UriKind.Relative))).Dispose();
        }
    }

    /// <summary>Once nothing answers messages any more: one of each kind is left behind, and what it is about is half done.</summary>
    private async Task PlayUnansweredAsync(string connection)
    {
        await using var blog = _blog = await TestBlog.StartAsync(Settings, _clock, connection, TestBlog.Still);
        _people = new ScenePeople(blog, _clock, _held);
        await _people.SayAsync("revised", "part-one.md", "Not judged, then changed.");
        await JudgeAsync("revised");
        await _people.ChangeAsync("revised", "change", "Changed, and not judged again.");
        await _people.SayAsync("waiting", "part-one.md", "This waits to be judged.");
        await _people.SayAsync(
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
            BinaryData.FromString(SceneFiles.Late)
        );
        await blog.Get<BlogStorage>().Queue("uploads").SendMessageAsync(BlobEvent.Create("posts", "late.md"));
        await VisibleAsync(connection);
    }

    private async Task SayAsync(
        string what,
        string text,
        string name = "Grace",
        string email = "grace@example.com",
        string website = "",
        int? answers = null
    )
    {
        await _people.SayAsync(what, "welcome.md", text, name, email, website, answers);
        await QuietAsync(_blog.Connection, "moderation");
    }

    private Task JudgeAsync(string what) =>
        _blog
            .Get<TriggerInvoker>()
            .InvokeAsync(
                "ModerateComment",
                InvocationPayload.Write("message", SnapshotLinks.KeyIn(_held[what])),
                CancellationToken.None
            );

    private Task UntilPageAsync(string text) =>
        _blog.ReadUntilAsync("/posts/welcome", page => page.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until no message is left in these queues, or in any but the notices', which a late message outlasts.</summary>
    private static Task QuietAsync(string connection, params string[] queues) =>
        TestBlog.UntilAsync(
            () => SumAsync(connection, queues.Length > 0 ? queues : Watched, CountAsync),
            count => count == 0,
            "every message is answered"
        );

    /// <summary>Waits until every message can be seen: those that are delayed, too.</summary>
    private static Task VisibleAsync(string connection) =>
        TestBlog.UntilAsync(
            () =>
                SumAsync(connection, Watched, async queue =>
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
