using ServerlessBlog.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// At 320 pixels no page scrolls sideways, whatever a title, a tag, a name, an address or a formula holds: the longest
/// of each, without a blank.
/// </summary>
[Trait("Category", "Slow")]
public sealed class LongestWordsInBrowserTests
{
    [Fact]
    public async Task No_page_scrolls_sideways_whatever_the_longest_words_are()
    {
        await using var blog = await TestBlog.StartAsync(
            new() { ["Blog:Title"] = Word(60), ["Blog:Authors"] = $"{Word(80)} <ada@blog.test>" }
        );
        await blog.UploadAsync("longest.md", PostText());
        await blog.UploadAsync("page.md", $"---\ntitle: {Word(100)}\ntype: page\n---\nText.\n");
        var post = (await blog.PublishAsync("other", Word(150)));
        using var comment = await blog.CommentAsync(
            post,
            $"{Word(300)} `{Word(300)}`\n\n{Word(200)}",
            name: Word(CommentForm.MaxName)
        );
        await blog.ReadUntilAsync("/posts/other", html => html.Contains("id=\"comment-1\"", StringComparison.Ordinal));
        string[] paths =
        [
            "/",
            "/posts/longest",
            "/posts/other",
            comment.Headers.Location!.ToString(),
            "/tags",
            "/archive",
            $"/tags/{Word(50)}",
            $"/{Word(60)}",
        ];

        await using var context = await Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 320, Height = 640 },
            }
        );
        var page = await context.NewPageAsync();
        foreach (var path in paths)
        {
            await page.GotoAsync(new Uri(blog.Address, path).ToString());
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width <= 320, $"{path} is {width} pixels wide.");
        }
    }

    private static string Word(int length) =>
        string.Concat(Enumerable.Repeat("abcdefghijklmnopqrstuvwxyz", (length / 26) + 1))[..length];

    private static string PostText() =>
        $"""
            ---
            title: {Word(200)}
            date: 2026-01-02
            tags: [{Word(50)}, short]
            series: {Word(100)}
            author: {Word(100)}
            ---
            Inline ${string.Join('+', Word(34).AsEnumerable())}$ and {Word(300)}.

            ## {Word(100)}

            https://example.org/{Word(300)}

            | {Word(80)} | {Word(80)} |
            |---|---|
            | {Word(80)} | x |

            `{Word(200)}` and {TextCase.Find("T22")}

            > {Word(100)}

            - {Word(100)}

            ```
            {Word(200)}
            ```

            Footnote[^1]. {Word(20)}~{Word(20)}~

            [^1]: {Word(200)}

            ## Two

            ## Three

            {TextCase.Find("T23")}
            """;
}
