using System.Net;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin;

/// <summary>The pages of posts in every state, and what their forms answer.</summary>
public sealed partial class AdminTextsTests
{
    private async Task VisitPostsAsync(TestBlog blog)
    {
        const string List = "/moderate/posts/all";
        const string Missing = "![](/media/none-1.jpg)";
        await UploadPostAsync(blog, "walk", "One.", "date: 2026-01-02");
        await UploadPostAsync(blog, "walk", Missing, "date: 2026-01-02");
        await UploadPostAsync(blog, "two", $"{Missing} ![](/media/none-2.jpg)", "date: 2026-01-02");
        await UploadPostAsync(blog, "hidden", "Words.", "draft: true");
        await UploadPostAsync(blog, "to-come", "Words.", "date: 2126-01-02");
        await UploadPostAsync(blog, "over-now", "Words.", "date: 2026-01-02\nexpiryDate: 2026-01-03");
        await UploadPostAsync(blog, "foreign", "Words.", "date: 2026-01-02\nid: 1234");
        await ContentBuilder.AddPostsAsync(blog, 25, name: "many");

        await VisitAsync(PageOf("walk"), $"{PageOf("walk")}?version=1", PageOf("many-1"), PageOf("hidden"));
        foreach (var act in new[] { "share", "stop" })
        {
            await SubmitAsync(PageOf("hidden"), ("act", act));
        }

        await ActAsync("foreign", "rename", ("name", "named"));
        await ActAsync("walk", "rename", ("name", "two"));
        await ActAsync("walk", "rename", ("name", "no name"));
        await ActAsync("walk", "rename", ("name", "archive/../x"));
        await UploadPostAsync(blog, "page", "Words.", "type: page\nslug: unusual");
        await ActAsync("page", "rename", ("name", "page-2"));
        await ActAsync("walk", "restore", ("number", "99"));
        await ActAsync("walk", "restore", ("number", "1"));
        await SubmitAsync(PageOf("walk"), ("act", "delete"), ("version", "\"0x1\""));
        await ActAsync("walk", "rename", ("name", "stroll"));
        await blog.UploadAsync("two.md", "No front matter.");
        await VisitAsync(PageOf("two"));
        await UploadPostAsync(blog, "clash", "Words.", "slug: clash\ndate: 2026-01-02");
        await UploadPostAsync(blog, "holder", "Words.", "slug: wanted\ndate: 2026-01-02");
        await UploadPostAsync(blog, "wants", "Words.", "date: 2026-01-02");
        await ActAsync("wants", "rename", ("name", "wanted"));
        await VisitAsync(List);
        await ActAsync("two", "delete");
        await VisitAsync(PageOf("two"));
        await blog.UploadAsync("clash.md", new string('x', PostFile.MaxBytes + 1));
        await ActAsync("clash", "delete");
        await blog.UploadAsync("refused.md", "No front matter.");
        foreach (var tab in new[] { "all", "deleted", "refused", "warnings", "draft", "scheduled", "expired" })
        {
            await VisitAsync($"{List}?state={tab}");
        }

        await VisitAsync($"{List}?q=none");
        await SubmitAsync("/moderate/posts/edit", ("field-title", "Edited"), ("text", "Words."), ("act", "publish"));
        await TestBlog.WaitUntilAsync(
            () => _moderator.ReadAsync(PageOf("edited")),
            page => page.Contains("admin.version-editor", StringComparison.Ordinal),
            "the version of the editor"
        );
        await VisitAsync(PageOf("edited"));

        async Task ActAsync(string name, string act, params (string Name, string Value)[] fields)
        {
            var version = Version().Match(await _moderator.ReadAsync(PageOf(name))).Groups[1].Value;
            await SubmitAsync(PageOf(name), [("act", act), ("version", WebUtility.HtmlDecode(version)), .. fields]);
        }
    }

    private static Task UploadPostAsync(TestBlog blog, string name, string text, string fields) =>
        blog.UploadAsync($"{name}.md", $"---\ntitle: Title of {name}\n{fields}\n---\n{text}\n");

    private static string PageOf(string name) => $"/moderate/post/{PostId.FromBlobName($"{name}.md")}";
}
