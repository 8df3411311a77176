using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>What readers, writers and moderators see of what earlier versions stored. Nothing is answered and nothing changed meanwhile.</summary>
public sealed partial class StoredPagesTests
{
    public static TheoryData<string> Folders => UpgradedBlog.Folders;

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Lists_show_the_stored_posts(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);

        var home = await stored.Blog.ReadAsync("/");
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
            TitlesIn(await stored.Blog.ReadAsync("/tags/sailing"))
        );
        var tags = await stored.Blog.ReadAsync("/tags");
        Assert.Contains(">night</a>", tags, StringComparison.Ordinal);
        Assert.Contains(">sailing</a>", tags, StringComparison.Ordinal);
        Assert.Equal(["Welcome aboard"], TitlesIn(await stored.Blog.ReadAsync(TagC().Match(tags).Groups[1].Value)));
        Assert.Contains("5 posts", await stored.Blog.ReadAsync("/archive"), StringComparison.Ordinal);
        Assert.Equal(titles.Order(), TitlesIn(await stored.Blog.ReadAsync("/archive/2026/11")).Order());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_stored_post_shows_all_that_it_has(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);

        var welcome = await stored.Blog.ReadAsync("/posts/welcome");
        Assert.Contains("<h1>Welcome aboard</h1>", welcome, StringComparison.Ordinal);
        Assert.Contains("We left at <strong>dawn</strong>.", welcome, StringComparison.Ordinal);
        Assert.Contains("At six.", welcome, StringComparison.Ordinal);
        Assert.Contains("November 2, 2026", welcome, StringComparison.Ordinal);
        Assert.Contains("alt=\"A harbour at dusk\"", welcome, StringComparison.Ordinal);
        Assert.Contains("Drawn by a test", welcome, StringComparison.Ordinal);
        Assert.Contains("More from the logbook", welcome, StringComparison.Ordinal); // the owner's words
        Assert.Contains("What comes next</a>", welcome, StringComparison.Ordinal); // the contents
        Assert.Contains("href=\"/posts/part-one\"", welcome, StringComparison.Ordinal); // the newer one
        var first = await stored.Blog.ReadAsync("/posts/part-one");
        Assert.Contains("Grace of the crew", first, StringComparison.Ordinal);
        Assert.Contains("<math", first, StringComparison.Ordinal);
        Assert.Matches("Part 1 of 2:\\s*<bdi[^>]*>The crossing</bdi>", first);
        Assert.Contains(
            "Part two, as it was accepted.",
            await stored.Blog.ReadAsync("/posts/part-two"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no longer holds, as of November 10, 2026",
            await stored.Blog.ReadAsync("/posts/after"),
            StringComparison.Ordinal
        );
        Assert.Contains("lang=\"en-GB\"", await stored.Blog.ReadAsync("/logbook/november"), StringComparison.Ordinal);
        Assert.Contains("Two people and a cat.", await stored.Blog.ReadAsync("/about"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Stored_addresses_lead_where_they_led(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);

        Assert.Equal("301 /posts/after", await stored.StatusAsync("/posts/before"));
        Assert.Equal("301 /posts/welcome", await stored.StatusAsync("/2009/hello.html"));
        Assert.Equal("410", await stored.StatusAsync("/posts/withdrawn"));
        Assert.Equal("404", await stored.StatusAsync("/posts/draft"));
        Assert.Equal("404", await stored.StatusAsync("/posts/scheduled"));
        Assert.Equal("404", await stored.StatusAsync("/posts/late"));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_stored_conversation_is_as_it_was(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);

        var page = await stored.Blog.ReadAsync("/posts/welcome");
        Assert.Contains(">6 comments<", page, StringComparison.Ordinal);
        Assert.Equal(
            ["1", "2", "3", "4", "5", "6", "7"],
            Comment().Matches(page).Select(match => match.Groups[1].Value)
        ); // the place of the erased one is kept
        Assert.Matches(
            "(?s)id=\"comment-1\".*Fair winds! <em>Grace</em>.*<ol class=\"comment-list\">.*id=\"comment-2\".*And a following sea\\."
                + ".*id=\"comment-3\".*<span class=\"badge\">Author</span>.*Thank you, <strong>Grace</strong>\\..*</ol>"
                + ".*id=\"comment-4\".*was removed\\..*<ol class=\"comment-list\">.*id=\"comment-5\".*I answer what <em>was</em> erased\\..*</ol>"
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
            await stored.Blog.ReadAsync("/posts/part-one"),
            StringComparison.Ordinal
        );
        Assert.Contains("Comments are closed", await stored.Blog.ReadAsync("/posts/after"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Stored_files_are_served_and_photos_are_still_private(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);

        using var photo = await stored.Blog.Http.GetAsync("/media/harbour.jpg");
        var bytes = await photo.Content.ReadAsByteArrayAsync();
        Assert.Equal(
            (HttpStatusCode.OK, "image/jpeg"),
            (photo.StatusCode, photo.Content.Headers.ContentType!.MediaType)
        );
        Assert.DoesNotContain(TestPictures.Camera, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        using var boat = await stored.Blog.Http.GetAsync("/media/boat.png");
        Assert.Equal((HttpStatusCode.OK, "image/png"), (boat.StatusCode, boat.Content.Headers.ContentType!.MediaType));
        Assert.Contains("--ours:", await stored.Blog.ReadAsync("/style.css"), StringComparison.Ordinal);
        Assert.Matches(
            "srcset=\"[^\"]*/media/harbour\\.jpg\\?[^\"]*w=480",
            WebUtility.HtmlDecode(await stored.Blog.ReadAsync("/posts/welcome"))
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Feed_and_sitemap_name_the_stored_posts(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);

        var (feed, sitemap) = (await stored.Blog.ReadAsync("/feed.xml"), await stored.Blog.ReadAsync("/sitemap.xml"));

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
    public async Task Who_was_signed_in_still_is_and_finds_everything(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);
        var moderator = stored.People.Moderator;

        var held = await moderator.ReadAsync("/moderate");
        Assert.Contains("Signed in as Ada.", held, StringComparison.Ordinal);
        Assert.Equal(["The authors are not told of this yet.", "Is it always so windy?"], RawIn(held));
        Assert.Contains("alan@example.com, https://alan.example/", held, StringComparison.Ordinal);
        Assert.Equal(["Visit my casino."], RawIn(await moderator.ReadAsync("/moderate/comments/spam")));
        Assert.Equal(
            ["This goes into the trash.", "This will be taken back."],
            RawIn(await moderator.ReadAsync("/moderate/comments/trash")).Where(text => text.Length > 0)
        );
        Assert.Equal(
            8,
            RawIn(await moderator.ReadAsync("/moderate/comments/approved"))
                .Count(text => !text.StartsWith("Changed,", StringComparison.Ordinal))
        );
        Assert.Equal(["This waits to be judged."], RawIn(await moderator.ReadAsync("/moderate/comments/waiting")));
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
    public async Task Stored_decisions_are_told_with_their_reasons(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);
        var people = stored.People;

        Assert.Matches(
            "(?s)by Ada at the desk.*by rules|by rules.*by Ada at the desk",
            await people.ReadStoryAsync("first")
        );
        Assert.Contains("Before the edit.", await people.ReadStoryAsync("edited"), StringComparison.Ordinal);
        Assert.Contains("Call me on 555-0100.", await people.ReadStoryAsync("corrected"), StringComparison.Ordinal);
        var spam = WebUtility.HtmlDecode(await people.ReadStoryAsync("spam"));
        Assert.Contains(
            "It has \"casino\", one of the words that make a comment spam.",
            spam,
            StringComparison.Ordinal
        );
        Assert.Contains("<dt>words that make spam</dt>", spam, StringComparison.Ordinal);
        Assert.Contains(
            "It is the first comment of this name and e-mail address.",
            await people.ReadStoryAsync("held"),
            StringComparison.Ordinal
        );
        var erased = await people.ReadStoryAsync("erased");
        Assert.DoesNotContain("grace@example.com", erased, StringComparison.Ordinal);
        Assert.DoesNotContain("This will be erased.", erased, StringComparison.Ordinal);
        Assert.Contains(
            "the comment it replies to",
            await people.ReadStoryAsync("below erased"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Links_that_writers_and_moderators_hold_still_open(string folder)
    {
        await using var stored = await UpgradedBlog.StartAsync(folder, answers: false);
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

        foreach (var (what, words) in own)
        {
            Assert.Contains(words, await stored.Blog.ReadAsync(stored.Held[what]), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(
            "will be erased",
            await stored.Blog.ReadAsync(stored.Held["erased"]),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Approve this comment?",
            Heading1().Match(await stored.Blog.ReadAsync(stored.Held["approve held"])).Groups[1].Value
        );
        using var usedBefore = await AdminDriver.SendAsync(
            stored.Blog,
            HttpMethod.Post,
            stored.Held["used sign-in"],
            null
        );
        Assert.Equal(HttpStatusCode.NotFound, usedBefore.StatusCode);
        Assert.Contains("It was used before", await usedBefore.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> TitlesIn(string page) =>
        [.. Heading().Matches(page).Select(match => match.Groups[1].Value)];

    private static IReadOnlyList<string> RawIn(string page) =>
        [.. Raw().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("<h2[^>]*>\\s*<a href=[^>]*>([^<]+)</a>")]
    private static partial Regex Heading();

    [GeneratedRegex("<article class=\"comment\" id=\"comment-([0-9]+)\"")]
    private static partial Regex Comment();

    [GeneratedRegex("href=\"(/tags/c[^\"]+)\"")]
    private static partial Regex TagC();

    [GeneratedRegex("<h1>([^<]*)</h1>")]
    private static partial Regex Heading1();

    [GeneratedRegex("<title>([^<]+)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("<pre class=\"raw\">\n([^<]*)</pre>")]
    private static partial Regex Raw();
}
