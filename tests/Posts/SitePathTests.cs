using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Posts;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Posts;

public sealed class SitePathTests
{
    [Theory]
    [InlineData("/a", "/a", "/a")]
    [InlineData("/2009/old.php", "/2009/old.php", "/2009/old.php")]
    [InlineData("/About/Me.html", "/About/Me.html", "/about/me.html")]
    [InlineData("/about/", "/about/", "/about")]
    [InlineData("/日本/旅", "/%E6%97%A5%E6%9C%AC/%E6%97%85", "/日本/旅")]
    [InlineData("/ÜBER", "/%C3%9CBER", "/über")]
    [InlineData("/ЁЖ", "/%D0%81%D0%96", "/ёж")]
    [InlineData("/\U0001F600", "/%F0%9F%98%80", "/\U0001F600")]
    [InlineData("/a b+c", "/a%20b%2Bc", "/a b+c")]
    [InlineData("/100%", "/100%25", "/100%")]
    [InlineData("/what?", "/what%3F", "/what?")]
    [InlineData("/.well-known/x", "/.well-known/x", "/.well-known/x")]
    [InlineData("/...", "/...", "/...")]
    public void A_path_has_one_URL_and_one_key(string text, string link, string key)
    {
        Assert.True(SitePath.TryParse(text, out var path));
        Assert.Equal((text, link, link, key), (path.Text, path.Link, path.ToString(), path.Key));
        Assert.True(SitePath.TryParse(Uri.UnescapeDataString(link), out var again) && again == path);
    }

    [Theory]
    [InlineData("/a", "/A/")]
    [InlineData("/Straße", "/sTRAßE")]
    [InlineData("/Ünï/", "/üNÏ")]
    [InlineData("/CAFE\u0301", "/caf\u00E9/")]
    public void Letter_case_and_a_trailing_slash_do_not_change_the_key(string one, string other) =>
        Assert.Equal(SitePath.Parse(one).Key, SitePath.Parse(other).Key);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a")]
    [InlineData("//")]
    [InlineData("//a")]
    [InlineData("/a//")]
    [InlineData("/a//b")]
    [InlineData("/.")]
    [InlineData("/..")]
    [InlineData("/../")]
    [InlineData("/a/./b")]
    [InlineData("/a/../b")]
    [InlineData("/a/..")]
    [InlineData("/a\\b")]
    [InlineData("/a\nb")]
    [InlineData("/a\0")]
    [InlineData("/a\u007F")]
    [InlineData("/a\u0085")]
    [InlineData("/\uFFFD")]
    public void Other_text_is_no_path(string? text)
    {
        Assert.False(SitePath.TryParse(text, out var path));
        Assert.Equal("", path.Text);
        Assert.Throws<ArgumentException>(() => SitePath.Parse(text!));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_path()
    {
        // Not in the theory above: attribute arguments are stored in UTF-8, which has no half surrogate pairs.
        Assert.False(SitePath.TryParse("/\uD83D", out _));
        Assert.False(SitePath.TryParse("/\uDE00\uD83D", out _));
    }

    [Fact]
    public void A_path_has_at_most_200_characters()
    {
        Assert.True(SitePath.TryParse("/" + new string('é', 199), out _));
        Assert.False(SitePath.TryParse("/" + new string('é', 200), out _));
    }

    [Theory]
    [InlineData("/posts/a/comments/2", "/posts/a", 2, false)]
    [InlineData("/a/comments/1", "/a", 1, false)]
    [InlineData("/a/comments/10/", "/a", 10, false)]
    [InlineData("/2009/old.php/Comments/3", "/2009/old.php", 3, false)]
    [InlineData("/a/comments/2/comments/3", "/a/comments/2", 3, false)]
    [InlineData("/posts/a/comments/newest", "/posts/a", 1, true)]
    [InlineData("/posts/a/comments/Newest/2/", "/posts/a", 2, true)]
    [InlineData("/a/comments/newest/comments/2", "/a/comments/newest", 2, false)]
    public void The_path_of_a_comment_page_is_split_into_post_number_and_order(
        string text,
        string post,
        int number,
        bool isNewestFirst
    )
    {
        Assert.True(SitePath.Parse(text).TrySplitCommentsPage(out var found, out var page));
        Assert.Equal((post, new CommentsPage(number, isNewestFirst)), (found.Text, page));
    }

    [Theory]
    [InlineData("/posts/a/comments.xml", "/posts/a")]
    [InlineData("/2009/old.php/Comments.XML/", "/2009/old.php")]
    public void The_path_of_a_feed_of_comments_is_split_into_post_and_feed(string text, string post)
    {
        Assert.True(SitePath.Parse(text).TrySplitCommentsPage(out var found, out var page));
        Assert.Equal((post, CommentsPage.Feed), (found.Text, page));
        Assert.Equal(post + "/comments.xml", page.LinkTo(found));
    }

    [Theory]
    [InlineData("/comments.xml")]
    [InlineData("/a/comments.xml/b")]
    [InlineData("/comments/2")]
    [InlineData("/a/comments")]
    [InlineData("/a/comments/0")]
    [InlineData("/a/comments/-2")]
    [InlineData("/a/comments/+2")]
    [InlineData("/a/comments/two")]
    [InlineData("/a/comments/99999999999")]
    [InlineData("/a/comments/2/b")]
    [InlineData("/comments/newest")]
    [InlineData("/a/comments/newest/0")]
    [InlineData("/a/comments/newest/b")]
    [InlineData("/a/comments/oldest")]
    public void Other_paths_are_no_comment_pages(string text) =>
        Assert.False(SitePath.Parse(text).TrySplitCommentsPage(out _, out _));

    [Fact]
    public void The_routes_of_the_program_are_reserved()
    {
        var names = Program
            .Functions.With<HttpTriggerAttribute>()
            .Where(function =>
                function.Trigger.Methods!.Contains("get") && function.Trigger.Route is not (null or ['{', ..] or "")
            )
            .Select(function => function.Trigger.Route!.Split('/')[0])
            .Concat(["admin", "runtime", "api"])
            .Select(name => name.Replace("{number}", "1", StringComparison.Ordinal))
            .ToList();

        Assert.True(names.Count > 10);
        Assert.All(names.Except(["authors", "icons", "social-cards", ".well-known"]), name =>
            Assert.True(
                ReservedPaths.Contains($"/{name.ToUpperInvariant()}") && SitePath.Parse($"/{name}/").IsReserved,
                name
            )
        );

        // The blog has no page of its own at these, only below them.
        foreach (
            var path in new[]
            {
                "/authors/ADA/",
                "/icons/512.png",
                "/social-cards/a/b.png",
                "/.well-known/security.txt",
            }
        )
        {
            Assert.True(ReservedPaths.Contains(path), path);
        }

        Assert.False(ReservedPaths.Contains("/authors") || ReservedPaths.Contains("/icons"));
        Assert.False(SitePath.Parse("/posts/tags").IsReserved);
        Assert.False(SitePath.Parse("/tagsandmore").IsReserved);
    }
}
