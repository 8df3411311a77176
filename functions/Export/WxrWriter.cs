using System.Xml;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Export;

/// <summary>
/// Writes a blog as WXR 1.2, which WordPress imports (Tools, Import). There is no schema of it; the elements are those
/// that WordPress itself exports
/// (https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-admin/includes/export.php).
/// </summary>
internal sealed class WxrWriter : IDisposable
{
    private const string Wp = "http://wordpress.org/export/1.2/";
    private const string Content = "http://purl.org/rss/1.0/modules/content/";
    private const string Excerpt = "http://wordpress.org/export/1.2/excerpt/";
    private const string Dc = "http://purl.org/dc/elements/1.1/";

    private readonly MemoryStream _bytes = new();
    private readonly XmlWriter _xml;
    private readonly string _baseUrl;
    private int _lastPost;
    private int _lastComment;

    /// <summary>Begins the file.</summary>
    /// <param name="title">The title of the blog.</param>
    /// <param name="baseUrl">Its address, without a trailing slash.</param>
    public WxrWriter(string title, string baseUrl)
    {
        _baseUrl = baseUrl;
        _xml = XmlWriter.Create(_bytes, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) });
        _xml.WriteStartElement("rss");
        _xml.WriteAttributeString("version", "2.0");
        foreach (var (prefix, space) in new[] { ("excerpt", Excerpt), ("content", Content), ("dc", Dc), ("wp", Wp) })
        {
            _xml.WriteAttributeString("xmlns", prefix, null, space);
        }

        _xml.WriteStartElement("channel");
        Write("title", title);
        Write("link", baseUrl);
        WriteWp("wxr_version", "1.2");
        WriteWp("base_site_url", baseUrl);
        WriteWp("base_blog_url", baseUrl);
    }

    /// <summary>Writes an author. Those of posts must be written before the posts.</summary>
    public void WriteAuthor(string name)
    {
        _xml.WriteStartElement("author", Wp);
        WriteWp("author_login", name);
        WriteWp("author_email", "");
        WriteWp("author_display_name", name);
        _xml.WriteEndElement();
    }

    /// <summary>Writes a post or page with its comments.</summary>
    /// <param name="post">The post.</param>
    /// <param name="author">The name of its author.</param>
    /// <param name="html">Its text as HTML with absolute addresses.</param>
    /// <param name="comments">Its comments, each after the one that it replies to.</param>
    public void WritePost(Post post, string author, string html, IReadOnlyList<Comment> comments)
    {
        var id = Text(++_lastPost);
        _xml.WriteStartElement("item");
        Write("title", post.Metadata.Title);
        Write("link", _baseUrl + post.Path.Link);
        Write("pubDate", DateOf(post)?.ToString("R", CultureInfo.InvariantCulture) ?? "");
        _xml.WriteElementString("creator", Dc, Clean(author));
        _xml.WriteStartElement("guid");
        _xml.WriteAttributeString("isPermaLink", "false");
        _xml.WriteString($"{_baseUrl}/{post.Id}");
        _xml.WriteEndElement();
        _xml.WriteElementString("encoded", Content, Clean(html));
        _xml.WriteElementString("encoded", Excerpt, Clean(post.Metadata.Summary ?? ""));
        WriteWp("post_id", id);
        WriteTime("post_date", DateOf(post));
        WriteWp("comment_status", post.TakesComments ? "open" : "closed");
        WriteWp("post_name", Slug(post.Path));
        WriteWp("status", StatusOf(post));
        WriteWp("post_parent", "0");
        WriteWp("menu_order", Text(post.Metadata.Weight ?? 0));
        WriteWp("post_type", post.Metadata.IsPage ? "page" : "post");
        WriteWp("post_password", "");
        WriteWp("is_sticky", post.Metadata.Pinned ? "1" : "0");
        WriteTerms(post);
        WriteComments(comments);
        _xml.WriteEndElement();
    }

    /// <summary>Writes a file that posts may show.</summary>
    /// <param name="path">Its percent-encoded path.</param>
    public void WriteAttachment(string path)
    {
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        _xml.WriteStartElement("item");
        Write("title", name);
        Write("link", _baseUrl + path);
        WriteWp("post_id", Text(++_lastPost));
        WriteWp("post_name", Path.GetFileNameWithoutExtension(name));
        WriteWp("status", "inherit");
        WriteWp("post_parent", "0");
        WriteWp("post_type", "attachment");
        WriteWp("attachment_url", _baseUrl + path);
        _xml.WriteEndElement();
    }

    /// <summary>Ends the file, and returns it.</summary>
    public BinaryData Finish()
    {
        _xml.WriteEndDocument();
        _xml.Flush();
        return new BinaryData(_bytes.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _xml.Dispose();
        _bytes.Dispose();
    }

    private void WriteTerms(Post post)
    {
        if (post.Metadata.Category is { } category)
        {
            WriteTerm("category", category);
        }

        foreach (var tag in post.Metadata.Tags.Where(tag => tag != post.Metadata.Category))
        {
            WriteTerm("post_tag", tag);
        }
    }

    private void WriteTerm(string domain, string name)
    {
        _xml.WriteStartElement("category");
        _xml.WriteAttributeString("domain", domain);
        _xml.WriteAttributeString("nicename", Uri.EscapeDataString(Tag.Parse(name).Key.Replace(' ', '-')));
        _xml.WriteString(Clean(name));
        _xml.WriteEndElement();
    }

    private void WriteComments(IReadOnlyList<Comment> comments)
    {
        var ids = new Dictionary<CommentId, int>();
        foreach (var comment in comments)
        {
            ids[comment.Key.Comment] = ++_lastComment;
            _xml.WriteStartElement("comment", Wp);
            WriteWp("comment_id", Text(_lastComment));
            WriteWp("comment_author", comment.Author);
            WriteWp("comment_author_email", comment.Email);
            WriteWp("comment_author_url", comment.Website ?? "");
            WriteTime("comment_date", comment.Created);
            WriteWp("comment_content", comment.Body.ToHtml());
            WriteWp("comment_approved", ApprovalOf(comment.State));
            WriteWp("comment_type", "comment");
            var parent = comment.ReplyTo is { } replyTo ? ids.GetValueOrDefault(replyTo) : 0;
            WriteWp("comment_parent", Text(parent));
            WriteWp("comment_user_id", "0");
            _xml.WriteEndElement();
        }
    }

    /// <summary>The date of a post; null for a draft that has none yet.</summary>
    public static DateTimeOffset? DateOf(Post post) =>
        post.Metadata.Date ?? (post.WasPublic || post.IsWaiting ? post.Date : null);

    /// <summary>Writes a time, which WordPress writes as zeros when there is none.</summary>
    private void WriteTime(string name, DateTimeOffset? time)
    {
        var text = time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            ?? "0000-00-00 00:00:00";
        WriteWp(name, text);
        WriteWp($"{name}_gmt", text);
    }

    private void WriteWp(string name, string text) => _xml.WriteElementString(name, Wp, Clean(text));

    private void Write(string name, string text) => _xml.WriteElementString(name, Clean(text));

    private static string Slug(SitePath path) =>
        Uri.EscapeDataString(Path.GetFileNameWithoutExtension(path.Text.Trim('/').Split('/')[^1]));

    private static string StatusOf(Post post) =>
        post.State == PostState.Published ? "publish"
        : post.IsWaiting ? "future"
        : "draft";

    private static string ApprovalOf(CommentState state) =>
        state switch
        {
            CommentState.Approved => "1",
            CommentState.Spam => "spam",
            CommentState.Trash => "trash",
            _ => "0",
        };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Removes characters that XML cannot hold: controls, and halves of surrogate pairs.</summary>
    private static string Clean(string text) =>
        text.All(XmlConvert.IsXmlChar)
            ? text
            : string.Concat(
                text.EnumerateRunes()
                    .Where(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value))
                    .Select(rune => rune.ToString())
            );
}
