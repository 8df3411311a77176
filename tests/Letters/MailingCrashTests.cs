using System.Collections.Concurrent;
using Azure;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Comments.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Letters;

/// <summary>A mailing whose execution ends at each storage call, and at each mail.</summary>
[Trait("Category", "Slow")]
public sealed class MailingCrashTests
{
    private const int People = 3;

    /// <summary>A number of calls that no execution makes: from the broken one on, all fail.</summary>
    private const int Never = 100_000;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly StorageFaults _faults = new();
    private readonly RecordingNotifier _notifier = new();
    private readonly DelayedMessages _delayed;

    public MailingCrashTests() =>
        _delayed = new DelayedMessages(_clock, text => text.StartsWith("mailing:", StringComparison.Ordinal));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_storage_call_everybody_gets_the_letter_and_at_most_one_gets_it_twice(
        bool isResponseLost
    )
    {
        await using var blog = await StartAsync(perMinute: People);
        for (var call = 0; ; call += TestDepth.Step)
        {
            var post = await AddPostAsync(blog, call);
            _faults.Break(call..Never, isResponseLost);
            var schedule = blog.Get<MailingSchedule>();
            var message = PostChangedMessage.Create(post, "any.md");
            await Record.ExceptionAsync(() => schedule.HandleAsync(message, CancellationToken.None));
            _clock.Advance(MailingSchedule.Delay + TimeSpan.FromSeconds(10));
            await Record.ExceptionAsync(() => _delayed.DeliverAsync(blog));
            var wasKilled = _faults.Made > call;
            _faults.Break(0..0);

            // The host delivers both messages again.
            await schedule.HandleAsync(message, CancellationToken.None);
            await blog.Get<MailingSender>().SendAsync(Mailing.KeyFor(post), CancellationToken.None);
            await DeliverAllAsync(blog, post);

            AssertSent(post);
            if (!wasKilled)
            {
                Assert.InRange(call, 15, 200);
                return;
            }
        }
    }

    [Fact]
    public async Task Killed_at_any_mail_everybody_gets_it_and_at_most_one_gets_it_twice()
    {
        await using var blog = await StartAsync();
        for (var mail = 1; mail <= People; mail++)
        {
            var post = await AddPostAsync(blog, mail);
            await blog.Get<MailingSchedule>()
                .HandleAsync(PostChangedMessage.Create(post, "any.md"), CancellationToken.None);
            _notifier.DieAt = mail;

            await DeliverAllAsync(blog, post);

            AssertSent(post);
        }
    }

    [Fact]
    public async Task A_server_that_fails_is_tried_for_two_days_and_whom_it_refuses_for_the_moment_is_tried_again()
    {
        await using var blog = await StartAsync();
        var down = await AddPostAsync(blog, 1);
        var schedule = blog.Get<MailingSchedule>();
        _notifier.IsDown = true;
        await schedule.HandleAsync(PostChangedMessage.Create(down, "any.md"), CancellationToken.None);
        await DeliverAllAsync(blog, down);
        _notifier.IsDown = false;
        _notifier.RefusedOnce = Refusal.Temporary;
        var refusing = await AddPostAsync(blog, 2);
        await schedule.HandleAsync(PostChangedMessage.Create(refusing, "any.md"), CancellationToken.None);
        await DeliverAllAsync(blog, refusing);

        var given = (await FindAsync(blog, down)).Value;
        Assert.Equal((MailingState.Failed, 0), (given.State, given.Sent));
        Assert.InRange(given.Attempts, 30, 100);
        AssertSent(refusing, most: 1);
    }

    [Fact]
    public async Task Whom_the_server_refuses_for_good_three_times_has_to_confirm_again()
    {
        await using var blog = await StartAsync(people: 1);
        for (var post = 0; post < Recipient.MaxRefusals; post++)
        {
            _notifier.RefusedOnce = Refusal.Permanent;
            var id = await AddPostAsync(blog, post);
            await blog.Get<MailingSchedule>()
                .HandleAsync(PostChangedMessage.Create(id, "any.md"), CancellationToken.None);
            await DeliverAllAsync(blog, id);
            Assert.Equal(1, (await FindAsync(blog, id)).Value.Refused);
        }

        var recipients = await blog.Get<RecipientTable>().ReadAsync("", CancellationToken.None).ToListAsync();
        Assert.Null(Assert.Single(recipients).Value.Confirmed);
    }

