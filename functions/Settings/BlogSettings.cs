using System.Text;

namespace ServerlessBlog.Settings;

/// <summary>What the owner decides: defaults here, configuration over them, the environment over all.</summary>
/// <param name="Title">The blog's name.</param>
/// <param name="BaseUrl">Absolute address of the blog without a trailing slash: the only source of absolute links.</param>
/// <param name="Authors">Who writes and moderates. The first is a post's author when it names none.</param>
/// <param name="TimeZone">In which dates without an offset are meant, and all dates are shown.</param>
/// <param name="Permalink">Where posts stand: a path with {slug} and, if wanted, {year}, {month} and {day}. For what is published from now on.</param>
/// <param name="FrameSources">Whose pages a post may show in a frame: origins, such as https://www.youtube.com.</param>
/// <param name="Smtp">smtp://user:password@host:port, or smtps:// for TLS from the first byte; null when no server is set.</param>
/// <param name="MailFolder">Where mail is written as .eml when there is no server; null in the published handler.</param>
/// <param name="Secret">Signs links; at least 32 bytes.</param>
/// <param name="PreviousSecret">What signed links before <paramref name="Secret"/> did, which are still accepted; empty when none are.</param>
/// <param name="ClientAddressHeader">The HTTP header in which the Functions host passes on the client's address.</param>
/// <param name="Comments">What happens to comments.</param>
public sealed record BlogSettings(
    string Title,
    string BaseUrl,
    IReadOnlyList<Person> Authors,
    TimeZoneInfo TimeZone,
    string Permalink,
    IReadOnlyList<string> FrameSources,
    Uri? Smtp,
    string? MailFolder,
    ReadOnlyMemory<byte> Secret,
    ReadOnlyMemory<byte> PreviousSecret,
    string ClientAddressHeader,
    CommentSettings Comments
)
{
    /// <summary>The least number of characters of <c>Blog__Secret</c> and of <c>Blog__PreviousSecret</c>.</summary>
    public const int MinSecretLength = 32;

    /// <summary>The most people in <c>Blog__Authors</c>: each is told of every comment that is held.</summary>
    public const int MaxAuthors = 20;

    /// <summary>The most characters of <c>Blog__Permalink</c>.</summary>
    public const int MaxPermalinkLength = 80;

    /// <summary>The most origins in <c>Blog__FrameSources</c>.</summary>
    public const int MaxFrameSources = 20;

    /// <summary>The most characters of <c>Blog__ClientAddressHeader</c>.</summary>
    public const int MaxHeaderNameLength = 64;

    /// <summary>The name shown for posts that name no author.</summary>
    public string DefaultAuthor => Authors.Count > 0 ? Authors[0].Name : Title;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One of them cannot be used, or is needed and missing.</exception>
    public static BlogSettings Read(IConfiguration configuration) => Read(new SettingReader(configuration));

    /// <summary>Reads the settings. Afterwards the reader knows the name of every setting that there is.</summary>
    /// <exception cref="SettingException">One of them cannot be used, or is needed and missing.</exception>
    internal static BlogSettings Read(SettingReader read) =>
        new(
            Title: read.Text("Blog:Title") ?? "A blog",
            BaseUrl: ReadBaseUrl(read),
            Authors: read.People("Blog:Authors", MaxAuthors),
            TimeZone: read.TimeZone("Blog:TimeZone"),
            Permalink: read.PathPattern(
                "Blog:Permalink",
                otherwise: "/posts/{slug}",
                MaxPermalinkLength,
                ["slug", "year", "month", "day"]
            ),
            FrameSources: read.Origins(
                "Blog:FrameSources",
                ["https://www.youtube.com", "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
                MaxFrameSources
            ),
            Smtp: read.Address("Blog:Smtp", "smtp://user:password@mail.example.com:587", "smtp", "smtps"),
            MailFolder: read.Text("Blog:MailFolder"),
            Secret: ReadSecret(read),
            PreviousSecret: ReadPreviousSecret(read),
            ClientAddressHeader: read.HeaderName(
                "Blog:ClientAddressHeader",
                otherwise: "X-Forwarded-For",
                MaxHeaderNameLength
            ),
            Comments: new CommentSettings(
                Moderation: read.Flag("Blog:Comments:Moderation", otherwise: false),
                PreviouslyApproved: read.Flag("Blog:Comments:PreviouslyApproved", otherwise: true),
                MaxLinks: read.Count("Blog:Comments:MaxLinks", otherwise: 2, most: CommentSettings.MostLinks),
                PageSize: Math.Max(1, read.Count("Blog:Comments:PageSize", otherwise: 50, most: 500)),
                FormSeconds: read.Count(
                    "Blog:Comments:FormSeconds",
                    otherwise: 3,
                    most: CommentSettings.MostFormSeconds
                ),
                FloodSeconds: read.Count("Blog:Comments:FloodSeconds", otherwise: 15, most: 3600),
                CloseAfterDays: read.Count("Blog:Comments:CloseAfterDays", otherwise: 0, most: 36_500),
                KeepDays: read.Count("Blog:Comments:KeepDays", otherwise: 30, most: 36_500),
                Depth: Math.Max(1, read.Count("Blog:Comments:Depth", otherwise: 5, most: 10)),
                ModerationKeys: read.Words("Blog:Comments:ModerationKeys"),
                DisallowedKeys: read.Words("Blog:Comments:DisallowedKeys")
            )
        );

    /// <summary>A point in time as clocks of the blog's time zone show it.</summary>
    public DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, TimeZone);

    /// <summary>In Azure the platform names the app's host, and <c>func start</c> does on a developer's machine; a domain of one's own is set.</summary>
    private static string ReadBaseUrl(SettingReader read)
    {
        var address = read.Address("Blog:BaseUrl", "https://blog.example.com", "http", "https")
            ?? (
                read.Text("WEBSITE_HOSTNAME") is { } host
                    ? new Uri((host.StartsWith("localhost:", StringComparison.Ordinal) ? "http://" : "https://") + host)
                    : null
            )
            ?? throw SettingReader.Missing(
                "Blog:BaseUrl",
                "write the blog's address, such as https://blog.example.com"
            );
        return address.PathAndQuery == "/" && address.Fragment.Length == 0 && address.UserInfo.Length == 0
            ? address.GetLeftPart(UriPartial.Authority)
            : throw new SettingException(
                $"The setting Blog__BaseUrl says more than it may: write scheme and host only, such as {address.Scheme}://{address.Authority}."
            );
    }

    private static byte[] ReadSecret(SettingReader read) =>
        read.Text("Blog:Secret") switch
        {
            null => throw SettingReader.Missing(
                "Blog:Secret",
                $"write at least {MinSecretLength} random characters; they sign links"
            ),
            { Length: < MinSecretLength } text => throw SettingReader.Wrong(
                "Blog:Secret",
                $"({text.Length} characters)",
                $"write at least {MinSecretLength} random characters"
            ),
            var text => Encoding.UTF8.GetBytes(text),
        };

    private static byte[] ReadPreviousSecret(SettingReader read) =>
        read.Text("Blog:PreviousSecret") switch
        {
            null => [],
            { Length: < MinSecretLength } text => throw SettingReader.Wrong(
                "Blog:PreviousSecret",
                $"({text.Length} characters)",
                $"write what Blog__Secret was before, at least {MinSecretLength} characters"
            ),
            var text => Encoding.UTF8.GetBytes(text),
        };
}
