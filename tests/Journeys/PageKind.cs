using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>A kind of page of the blog, with how to reach it.</summary>
/// <param name="Name">The name in test reports and of the screenshot.</param>
/// <param name="Path">The page's path; for a refused form, the path of the post.</param>
/// <param name="Refuses">The post to submit an invalid comment to; null to get the page only.</param>
/// <param name="Previews">The post whose form is submitted for a preview; null to get the page only.</param>
/// <param name="Moderator">The signed-in moderator for a page of the admin area; null for a public page.</param>
/// <param name="Presses">The label of the button to press in the post editor; null for none.</param>
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

    /// <summary>Opens the page in a browser and expands every details element.</summary>
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
            // As in an old browser without form validation.
            await page.Locator("#leave-a-comment").EvaluateAsync("form => { form.noValidate = true }");
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

    /// <summary>Gets the page's HTML as the blog sends it.</summary>
    public async Task<string> ReadAsync(TestBlog blog)
    {
        using var refused = Refuses is { } post
            ? await blog.CommentAsync(post, "", name: "", email: "not an address")
            : null;
        using var shown = Previews is { } previewed
            ? await blog.Http.PostAsync(
                $"/posts/{previewed}/comments",
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
            : (refused ?? shown) is { } response ? await response.Content.ReadAsStringAsync()
            : await blog.ReadAsync(Path);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Matches the fields of the post editor's form: name and value.</summary>
    [GeneratedRegex(
        "(?:hidden\" name=\"|textarea id=\"your-text\" name=\")(name|version|text)\"(?: value=\"|[^>]*>\n)([^\"<]*)"
    )]
    private static partial Regex Field();
}
