using Azure.Storage.Blobs;
using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Cost;

/// <summary>The requests that a stranger can make, one of each kind that does something of its own.</summary>
internal sealed partial class Journeys
{
    /// <summary>The name of a stranger's request begins with this in the stored counts.</summary>
    public const string Request = "request: ";

    /// <summary>The size of the file in the journeys, that of a photo from a telephone: 5 MB.</summary>
    private const int FileBytes = 5_000_000;

    /// <summary>Requests with GET: what they are, and the path.</summary>
    private static readonly (string Name, string Path)[] Reads =
    [
        ("a post page", Page),
        ("a post page with an unknown query", $"{Page}?utm_source=anywhere"),
        ("a post page with the form to reply", $"{Page}?{VisitorPages.ReplyQuery}=1"),
        ("a post page with a forged receipt", $"{Page}?receipt=forged"),
        ("a page of comments that there is not", $"{Page}/comments/9"),
        ("the newest comments", $"{Page}/comments/newest"),
        ("the home page", "/"),
        ("an older list that there is not", "/page/9"),
        ("the list of a tag", "/tags/counted"),
        ("a tag that there is not", "/tags/never"),
        ("a month of the archive", "/archive/2026/01"),
        ("an author that there is not", "/authors/never"),
        ("all posts", "/posts"),
        ("all tags", "/tags"),
        ("robots.txt", "/robots.txt"),
        ("the style sheet", "/style.css"),
        ("the icon", "/favicon.ico"),
        ("the manifest", "/site.webmanifest"),
        ("the feed", "/feed.xml"),
        ("the feed as Atom", "/atom.xml"),
        ("the feed as JSON", "/feed.json"),
        ("a search", "/search?q=paragraph"),
        ("a search for nothing there", "/search?q=never"),
        ("the search form", "/search"),
        ("the description for browsers", "/opensearch.xml"),
        ("the site map", "/sitemap.xml"),
        ("an address that there is not", "/never/here"),
        ("a file that there is not", "/media/never.jpg"),
        ("an icon of a size that there is not", "/icons/77.png"),
        ("the sign-in page", $"/{AdminPaths.Segment}"),
        ("a forged preview of a draft", AdminPaths.Preview("forged")),
        ("a forged link of a comment", "/comment/forged"),
        ("a token of the comment form", "/api/form-token/counted"),
    ];

    private async Task CountStrangersAsync()
    {
        await UploadFilesAsync();
        foreach (var (name, path) in Reads)
        {
            await CountAsync(Request + name, () => _driver.GetAsync(path));
        }

        await CountAsync(Request + "a file of 5 MB", () => _driver.GetAsync("/media/sound.mp3"));
        await CountAsync(Request + "a photo, the first time", () => _driver.GetAsync("/media/photo.jpg"));
        await CountAsync(Request + "a photo", () => _driver.GetAsync("/media/photo.jpg"));
        await CountAsync(Request + "a photo in a width of the sender's", () =>
            _driver.GetAsync("/media/photo.jpg?w=7")
        );
        await CountAsync(Request + "a preview of a comment", () =>
            _driver.PostAsync("/api/preview", null, ("comment", "Some **text**."))
        );
        await CountAsync(Request + "the comment form with act=preview", () =>
            PostCommentAsync(("act", "preview"), ("name", "A"), ("email", "a@example.com"))
        );
        await CountAsync(Request + "a comment that is held", () =>
            PostCommentAsync(("name", "Stranger"), ("email", "stranger@example.com"))
        );
        await CountAsync(Request + "a comment that is shown", SendApprovedAsync);
        await SendFirstAsync();
        await CountAsync(Request + "a second comment within 15 s", () =>
            PostCommentAsync(("name", "Stranger"), ("email", "stranger@example.com"))
        );
        await CountAsync(Request + "a link to sign in, for an author's address", () =>
            _driver.PostAsync($"/{AdminPaths.Segment}", null, ("email", "ada@blog.test"))
        );
        await CountAsync(Request + "a link to sign in, for any other address", () =>
            _driver.PostAsync($"/{AdminPaths.Segment}", null, ("email", "stranger@example.com"))
        );
    }

    private async Task UploadFilesAsync()
    {
        var files = new (string Name, byte[] Bytes)[]
        {
            ("sound.mp3", new byte[FileBytes]),
            ("photo.jpg", TestPictures.Encode(2000, 1500, SkiaSharp.SKEncodedImageFormat.Jpeg)),
        };
        foreach (var (name, bytes) in files)
        {
            await new BlobContainerClient(_connection, StorageNames.Media).UploadBlobAsync(
                name,
                BinaryData.FromBytes(bytes)
            );
            await _driver.CountAsync(() => _driver.AnnounceAsync(StorageNames.Media, name));
        }
    }

    private async Task SendApprovedAsync()
    {
        var token = _driver.Blog.Get<FormTokens>().Create(_post);
        _driver.Pause();
        await PostCommentAsync(("name", "Grace"), ("email", "grace@example.com"), ("token", token));
    }

    /// <summary>Sends a comment after which the next is too soon, without what follows from it.</summary>
    private async Task SendFirstAsync()
    {
        await PostCommentAsync(("name", "Stranger"), ("email", "stranger@example.com"));
        _driver.LoseMessages();
    }
}
