using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Cost;

/// <summary>
/// Drives one instance of the blog as readers, the Functions host and Event Grid do, and counts what is billed. Its
/// queue messages are delivered after each journey, by a clock that only the driver moves.
/// </summary>
internal sealed partial class JourneyDriver : IAsyncDisposable
{
    /// <summary>How far a page in memory may be from what is stored: 10 s are longer than any answer is kept.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Messages for a time that is further away than this are not delivered: an hour, more than any of these journeys
    /// needs.
    /// </summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _clock;
    private readonly BilledCalls _calls;
    private readonly CountedLines _lines;
    private JourneyCounts _counts = new();

    private JourneyDriver(TestBlog blog, FakeTimeProvider clock, BilledCalls calls, CountedLines lines) =>
        (Blog, _clock, _calls, _lines) = (blog, clock, calls, lines);

    /// <summary>The instance.</summary>
    public TestBlog Blog { get; }

    /// <summary>The night to Monday does the most: it looks for posts for the weekly letter.</summary>
    private static DateTimeOffset LastMonday(DateTimeOffset now) => now.AddDays(-(((int)now.DayOfWeek + 6) % 7));

    /// <summary>Starts an instance with the default rules for comments.</summary>
    /// <param name="connection">The storage.</param>
    /// <param name="maxComments">How many comments the blog takes in a day; null for the default.</param>
    public static async Task<JourneyDriver> StartAsync(string connection, int? maxComments = null)
    {
        var clock = new FakeTimeProvider(LastMonday(DateTimeOffset.UtcNow));
        var (calls, lines) = (new BilledCalls(clock, connection), new CountedLines());
        var settings = new Dictionary<string, string?>
        {
            ["Blog:Comments:PreviouslyApproved"] = null,
            ["Blog:Comments:FormSeconds"] = null,
            ["Blog:Comments:FloodSeconds"] = null,
            ["Blog:Comments:MaxPerDay"] = maxComments?.ToString(CultureInfo.InvariantCulture),
            ["Blog:MediaGigabytesPerDay"] = null,
            ["Blog:SearchesPerDay"] = null,
        };
        var blog = await TestBlog.StartAsync(settings, clock, connection, TestBlog.IdleHostOptions, services =>
        {
            services.AddSingleton<HttpPipelinePolicy>(calls);
            services.AddSingleton<ILoggerProvider>(lines);
            services.Configure<LoggerFilterOptions>(filter =>
                filter.AddFilter<CountedLines>(nameof(ServerlessBlog), LogLevel.Information)
            );
            // As many reads as while a new instance starts to judge the comment, without the pauses between them.
            var pauses = VerdictWaitTimes.Default.Pauses.Select(_ => TimeSpan.Zero);
            services.Replace(ServiceDescriptor.Singleton(new VerdictWaitTimes([.. pauses])));
        });
        blog.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        return new JourneyDriver(blog, clock, calls, lines);
    }

    /// <summary>Runs a journey with all that follows from it, and returns its counts.</summary>
    public async Task<JourneyCounts> CountAsync(Func<Task> journey)
    {
        var before = Total();
        _counts = new JourneyCounts();
        var mails = CountMails();
        await journey();
        await DeliverMessagesAsync();
        var after = Total();
        return _counts with
        {
            BlobReads = after.BlobReads - before.BlobReads,
            BlobWrites = after.BlobWrites - before.BlobWrites + _counts.BlobWrites,
            TableOperations = after.TableOperations - before.TableOperations,
            QueueOperations = after.QueueOperations - before.QueueOperations + _counts.QueueOperations,
            LogBytes = after.LogBytes - before.LogBytes,
            Mails = CountMails() - mails,
        };
    }

    /// <summary>Moves the clock so far that the instance looks at storage before it answers from memory.</summary>
    public void Pause() => _clock.Advance(Apart);

    /// <summary>Loses the messages that were sent and not delivered.</summary>
    public void LoseMessages()
    {
        while (_calls.TakeMessage(DateTimeOffset.MaxValue) is not null)
        {
            // taken, and not delivered
        }
    }

