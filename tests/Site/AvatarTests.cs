using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Comments;

namespace ServerlessBlog.Tests.Site;

public sealed partial class AvatarTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    [Fact]
    public async Task A_writer_has_the_same_face_everywhere_and_it_tells_nothing_of_the_address()
    {
        var (one, other) = (await open.Blog.PublishAsync("faces"), await open.Blog.PublishAsync("other-faces"));
        (await open.Blog.CommentAsync(one, "First.", name: "grace", email: "Grace@example.com")).Dispose();
        (await open.Blog.CommentAsync(one, "Second.", name: "Éva", email: "eva@example.com")).Dispose();
        (await open.Blog.CommentAsync(other, "Third.", name: "👩‍🚀 Grace", email: "grace@example.com")).Dispose();

        var page = await open.Blog.ReadUntilAsync("/posts/faces", html =>
            html.Contains(">2 comments<", StringComparison.Ordinal)
        );
        var elsewhere = await open.Blog.ReadUntilAsync("/posts/other-faces", html =>
            html.Contains(">1 comment<", StringComparison.Ordinal)
        );

        var faces = FacesIn(page);
        Assert.Equal(["G", "É"], faces.Select(face => face.Letter).Order(StringComparer.Ordinal));
        var (letter, hue) = Assert.Single(FacesIn(elsewhere));
        Assert.Equal(("👩‍🚀", faces.Single(face => face.Letter == "G").Hue), (letter, hue));
        Assert.DoesNotContain("example.com", page, StringComparison.Ordinal);
    }

    private static List<(string Letter, string Hue)> FacesIn(string page) =>
        [
            .. Face()
                .Matches(page)
                .Select(match => (System.Net.WebUtility.HtmlDecode(match.Groups[2].Value), match.Groups[1].Value)),
        ];

    [GeneratedRegex("<i style=\"--h:([0-9]+)\" aria-hidden=\"true\">([^<]+)</i>")]
    private static partial Regex Face();
}
