using System.Text.Encodings.Web;
using System.Text.Unicode;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Site.Posts;

/// <summary>
/// What the page of a post says to machines as JSON-LD with the words of https://schema.org: the post or static page,
/// the comments that this page shows, and the breadcrumb. Made of the view that the page itself is made of.
/// </summary>
internal static class LinkedData
{
    /// <summary>
    /// Writes <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and quotation marks as \uXXXX, so that no text ends the script that
    /// holds it; letters of every script stay as they are.
    /// </summary>
    private static readonly LinkedDataJson Json = new(
        new JsonSerializerOptions
        {
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        }
    );

    /// <summary>Returns JSON that can be written into a script element as it is.</summary>
    public static string Write(PostView view) =>
        JsonSerializer.Serialize(new LinkedGraph([PageOf(view), BreadcrumbOf(view)]), Json.LinkedGraph);

    private static LinkedPage PageOf(PostView view)
    {
        var (site, article) = (view.Site, view.Layout.Article);
        var author = view.Byline.Author;
        var comments = view.Conversation?.Threads.SelectMany(thread => thread.WithReplies()).Select(CommentOf).ToList();
        return new LinkedPage(view.IsPage ? "WebPage" : "BlogPosting")
        {
            Id = site.BaseUrl + view.Path,
            Url = site.BaseUrl + view.Path,
            MainEntityOfPage = site.BaseUrl + view.Path,
            Headline = view.Title,
            Description = view.Layout.Description,
            DatePublished = article is null ? null : Time(article.Published),
            DateModified = article is null ? null : Time(article.Modified),
            InLanguage = view.Language ?? site.Texts.Language,
            Image = view.Layout.Picture?.Address,
            Keywords = article is { Tags.Count: > 0 } ? article.Tags : null,
            Author = new LinkedParty("Person", author.Text)
            {
                Url = site.BaseUrl + (author.Address.Length == 0 ? "/" : author.Address),
            },
            Publisher = new LinkedParty("Organization", site.BlogTitle) { Url = site.BaseUrl + "/" },
            CommentCount = view.Conversation?.Total,
            Comment = comments is { Count: > 0 } ? comments : null,
        };
    }

    private static LinkedComment CommentOf(PublicComment comment) =>
        new()
        {
            Id = comment.Address,
            Text = comment.PlainText,
            DateCreated = Time(comment.Created),
            DatePublished = Time(comment.Created),
            Author = new LinkedParty("Person", comment.Author) { Url = comment.Website },
            ParentItem = comment.Parent is { } parent ? new LinkedReference(parent.Address) : null,
        };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static LinkedBreadcrumb BreadcrumbOf(PostView view) =>
        new([
            .. view.Breadcrumb.Select(
                (page, index) => new LinkedListItem(index + 1, page.Text, view.Site.BaseUrl + page.Address)
            ),
        ]);
}

/// <summary>A document of JSON-LD.</summary>
internal sealed record LinkedGraph([property: JsonPropertyName("@graph")] IReadOnlyList<LinkedThing> Things)
{
    [JsonPropertyName("@context"), JsonPropertyOrder(-1)]
    public string Context { get; } = "https://schema.org";
}

/// <summary>Something of https://schema.org with its type.</summary>
[JsonDerivedType(typeof(LinkedPage))]
[JsonDerivedType(typeof(LinkedBreadcrumb))]
internal abstract record LinkedThing([property: JsonPropertyName("@type"), JsonPropertyOrder(-1)] string Type);

/// <summary>https://schema.org/BlogPosting or https://schema.org/WebPage.</summary>
internal sealed record LinkedPage(string Type) : LinkedThing(Type)
{
    [JsonPropertyName("@id")]
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required string MainEntityOfPage { get; init; }

    public required string Headline { get; init; }

    public required string? Description { get; init; }

    public required string? DatePublished { get; init; }

    public required string? DateModified { get; init; }

    public required string InLanguage { get; init; }

    public required string? Image { get; init; }

    public required IReadOnlyList<string>? Keywords { get; init; }

    public required LinkedParty Author { get; init; }

    public required LinkedParty Publisher { get; init; }

    public required int? CommentCount { get; init; }

    public required IReadOnlyList<LinkedComment>? Comment { get; init; }
}

/// <summary>https://schema.org/BreadcrumbList.</summary>
internal sealed record LinkedBreadcrumb(IReadOnlyList<LinkedListItem> ItemListElement) : LinkedThing("BreadcrumbList");

/// <summary>https://schema.org/ListItem: a page of the breadcrumb.</summary>
internal sealed record LinkedListItem(int Position, string Name, string Item)
{
    [JsonPropertyName("@type"), JsonPropertyOrder(-1)]
    public string Type { get; } = "ListItem";
}

/// <summary>https://schema.org/Comment, which search engines read with text, author and date.</summary>
internal sealed record LinkedComment
{
    [JsonPropertyName("@type"), JsonPropertyOrder(-1)]
    public string Type { get; } = "Comment";

    [JsonPropertyName("@id")]
    public required string Id { get; init; }

    public required string Text { get; init; }

    public required string DateCreated { get; init; }

    public required string DatePublished { get; init; }

    public required LinkedParty Author { get; init; }

    public required LinkedReference? ParentItem { get; init; }
}

/// <summary>https://schema.org/Person or https://schema.org/Organization.</summary>
internal sealed record LinkedParty([property: JsonPropertyName("@type")] string Type, string Name)
{
    public string? Url { get; init; }
}

/// <summary>Another node of the graph.</summary>
internal sealed record LinkedReference([property: JsonPropertyName("@id")] string Id);

/// <summary>Writes JSON-LD.</summary>
[JsonSerializable(typeof(LinkedGraph))]
internal sealed partial class LinkedDataJson : JsonSerializerContext;
