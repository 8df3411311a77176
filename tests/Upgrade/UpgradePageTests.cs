using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>
/// Pages for readers, commenters and moderators on the storage of earlier versions. No message is processed and nothing
/// is changed meanwhile.
/// </summary>
public sealed partial class UpgradePageTests
{
    public static TheoryData<string> Folders => UpgradedBlog.Folders;

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Lists_show_the_stored_posts(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);

        var home = await upgraded.Blog.ReadAsync("/");
        string[] titles =
        [
            "Welcome aboard",
            "A post for November",
            "A post that moved",
            "The crossing ends",
            "The crossing begins",
        ]; // the first is pinned
        Assert.Equal(titles.Order(), TitlesIn(home).Order());
        Assert.Equal("Welcome aboard", TitlesIn(home)[0]);
        Assert.Contains("How it all began.", home, StringComparison.Ordinal);
        Assert.Contains("Pinned", home, StringComparison.Ordinal);
        Assert.Contains("Featured", home, StringComparison.Ordinal);
        Assert.Matches("<a href=\"/about\"[^>]*>About the crew</a>", home);
        Assert.Contains("<meta name=\"logbook\" content=\"kept\">", home, StringComparison.Ordinal);
        Assert.Equal(
            ["The crossing ends", "The crossing begins", "Welcome aboard"],
            TitlesIn(await upgraded.Blog.ReadAsync("/tags/sailing"))
        );
        var tags = await upgraded.Blog.ReadAsync("/tags");
        Assert.Contains(">night</a>", tags, StringComparison.Ordinal);
        Assert.Contains(">sailing</a>", tags, StringComparison.Ordinal);
        Assert.Equal(
            ["Welcome aboard"],
            TitlesIn(await upgraded.Blog.ReadAsync(TagCLink().Match(tags).Groups[1].Value))
        );
        var archive = await upgraded.Blog.ReadAsync("/archive");
        Assert.All(titles, title => Assert.Contains($">{title}</a>", archive, StringComparison.Ordinal));
        Assert.Equal(titles.Order(), TitlesIn(await upgraded.Blog.ReadAsync("/archive/2026/11")).Order());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_stored_post_is_shown_with_all_its_parts(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);

