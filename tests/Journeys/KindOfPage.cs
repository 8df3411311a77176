using Microsoft.Playwright;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.House;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>A kind of page that a person may come to see.</summary>
/// <param name="Name">What it is called in reports, and the name of its picture.</param>
/// <param name="Path">Its address; of a refused form, the address of the post.</param>
/// <param name="Refuses">The post that is sent a comment with nothing right in it; null when the page is just asked for.</param>
/// <param name="Visit">The moderator whose page it is; null for anybody's.</param>
public sealed record KindOfPage(string Name, string Path, PostId? Refuses = null, DeskVisit? Visit = null)
{
    /// <summary>Goes there as a reader does, and unfolds what can be unfolded.</summary>
    public async Task OpenAsync(IPage page, TestBlog blog)
    {
        if (Visit?.Cookie.Split('=', 2) is [var name, var value])
        {
            await page.Context.AddCookiesAsync([new() { Name = name, Value = value, Domain = blog.Address.Host, Path = "/moderate", Secure = true, HttpOnly = true }]);
        }

        await page.GotoAsync(new Uri(blog.Address, Path).ToString());
        if (Refuses is not null)
        {
            await page.Locator("#leave-a-comment").EvaluateAsync("form => { form.noValidate = true }"); // as an old browser would
            await page.Locator("#your-email").FillAsync("not an address");
            await page.Locator("#leave-a-comment button:not(.second)").ClickAsync();
            await page.Locator(".problems").WaitForAsync();
        }

        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => { details.open = true })");
    }

    /// <summary>Its HTML as it was sent.</summary>
    public async Task<string> ReadAsync(TestBlog blog)
    {
        using var refused = Refuses is { } post ? await blog.CommentAsync(post, "", name: "", email: "not an address") : null;
        return Visit is not null ? await Visit.ReadAsync(Path) : refused is null ? await blog.ReadAsync(Path) : await refused.Content.ReadAsStringAsync();
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
