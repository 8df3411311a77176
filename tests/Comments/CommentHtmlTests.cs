using AngleSharp.Html.Parser;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments;

/// <summary>Comments in HTML, which are imported.</summary>
public sealed class CommentHtmlTests
{
    private static readonly string[] Allowed =
        "a p br hr ol ul li pre code blockquote del strong em sub sup span b i u s strike".Split(' ');

    private static readonly string[] AllowedAttributes = ["href", "rel", "dir", "start", "value"];

    private static string Render(string html) => new CommentBody(html, CommentFormat.Html).ToHtml();

    [Theory]
    [InlineData(
        "<p>One <b>b</b><i>i</i><u>u</u><s>s</s><strike>k</strike></p>",
        "<p dir=\"auto\">One <b>b</b><i>i</i><u>u</u><s>s</s><strike>k</strike></p>"
    )]
    [InlineData(
        "Loose <em>words</em><p>Two</p>end",
        "<p dir=\"auto\">Loose <em>words</em></p><p dir=\"auto\">Two</p><p dir=\"auto\">end</p>"
    )]
    [InlineData("5 * 3 * 2 and _x_ and `y`", "<p dir=\"auto\">5 * 3 * 2 and _x_ and `y`</p>")]
    [InlineData(
        "List<string> a = new List<int>();",
        "<p dir=\"auto\">List&lt;string&gt; a = new List&lt;int&gt;();</p>"
    )]
    [InlineData("<script>alert(1)</script>", "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("<div><font color=red>Red</font></div>", "<p dir=\"auto\">Red</p>")]
    [InlineData(
        "<img src=\"https://a.example/x.png\" alt=\"X\">",
        "<p dir=\"auto\"><a href=\"https://a.example/x.png\" rel=\"nofollow ugc noopener\">X</a></p>"
    )]
    [InlineData(
        "<a href=\"javascript:x\" onclick=\"x\">y</a>",
        "<p dir=\"auto\"><a rel=\"nofollow ugc noopener\">y</a></p>"
    )]
    public void What_a_person_wrote_is_shown_and_nothing_runs(string html, string shown) =>
        Assert.Equal(shown, Render(html));

    [Fact]
    public void No_payload_leaves_more_than_the_allowed_tags_and_attributes() => Assert.All(HostileInputs.All, input =>
        {
            using var document = new HtmlParser().ParseDocument("<body>" + Render(input));
            Assert.All(document.Body!.QuerySelectorAll("*"), element =>
            {
                Assert.Contains(element.LocalName, Allowed);
                Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, AllowedAttributes));
                Assert.Matches("^$|^(https?:|mailto:|[^:]*$)", element.GetAttribute("href")?.Trim() ?? "");
            });
        });

    [Fact]
    public void Plain_text_excerpt_and_links_are_those_that_readers_see()
    {
        var body = new CommentBody(
            "<p>One<br>two</p><p>Three &amp; <a href=\"https://a.example\">four</a></p>",
            CommentFormat.Html
        );

        Assert.Equal("One\ntwo\n\nThree & four", body.ToEditableText());
        Assert.Equal("One two Three & four", body.ToExcerpt());
        Assert.Equal(1, body.CountLinks());
    }

    [Fact]
    public void Deep_elements_are_found_before_they_are_rendered()
    {
        Assert.True(CommentHtml.IsTooDeep(string.Concat(Enumerable.Repeat("<b>", 5_000))));
        Assert.True(CommentHtml.IsTooDeep(string.Concat(Enumerable.Repeat("<blockquote>", 5_000))));
        Assert.False(CommentHtml.IsTooDeep("<p><b>x</b></p>"));
    }

    [Fact]
    public void Tags_without_effect_are_named() =>
        Assert.Equal(["div", "string"], CommentHtml.FindIneffectiveTags("<div><p>List<string></p></div>"));
}
