namespace ServerlessBlog.Import.WordPress;

/// <summary>What the items of an export say of each other.</summary>
internal sealed class WordPressIndex
{
    private readonly Dictionary<string, (string Address, string Words, string Parent)> _attachments = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, string> _authors = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The address of the site without its path; empty when not known.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>The path of the site, such as /blog; empty for the root.</summary>
    public string BasePath { get; private set; } = "";

    /// <summary>Adds what others may need of an item.</summary>
    public void Add(WxrItem item)
    {
        if (item.Type == "attachment")
        {
            var words = item.Meta.GetValueOrDefault("_wp_attachment_image_alt", "");
            _attachments[item.Id] = (
                item.Of("attachment_url"),
                words.Length > 0 ? words : item.Title,
                item.Of("post_parent")
            );
        }
    }

    /// <summary>Adds what the channel says.</summary>
    public void Complete(
        IReadOnlyDictionary<string, string> channel,
        IEnumerable<IReadOnlyDictionary<string, string>> authors
    )
    {
        var address = channel.GetValueOrDefault("base_blog_url") ?? channel.GetValueOrDefault("link") ?? "";
        if (Uri.TryCreate(address, UriKind.Absolute, out var site))
        {
            Origin = site.GetLeftPart(UriPartial.Authority);
            BasePath = site.AbsolutePath.TrimEnd('/');
        }

        foreach (var author in authors)
        {
            var login = author.GetValueOrDefault("author_login", "");
            var name = author.GetValueOrDefault("author_display_name", "").Trim();
            _authors[login] = name.Length > 0 ? name : login;
        }
    }

    /// <summary>The name of an author as readers see it; null when not known.</summary>
    public string? AuthorOf(string login) => _authors.GetValueOrDefault(login);

    /// <summary>The address and the words of an attachment; null when it is not in the export.</summary>
    public (string Address, string Words)? FindAttachment(string id) =>
        _attachments.TryGetValue(id, out var found) ? (found.Address, found.Words) : null;

    /// <summary>The numbers of the attachments that were uploaded to a post.</summary>
    public IReadOnlyList<string> AttachedTo(string post) =>
        [.. _attachments.Where(attachment => attachment.Value.Parent == post).Select(attachment => attachment.Key)];
}
