using ServerlessBlog.Media;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin;

/// <summary>The pages of the theme's files, and what their forms answer.</summary>
public sealed partial class AdminTextsTests
{
    private async Task VisitThemeAsync(TestBlog blog)
    {
        await blog.PublishAsync("newest");
        await VisitAsync([AdminPaths.Site, .. ThemeFiles.Names.Select(AdminPaths.ThemeFile)]);
        await SubmitAsync(AdminPaths.Site, ("profile-tagline", "Mine"));
        await SubmitAsync(AdminPaths.Site, ("before", "tagline: Old"), ("profile-tagline", "Other"));
        await SubmitAsync(
            AdminPaths.Site,
            ("profile-accent-light", "#ffffff"),
            ("before", "tagline: Mine"),
            ("profile-tagline", "Mine")
        );
        await SubmitAsync(AdminPaths.Site, ("before", "tagline: ["), ("profile-tagline", "Other"));
        await SubmitAsync(AdminPaths.Theme, ("act", "preview"), ("text", "@import url(x.css);"));
        await SubmitAsync(AdminPaths.Theme, ("act", "save"), ("version", "\"0x1\""), ("text", ""));
        await blog.UploadAsync("theme/theme.css", [0xff]);
        await SubmitAsync(AdminPaths.Theme, ("act", "save"), ("version", "\"0x1\""), ("text", ""));
        await VisitAsync(AdminPaths.Theme);
        await blog.DeleteAsync("theme/theme.css", "media");
    }
}