        var welcome = await upgraded.Blog.ReadAsync("/posts/welcome");
        Assert.Contains("<h1 class=\"p-name\">Welcome aboard</h1>", welcome, StringComparison.Ordinal);
        Assert.Contains("We left at <strong>dawn</strong>.", welcome, StringComparison.Ordinal);
        Assert.Contains("At six.", welcome, StringComparison.Ordinal);
        Assert.Contains("November 2, 2026", welcome, StringComparison.Ordinal);
        Assert.Contains("alt=\"A harbour at dusk\"", welcome, StringComparison.Ordinal);
        Assert.Contains("Drawn by a test", welcome, StringComparison.Ordinal);
        Assert.Contains("More from the logbook", welcome, StringComparison.Ordinal); // from texts.json
        Assert.Contains("What comes next</a>", welcome, StringComparison.Ordinal); // the table of contents
        Assert.Contains("href=\"/posts/part-one\"", welcome, StringComparison.Ordinal); // the newer post
        var first = await upgraded.Blog.ReadAsync("/posts/part-one");
        Assert.Contains("Grace of the crew", first, StringComparison.Ordinal);
        Assert.Contains("<math", first, StringComparison.Ordinal);
        Assert.Matches("Part 1 of 2:\\s*<bdi[^>]*>The crossing</bdi>", first);
        Assert.Contains(
            "Part two, as it was accepted.",
            await upgraded.Blog.ReadAsync("/posts/part-two"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no longer holds, as of November 10, 2026",
            await upgraded.Blog.ReadAsync("/posts/after"),
            StringComparison.Ordinal
        );
        Assert.Contains("lang=\"en-GB\"", await upgraded.Blog.ReadAsync("/logbook/november"), StringComparison.Ordinal);
        Assert.Contains("Two people and a cat.", await upgraded.Blog.ReadAsync("/about"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Stored_redirects_still_work(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);

        Assert.Equal("301 /posts/after", await upgraded.StatusAsync("/posts/before"));
        Assert.Equal("301 /posts/welcome", await upgraded.StatusAsync("/2009/hello.html"));
        Assert.Equal("410", await upgraded.StatusAsync("/posts/withdrawn"));
        Assert.Equal("404", await upgraded.StatusAsync("/posts/draft"));
        Assert.Equal("404", await upgraded.StatusAsync("/posts/scheduled"));
        Assert.Equal("404", await upgraded.StatusAsync("/posts/late"));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_stored_conversation_is_unchanged(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);

        var page = await upgraded.Blog.ReadAsync("/posts/welcome");
        Assert.Contains(">6 comments<", page, StringComparison.Ordinal);
        Assert.Equal(
            ["1", "2", "3", "4", "5", "6", "7"],
            Comment().Matches(page).Select(match => match.Groups[1].Value)
        ); // the erased comment keeps its place
        Assert.Matches(
            "(?s)id=\"comment-1\".*Fair winds! <em>Grace</em>.*<ol class=\"comment-list\">"
                + ".*id=\"comment-2\".*And a following sea\\."
                + ".*id=\"comment-3\".*<span class=\"badge\">Author</span>.*Thank you, <strong>Grace</strong>\\..*</ol>"
                + ".*id=\"comment-4\".*was removed\\..*<ol class=\"comment-list\">"
                + ".*id=\"comment-5\".*I answer what <em>was</em> erased\\..*</ol>"
                + ".*id=\"comment-6\".*After the edit\\..*id=\"comment-7\".*Call me on <em>removed</em>\\.",
            page
        );
        foreach (
            var hidden in new[]
            {
                "will be erased",
                "Before the edit",
                "555-0100",
                "taken back",
                "casino",
                "the trash",
                "so windy",
                "example.com/\"",
            }
        )
        {
            Assert.DoesNotContain(hidden, page, StringComparison.Ordinal);
        }

        Assert.Contains(
            "Not judged, then changed.",
            await upgraded.Blog.ReadAsync("/posts/part-one"),
            StringComparison.Ordinal
        );
        Assert.Contains("Comments are closed", await upgraded.Blog.ReadAsync("/posts/after"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Stored_files_are_served_and_photos_are_still_private(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);

        using var photo = await upgraded.Blog.Http.GetAsync("/media/harbour.jpg");
        var bytes = await photo.Content.ReadAsByteArrayAsync();
        Assert.Equal(
            (HttpStatusCode.OK, "image/jpeg"),
            (photo.StatusCode, photo.Content.Headers.ContentType!.MediaType)
        );
        Assert.DoesNotContain(TestPictures.CameraName, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        using var boat = await upgraded.Blog.Http.GetAsync("/media/boat.png");
        Assert.Equal((HttpStatusCode.OK, "image/png"), (boat.StatusCode, boat.Content.Headers.ContentType!.MediaType));
        Assert.Contains("--ours:", await upgraded.Blog.ReadAsync("/style.css"), StringComparison.Ordinal);
        Assert.Matches(
            "srcset=\"[^\"]*/media/harbour\\.jpg\\?[^\"]*w=480",
            WebUtility.HtmlDecode(await upgraded.Blog.ReadAsync("/posts/welcome"))
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Feed_and_sitemap_name_the_stored_posts(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);

        var (feed, sitemap) = (
            await upgraded.Blog.ReadAsync("/feed.xml"),
            await upgraded.Blog.ReadAsync("/sitemap.xml")
        );

        Assert.Equal(
            ["A post for November", "A post that moved", "The crossing ends", "The crossing begins", "Welcome aboard"],
            Title().Matches(feed).Select(match => match.Groups[1].Value).Where(title => title != "Logbook")
        );
        string[] paths =
        [
            "/posts/welcome",
            "/posts/part-one",
            "/posts/part-two",
            "/posts/after",
            "/logbook/november",
            "/about",
        ];
        Assert.All(paths, path =>
            Assert.Contains($"<loc>http://blog.test{path}</loc>", sitemap, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("withdrawn", sitemap, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_signed_in_moderator_stays_signed_in_and_sees_all_stored_data(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);
        var moderator = upgraded.People.Moderator;

        var held = await moderator.ReadAsync("/moderate");
        Assert.Contains("Signed in as Ada.", held, StringComparison.Ordinal);
        Assert.Equal(["The authors are not told of this yet.", "Is it always so windy?"], RawTextsIn(held));
        Assert.Contains("<span>alan@example.com</span>", held, StringComparison.Ordinal);
        Assert.Contains("<span>https://alan.example/</span>", held, StringComparison.Ordinal);
        Assert.Equal(["Visit my casino."], RawTextsIn(await moderator.ReadAsync("/moderate/comments/spam")));
        Assert.Equal(
            ["This goes into the trash.", "This will be taken back."],
            RawTextsIn(await moderator.ReadAsync("/moderate/comments/trash")).Where(text => text.Length > 0)
        );
        Assert.Equal(
            8,
            RawTextsIn(await moderator.ReadAsync("/moderate/comments/approved"))
                .Count(text => !text.StartsWith("Changed,", StringComparison.Ordinal))
        );
        Assert.Equal(["This waits to be judged."], RawTextsIn(await moderator.ReadAsync("/moderate/comments/waiting")));
        var rules = await moderator.ReadAsync("/moderate/rules/edit");
        Assert.Contains("Ada saved these on", rules, StringComparison.Ordinal);
        Assert.Matches("(?s)name=\"first\"[^>]*checked.*value=\"2\".*turnip.*casino", rules);
        var failures = await moderator.ReadAsync("/moderate/failures/all");
        Assert.Contains("part-two.md", failures, StringComparison.Ordinal);
        Assert.Contains("line 3, column 1: this is not YAML", failures, StringComparison.Ordinal);
        Assert.Contains("This is no event.", failures, StringComparison.Ordinal);
        Assert.Contains("What went wrong, 5 times", failures, StringComparison.Ordinal);
        Assert.Equal(5, Regex.Count(failures, "Try [1-5]: InvalidDataException: The message is not a blob event\\."));
        var posts = await moderator.ReadAsync("/moderate/posts/all");
        Assert.Contains("draft.md", posts, StringComparison.Ordinal);
        Assert.Contains("scheduled.md", posts, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Stored_decisions_are_shown_with_their_reasons(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);
        var people = upgraded.People;

        Assert.Matches(
            "(?s)by Ada at the desk.*by rules|by rules.*by Ada at the desk",
            await people.ReadCommentPageAsync("first")
        );
        Assert.Contains("Before the edit.", await people.ReadCommentPageAsync("edited"), StringComparison.Ordinal);
        Assert.Contains(
            "Call me on 555-0100.",
            await people.ReadCommentPageAsync("corrected"),
            StringComparison.Ordinal
        );
        var spam = WebUtility.HtmlDecode(await people.ReadCommentPageAsync("spam"));
        Assert.Contains(
            "It has \"casino\", one of the words that make a comment spam.",
            spam,
            StringComparison.Ordinal
        );
        Assert.Contains("<dt>words that make spam</dt>", spam, StringComparison.Ordinal);
        Assert.Contains(
            "It is the first comment of this name and e-mail address.",
            await people.ReadCommentPageAsync("held"),
            StringComparison.Ordinal
        );
        var erased = await people.ReadCommentPageAsync("erased");
        Assert.DoesNotContain("grace@example.com", erased, StringComparison.Ordinal);
        Assert.DoesNotContain("This will be erased.", erased, StringComparison.Ordinal);
        Assert.Contains(
            "the comment it replies to",
            await people.ReadCommentPageAsync("below erased"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Signed_links_of_commenters_and_moderators_still_work(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);
        (string What, string Words)[] own =
        [
            ("reply", "And a following sea."),
            ("edited", "After the edit."),
            ("withdrawn", "This will be taken back."),
            ("held", "Is it always so windy?"),
            ("waiting", "This waits to be judged."),
            ("revised", "Changed, and not judged again."),
            ("under withdrawn", "I comment on what is taken down."),
        ];

        foreach (var (what, text) in own)
        {
            Assert.Contains(text, await upgraded.Blog.ReadAsync(upgraded.Credentials[what]), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(
            "will be erased",
            await upgraded.Blog.ReadAsync(upgraded.Credentials["erased"]),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "name=\"act\" value=\"approve\"",
            await upgraded.Blog.ReadAsync(upgraded.Credentials["approve held"]),
            StringComparison.Ordinal
        );
        using var usedBefore = await AdminDriver.SendAsync(
            upgraded.Blog,
            HttpMethod.Post,
            upgraded.Credentials["used sign-in"],
            null
        );
        Assert.Equal(HttpStatusCode.NotFound, usedBefore.StatusCode);
        Assert.Contains("It was used before", await usedBefore.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> TitlesIn(string page) =>
        [.. Heading().Matches(page).Select(match => match.Groups[1].Value)];

    private static IReadOnlyList<string> RawTextsIn(string page) =>
        [.. RawText().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("<h2[^>]*>\\s*<a [^>]*>([^<]+)</a>")]
    private static partial Regex Heading();

    [GeneratedRegex("<article class=\"comment[^\"]*\" id=\"comment-([0-9]+)\"")]
    private static partial Regex Comment();

    [GeneratedRegex("href=\"(/tags/c[^\"]+)\"")]
    private static partial Regex TagCLink();

    [GeneratedRegex("<h1[^>]*>([^<]*)</h1>")]
    private static partial Regex Heading1();

    [GeneratedRegex("<title>([^<]+)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("<pre class=\"raw\">\n([^<]*)</pre>")]
    private static partial Regex RawText();
}
