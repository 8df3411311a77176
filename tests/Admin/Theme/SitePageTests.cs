using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Media;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Theme;

/// <summary>The page Site: theme/site.yml in fields.</summary>
[Trait("Category", "Slow")]
public sealed class SitePageTests : IAsyncLifetime
{
    private TestBlog _blog = null!;
    private AdminDriver _moderator = null!;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync();
        _moderator = await AdminDriver.SignInAsync(_blog);
    }

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Fact]
    public async Task Saved_fields_are_on_pages_and_the_rest_of_the_file_stays()
    {
        await UploadAsync("# Mine.\nmascot: a heron\ntagline: Old\n");
        var form = await OpenAsync();

        var (status, page) = await SaveAsync(form, ("tagline", "New <words>"), ("footer", "Imprint /imprint"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Saved, and in use.", page, StringComparison.Ordinal);
        Assert.Contains("the field &#x27;mascot&#x27; is kept, and not used.", page, StringComparison.Ordinal);
        Assert.Equal(
            "# Mine.\nmascot: a heron\ntagline: \"New <words>\"\nfooter:\n  - name: Imprint\n    url: \"/imprint\"\n",
            await FileAsync()
        );
        await _blog.ReadUntilAsync("/", home => home.Contains("New &lt;words&gt;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_people_who_change_different_fields_both_keep_their_changes()
    {
        await UploadAsync("tagline: Old\nlanguage: en\n");
        var (first, second) = (await OpenAsync(), await OpenAsync());

        await SaveAsync(first, ("tagline", "By the first"));
        var (status, page) = await SaveAsync(second, ("description", "By the second"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("By the first", FormIn(page)["profile-tagline"]);
        Assert.Equal("tagline: By the first\nlanguage: en\ndescription: By the second\n", await FileAsync());
    }

    [Fact]
    public async Task Two_people_who_change_one_field_learn_of_each_other_before_one_text_replaces_the_other()
    {
        await UploadAsync("tagline: Old\n");
        var (first, second) = (await OpenAsync(), await OpenAsync());

        await SaveAsync(first, ("tagline", "By the first"), ("language", "de"));
        var (refused, page) = await SaveAsync(second, ("tagline", "By the second"));
        var fileThen = await FileAsync();
        var (saved, _) = await SaveAsync(FormIn(page));

        Assert.Equal(HttpStatusCode.Conflict, refused);
        Assert.Contains("Somebody has changed this meanwhile to: By the first", page, StringComparison.Ordinal);
        Assert.Equal("tagline: By the first\nlanguage: de\n", fileThen);
        Assert.Equal(HttpStatusCode.OK, saved);
        Assert.Equal("tagline: By the second\nlanguage: de\n", await FileAsync());
    }

    [Fact]
    public async Task Many_who_save_at_once_lose_no_change()
    {
        await UploadAsync("tagline: Old\n");
        var form = await OpenAsync();
        var changes = new[] { ("tagline", "T"), ("description", "D"), ("language", "de"), ("posts_per_page", "7") };

        var results = await Task.WhenAll(changes.Select(change => SaveAsync(form, change)));

        Assert.All(results, result => Assert.Equal(HttpStatusCode.OK, result.Status));
        var site = EditableSite.TrySplit(await FileAsync())!;
        Assert.All(changes, change => Assert.Equal(change.Item2, site[change.Item1]));
    }

    [Fact]
    public async Task Values_that_cannot_be_used_are_refused_at_their_fields_and_kept_in_the_form()
    {
        var form = await OpenAsync();

        var (status, page) = await SaveAsync(
            form,
            ("tagline", new string('t', 201)),
            ("posts_per_page", "99"),
            ("accent-light", "mud"),
            ("social", "Nowhere")
        );

        Assert.Equal(HttpStatusCode.BadRequest, status);
        using var document = new HtmlParser().ParseDocument(page);
        foreach (var field in new[] { "tagline", "posts_per_page", "accent-light", "social" })
        {
            Assert.NotNull(document.GetElementById($"your-profile-{field}-problem"));
            Assert.NotNull(document.QuerySelector($".problems a[href='#your-profile-{field}']"));
        }

        Assert.Equal("mud", FormIn(page)["profile-accent-light"]);
        Assert.Null(await _blog.Get<ThemeFiles>().FindAsync(ThemeFiles.SiteFile, CancellationToken.None));
    }

    [Fact]
    public async Task A_picture_sent_with_the_form_becomes_the_logo()
    {
        var fields = await OpenAsync();
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(
            new ByteArrayContent(TestPictures.Encode(64, 64, SkiaSharp.SKEncodedImageFormat.Png)),
            "profile-logo-file",
            "My logo.png"
        );
        using var refusedFile = new StringContent("no picture");
        form.Add(refusedFile, "profile-icon-file", "icon.exe");
        using var refused = await _moderator.PostAsync(AdminPaths.Site, form);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("icon.exe is neither picture", page, StringComparison.Ordinal);
        Assert.Equal("/media/my-logo.png", FormIn(page)["profile-logo"]);

        var (saved, _) = await SaveAsync(FormIn(page));
        Assert.Equal(HttpStatusCode.OK, saved);
        Assert.Equal("logo: \"/media/my-logo.png\"\n", await FileAsync());
    }

    [Fact]
    public async Task A_file_that_fields_cannot_show_is_edited_as_text()
    {
        await UploadAsync("social: [{ name: A, url: /a, rel: me }]\n");

        using var response = await AdminDriver.SendAsync(_blog, HttpMethod.Get, AdminPaths.Site, _moderator.Cookie);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/moderate/theme/site.yml", response.Headers.Location!.OriginalString);
        Assert.Contains("rel: me", await _moderator.ReadAsync("/moderate/theme/site.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_became_text_meanwhile_is_not_overwritten()
    {
        var form = await OpenAsync();
        await UploadAsync("{ tagline: Theirs }\n");

        var (status, page) = await SaveAsync(form, ("tagline", "Mine"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("to what these fields cannot show", page, StringComparison.Ordinal);
        Assert.Equal("Mine", FormIn(page)["profile-tagline"]);
        Assert.Equal("{ tagline: Theirs }\n", await FileAsync());
    }

    [Theory]
    [InlineData("/moderate/site/edit")]
    [InlineData("/moderate/theme/theme.css")]
    public async Task Only_authors_see_and_save_them(string path)
    {
        using var seen = await AdminDriver.SendAsync(_blog, HttpMethod.Get, path, null);
        using var foreign = await AdminDriver.SendAsync(
            _blog,
            HttpMethod.Post,
            path,
            _moderator.Cookie,
            "https://evil.example",
            ("act", "save"),
            ("text", "x")
        );

        Assert.Equal(HttpStatusCode.Forbidden, seen.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    private Task UploadAsync(string file) => _blog.UploadAsync("theme/site.yml", Encoding.UTF8.GetBytes(file));

    private async Task<string> FileAsync() =>
        Encoding.UTF8.GetString(
            (await _blog.Get<ThemeFiles>().FindAsync(ThemeFiles.SiteFile, CancellationToken.None))!.Bytes
        );

    private async Task<Dictionary<string, string>> OpenAsync() => FormIn(await _moderator.ReadAsync(AdminPaths.Site));

    private async Task<(HttpStatusCode Status, string Page)> SaveAsync(
        IReadOnlyDictionary<string, string> form,
        params (string Name, string Value)[] changes
    )
    {
        var fields = new Dictionary<string, string>(form);
        foreach (var (name, value) in changes)
        {
            fields[$"profile-{name}"] = value;
        }

        using var response = await _moderator.PostAsync(
            AdminPaths.Site,
            [.. fields.Select(field => (field.Key, field.Value.ReplaceLineEndings("\r\n")))]
        );
        return response.Headers.Location is { } next
            ? (HttpStatusCode.OK, await _moderator.ReadAsync(next.OriginalString))
            : (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The fields that a browser would send.</summary>
    private static Dictionary<string, string> FormIn(string page)
    {
        using var document = new HtmlParser().ParseDocument(page);
        var form = document.QuerySelector("form.edit-form")!;
        return form.QuerySelectorAll("input:not([type=file]):not([type=checkbox])")
            .Cast<IHtmlInputElement>()
            .Select(input => (input.Name!, input.GetAttribute("value") ?? ""))
            .Concat(
                form.QuerySelectorAll("input[type=checkbox][checked]")
                    .Cast<IHtmlInputElement>()
                    .Select(input => (input.Name!, input.GetAttribute("value")!))
            )
            .Concat(
                form.QuerySelectorAll("textarea")
                    .Cast<IHtmlTextAreaElement>()
                    .Select(area => (area.Name!, area.TextContent))
            )
            .ToDictionary();
    }
}
