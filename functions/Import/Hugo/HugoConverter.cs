using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Hugo;

/// <summary>Converts pages of Hugo into posts and pages of this blog, at the addresses that they had.</summary>
internal sealed class HugoConverter
{
    private const string DateFormat = "yyyy-MM-ddTHH:mm:sszzz";

    private readonly HugoConfig _config;
    private readonly SiteLinks _links;
    private readonly SiteRedirects _redirects;
    private readonly Dictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _translated;

    /// <summary>Finds the addresses of all pages.</summary>
    public HugoConverter(
        HugoConfig config,
        IReadOnlyCollection<HugoPage> pages,
        SiteLinks links,
        SiteRedirects redirects
    )
    {
        (_config, _links, _redirects) = (config, links, redirects);
        foreach (var page in pages)
        {
            var address = config.BasePath + HugoAddress.Create(page, config);
            _addresses[page.Path] = address;
            _addresses.TryAdd(page.ContentPath, address);
            _addresses.TryAdd(page.BaseName, address);
        }

        _translated = pages
            .GroupBy(page => page.ContentPath, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Converts a page.</summary>
    public ConvertedFile Convert(HugoPage page)
    {
        var (post, address) = (page.Post, _addresses[page.Path]);
        var isHome = address.AsSpan(_config.BasePath.Length).Trim('/').Length == 0;
        if (isHome || (page.IsSection && string.IsNullOrWhiteSpace(post.Body)))
        {
            return new ConvertedFile(page.Path) { IsMachinery = true };
        }

        SetFields(page, address);
        new HugoShortcodes(post, path => FindAddress(page, path)).Translate();
        post.Body = MarkdownFences.ChangeProse(post.Body, _links.Change);
        return new ConvertedFile(page.Path)
        {
            Container = StorageNames.Posts,
            Name = page.Name,
            Text = post.ToText(_links.Change),
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
                    : page.BaseName.Replace('-', ' ')
            );
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

        if (_translated.Contains(page.ContentPath) && !post.Has("translationKey"))
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
        page.Post.SetAliases([.. own, .. _redirects.FindTo(address)]);
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
            post.Set("image", _links.FindMedia(address) is { } name ? $"/{StorageNames.Media}/{name}" : address);
        }
    }

    private string? FindAddress(HugoPage page, string path)
    {
        var (target, anchor) = path.Split('#', 2) is [var before, var after] ? (before, "#" + after) : (path, "");
        if (target.Length == 0)
        {
            return anchor;
        }

        var bare = target.Trim('/');
        bare = PostFileName.HasPostExtension(bare) ? bare[..^Path.GetExtension(bare).Length] : bare;
        var folder = string.Join('/', page.ContentPath.Split('/')[..^1]);
        string[] candidates =
        [
            $"{folder}/{bare}".Trim('/'),
            bare,
            $"{bare}/index",
            $"{bare}/_index",
            bare[(bare.LastIndexOf('/') + 1)..],
        ];
        return
            candidates
                .Select(candidate => _addresses.GetValueOrDefault(candidate))
                .FirstOrDefault(found => found is not null)
                is { } address
            ? address + anchor
            : null;
    }
}
