using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>
/// Actions of commenters, moderators and authors on the storage of earlier versions, while messages are processed,
/// including those that waited.
/// </summary>
[Trait("Category", "Slow")]
public sealed class UpgradeActionTests
{
    public static TheoryData<string> Folders => UpgradedBlog.Folders;

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Messages_that_waited_are_processed_once(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: true);

        await upgraded.ReadUntilAsync("/posts/late", "Its message waited.");
        await upgraded.ReadUntilAsync("/posts/part-one", ">2 comments<");
        var page = await upgraded.ReadUntilAsync("/posts/part-one", "Changed, and not judged again.");
        Assert.Contains("This waits to be judged.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Not judged, then changed.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not told of this yet", page, StringComparison.Ordinal);
        var mails = await upgraded.Blog.MailsAsync(atLeast: 2);
        Assert.Equal(
            ["[Logbook] A comment waits on \"The crossing begins\"", "[Logbook] Sign in to moderate"],
            mails.Select(mail => mail.Subject).Order()
        );
        Assert.All(mails, mail => Assert.Equal("ada@example.com", Assert.Single(mail.To.Mailboxes).Address));
        var notification = mails.Single(mail => mail.Subject!.Contains("waits", StringComparison.Ordinal)).TextBody!;
        Assert.Contains("> The authors are not told of this yet.", notification, StringComparison.Ordinal);

        using var approved = await upgraded.Blog.Http.PostAsync(SnapshotLinks.ApproveIn(notification), Approve());
        using var signedIn = await AdminDriver.SendAsync(
            upgraded.Blog,
            HttpMethod.Post,
            AdminDriver.FindSignInLink(
                mails.Single(mail => mail.Subject!.Contains("Sign in", StringComparison.Ordinal)).TextBody!
            ),
            null
        );

