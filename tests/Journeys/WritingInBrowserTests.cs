using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>Writing a post in the admin area on a phone, in a browser without scripts.</summary>
[Trait("Category", "Slow")]
public sealed class WritingInBrowserTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    [Fact]
    public async Task A_post_with_a_picture_is_written_corrected_previewed_and_published()
    {
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(AddressOf("/moderate"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Posts", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New post" }).ClickAsync();

        var text = page.GetByLabel("Text", new() { Exact = true });
        await page.GetByLabel("Title").FillAsync("From the train");
        await page.GetByLabel("Date").FillAsync("yesterday");
        await text.FillAsync("Written **standing**.\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was saved.");
        await Expect(text).ToHaveValueAsync("Written **standing**.\n");
        await Expect(page.GetByLabel("Date")).ToHaveValueAsync("yesterday");

        await page.GetByLabel("Date").FillAsync("");
        await page.GetByLabel("File", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "IMG 1.png",
                    MimeType = "image/png",
                    Buffer = TestPictures.Encode(300, 200, SKEncodedImageFormat.Png),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("/media/img-1.png is uploaded");
        var written = await text.InputValueAsync();
        Assert.EndsWith("Written **standing**.\n\n![](/media/img-1.png)\n", written, StringComparison.Ordinal);
        await text.FillAsync(written.Replace("![]", "![Fields]", StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Preview" });
        await Expect(preview.GetByText("Preview. Not saved yet.")).ToBeInViewportAsync();
        await Expect(preview.Locator("> p:focus")).ToHaveTextAsync("Preview. Not saved yet.");
        await Expect(preview.GetByAltText("Fields")).ToHaveJSPropertyAsync("naturalWidth", 300);

        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("from-the-train.md");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Draft.");
        using var hidden = await blog.Blog.Http.GetAsync("/posts/from-the-train");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, hidden.StatusCode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Published.");
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "From the train" }).ClickAsync();

        await Expect(page.Locator("article .prose")).ToContainTextAsync("Written standing.");
        await Expect(page.GetByAltText("Fields")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Empty_lines_at_the_start_of_a_text_are_kept()
    {
        await blog.Blog.UploadAsync("empty-lines.md", "\n\n  Words.\n\n");
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(AddressOf("/moderate/posts/edit?name=empty-lines.md"));

        var opened = await page.GetByLabel("Text", new() { Exact = true }).InputValueAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        Assert.Equal("\n\n  Words.\n\n", opened);
        Assert.Equal(opened, await page.GetByLabel("Text", new() { Exact = true }).InputValueAsync());
    }

    private Task<IBrowserContext> OpenAsync() => blog.NewContextAsync(390, hasScripts: false);

    private string AddressOf(string path) => new Uri(blog.Blog.Address, path).ToString();
}
