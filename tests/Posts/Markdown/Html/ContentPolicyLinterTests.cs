using Microsoft.Extensions.Configuration;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Markdown.Html;

/// <summary>The notes on an author's HTML that browsers will block under the page's Content-Security-Policy.</summary>
public sealed class ContentPolicyLinterTests
{
    private static readonly BlogSettings Settings = BlogSettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Blog:BaseUrl", "https://blog.example"),
                new("Blog:Secret", new string('s', BlogSettings.MinSecretLength)),
            ])
            .Build()
    );

    private static readonly ContentPolicy Policy = new([
        "https://www.youtube.com",
        "https://xn--bcher-kva.example:8443",
    ]);

    private static ContentPolicyLinter Linter => new(Policy, Settings);

    [Theory]
    [InlineData("<p onclick=\"go()\">", "the attribute onclick of <p> will not run")]
    [InlineData("<a href=\" JavaScript:go()\">", "a link with 'javascript:' will not run")]
    [InlineData(
        "<script>go()</script>",
        "a <script> in the text will not run: put it into a file of the blog's own media, or into theme/head.html."
    )]
    [InlineData("<script type=module>go()</script>", "a <script> in the text will not run")]
    [InlineData(
        "<script src=\"https://cdn.example/a.js\"></script>",
        "the script https://cdn.example/a.js will not run: it is from another site. Keep a copy in media."
    )]
    [InlineData(
        "<script src=\"//cdn.example/a.js\" integrity=\"sha384-x\"></script>",
        "the script //cdn.example/a.js will not run"
    )]
    [InlineData(
        "<iframe src=\"https://maps.example/a\"></iframe>",
        "the frame https://maps.example/a will not show: its site is not in Blog__FrameSources."
    )]
    [InlineData(
        "<iframe src=\"http://www.youtube.com/embed/1\"></iframe>",
        "the frame http://www.youtube.com/embed/1 will not show"
    )]
    [InlineData("<iframe src=\"//maps.example/a\"></iframe>", "the frame //maps.example/a will not show")]
    [InlineData("<iframe src=\"data:text/html,x\"></iframe>", "the frame data:text/html,x will not show")]
    [InlineData("<object data=\"/media/a.swf\"></object>", "<object> will not show: use a link, a picture or a frame.")]
    [InlineData("<embed src=\"/media/a.swf\">", "<embed> will not show")]
    [InlineData(
        "<form action=\"https://mail.example/join\"></form>",
        "the form to https://mail.example/join will not be sent: it leads to another site."
    )]
    [InlineData("<base href=\"/x/\">", "<base> has no effect.")]
    [InlineData(
        "<link rel=\"stylesheet\" href=\"https://cdn.example/a.css\">",
        "a stylesheet from another site will not load: keep a copy in media."
    )]
    public void HTML_that_the_policy_blocks_is_reported(string html, string note)
    {
        var found = Assert.Single(Linter.Lint($"<p>Text.</p>{html}", isHead: false));

        Assert.StartsWith(note, found, StringComparison.Ordinal);
        Assert.EndsWith(".", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script src=\"/media/a.js\"></script>")]
    [InlineData("<script src=\"a.js\" type=module></script>")]
    [InlineData("<script type=\"application/ld+json\">{}</script>")]
    [InlineData("<iframe src=\"https://www.youtube.com/embed/1\"></iframe>")]
    [InlineData("<iframe src=\"//WWW.YouTube.com/embed/1\"></iframe>")]
    [InlineData("<iframe src=\"https://bücher.example:8443/a\"></iframe>")]
    [InlineData("<iframe src=\"/media/a.html\"></iframe>")]
    [InlineData("<iframe></iframe>")]
    [InlineData(
        "<iframe src=\"https://blog.example/a\"></iframe><script src=\"//BLOG.example/media/a.js\"></script>"
            + "<form action=\"https://blog.example/search\"></form>"
    )]
    [InlineData("<img src=\"https://e.org/a.jpg\" style=\"width: 50%\">")]
    [InlineData("<img src=\"data:image/png;base64,AA==\">")]
    [InlineData("<form action=\"/search\"></form><style>p { color: red }</style>")]
    [InlineData("<link rel=\"canonical\" href=\"https://e.org/\"><a href=\"https://e.org\">x</a>")]
    public void HTML_that_the_policy_allows_is_not_reported(string html) =>
        Assert.Empty(Linter.Lint(html, isHead: false));

    [Theory]
    [InlineData("<script>go()</script>", null)]
    [InlineData("<script src=\"https://cdn.example/a.js\" integrity=\"sha384-x\"></script>", null)]
    [InlineData(
        "<script src=\"https://cdn.example/a.js\"></script>",
        "Keep a copy in media, or name its hash with integrity=\"sha384-...\"."
    )]
    public void In_the_head_scripts_are_allowed_by_their_hash(string html, string? end)
    {
        var notes = Linter.Lint(html, isHead: true);

        Assert.Equal(end is not null, notes.Count == 1 && notes[0].EndsWith(end!, StringComparison.Ordinal));
        Assert.InRange(notes.Count, 0, 1);
    }

    [Fact]
    public void Duplicate_notes_are_merged_long_URLs_are_cut_and_at_most_20_notes_are_returned()
    {
        var same = Linter.Lint("<p onclick=a><p onclick=b>", isHead: false);
        var many = Linter.Lint(
            string.Concat(Enumerable.Range(0, 30).Select(number => $"<iframe src=http://e.org/{number}></iframe>")),
            isHead: false
        );
        var longest = Linter.Lint($"<iframe src=\"http://e.org/{new string('a', 500)}\">", isHead: false);

        Assert.Single(same);
        Assert.Equal(20, many.Count);
        Assert.InRange(Assert.Single(longest).Length, 80, 160);
    }

    [Fact]
    public async Task The_upload_report_of_a_published_post_lists_what_the_policy_blocks()
    {
        await using var fixture = await PublishingFixture.StartAsync(
            settings: new() { ["Blog:FrameSources"] = "https://maps.example" }
        );

        var report = await fixture.PublishAsync(
            "notes.md",
            PublishingFixture.Text(
                "Notes",
                body: "<iframe src=\"https://maps.example/a\"></iframe>\n\n"
                    + "<iframe src=\"https://www.youtube.com/embed/1\"></iframe>\n\n"
                    + "A <b onclick=\"go()\">word</b>."
            )
        );

        Assert.Equal(UploadOutcome.Published, report.Outcome);
        Assert.Equal(
            [
                "the frame https://www.youtube.com/embed/1 will not show: its site is not in Blog__FrameSources.",
                "the attribute onclick of <b> will not run: scripts in a page's text are switched off.",
            ],
            report.Lines.Skip(1)
        );
    }

    [Fact]
    public void The_header_allows_the_frame_sources_and_the_scripts_by_hash()
    {
        var header = Policy.ToHeader(["sha256-abc="]);

        Assert.Contains(
            "; frame-src 'self' https://www.youtube.com https://xn--bcher-kva.example:8443;",
            header,
            StringComparison.Ordinal
        );
        Assert.Contains("; script-src 'self' 'sha256-abc=';", header, StringComparison.Ordinal);
        Assert.Contains("; script-src 'self';", new ContentPolicy([]).ToHeader([]), StringComparison.Ordinal);
        Assert.Contains("; frame-src 'self';", new ContentPolicy([]).ToHeader([]), StringComparison.Ordinal);
    }
}
