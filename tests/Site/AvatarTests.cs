using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Comments;

namespace ServerlessBlog.Tests.Site;

public sealed partial class AvatarTests(OpenBlog fixture) : IClassFixture<OpenBlog>
{
    [Fact]
    public async Task A_commenter_has_the_same_avatar_on_every_page_and_it_does_not_reveal_the_mail_address()
    {
        var (one, other) = (await fixture.Blog.PublishAsync("faces"), await fixture.Blog.PublishAsync("other-faces"));
        (await fixture.Blog.CommentAsync(one, "First.", name: "grace", email: "Grace@example.com")).Dispose();
        (await fixture.Blog.CommentAsync(one, "Second.", name: "Éva", email: "eva@example.com")).Dispose();
        (await fixture.Blog.CommentAsync(other, "Third.", name: "👩‍🚀 Grace", email: "grace@example.com")).Dispose();

        var page = await fixture.Blog.ReadUntilAsync("/posts/faces", html =>
            html.Contains(">2 comments<", StringComparison.Ordinal)
        );
        var otherPage = await fixture.Blog.ReadUntilAsync("/posts/other-faces", html =>
            html.Contains(">1 comment<", StringComparison.Ordinal)
        );

        var avatars = AvatarsIn(page);
        Assert.Equal(["G", "É"], avatars.Select(avatar => avatar.Letter).Order(StringComparer.Ordinal));
        var (letter, hue) = Assert.Single(AvatarsIn(otherPage));
        Assert.Equal(("👩‍🚀", avatars.Single(avatar => avatar.Letter == "G").Hue), (letter, hue));
        Assert.DoesNotContain("example.com", page, StringComparison.Ordinal);
    }

    private static List<(string Letter, string Hue)> AvatarsIn(string page) =>
        [
            .. AvatarPattern()
                .Matches(page)
                .Select(match => (System.Net.WebUtility.HtmlDecode(match.Groups[2].Value), match.Groups[1].Value)),
        ];

    [GeneratedRegex("<i style=\"--h:([0-9]+)\" aria-hidden=\"true\">([^<]+)</i>")]
    private static partial Regex AvatarPattern();
}
