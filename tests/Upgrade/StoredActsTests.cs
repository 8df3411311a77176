using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>What people do on what earlier versions stored, while messages are answered: those that waited, too.</summary>
public sealed class StoredActsTests
{
    public static TheoryData<string> Folders => UpgradedBlog.Folders;

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Messages_that_waited_are_answered_once(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: true);

        await stored.ReadUntilAsync("/posts/late", "Its message waited.");
        await stored.ReadUntilAsync("/posts/part-one", ">2 comments<");
        var page = await stored.ReadUntilAsync("/posts/part-one", "Changed, and not judged again.");
        Assert.Contains("This waits to be judged.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Not judged, then changed.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not told of this yet", page, StringComparison.Ordinal);
        var mails = await stored.Blog.MailsAsync(atLeast: 2);
        Assert.Equal(
            ["[Logbook] A comment waits on \"The crossing begins\"", "[Logbook] Sign in to moderate"],
            mails.Select(mail => mail.Subject).Order()
        );
        Assert.All(mails, mail => Assert.Equal("ada@example.com", Assert.Single(mail.To.Mailboxes).Address));
        var notice = mails.Single(mail => mail.Subject!.Contains("waits", StringComparison.Ordinal)).TextBody!;
        Assert.Contains("> The authors are not told of this yet.", notice, StringComparison.Ordinal);

        using var approved = await stored.Blog.Http.PostAsync(SnapshotLinks.ApproveIn(notice), null);
        using var signedIn = await AdminDriver.SendAsync(
            stored.Blog,
            HttpMethod.Post,
            AdminDriver.LinkIn(
                mails.Single(mail => mail.Subject!.Contains("Sign in", StringComparison.Ordinal)).TextBody!
            ),
            null
        );

