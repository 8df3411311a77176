using System.Net;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Timers;
using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Letters;

/// <summary>New posts by mail: the form, the confirmation, and the sending in slices.</summary>
public sealed class MailingTests
{
    [Fact]
    public async Task Somebody_subscribes_confirms_gets_the_next_post_and_ends_it_with_one_click()
    {
        await using var fixture = await LetterFixture.StartAsync();
        Assert.Contains("action=\"/subscribe\"", await fixture.Blog.ReadAsync("/posts/talk"), StringComparison.Ordinal);
        using var answer = await SubscribeAsync(fixture, fixture.MailOf("Grace"));
        Assert.Contains("Look into your mail", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = LetterFixture.LinkIn(await fixture.WaitForAsync("Grace", "Confirm: new posts of Test blog by mail"));
        Assert.Contains("A mail with each new post", await fixture.SubmitAsync(page, ("act", "confirm")));

        var post = await PublishNowAsync(
            fixture,
            "first",
            "Some *text* with a [link](/about) and ![a picture](p.png)."
        );
        await SendAsync(fixture, Mailing.KeyFor(post));
        var letter = await fixture.WaitForAsync("Grace", "Title of first");

        Assert.Equal($"post-{post}-{await IdOfAsync(fixture, "Grace")}@blog.test", letter.MessageId);
        Assert.Contains("<em>text</em>", letter.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"http://blog.test/about\"", letter.Html, StringComparison.Ordinal);
        Assert.Contains("\nhttp://blog.test/posts/first\n", letter.Text, StringComparison.Ordinal);
        await fixture.UnsubscribeAsync(letter);
        var second = await PublishNowAsync(fixture, "second", "Text.");
        await SendAsync(fixture, Mailing.KeyFor(second));

        Assert.Equal(2, (await fixture.MailsToAsync("Grace")).Count);
        Assert.Equal((MailingState.Done, 0), await StateAsync(fixture, second));
    }

    [Fact]
    public async Task Everybody_who_wants_it_gets_a_post_once_in_slices_and_after_a_lost_execution()
    {
        await using var fixture = await LetterFixture.StartAsync(new() { ["Blog:LettersPerMinute"] = "2" });
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
        {
            await ConfirmAsync(fixture, name, name == "c" ? ["travel"] : [], isWeekly: name == "e");
        }

        var post = await PublishNowAsync(fixture, "sliced", "Text.", "tags: [Food]");
        await SendAsync(fixture, Mailing.KeyFor(post));
        await fixture.WaitForAsync("d", "Title of sliced");
        await SendAsync(fixture, Mailing.KeyFor(post)); // once more: everybody has it

        foreach (var (name, count) in new[] { ("a", 1), ("b", 1), ("c", 0), ("d", 1), ("e", 0) })
        {
            Assert.Equal(count, (await fixture.MailsToAsync(name)).Count);
        }

        Assert.Equal((MailingState.Done, 3), await StateAsync(fixture, post));
    }

    [Fact]
    public async Task A_post_is_mailed_only_when_it_is_new_and_still_public()
    {
        await using var fixture = await LetterFixture.StartAsync();
        await ConfirmAsync(fixture, "Grace", [], isWeekly: false);
        var old = await fixture.Blog.PublishAsync("old"); // dated in January
        var withdrawn = await PublishNowAsync(fixture, "withdrawn", "Text.");
        await fixture.Blog.DeleteAsync("withdrawn.md");
        await fixture
            .Blog.Get<MailingSchedule>()
            .HandleAsync(PostChangedMessage.Create(old, "old.md"), CancellationToken.None);

        await SendAsync(fixture, Mailing.KeyFor(withdrawn));

        Assert.Empty(await fixture.MailsToAsync("Grace"));
        Assert.Equal((MailingState.Cancelled, 0), await StateAsync(fixture, withdrawn));
        Assert.Null(await fixture.Blog.Get<MailingTable>().FindAsync(Mailing.KeyFor(old), CancellationToken.None));
    }

    [Fact]
    public async Task Once_a_week_one_letter_has_the_posts_of_the_week_with_the_tags_that_are_wanted()
    {
        await using var fixture = await LetterFixture.StartAsync();
        var monday = LastMonday();
        await ConfirmAsync(fixture, "Grace", ["food"], isWeekly: true, monday.AddDays(-8));
        await ConfirmAsync(fixture, "Linus", ["travel"], isWeekly: true, monday.AddDays(-8));
        await fixture.PublishAsync("bread", $"date: {monday.AddDays(-3):yyyy-MM-dd}\ntags: [Food]");
        await fixture.PublishAsync("soup", $"date: {monday.AddDays(-2):yyyy-MM-dd}\ntags: [Food]");
        await fixture.PublishAsync("long-ago", $"date: {monday.AddDays(-9):yyyy-MM-dd}\ntags: [Food]");

        await WeeklyScheduleOf(fixture, monday.AddDays(-1)).RunAsync(CancellationToken.None); // on Sunday: none
        await WeeklyScheduleOf(fixture, monday).RunAsync(CancellationToken.None);
        Assert.Single(await fixture.Blog.Get<MailingTable>().ReadAsync(CancellationToken.None).ToListAsync());
        await SendAsync(fixture, Mailing.KeyForWeek(DateOnly.FromDateTime(monday.UtcDateTime)));
        var letter = await fixture.WaitForAsync("Grace", "The week at Test blog");

        Assert.Contains("/posts/bread", letter.Text, StringComparison.Ordinal);
        Assert.Contains("/posts/soup", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("long-ago", letter.Text, StringComparison.Ordinal);
        Assert.Empty(await fixture.MailsToAsync("Linus"));
    }

    [Fact]
    public async Task The_form_says_what_is_wrong_and_how_often_it_may_be_used()
    {
        await using var fixture = await LetterFixture.StartAsync();

        using var wrong = await SubscribeAsync(fixture, "nobody");
        using var robot = await SubscribeAsync(fixture, "robot@example.com", ("subject", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("value=\"nobody\"", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, robot.StatusCode);
        Assert.Null(
            await fixture.Blog.Get<RecipientTable>().FindByMailAsync("robot@example.com", CancellationToken.None)
        );

        HttpStatusCode last = default;
        for (var number = 0; number <= SubscriptionLimits.Burst; number++)
        {
            using var response = await SubscribeAsync(fixture, fixture.MailOf($"n{number}"));
            last = response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    private static Task<HttpResponseMessage> SubscribeAsync(
        LetterFixture fixture,
        string mail,
        params (string Name, string Value)[] more
    ) =>
        fixture.Blog.Http.PostAsync(
            "/subscribe",
            new FormUrlEncodedContent([
                new("email", mail),
                .. more.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            ])
        );

    private static async Task ConfirmAsync(
        LetterFixture fixture,
        string name,
        string[] tags,
        bool isWeekly,
        DateTimeOffset? since = null
    )
    {
        var table = fixture.Blog.Get<RecipientTable>();
        var recipient = (await table.GetOrAddAsync(fixture.MailOf(name), CancellationToken.None))!.Value;
        var now = since ?? DateTimeOffset.UtcNow;
        await table.ChangeAsync(
            recipient.Id,
            read => read with { Confirmed = now, Posts = new PostSubscription(tags, isWeekly, now) },
            CancellationToken.None
        );
    }

    /// <summary>Publishes a post dated now, and does what its message does some seconds later.</summary>
    private static async Task<PostId> PublishNowAsync(
        LetterFixture fixture,
        string slug,
        string text,
        string fields = ""
    )
    {
        var id = await fixture.PublishAsync(slug, fields, text);
        await fixture
            .Blog.Get<MailingSchedule>()
            .HandleAsync(PostChangedMessage.Create(id, $"{slug}.md"), CancellationToken.None);
        return id;
    }

    /// <summary>Sends a mailing as its messages do, without waiting for their times.</summary>
    private static async Task SendAsync(LetterFixture fixture, string key)
    {
        var table = fixture.Blog.Get<MailingTable>();
        while (await table.FindAsync(key, CancellationToken.None) is { Value.IsSettled: false } read)
        {
            await table.ReplaceAsync(read, read.Value with { NotBefore = default }, CancellationToken.None);
            await fixture.Blog.Get<MailingSender>().SendAsync(key, CancellationToken.None);
        }
    }

    private static async Task<(MailingState State, int Sent)> StateAsync(LetterFixture fixture, PostId post)
    {
        var mailing = await fixture.Blog.Get<MailingTable>().FindAsync(Mailing.KeyFor(post), CancellationToken.None);
        return (mailing!.Value.State, mailing.Value.Sent);
    }

    private static async Task<string> IdOfAsync(LetterFixture fixture, string name) =>
        (await fixture.Blog.Get<RecipientTable>().FindByMailAsync(fixture.MailOf(name), CancellationToken.None))!
            .Value
            .Id;

    /// <summary>Nine o'clock on the last Monday that is over.</summary>
    private static DateTimeOffset LastMonday()
    {
        var day = DateTimeOffset.UtcNow.UtcDateTime.Date.AddDays(-1);
        return new DateTimeOffset(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)).AddHours(9), TimeSpan.Zero);
    }

    private static IDailyTask WeeklyScheduleOf(LetterFixture fixture, DateTimeOffset now) =>
        new MailingSchedule(
            fixture.Blog.Get<MailingTable>(),
            fixture.Blog.Get<MailingSender>(),
            fixture.Blog.Get<NotificationQueueClient>(),
            fixture.Blog.Get<PostTable>(),
            fixture.Blog.Get<PostLists>(),
            fixture.Blog.Get<BlogSettings>(),
            new FakeTimeProvider(now)
        );
}
