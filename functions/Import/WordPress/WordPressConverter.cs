using System.Net;
using ServerlessBlog.Media;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Import.WordPress;

/// <summary>
/// Converts posts and pages of WordPress into HTML posts of this blog, at the addresses that they had.
/// </summary>
internal sealed partial class WordPressConverter(WordPressIndex index, IReadOnlySet<string> media)
{
    private const int MaxSummary = 1000;
    private const int MaxTags = 20;

    private readonly SiteLinks _links = new(index.Origin, index.BasePath, media);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Converts an item.</summary>
    /// <param name="item">A post or page.</param>
    /// <param name="place">Its place, for the report.</param>
    public ConvertedFile Convert(WxrItem item, string place)
    {
        var post = ImportedPost.Create(item.Of("encoded").ReplaceLineEndings("\n"));
        var slug = SlugOf(item);
        SetFields(post, item);
        SetAddress(post, item);
        ConvertBody(post, item);
        return new ConvertedFile(place)
        {
            Container = StorageNames.Posts,
            Name = NameOf(item, slug),
            Text = post.ToText(text => text),
            Notes = post.Notes,
        };
    }

    private void SetFields(ImportedPost post, WxrItem item)
    {
        var title = WebUtility.HtmlDecode(item.Title).Trim();
        post.Set("title", title.Length > 0 ? title : $"Untitled {item.Id}");
        if (item.Date is { } date)
        {
            post.Set("date", date.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        }

        if (index.AuthorOf(item.Of("creator")) is { } author)
        {
            post.Set("author", author);
        }

        SetTags(post, item);
        var summary = WebUtility.HtmlDecode(Tag().Replace(item.Of("excerpt"), "")).Trim();
        if (summary.Length is > 0 and <= MaxSummary)
        {
            post.Set("summary", summary.ReplaceLineEndings(" "));
        }
        else if (summary.Length > 0)
        {
            post.Note($"its excerpt has more than {MaxSummary:N0} characters, and is left out.");
        }

        if (item.Type == "page")
        {
            post.Set("type", "page");
            post.Set("menu", item.Of("post_parent") is "" or "0");
            post.Set("comments", item.Of("comment_status") == "open");
        }
        else if (item.Of("comment_status") == "closed")
        {
            post.Set("comments", false);
        }

        if (item.Of("is_sticky") == "1")
        {
            post.Set("pinned", true);
        }

        SetState(post, item);
        if (item.Meta.TryGetValue("_thumbnail_id", out var id) && index.FindAttachment(id) is var (address, words))
        {
            post.Set("image", Moved(address));
            post.Set("image_alt", words);
        }
    }

    private static void SetTags(ImportedPost post, WxrItem item)
    {
        var categories = item.Categories.Select(WebUtility.HtmlDecode).Where(name => name != "Uncategorized").ToList();
        var tags = item.Tags.Select(WebUtility.HtmlDecode).ToList();
        var most = Math.Max(0, MaxTags - categories.Count);
        if (tags.Count > most)
        {
            post.Note($"of its {tags.Count} tags the first {most} are kept.");
        }

        if (categories.Count > 0)
        {
            post.Set("categories", categories.Take(MaxTags)!);
        }

        if (tags.Count > 0)
        {
            post.Set("tags", tags.Take(most)!);
        }
    }

    private static void SetState(ImportedPost post, WxrItem item)
    {
        var hasPassword = item.Of("post_password").Length > 0;
        if (hasPassword || item.Status == "private")
        {
            post.Note($"it is a draft now: it was {(hasPassword ? "protected by a password" : "private")}.");
        }

        if (hasPassword || item.Status is not ("publish" or "future"))
        {
            post.Set("draft", true);
        }
    }

    /// <summary>The address that it had, and the others that led to it: by number, and its feed of comments.</summary>
    private void SetAddress(ImportedPost post, WxrItem item)
    {
        var number = $"{index.BasePath}/?{(item.Type == "page" ? "page_id" : "p")}={item.Id}";
        List<string> aliases = [number];
        if (
            Uri.TryCreate(item.Of("link"), UriKind.Absolute, out var link)
            && link.Query.Length == 0
            && SitePath.TryParse(Uri.UnescapeDataString(link.AbsolutePath), out var path)
            && !path.IsReserved
        )
        {
            post.Set("url", path.Text);
            if (SitePath.TryParse(path.Text.TrimEnd('/') + "/feed", out var feed) && !feed.IsReserved)
            {
                aliases.Add(feed.Text);
            }
        }

        post.SetAliases(aliases);
        if (item.Of("guid") is { Length: > 0 and <= 500 } guid)
        {
            post.Set("guid", guid);
        }
    }

    private void ConvertBody(ImportedPost post, WxrItem item)
    {
        var hasBlocks = post.Body.Contains("<!-- wp:", StringComparison.Ordinal);
        post.Body = More().Replace(post.Body, "<!--more-->");
        post.Body = Block().Replace(post.Body, "");
        if (post.Body.Contains("<!--nextpage-->", StringComparison.Ordinal))
        {
            post.Body = post.Body.Replace("<!--nextpage-->", "", StringComparison.Ordinal);
            post.Note("its pages (nextpage) are one page now.");
        }

        post.Body = EmbedBlock().Replace(post.Body, match => WordPressShortcodes.Embed(match.Groups["address"].Value));
        new WordPressShortcodes(post, FindMoved, index.AttachedTo(item.Id)).Translate();
        post.Body = hasBlocks
            ? post.Body
            : WordPressHtml.ToParagraphs(
                LoneAddress()
                    .Replace(post.Body, match => $"\n{WordPressShortcodes.Embed(match.Groups["address"].Value)}\n")
            );
        post.Body = UploadedPicture().Replace(post.Body, match => Moved(match.Value)).TrimStart() + "\n";
    }

    private (string Address, string Words)? FindMoved(string id) =>
        index.FindAttachment(id) is var (address, words) ? (Moved(address), words) : null;

    /// <summary>The address of an uploaded file here, or in its full size when its smaller copy is not there.</summary>
    private string Moved(string address) =>
        _links.FindMedia(address) is { } name ? $"/{StorageNames.Media}/{name}"
        : _links.FindMedia(SmallerCopy().Replace(address, "$1")) is { } full ? $"/{StorageNames.Media}/{full}"
        : address;

    private static string SlugOf(WxrItem item)
    {
        var slug = Uri.UnescapeDataString(item.Of("post_name"));
        return slug.Length > 0 ? slug
            : PlainName.From(item.Title, Slug.MaxLength) is { Length: > 0 } plain ? plain
            : $"{item.Type}-{item.Id}";
    }

    /// <summary>A name that no other file of the export has.</summary>
    private string NameOf(WxrItem item, string slug)
    {
        var plain = PlainName.From(slug, Slug.MaxLength) is { Length: > 0 } name ? name : $"{item.Type}-{item.Id}";
        var folder = item.Type == "page" ? "pages/" : "";
        return _names.Add(folder + plain) ? $"{folder}{plain}.html" : $"{folder}{plain}-{item.Id}.html";
    }

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?:<!-- wp:more[^>]*-->\s*)?<!--more[^>]*?-->(?:\s*<!-- /wp:more -->)?")]
    private static partial Regex More();

    [GeneratedRegex(@"<!-- /?wp:[^>]*?(?:-->|>(?=\s))\n?")]
    private static partial Regex Block();

    [GeneratedRegex(
        """<figure[^<>]*wp-block-embed[^<>]*>\s*<div[^<>]*>\s*(?<address>https?://[^\s<]+)\s*</div>\s*"""
            + """(?:<figcaption[^<>]*>[^<]*</figcaption>\s*)?</figure>"""
    )]
    private static partial Regex EmbedBlock();

    [GeneratedRegex(@"(?m)^[ \t]*(?<address>https?://(?:www\.)?(?:youtube\.com|youtu\.be|vimeo\.com)/[^\s<]+)[ \t]*$")]
    private static partial Regex LoneAddress();

    [GeneratedRegex("""https?://[^\s"'<>()]*?/wp-content/uploads/[^\s"'<>()?#]+""")]
    private static partial Regex UploadedPicture();

    [GeneratedRegex(@"-[0-9]{1,5}x[0-9]{1,5}(\.[A-Za-z]+)$")]
    private static partial Regex SmallerCopy();
}