    /// <summary>Loads a page with its style sheet, script and icon, as the browser of a new reader does.</summary>
    public async Task<string> LoadAsync(string path)
    {
        var page = await GetAsync(path);
        foreach (var file in FileOfPage().Matches(page).Select(match => match.Groups[1].Value).Distinct())
        {
            await GetAsync(file);
            _counts = _counts with { HttpSeconds = _counts.HttpSeconds - 1 };
        }

        _counts = _counts with { HttpSeconds = _counts.HttpSeconds + 0.5 };
        return page;
    }

    /// <summary>Requests a path. Returns the body as text.</summary>
    public async Task<string> GetAsync(string path, string? cookie = null)
    {
        using var response = await SendAsync(() => AdminDriver.SendAsync(Blog, HttpMethod.Get, path, cookie));
        await using var body = await response.Content.ReadAsStreamAsync();
        using var text = new StreamReader(
            response.Content.Headers.ContentEncoding.Contains("gzip")
                ? new GZipStream(body, CompressionMode.Decompress)
                : body
        );
        return await text.ReadToEndAsync();
    }

    /// <summary>Sends a form. Returns the address that the response redirects to; null for none.</summary>
    public async Task<string?> PostAsync(string path, string? cookie, params (string Name, string Value)[] fields)
    {
        using var response = await SendAsync(() =>
            AdminDriver.SendAsync(Blog, HttpMethod.Post, path, cookie, fields: fields)
        );
        return response.Headers.Location?.OriginalString;
    }

    /// <summary>Delivers a message of Event Grid about a file that an author has uploaded.</summary>
    public async Task AnnounceAsync(string container, string blob)
    {
        _counts = _counts with
        {
            Events = _counts.Events + 1,
            BlobWrites = _counts.BlobWrites + 1, // the author's upload
            QueueOperations = _counts.QueueOperations + 1, // Event Grid's message
        };
        await DeliverAsync(StorageNames.UploadQueue, BlobEvent.Create(container, blob));
    }

    /// <summary>Runs a timer function.</summary>
    public async Task FireAsync(string timer)
    {
        CountExecution(timer);
        await Blog.Get<TriggerInvoker>()
            .InvokeAsync(timer, InvocationPayload.Write("timer", """{"IsPastDue":false}"""), CancellationToken.None);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Blog.DisposeAsync();

    private async Task DeliverMessagesAsync()
    {
        while (_calls.TakeMessage(_clock.GetUtcNow() + Horizon) is { } message)
        {
            if (message.VisibleAt > _clock.GetUtcNow())
            {
                _clock.SetUtcNow(message.VisibleAt);
            }

            await DeliverAsync(message.Queue, message.Text);
        }
    }

    private async Task DeliverAsync(string queue, string text)
    {
        var (function, _) = Program
            .Functions.With<QueueTriggerAttribute>()
            .Single(candidate => candidate.Trigger.QueueName == queue);
        CountExecution(function.Name);
        _counts = _counts with { QueueOperations = _counts.QueueOperations + 2 }; // the host receives and deletes it
        await Blog.Get<TriggerInvoker>()
            .InvokeAsync(function.Name, InvocationPayload.Write(function.Parameter, text), CancellationToken.None);
    }

    private void CountExecution(string function) =>
        _counts.Executions[function] = _counts.Executions.GetValueOrDefault(function) + 1;

    private async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> send)
    {
        var response = await send();
        var body = await response.Content.ReadAsByteArrayAsync();
        var headers = Encoding.UTF8.GetByteCount($"{response.Headers}{response.Content.Headers}");
        _counts = _counts with
        {
            Requests = _counts.Requests + 1,
            HttpSeconds = _counts.HttpSeconds + 1,
            BytesOut = _counts.BytesOut + body.Length + headers,
        };
        return response;
    }

    private JourneyCounts Total() =>
        new()
        {
            BlobReads = _calls.BlobReads,
            BlobWrites = _calls.BlobWrites,
            TableOperations = _calls.TableOperations,
            QueueOperations = _calls.QueueOperations,
            LogBytes = _lines.Bytes,
        };

    private int CountMails() =>
        Directory.Exists(Blog.MailFolder) ? Directory.GetFiles(Blog.MailFolder, "*.eml").Length : 0;

    [GeneratedRegex("""(?:href|src)="(/(?:style\.css|blog\.js|favicon\.ico|theme\.css)[^"]*)["#]""")]
    private static partial Regex FileOfPage();
}
