using Azure.Storage.Blobs;
using Microsoft.Playwright;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>The editor of posts with scripts.</summary>
[Trait("Category", "Slow")]
public sealed class EditorInBrowserTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    private const string NewPost = "/moderate/posts/edit";

    /// <summary>Gives the text area a picture, as a paste or a drop does.</summary>
    private const string GivePicture = """
        async (given) => {
          const [type, picture] = given.split(' ')
          const text = document.querySelector('#your-text')
          const data = new DataTransfer()
          const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0))
          data.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
          const init = { bubbles: true, cancelable: true }
          text.dispatchEvent(type === 'paste'
            ? new ClipboardEvent('paste', { ...init, clipboardData: data })
            : new DragEvent('drop', { ...init, dataTransfer: data }))
        }
        """;

    [Fact]
    public async Task A_preview_beside_the_text_follows_it_and_publishing_gives_the_link()
    {
        await using var context = await blog.NewContextAsync(1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync(NewPost);

        await page.GetByLabel("Title").FillAsync("Followed");
        await Text(page).FillAsync("Some **words**.");
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Preview" });
        await Expect(preview.Locator("strong").Last).ToHaveTextAsync("words");
        await Expect(Text(page)).ToBeFocusedAsync();
        var (left, right) = (await Text(page).BoundingBoxAsync(), await preview.BoundingBoxAsync());
        Assert.True(left!.X + left.Width <= right!.X, "the preview is beside the text");
        await Text(page).FillAsync("Some *other* words.");
        await Expect(preview.Locator("em")).ToHaveTextAsync("other");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();

        await Expect(page.Locator("#publishing")).ToContainTextAsync("Published.");
        await page.Locator("#publishing").GetByRole(AriaRole.Link, new() { Name = "Followed" }).ClickAsync();
        await Expect(page.Locator("article .prose em")).ToHaveTextAsync("other");
    }

    [Fact]
    public async Task What_was_typed_survives_a_closed_page_and_is_forgotten_once_it_is_saved()
    {
        await using var context = await blog.NewContextAsync(1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync(NewPost);
        var other = await context.NewPageAsync();
        await other.GotoAsync(NewPost);
        await page.GetByLabel("Title").FillAsync("Kept");
        await Text(page).FillAsync("Not saved yet.");
        await TestBlog.WaitUntilAsync(
            () => other.EvaluateAsync<string?>("localStorage.getItem('post:')"),
            kept => kept?.Contains("Not saved yet.", StringComparison.Ordinal) == true,
            "the text in the browser's storage"
        );
        await page.CloseAsync();

        page = other;
        await page.ReloadAsync();
        await Expect(page.Locator(".autosaved")).ToContainTextAsync("text of this post that was not saved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it back" }).ClickAsync();
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("Kept");
        await Expect(Text(page)).ToHaveValueAsync("Not saved yet.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await Expect(page.Locator("#publishing")).ToContainTextAsync("Draft.");

        await Expect(page.Locator(".autosaved")).ToHaveCountAsync(0);
        await page.GotoAsync(NewPost);
        await Expect(Text(page)).ToHaveValueAsync("");
        await Expect(page.Locator(".autosaved")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Leaving_with_unsaved_text_asks_first()
    {
        await using var context = await blog.NewContextAsync(1280);
        var page = await context.NewPageAsync();
        var dialogs = new List<string>();
        page.Dialog += (_, dialog) =>
        {
            dialogs.Add(dialog.Type);
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(NewPost);
        await page.GetByLabel("Title").PressSequentiallyAsync("Left");

        await page.GetByRole(AriaRole.Link, new() { Name = "Rules" }).ClickAsync();
        await TestBlog.WaitUntilAsync(() => Task.FromResult(dialogs.Count), count => count > 0, "the question");

        Assert.Equal(["beforeunload"], dialogs);
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("Left");
    }

    [Fact]
    public async Task A_pasted_or_dropped_picture_is_put_in_at_the_cursor_and_stored_once()
    {
        var picture = Convert.ToBase64String(TestPictures.Encode(40, 30, SKEncodedImageFormat.Png));
        await using var context = await blog.NewContextAsync(1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync(NewPost);
        await Text(page).FillAsync("Before. After.");
        await Text(page).EvaluateAsync("area => area.setSelectionRange(8, 8)");

        await page.EvaluateAsync(GivePicture, $"paste {picture}");
        await Expect(Text(page)).ToHaveValueAsync("Before. ![](/media/image.png)After.");
        await page.EvaluateAsync(GivePicture, $"drop {picture}");

        await Expect(Text(page)).ToHaveValueAsync("Before. ![](/media/image.png)![](/media/image.png)After.");
        var stored = new BlobContainerClient(blog.Blog.Connection, StorageNames.Media).GetBlobsAsync();
        Assert.Equal(["image.png"], await stored.Select(blob => blob.Name).ToListAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_be_stored_is_refused_beside_the_text()
    {
        await using var context = await blog.NewContextAsync(390);
        var page = await context.NewPageAsync();
        await page.GotoAsync(NewPost);

        await page.EvaluateAsync(GivePicture.Replace("image.png", "notes.exe", StringComparison.Ordinal), "drop eA==");

        await Expect(page.Locator("#your-text + [role=status]"))
            .ToContainTextAsync("notes.exe is neither picture, sound, film nor PDF");
    }

    private static ILocator Text(IPage page) => page.GetByLabel("Text", new() { Exact = true });
}
