using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Jekyll;

/// <summary>
/// Converts documents of Jekyll into posts and pages of this blog, at the addresses that they had.
/// </summary>
internal sealed class JekyllConverter
{
    private const string DateFormat = "yyyy-MM-ddTHH:mm:sszzz";

    /// <summary>The fields that the configuration can give to many documents and that this blog has.</summary>
    private static readonly string[] InheritedFields =
    [
        "author",
        "categories",
        "comments",
        "image",
        "lang",
        "published",
        "tags",
        "toc",
    ];

    /// <summary>Pages that this blog makes itself.</summary>
    private static readonly string[] OwnPages =
    [
        "/",
        "/index.html",
        "/404.html",
        "/feed.xml",
        "/search",
        "/tags",
        "/archive",
    ];

    private readonly JekyllConfig _config;
    private readonly JekyllIncludes _includes;
    private readonly SiteLinks _links;
    private readonly SiteRedirects _redirects;
    private readonly Dictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the addresses of all documents.</summary>
    public JekyllConverter(
        JekyllConfig config,
        JekyllIncludes includes,
        IReadOnlyDictionary<string, JekyllDocument> documents,
        SiteLinks links,
        SiteRedirects redirects
    )
    {
        (_config, _includes, _links, _redirects) = (config, includes, links, redirects);
        foreach (var document in documents.Values)
        {
            var address = config.BasePath + JekyllAddress.Create(document, config);
            _addresses[document.Path] = address;
            _addresses.TryAdd(Path.ChangeExtension(document.Path, null), address);
            _addresses.TryAdd(Path.GetFileNameWithoutExtension(document.Path), address);
        }
    }

    /// <summary>Converts a document.</summary>
    public ConvertedFile Convert(JekyllDocument document)
    {
        var (post, address) = (document.Post, _addresses[document.Path]);
        if (!document.IsPost && OwnPages.Contains("/" + address[_config.BasePath.Length..].Trim('/')))
        {
            return new ConvertedFile(document.Path) { IsMachinery = true };
        }

        if (post.Has("redirect_to"))
        {
            return new ConvertedFile(document.Path)
            {
                Problem =
                    $"it only leads to {post.TextOf("redirect_to")}: add its address to the aliases of what it "
                    + "leads to",
            };
        }

        SetFields(document, address);
        post.SetAliases([.. post.TextsOf("aliases"), .. _redirects.FindTo(address)]);
        if (!PostFileName.IsHtml(document.Name))
        {
            Kramdown.Translate(post);
        }

        new Liquid(post, _config, _includes, FindAddress).Translate();
        Kramdown.RemoveLines(post);
        MarkExcerpt(post);
        post.Body = MarkdownFences.ChangeProse(post.Body, _links.Change);
        return new ConvertedFile(document.Path)
        {
            Container = StorageNames.Posts,
            Name = document.Name,
            Text = post.ToText(_links.Change),
            Notes = post.Notes,
        };
    }

    private void SetFields(JekyllDocument document, string address)
    {
        var post = document.Post;
        foreach (var name in InheritedFields.Where(name => !post.Has(name)))
        {
            Inherit(document, name);
        }

        if (!post.Has("title"))
        {
            post.Set("title", post.TakeHeading() ?? TitleFrom(document.Slug));
        }

        if (document.Date is { } date)
        {
            post.Set("date", date.ToString(DateFormat, CultureInfo.InvariantCulture));
        }

        if (document.Type == "drafts")
        {
            post.Set("draft", true);
        }
        else if (SitePath.TryParse(Uri.UnescapeDataString(address), out var path) && !path.IsReserved)
        {
            post.Remove("permalink");
            post.Set("url", path.Text);
        }
        else
        {
            post.Remove("permalink");
            post.Note($"its old address {address} cannot be used: the blog needs it, or it is too long.");
        }

        if (document.Categories.Count > 0)
        {
            post.Remove("category");
            post.Set("categories", document.Categories);
        }

        if (!document.IsPost)
        {
            post.Set("type", "page");
            post.Set("menu", !document.Path.Contains('/', StringComparison.Ordinal) && IsInMenu(document.Path));
        }

        if (post.TextOf("slug") is { } slug && !Slug.TryParse(slug, out _))
        {
            post.Remove("slug");
        }

        if (post.TextOf("excerpt_image") is { } picture && !post.Has("image"))
        {
            post.Set("image", _links.FindMedia(picture) is { } name ? $"/{StorageNames.Media}/{name}" : picture);
        }
    }

    private void Inherit(JekyllDocument document, string name)
    {
        if (_config.DefaultOf(document.Path, document.Type, name) is not { } value)
        {
            return;
        }

        if (value.Items is not null && value.Texts is { } texts)
        {
            document.Post.Set(name, texts);
        }
        else if (value.Text is { Length: > 0 } text)
        {
            if (FieldReader.AsFlag(text) is { } flag)
            {
                document.Post.Set(name, flag);
            }
            else
            {
                document.Post.Set(name, text);
            }
        }
    }

    /// <summary>The theme minima shows the pages of header_pages, or else all.</summary>
    private bool IsInMenu(string path) =>
        _config.TextsOf("header_pages") is not { Count: > 0 } pages || pages.Contains(path);

    private void MarkExcerpt(ImportedPost post)
    {
        var separator = post.TextOf("excerpt_separator") ?? _config.TextOf("excerpt_separator");
        if (
            separator is not (null or "<!--more-->")
            && post.Body.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at
        )
        {
            post.Body = $"{post.Body[..at]}<!--more-->{post.Body[(at + separator.Length)..]}";
        }
    }

    private string? FindAddress(string name)
    {
        var plain = name.Trim('/');
        return _addresses.GetValueOrDefault(plain)
            ?? _addresses.GetValueOrDefault($"_posts/{plain}")
            ?? _addresses.GetValueOrDefault(plain[(plain.LastIndexOf('/') + 1)..]);
    }

    /// <summary>Jekyll's title of a document without one: its slug with capitals.</summary>
    private static string TitleFrom(string slug) =>
        string.Join(
            ' ',
            slug.Split('-', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..])
        );
}
