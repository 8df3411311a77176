using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>A kind of page that a person may come to see.</summary>
/// <param name="Name">What it is called in reports, and the name of its picture.</param>
/// <param name="Path">Its address; of a refused form, the address of the post.</param>
/// <param name="Refuses">The post that is sent a comment with nothing right in it; null when the page is just asked for.</param>
/// <param name="Previews">The post whose form shows what a comment will look like; null when the page is just asked for.</param>
/// <param name="Moderator">The moderator whose page it is; null for anybody's.</param>
/// <param name="Presses">The button of the form that edits a post which is pressed then; null for none.</param>
public sealed partial record PageKind(
    string Name,
    string Path,
    PostId? Refuses = null,
    PostId? Previews = null,
    AdminDriver? Moderator = null,
    string? Presses = null
)
{
    private const string Previewed = "It is **not** sent yet:\n\n```csharp\nvar a = 1;\n```\n\n> quoted, H~2~O";

    /// <summary>Goes there as a reader does, and unfolds what can be unfolded.</summary>
    public async Task OpenAsync(IPage page, TestBlog blog)
    {
        if (Moderator?.Cookie.Split('=', 2) is [var name, var value])
        {
            await page.Context.AddCookiesAsync([
                new()
                {
                    Name = name,
                    Value = value,
                    Domain = blog.Address.Host,
                    Path = "/moderate",
                    Secure = true,
                    HttpOnly = true,
                },
            ]);
        }

        await page.GotoAsync(new Uri(blog.Address, Path).ToString());
        if (Refuses is not null)
        {
            await page.Locator("#leave-a-comment").EvaluateAsync("form => { form.noValidate = true }"); // as an old browser would
            await page.Locator("#your-email").FillAsync("not an address");
            await page.Locator("#leave-a-comment button:not(.second)").ClickAsync();
            await page.Locator(".problems").WaitForAsync();
        }

        if (Previews is not null)
        {
            await page.Locator("#your-comment").FillAsync(Previewed);
            await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
            await page.Locator("div.preview[role=status]").WaitForAsync();
        }

        if (Presses is not null)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = Presses, Exact = true }).ClickAsync();
            await page.Locator(".edit-form ~ .preview, .problems").WaitForAsync();
        }

        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => { details.open = true })");
    }

    /// <summary>Its HTML as it was sent.</summary>
    public async Task<string> ReadAsync(TestBlog blog)
    {
        using var refused = Refuses is { } post
            ? await blog.CommentAsync(post, "", name: "", email: "not an address")
            : null;
        using var shown = Previews is { } other
            ? await blog.Http.PostAsync(
                $"/posts/{other}/comments",
                new FormUrlEncodedContent([new("act", "preview"), new("comment", Previewed)])
            )
            : null;
        if (Presses is not null)
        {
            var form = await Moderator!.ReadAsync(Path);
            using var pressed = await Moderator.PostAsync(
                "/moderate/posts/edit",
                [
                    .. Field()
                        .Matches(form)
                        .Select(field => (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))),
                    ("act", Presses.ToLowerInvariant()),
                ]
            );
            return await pressed.Content.ReadAsStringAsync();
        }

        return Moderator is not null ? await Moderator.ReadAsync(Path)
            : (refused ?? shown) is { } answer ? await answer.Content.ReadAsStringAsync()
            : await blog.ReadAsync(Path);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The fields of the form that edits a post, and what is in them.</summary>
    [GeneratedRegex(
        "(?:hidden\" name=\"|textarea id=\"your-text\" name=\")(name|version|text)\"(?: value=\"|[^>]*>\n)([^\"<]*)"
    )]
    private static partial Regex Field();
}