        await stored.ReadUntilAsync("/posts/part-one", "The authors are not told of this yet.");
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/moderate"),
            (signedIn.StatusCode, signedIn.Headers.Location!.ToString())
        );
        Assert.Equal(2, (await stored.Blog.MailsAsync()).Count);
        Assert.Contains(
            "There are none.",
            await stored.People.Moderator.ReadAsync("/moderate/comments/waiting"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_moderator_goes_on_with_stored_comments(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: true);

        var done = await stored.People.DecideAsync("approve", "held", "held");
        Assert.Contains("1 comment was approved.", done, StringComparison.Ordinal);
        var page = await stored.ReadUntilAsync("/posts/welcome", "Is it always so windy?");
        Assert.Contains(">7 comments<", page, StringComparison.Ordinal);
        Assert.Contains("id=\"comment-9\"", page, StringComparison.Ordinal); // the one that was taken back had number 8: no number is given twice
        using var undone = await stored.People.Moderator.PostAsync(
            "/moderate/comments/held",
            ("act", "undo"),
            ("item", SnapshotLinks.UndoIn(done))
        );
        Assert.Contains(
            "1 comment was put back to where it was.",
            await undone.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        await stored.ReadUntilAsync("/posts/welcome", ">6 comments<");
        using var mailed = await stored.Blog.Http.PostAsync(stored.Held["approve held"], null);
        await stored.ReadUntilAsync("/posts/welcome", "Is it always so windy?");

        Assert.Contains(
            "1 comment was brought back.",
            await stored.People.DecideAsync("restore", "trashed", "trash"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "This goes into the trash.",
            await stored.People.Moderator.ReadAsync("/moderate/comments/held"),
            StringComparison.Ordinal
        );
        await stored.People.DecideAsync("approve", "spam", "spam");
        await stored.ReadUntilAsync("/posts/welcome", "Visit my casino.");
        await stored.People.DecideAsync("spam", "reply", "approved");
        await stored.Blog.ReadUntilAsync("/posts/welcome", html =>
            !html.Contains("And a following sea.", StringComparison.Ordinal)
        );
        await stored.People.WriteAsync("edited", "answer", "An answer, after the update.");
        await stored.People.WriteAsync("first", "correct", "Fair winds, corrected!");
        page = await stored.ReadUntilAsync("/posts/welcome", "Fair winds, corrected!");
        Assert.Matches(
            "(?s)id=\"comment-6\".*After the edit\\..*<ol class=\"comment-list\">.*An answer, after the update\\..*id=\"comment-7\"",
            page
        );
        Assert.Contains("Fair winds! *Grace*", await stored.People.ReadStoryAsync("first"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Stored_rules_and_known_writers_count(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: true);

        await stored.People.SayAsync("new reply", "welcome.md", "A reply, after the update.", answers: 2);
        await stored.People.SayAsync("turnip", "welcome.md", "I like turnips.");
        await stored.People.SayAsync("casino", "welcome.md", "Another casino.");
        await stored.People.SayAsync(
            "stranger",
            "welcome.md",
            "Who am I?",
            name: "Barbara",
            email: "barbara@example.com"
        );
        await stored.People.SayAsync("first again", "welcome.md", "Fair winds! *Grace*");

        var page = await stored.ReadUntilAsync("/posts/welcome", "A reply, after the update.");
        Assert.Matches(
            "(?s)id=\"comment-2\".*And a following sea\\..*<ol class=\"comment-list\">.*A reply, after the update\\..*id=\"comment-3\"",
            page
        );
        Assert.Single(Regex.Matches(page, "Fair winds! <em>Grace</em>")); // the same words are the same comment
        Assert.Equal(SnapshotLinks.KeyIn(stored.Held["first"]), SnapshotLinks.KeyIn(stored.Held["first again"]));
        await stored.StoryUntilAsync("turnip", "one of the words that hold a comment");
        await stored.StoryUntilAsync("casino", "one of the words that make a comment spam");
        await stored.StoryUntilAsync("stranger", "It is the first comment of this name and e-mail address.");
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Writers_go_on_with_stored_comments(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: true);

        await stored.People.ChangeAsync("edited", "change", "Edited again, after the update.");
        await stored.ReadUntilAsync("/posts/welcome", "Edited again, after the update.");
        await stored.People.ChangeAsync("corrected", "withdraw");
        await stored.Blog.ReadUntilAsync("/posts/welcome", html =>
            !html.Contains("Call me on", StringComparison.Ordinal)
        );
        await stored.People.ChangeAsync("held", "erase");
        await stored.People.ChangeAsync("reply", "erase");
        var page = await stored.ReadUntilAsync("/posts/welcome", ">4 comments<");

        Assert.DoesNotContain("And a following sea.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Is it always so windy?",
            await stored.People.ReadStoryAsync("held"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Edited again, after the update.",
            await stored.Blog.ReadAsync(stored.Held["edited"]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task An_author_goes_on_with_stored_posts(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: true);

        Assert.Contains(
            "Outcome: published",
            await stored.UploadAsync(
                "welcome.md",
                SceneFiles.Welcome.Replace("dawn", "noon", StringComparison.Ordinal)
            ),
            StringComparison.Ordinal
        );
        var page = await stored.ReadUntilAsync("/posts/welcome", "We left at <strong>noon</strong>.");
        Assert.Contains(">6 comments<", page, StringComparison.Ordinal);
        await stored.UploadAsync(
            "moved.md",
            SceneFiles.MovedBefore.Replace("slug: before", "slug: third", StringComparison.Ordinal)
        );
        await stored.ReadUntilAsync("/posts/third", "It has been somewhere else.");
        Assert.Equal("301 /posts/third", await stored.StatusAsync("/posts/before"));
        Assert.Equal("301 /posts/third", await stored.StatusAsync("/posts/after"));
        await stored.UploadAsync("withdrawn.md", SceneFiles.Withdrawn);
        page = await stored.ReadUntilAsync("/posts/withdrawn", "Nobody reads this any more.");
        Assert.Contains("I comment on what is taken down.", page, StringComparison.Ordinal);
        await stored.UploadAsync(
            "part-two.md",
            SceneFiles.PartTwo.Replace("as it was accepted", "mended", StringComparison.Ordinal)
        );
        await stored.ReadUntilAsync("/posts/part-two", "Part two, mended.");
        Assert.DoesNotContain(
            "part-two.md",
            await stored.People.Moderator.ReadAsync("/moderate/failures/all"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Outcome: refused",
            await stored.UploadAsync("clash.md", "---\ntitle: A clash\nslug: welcome\n---\nWords.\n"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Time_goes_on_for_what_is_stored(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: true);
        await stored.ReadUntilAsync("/posts/late", "Its message waited.");

        stored.Clock.Advance(TimeSpan.FromDays(12));
        await stored.RunTimersAsync();
        await stored.ReadUntilAsync("/posts/scheduled", "The first door is open.");
        Assert.Equal("410", await stored.StatusAsync("/logbook/november"));
        Assert.Equal("404", await stored.StatusAsync("/posts/draft"));
        Assert.Contains("A post for December", await stored.Blog.ReadAsync("/"), StringComparison.Ordinal);

        var spam = SnapshotLinks.KeyIn(stored.Held["spam"]);
        Assert.Contains("Visit my casino.", await stored.People.ReadStoryAsync("spam"), StringComparison.Ordinal);
        stored.Clock.Advance(TimeSpan.FromDays(365));
        await stored.RunTimersAsync();
        var moderator = await AdminDriver.BeginAsync(stored.Blog, SnapshotScenes.Ada);
        Assert.Contains(
            "Nothing here",
            await moderator.ReadAsync($"/moderate/comment/{spam}"),
            StringComparison.Ordinal
        );
        Assert.Contains("Is it always so windy?", await moderator.ReadAsync("/moderate"), StringComparison.Ordinal); // what waits is kept
        Assert.Contains(
            "<h1>Sign in</h1>",
            await stored.People.Moderator.ReadAsync("/moderate"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_message_that_was_put_aside_is_tried_again_and_who_signs_out_is_out(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: true);
        var moderator = stored.People.Moderator;

        using var retried = await moderator.PostAsync("/moderate/failures/all", ("queue", "uploads"));
        Assert.Contains(
            "1 message was put back into the queue uploads.",
            await retried.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        await TestBlog.UntilAsync(
            () => moderator.ReadAsync("/moderate/failures/all"),
            page => page.Contains("What went wrong, 11 times", StringComparison.Ordinal),
            "it failed again"
        );
        using var forgotten = await moderator.PostAsync("/moderate/rules/edit", ("act", "forget"));
        Assert.DoesNotContain("turnip", await forgotten.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var left = await moderator.PostAsync("/moderate/session/end");
        Assert.Contains("<h1>Sign in</h1>", await moderator.ReadAsync("/moderate"), StringComparison.Ordinal);
    }
}
