using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Hugo;

/// <summary>Converts pages of Hugo into posts and pages of this blog, at the addresses that they had.</summary>
internal sealed class HugoConverter(HugoConfig config, HugoPages pages, SiteLinks links, SiteRedirects redirects)
{
    private const string DateFormat = "yyyy-MM-ddTHH:mm:sszzz";

    /// <summary>Converts a page.</summary>
    public ConvertedFile Convert(HugoPage page)
    {
        var (post, address) = (page.Post, pages.AddressOf(page));
        var isHome = address.AsSpan(config.BasePath.Length).Trim('/').Length == 0;
        if (isHome || pages.IsHidden(page) || (page.IsSection && string.IsNullOrWhiteSpace(post.Body)))
        {
            return new ConvertedFile(page.Path) { IsMachinery = true };
        }

        SetFields(page, address);
        new HugoShortcodes(page, pages).Translate();
        post.Body = MarkdownFences.ChangeProse(post.Body, links.Change);
        return new ConvertedFile(page.Path)
        {
            Container = StorageNames.Posts,
            Name = page.Name,
            Text = post.ToText(links.Change),
            Notes = post.Notes,
        };
    }

    private void SetFields(HugoPage page, string address)
    {
        var post = page.Post;
        if (!post.Has("title"))
        {
            post.Set(
                "title",
                page.BaseName == "_index"
                    ? (page.Sections.Count > 0 ? page.Sections[^1] : "Home")
                    : post.TakeHeading() ?? page.BaseName.Replace('-', ' ')
            );
        }

        if (post.TextOf("slug") is { } slug && !Slug.TryParse(slug, out _))
        {
            post.Remove("slug");
        }

        SetAddress(post, address);
        SetAliases(page, address);
        if (
            page.Date is { } date
            && post.TextOf("date") is { } text
            && DateSpelling.TryParse(text, out _, out var offset)
            && offset is null
        )
        {
            post.Set("date", date.ToString(DateFormat, CultureInfo.InvariantCulture));
        }

        SetKind(page);
        if (page.Language is { } language && !post.Has("lang"))
        {
            post.Set("lang", language);
        }

        if (pages.IsTranslated(page) && !post.Has("translationKey"))
        {
            post.Set("translationKey", page.ContentPath.Length <= 100 ? page.ContentPath : page.ContentPath[^100..]);
        }

        SetPicture(post);
        if (!post.Has("author") && post.TextsOf("authors") is [var first, ..])
        {
            post.Set("author", first);
        }
        else if (post.Fields.GetValueOrDefault("author")?.Value is { Text: null } author)
        {
            var name = author.Fields?.GetValueOrDefault("name")?.Value.Text
                ?? (author.Texts is [var one, ..] ? one : null);
            post.Remove("author");
            if (!string.IsNullOrEmpty(name))
            {
                post.Set("author", name);
            }
        }
    }

    private static void SetAddress(ImportedPost post, string address)
    {
        if (SitePath.TryParse(Uri.UnescapeDataString(address), out var path) && !path.IsReserved)
        {
            post.Set("url", path.Text);
        }
        else
        {
            post.Remove("url");
            post.Note($"its old address {address} cannot be used: the blog needs it, or it is too long.");
        }
    }

    /// <summary>An alias without a slash at its start is relative to the section.</summary>
    private void SetAliases(HugoPage page, string address)
    {
        var section = string.Concat(page.Sections.Select(part => part + "/"));
        var own = page.Post.TextsOf("aliases").Select(alias => alias.StartsWith('/') ? alias : $"/{section}{alias}");
        page.Post.SetAliases([.. own, .. redirects.FindTo(address)]);
    }

    /// <summary>What has no date is a page: the blog's lists go by date.</summary>
    private static void SetKind(HugoPage page)
    {
        var (post, isPage) = (page.Post, page.IsSection || page.Date is null);
        var isInMenu =
            post.Fields.GetValueOrDefault("menu")?.Value is { } menu
            && (menu.Texts?.Contains("main") is true || menu.Fields?.ContainsKey("main") is true);
        post.Remove("type");
        post.Remove("menu");
        post.Remove("menus");
        if (isPage)
        {
            post.Set("type", "page");
            post.Set("menu", isInMenu);
        }

        if (
            post.TextOf("weight") is { } weight
            && !int.TryParse(weight, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        )
        {
            post.Remove("weight");
        }

        if (post.TextsOf("series") is { Count: > 1 } series)
        {
            post.Set("series", series[0]);
            post.Note($"of its series the first is kept: {series[0]}");
        }
    }

    /// <summary>The lead picture under the names of the usual themes.</summary>
    private void SetPicture(ImportedPost post)
    {
        var cover = post.Fields.GetValueOrDefault("cover")?.Value;
        var address = post.TextOf("featured_image")
            ?? post.TextOf("featuredImage")
            ?? cover?.Text
            ?? cover?.Fields?.GetValueOrDefault("image")?.Value.Text
            ?? (post.TextsOf("images") is [var first, ..] ? first : null);
        if (!post.Has("image") && !string.IsNullOrEmpty(address))
        {
            post.Set("image", links.FindMedia(address) is { } name ? $"/{StorageNames.Media}/{name}" : address);
        }
    }
}
