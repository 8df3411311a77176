using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Tests.Crashes;

/// <summary>
/// A blog run by the published handler, whose every call to storage and every piece of its talk with the mail server passes here: at the moment that
/// a test names, the handler is killed as by kill -9, and started again.
/// </summary>
internal sealed class CrashFixture : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _moments = [];
    private readonly StorageProxy _storage;
    private readonly SmtpProxy _smtp;
    private int _killAt;

    private CrashFixture(
        StorageProxy storage,
        SmtpProxy smtp,
        StandInHost host,
        TestBlog inside,
        string author,
        MailServer mails
    )
    {
        (_storage, _smtp, Host, Inside, Author, Mails) = (storage, smtp, host, inside, author, mails);
        _storage.Cut = (call, isDone) =>
            !call.Contains("'site'", StringComparison.Ordinal) && Pass($"{(isDone ? "done" : "call")}: {call}"); // read by the clock, not by what is played
        _smtp.Cut = Pass;
    }

    /// <summary>The host of the handler.</summary>
    public StandInHost Host { get; }

    /// <summary>The same storage seen by another instance, in which nothing happens by itself.</summary>
    public TestBlog Inside { get; }

    /// <summary>Who is told of held comments.</summary>
    public string Author { get; }

    /// <summary>The server behind the proxy.</summary>
    public MailServer Mails { get; }

    /// <summary>What passed since <see cref="Arm"/>; the last one is where the handler was killed, if it was.</summary>
    public IReadOnlyList<string> Moments
    {
        get
        {
            lock (_gate)
            {
                return [.. _moments];
            }
        }
    }

    /// <summary>When the handler was killed. Null: it was not.</summary>
    public DateTimeOffset? Killed { get; private set; }

    /// <summary>Starts it all.</summary>
    public static async Task<CrashFixture> StartAsync(params (string Name, string Value)[] settings)
    {
        var connection = await StandInHost.NewStorageAsync();
        var author = $"ada-{Guid.NewGuid():N}@blog.test";
        var mails = await MailServer.SharedAsync();
        var (storage, smtp) = (await StorageProxy.StartAsync(connection), new SmtpProxy(mails.SmtpAddress));
        (string, string)[] all = [("Blog__Authors", $"Ada <{author}>"), ("Blog__Smtp", smtp.Address), .. settings];
        var host = await StandInHost.StartAsync(connection, storage.Connection, all);
        var inside = await TestBlog.StartAsync(
            new() { ["Blog:Title"] = "Published blog", ["Blog:Authors"] = $"Ada <{author}>" },
            connection: connection,
            options: TestBlog.Still
        );
        return new CrashFixture(storage, smtp, host, inside, author, mails);
    }

    /// <summary>From now on, the handler is killed at this moment, from 1.</summary>
    public void Arm(int moment)
    {
        lock (_gate)
        {
            _moments.Clear();
            (_killAt, Killed) = (moment, null);
        }
    }

    /// <summary>Nothing is killed any more.</summary>
    public void Disarm()
    {
        lock (_gate)
        {
            _killAt = 0;
        }
    }

    /// <summary>Puts a file where the author uploads it, and announces it as Event Grid does. Answers its version.</summary>
    public async Task<string> UploadAsync(string name, string text)
    {
        var done = await new BlobContainerClient(Inside.Connection, StorageNames.Posts)
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(text), overwrite: true);
        await Inside
            .Get<BlogStorage>()
            .Queue(StorageNames.UploadQueue)
            .SendMessageAsync(BlobEvent.Create(StorageNames.Posts, name));
        return done.Value.ETag.ToString();
    }

    /// <summary>Waits until the report is about this version and nothing of it is under way.</summary>
    public async Task PublishedAsync(string name, string version)
    {
        await TestBlog.UntilAsync(
            () => Inside.Get<ReportFiles>().FindAsync(name, CancellationToken.None),
            report => report?.SourceVersion == version,
            $"the report on {name}. {this}"
        );
        await EmptyAsync(StorageNames.UploadQueue);
    }

    /// <summary>Waits until a queue holds no message, hidden ones included.</summary>
    public Task EmptyAsync(string queue) =>
        TestBlog.UntilAsync(
            async () =>
                (await new QueueClient(Inside.Connection, queue).GetPropertiesAsync()).Value.ApproximateMessagesCount,
            count => count == 0,
            $"{queue} empty"
        );

    /// <summary>A page as the handler answers it, whatever its status.</summary>
    public async Task<string> ReadAsync(string path)
    {
        while (true)
        {
            try
            {
                return await (await Host.HandlerAsync()).ReadAsync(path);
            }
            catch (HttpRequestException)
            {
                // It has just been killed; the reader tries again.
            }
        }
    }

    /// <summary>Waits until the post's page is what a fresh rendering makes of what storage holds.</summary>
    public Task<string> AgreesAsync(string path, PostId post) =>
        AgreesAsync(path, () => Inside.Get<PostPageRenderer>().RenderAsync(post, 1, CancellationToken.None));

    /// <summary>Waits until the home page is what a fresh rendering makes of what storage holds.</summary>
    public Task<string> HomeAgreesAsync() =>
        AgreesAsync("/", () => Inside.Get<ListPageRenderer>().HomeAsync(1, CancellationToken.None));

    /// <summary>No message was given up.</summary>
    public async Task NothingPoisonedAsync()
    {
        foreach (var queue in StorageNames.Queues)
        {
            var poison = await new QueueClient(Inside.Connection, StorageNames.PoisonOf(queue)).PeekMessagesAsync();
            Assert.True(poison.Value.Length == 0, $"{queue} has a poison message. {this}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Killed at moment {(Killed is null ? 0 : Moments.Count)}. What passed:\n{string.Join('\n', Moments)}"
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Inside.DisposeAsync();
        await _storage.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    private async Task<string> AgreesAsync(string path, Func<Task<RenderedPage?>> render)
    {
        var (page, _) = await TestBlog.UntilAsync(
            async () => (Page: await ReadAsync(path), Fresh: await RenderAsync(render)),
            both => both.Page == both.Fresh,
            $"{path} like a fresh rendering. {this}"
        );
        return page;
    }

    /// <summary>As patient as the handler's host: storage that is slow on a busy machine is asked again.</summary>
    private static async Task<string> RenderAsync(Func<Task<RenderedPage?>> render)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString((await render())!.Bytes);
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            return problem.Message;
        }
    }

    private bool Pass(string moment)
    {
        lock (_gate)
        {
            if (Killed is null)
            {
                _moments.Add(moment);
            }

            if (_killAt == 0 || Killed is not null || _moments.Count != _killAt)
            {
                return false;
            }

            Killed = DateTimeOffset.UtcNow; // before anybody can see it
            Host.Kill();
            return true;
        }
    }
}