    private async Task<TestBlog> StartAsync(int people = People, int perMinute = 2)
    {
        var blog = await TestBlog.StartAsync(
            new() { ["Blog:LettersPerMinute"] = $"{perMinute}" },
            _clock,
            options: TestBlog.IdleHostOptions,
            compose: services =>
                services
                    .AddSingleton<HttpPipelinePolicy>(_faults)
                    .AddSingleton<HttpPipelinePolicy>(_delayed)
                    .Replace(ServiceDescriptor.Singleton<INotifier>(_notifier))
        );
        var table = blog.Get<RecipientTable>();
        for (var number = 0; number < people; number++)
        {
            var added = (await table.GetOrAddAsync($"n{number}@example.com", CancellationToken.None))!;
            var now = _clock.GetUtcNow();
            await table.ReplaceAsync(
                added,
                added.Value with
                {
                    Confirmed = now,
                    Posts = new PostSubscription([], IsWeekly: false, now),
                },
                CancellationToken.None
            );
        }

        return blog;
    }

    private async Task<PostId> AddPostAsync(TestBlog blog, int number)
    {
        var post = ContentBuilder.BuildPost($"mailed-{number}") with { Date = _clock.GetUtcNow() };
        await ContentBuilder.AddPostWithTextAsync(blog, post, "Text.");
        return post.Id;
    }

    /// <summary>Delivers all messages at their times until the mailing is settled, for three days at most.</summary>
    private async Task DeliverAllAsync(TestBlog blog, PostId post)
    {
        for (var end = _clock.GetUtcNow().AddDays(3); _clock.GetUtcNow() < end; )
        {
            if (await FindAsync(blog, post) is not { Value.IsSettled: false })
            {
                return;
            }

            _clock.Advance(TimeSpan.FromMinutes(3));
            await Record.ExceptionAsync(() => _delayed.DeliverAsync(blog));
        }
    }

    private static async Task<ServerlessBlog.Hosting.Storage.Versioned<Mailing>> FindAsync(
        TestBlog blog,
        PostId post
    ) => (await blog.Get<MailingTable>().FindAsync(Mailing.KeyFor(post), CancellationToken.None))!;

    private void AssertSent(PostId post, int most = 2)
    {
        var sent = _notifier.Sent.Where(id => id.StartsWith($"post-{post}-", StringComparison.Ordinal)).ToList();
        Assert.Equal(People, sent.Distinct().Count());
        Assert.InRange(sent.Count, People, People + most - 1);
    }

    /// <summary>Accepts mails as a server does, and fails as a test asks.</summary>
    private sealed class RecordingNotifier : INotifier
    {
        private int _mails;

        /// <summary>The ids of the notifications that were accepted.</summary>
        public ConcurrentQueue<string> Sent { get; } = [];

        /// <summary>The number of the mail after whose acceptance the process dies; 0 for none.</summary>
        public int DieAt
        {
            get;
            set => (field, _mails) = (value, 0);
        }

        /// <summary>Whether the server does not answer.</summary>
        public bool IsDown { get; set; }

        /// <summary>How the server refuses the next recipient.</summary>
        public Refusal RefusedOnce { get; set; }

        public Task SendAsync(Notification notification, CancellationToken cancellationToken)
        {
            if (IsDown)
            {
                throw new NotifierException("It is down.");
            }

            if (RefusedOnce is not Refusal.None)
            {
                var refusal = RefusedOnce;
                RefusedOnce = Refusal.None;
                throw new NotifierException("Refused.") { Refusal = refusal };
            }

            Sent.Enqueue(notification.Id);
            return ++_mails == DieAt ? throw new RequestFailedException("The process died.") : Task.CompletedTask;
        }
    }
}
