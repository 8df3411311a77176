using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Letters;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Privacy;

/// <summary>The setting after how many days mail addresses are deleted.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task Addresses_of_comments_are_deleted_by_age_and_nothing_else_is()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await StartAsync(clock);
        var post = await blog.PublishAsync("talk");
        var old = await SubmitAsync(blog, post, "Old words.");
        clock.Advance(TimeSpan.FromDays(20));
        var young = await SubmitAsync(blog, post, "Young words.");
        clock.Advance(TimeSpan.FromDays(11));

        await RunAsync(blog);

        var forgotten = await FindAsync(blog, old.Key);
        Assert.Equal(
            ("", old.Author, old.Website, old.Text, old.State, old.Created),
            (forgotten.Email, forgotten.Author, forgotten.Website, forgotten.Text, forgotten.State, forgotten.Created)
        );
        Assert.Equal("grace@example.com", (await FindAsync(blog, young.Key)).Email);
        Assert.Contains("Old words.", await blog.ReadAsync("/posts/talk"), StringComparison.Ordinal);
        Assert.Contains("is deleted 30 days after", await blog.ReadAsync("/privacy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_run_goes_on_where_the_last_ended_and_none_is_left_out()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await StartAsync(clock);
        var post = await blog.PublishAsync("talk");
        var comments = new List<Comment>();
        for (var day = 0; day < 3; day++)
        {
            comments.Add(await SubmitAsync(blog, post, $"Words {day}."));
            clock.Advance(TimeSpan.FromDays(1));
        }

        clock.Advance(TimeSpan.FromDays(27.5));
        for (var day = 0; day < 3; day++)
        {
            await RunAsync(blog);
            var addresses = await Task.WhenAll(comments.Select(comment => FindAsync(blog, comment.Key)));
            Assert.Equal(day + 1, addresses.Count(comment => comment.Email.Length == 0));
            Assert.Equal("", addresses[day].Email);
            clock.Advance(TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public async Task Who_gets_replies_only_is_forgotten_and_subscribers_stay()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await StartAsync(clock);
        var table = blog.Get<RecipientTable>();
        var now = clock.GetUtcNow();
        await AddAsync("idle@example.com", one => one);
        await AddAsync("reads@example.com", one => one with { Posts = new PostSubscription([], false, now) });
        await AddAsync("answered@example.com", one =>
            one with
            {
                LastDay = now.AddDays(5).ToString("yyyyMMdd", null),
                OnLastDay = 1,
            }
        );
        clock.Advance(TimeSpan.FromDays(31));

        await blog.Get<ForgetIdle>().RunAsync(CancellationToken.None);

        Assert.Null(await table.FindByMailAsync("idle@example.com", default));
        Assert.NotNull(await table.FindByMailAsync("reads@example.com", default));
        Assert.NotNull(await table.FindByMailAsync("answered@example.com", default));

        async Task AddAsync(string mail, Func<Recipient, Recipient> change)
        {
            var added = (await table.GetOrAddAsync(mail, default))!.Value;
            await table.ChangeAsync(added.Id, one => change(one with { Confirmed = now }), default);
        }
    }

    private static Task<TestBlog> StartAsync(TimeProvider clock) =>
        TestBlog.StartAsync(new() { ["Blog:AddressDays"] = "30" }, clock);

    private static Task<Comment> SubmitAsync(TestBlog blog, ServerlessBlog.Posts.PostId post, string text) =>
        ContentBuilder.SubmitCommentAsync(blog, post, text, "Grace", "grace@example.com");

    private static Task RunAsync(TestBlog blog) => blog.Get<ForgetMailAddresses>().RunAsync(CancellationToken.None);

    private static async Task<Comment> FindAsync(TestBlog blog, CommentKey key) =>
        (await blog.Get<CommentTable>().FindAsync(key, CancellationToken.None))!.Value;
}