        await upgraded.ReadUntilAsync("/posts/part-one", "The authors are not told of this yet.");
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/moderate"),
            (signedIn.StatusCode, signedIn.Headers.Location!.ToString())
        );
        Assert.Equal(2, (await upgraded.Blog.MailsAsync()).Count);
        Assert.Contains(
            "There are none.",
            await upgraded.People.Moderator.ReadAsync("/moderate/comments/waiting"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_moderator_can_decide_on_stored_comments(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: true);

        var result = await upgraded.People.DecideAsync("approve", "held", "held");
        Assert.Contains("1 comment approved.", result, StringComparison.Ordinal);
        var page = await upgraded.ReadUntilAsync("/posts/welcome", "Is it always so windy?");
        Assert.Contains(">7 comments<", page, StringComparison.Ordinal);
        // The withdrawn comment had number 8: no number is used twice.
        Assert.Contains("id=\"comment-9\"", page, StringComparison.Ordinal);
        using var undone = await upgraded.People.Moderator.PostAsync(
            "/moderate/comments/held",
            ("act", "undo"),
            ("item", SnapshotLinks.UndoIn(result))
        );
        Assert.Contains(
            "1 comment put back to where it was.",
            await undone.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        await upgraded.ReadUntilAsync("/posts/welcome", ">6 comments<");
        using var approved = await upgraded.Blog.Http.PostAsync(upgraded.Credentials["approve held"], Approve());
        await upgraded.ReadUntilAsync("/posts/welcome", "Is it always so windy?");

        Assert.Contains(
            "1 comment brought back.",
            await upgraded.People.DecideAsync("restore", "trashed", "trash"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "This goes into the trash.",
            await upgraded.People.Moderator.ReadAsync("/moderate/comments/held"),
            StringComparison.Ordinal
        );
        await upgraded.People.DecideAsync("approve", "spam", "spam");
        await upgraded.ReadUntilAsync("/posts/welcome", "Visit my casino.");
        await upgraded.People.DecideAsync("spam", "reply", "approved");
        await upgraded.Blog.ReadUntilAsync("/posts/welcome", html =>
            !html.Contains("And a following sea.", StringComparison.Ordinal)
        );
        await upgraded.People.WriteAsync("edited", "answer", "An answer, after the update.");
        await upgraded.People.WriteAsync("first", "correct", "Fair winds, corrected!");
        page = await upgraded.ReadUntilAsync("/posts/welcome", "Fair winds, corrected!");
        Assert.Matches(
            "(?s)id=\"comment-6\".*After the edit\\..*<ol class=\"comment-list\">"
                + ".*An answer, after the update\\..*id=\"comment-7\"",
            page
        );
        Assert.Contains(
            "Fair winds! *Grace*",
            await upgraded.People.ReadCommentPageAsync("first"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Stored_rules_and_known_commenters_are_applied(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: true);

        await upgraded.People.CommentAsync("new reply", "welcome.md", "A reply, after the update.", replyTo: 2);
        await upgraded.People.CommentAsync("turnip", "welcome.md", "I like turnips.");
        await upgraded.People.CommentAsync("casino", "welcome.md", "Another casino.");
        await upgraded.People.CommentAsync(
            "stranger",
            "welcome.md",
            "Who am I?",
            name: "Barbara",
            email: "barbara@example.com"
        );
        await upgraded.People.CommentAsync("first again", "welcome.md", "Fair winds! *Grace*");

        var page = await upgraded.ReadUntilAsync("/posts/welcome", "A reply, after the update.");
        Assert.Matches(
            "(?s)id=\"comment-2\".*And a following sea\\..*<ol class=\"comment-list\">"
                + ".*A reply, after the update\\..*id=\"comment-3\"",
            page
        );
        Assert.Single(Regex.Matches(page, "Fair winds! <em>Grace</em>")); // a duplicate is the same comment
        Assert.Equal(
            SnapshotLinks.KeyIn(upgraded.Credentials["first"]),
            SnapshotLinks.KeyIn(upgraded.Credentials["first again"])
        );
        await upgraded.ReadCommentPageUntilAsync("turnip", "one of the words that hold a comment");
        await upgraded.ReadCommentPageUntilAsync("casino", "one of the words that make a comment spam");
        await upgraded.ReadCommentPageUntilAsync(
            "stranger",
            "It is the first comment of this name and e-mail address."
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Commenters_can_change_stored_comments(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: true);

        await upgraded.People.ChangeAsync("edited", "change", "Edited again, after the update.");
        await upgraded.ReadUntilAsync("/posts/welcome", "Edited again, after the update.");
        await upgraded.People.ChangeAsync("corrected", "withdraw");
        await upgraded.Blog.ReadUntilAsync("/posts/welcome", html =>
            !html.Contains("Call me on", StringComparison.Ordinal)
        );
        await upgraded.People.ChangeAsync("held", "erase");
        await upgraded.People.ChangeAsync("reply", "erase");
        var page = await upgraded.ReadUntilAsync("/posts/welcome", ">4 comments<");

        Assert.DoesNotContain("And a following sea.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Is it always so windy?",
            await upgraded.People.ReadCommentPageAsync("held"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Edited again, after the update.",
            await upgraded.Blog.ReadAsync(upgraded.Credentials["edited"]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task An_author_can_change_stored_posts(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: true);

        Assert.Contains(
            "Outcome: published",
            await upgraded.UploadAsync(
                "welcome.md",
                SnapshotFiles.Welcome.Replace("dawn", "noon", StringComparison.Ordinal)
            ),
            StringComparison.Ordinal
        );
        var page = await upgraded.ReadUntilAsync("/posts/welcome", "We left at <strong>noon</strong>.");
        Assert.Contains(">6 comments<", page, StringComparison.Ordinal);
        await upgraded.UploadAsync(
            "moved.md",
            SnapshotFiles.MovedBefore.Replace("slug: before", "slug: third", StringComparison.Ordinal)
        );
        await upgraded.ReadUntilAsync("/posts/third", "It has been somewhere else.");
        Assert.Equal("301 /posts/third", await upgraded.StatusAsync("/posts/before"));
        Assert.Equal("301 /posts/third", await upgraded.StatusAsync("/posts/after"));
        await upgraded.UploadAsync("withdrawn.md", SnapshotFiles.Withdrawn);
        page = await upgraded.ReadUntilAsync("/posts/withdrawn", "Nobody reads this any more.");
        Assert.Contains("I comment on what is taken down.", page, StringComparison.Ordinal);
        await upgraded.UploadAsync(
            "part-two.md",
            SnapshotFiles.PartTwo.Replace("as it was accepted", "mended", StringComparison.Ordinal)
        );
        await upgraded.ReadUntilAsync("/posts/part-two", "Part two, mended.");
        Assert.DoesNotContain(
            "part-two.md",
            await upgraded.People.Moderator.ReadAsync("/moderate/failures/all"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Outcome: refused",
            await upgraded.UploadAsync("clash.md", "---\ntitle: A clash\nslug: welcome\n---\nWords.\n"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Timers_publish_expire_and_delete_stored_data(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: true);
        await upgraded.ReadUntilAsync("/posts/late", "Its message waited.");

        upgraded.Clock.Advance(TimeSpan.FromDays(12));
        await upgraded.RunTimersAsync();
        await upgraded.ReadUntilAsync("/posts/scheduled", "The first door is open.");
        await TestBlog.WaitUntilAsync(
            () => upgraded.StatusAsync("/logbook/november"),
            status => status == "410",
            "the expiry of a post"
        );
        Assert.Equal("404", await upgraded.StatusAsync("/posts/draft"));
        Assert.Contains("A post for December", await upgraded.Blog.ReadAsync("/"), StringComparison.Ordinal);

        var spam = SnapshotLinks.KeyIn(upgraded.Credentials["spam"]);
        Assert.Contains(
            "Visit my casino.",
            await upgraded.People.ReadCommentPageAsync("spam"),
            StringComparison.Ordinal
        );
        upgraded.Clock.Advance(TimeSpan.FromDays(365));
        await upgraded.RunTimersAsync();
        var moderator = await AdminDriver.SignInAsync(upgraded.Blog, SnapshotRecorder.Ada);
        Assert.Contains(
            "Nothing here",
            await moderator.ReadAsync($"/moderate/comment/{spam}"),
            StringComparison.Ordinal
        );
        // Held comments are kept.
        Assert.Contains("Is it always so windy?", await moderator.ReadAsync("/moderate"), StringComparison.Ordinal);
        Assert.Contains(
            "<h1>Sign in</h1>",
            await upgraded.People.Moderator.ReadAsync("/moderate"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_poison_message_can_be_retried_and_a_moderator_can_sign_out(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: true);
        var moderator = upgraded.People.Moderator;

        using var retried = await moderator.PostAsync("/moderate/failures/all", ("queue", "uploads"));
        Assert.Contains(
            "1 message was put back into the queue uploads.",
            await retried.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        await TestBlog.WaitUntilAsync(
            () => moderator.ReadAsync("/moderate/failures/all"),
            page => page.Contains("What went wrong, 11 times", StringComparison.Ordinal),
            "it failed again"
        );
        var rules = await moderator.ReadAsync("/moderate/rules/edit");
        using var forgotten = await moderator.PostAsync(
            "/moderate/rules/edit",
            ("act", "forget"),
            ("version", WebUtility.HtmlDecode(rules.Split("name=\"version\" value=\"")[1].Split('"')[0]))
        );
        Assert.DoesNotContain("turnip", await forgotten.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var left = await moderator.PostAsync("/moderate/session/end");
        Assert.Contains("<h1>Sign in</h1>", await moderator.ReadAsync("/moderate"), StringComparison.Ordinal);
    }

    private static FormUrlEncodedContent Approve() => new([new("act", "approve")]);
}
