namespace ServerlessBlog.Settings;

/// <summary>
/// The settings of the blog. Environment variables override configuration files, which override the defaults in
/// <see cref="Read(IConfiguration)"/>.
/// </summary>
/// <param name="Title">The title of the blog; "A blog" by default.</param>
/// <param name="BaseUrl">
/// The absolute address of the blog without a trailing slash: the only source of absolute links.
/// </param>
/// <param name="Authors">
/// The authors, who are also the moderators; may be empty. The first is the author of posts that name none.
/// </param>
/// <param name="TimeZone">The time zone of dates without an offset, and of all dates shown; UTC by default.</param>
/// <param name="Permalink">
/// The pattern of post addresses: a path with {slug} and optionally {year}, {month}, {day}, {section} (the file's first
/// folder) and {category}. Applies to posts published from now on.
/// </param>
/// <param name="FrameSources">
/// The origins whose pages a post may embed in a frame, such as https://www.youtube.com.
/// </param>
/// <param name="Smtp">
/// The mail server: smtp://user:password@host:port, or smtps:// for TLS from the first byte. Null when none is set.
/// </param>
/// <param name="MailFolder">
/// The folder for mails as .eml files when there is no mail server; null in the published handler.
/// </param>
/// <param name="Secret">The key that signs links, at least 32 bytes.</param>
/// <param name="PreviousSecret">
/// The signing key before <paramref name="Secret"/>, whose signatures are still accepted; empty when there is none.
/// </param>
/// <param name="ClientAddressHeader">
/// The HTTP header with the client's address, set by the Functions host; X-Forwarded-For by default.
/// </param>
/// <param name="Comments">The settings of comments.</param>
/// <param name="CategoriesAreTags">
/// Whether the categories of a post are tags too; true by default. Applies to files uploaded from now on.
/// </param>
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
    CommentSettings Comments,
    bool CategoriesAreTags = true
)
{
    /// <summary>What the CDN adds to each request, so that nobody else gets in; none by default.</summary>
    public OriginSecrets OriginSecrets { get; init; } = OriginSecrets.None;

    /// <summary>The default of <see cref="MediaGigabytesPerDay"/>: 20.</summary>
    public const int DefaultMediaGigabytesPerDay = 20;

    /// <summary>What readers may download of files and pictures in a day, in GB; 0 turns the limit off.</summary>
    public int MediaGigabytesPerDay { get; init; }

    /// <summary>The default of <see cref="SearchesPerDay"/>: 10,000.</summary>
    public const int DefaultSearchesPerDay = 10_000;

    /// <summary>How often readers may search in a day, all together; 0 turns the limit off.</summary>
    public int SearchesPerDay { get; init; }

    /// <summary>The default of <see cref="SubscriptionsPerDay"/>: 500.</summary>
    public const int DefaultSubscriptionsPerDay = 500;

    /// <summary>
    /// How many addresses may be entered for new posts by mail in a day, all together; 0 turns the limit off.
    /// </summary>
    public int SubscriptionsPerDay { get; init; }

    /// <summary>
    /// The number of days after which mail addresses are deleted: from a comment after it was approved, and of somebody
    /// who gets letters about replies after the last one; 0, the default, keeps them.
    /// </summary>
    public int AddressDays { get; init; }

    /// <summary>The default of <see cref="LettersPerMinute"/>: 60.</summary>
    public const int DefaultLettersPerMinute = 60;

    /// <summary>How many letters about new posts are sent in a minute, 1 to 10,000.</summary>
    public int LettersPerMinute { get; init; }

    /// <summary>The maximum number of webhooks: 5.</summary>
    public const int MaxWebhooks = 5;

    /// <summary>The addresses that are told of events; none by default.</summary>
    public IReadOnlyList<Webhook> Webhooks { get; init; } = [];

    /// <summary>The minimum length of <c>Blog__Secret</c> and <c>Blog__PreviousSecret</c>, in characters.</summary>
    public const int MinSecretLength = 32;

    /// <summary>The maximum number of people in <c>Blog__Authors</c>: each is notified of every held comment.</summary>
    public const int MaxAuthors = 20;

    /// <summary>The maximum length of <c>Blog__Permalink</c>, in characters.</summary>
    public const int MaxPermalinkLength = 80;

    /// <summary>The maximum number of origins in <c>Blog__FrameSources</c>.</summary>
    public const int MaxFrameSources = 20;

    /// <summary>The maximum length of <c>Blog__ClientAddressHeader</c>, in characters.</summary>
    public const int MaxHeaderNameLength = 64;

    /// <summary>The author shown for posts that name none: the first author, or the title of the blog.</summary>
    public string DefaultAuthor => Authors.Count > 0 ? Authors[0].Name : Title;

    /// <summary>Whether the blog can send mail at all.</summary>
    public bool SendsMail => Smtp is not null || MailFolder is not null;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A setting is invalid, or a required one is missing.</exception>
    public static BlogSettings Read(IConfiguration configuration) => Read(new SettingReader(configuration));

    /// <summary>
    /// Reads the settings. Afterwards <see cref="SettingReader.Names"/> holds the name of every setting that exists.
    /// </summary>
    /// <exception cref="SettingException">A setting is invalid, or a required one is missing.</exception>
    internal static BlogSettings Read(SettingReader read) =>
        new(
            Title: read.Text("Blog:Title") ?? "A blog",
            BaseUrl: ReadBaseUrl(read),
            Authors: read.People("Blog:Authors", MaxAuthors),
            TimeZone: read.TimeZone("Blog:TimeZone"),
            Permalink: read.PathPattern(
                "Blog:Permalink",
                defaultValue: "/posts/{slug}",
                MaxPermalinkLength,
                ["slug", "year", "month", "day", "section", "category"]
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
                defaultValue: "X-Forwarded-For",
                MaxHeaderNameLength
            ),
            Comments: new CommentSettings(
                Moderation: read.Flag("Blog:Comments:Moderation", defaultValue: false),
                PreviouslyApproved: read.Flag("Blog:Comments:PreviouslyApproved", defaultValue: true),
                MaxLinks: read.Count("Blog:Comments:MaxLinks", defaultValue: 2, max: CommentSettings.MaxLinksLimit),
                PageSize: Math.Max(1, read.Count("Blog:Comments:PageSize", defaultValue: 50, max: 500)),
                FormSeconds: read.Count(
                    "Blog:Comments:FormSeconds",
                    defaultValue: 3,
                    max: CommentSettings.FormSecondsLimit
                ),
                FloodSeconds: read.Count("Blog:Comments:FloodSeconds", defaultValue: 15, max: 3600),
                CloseAfterDays: read.Count("Blog:Comments:CloseAfterDays", defaultValue: 0, max: 36_500),
                KeepDays: read.Count("Blog:Comments:KeepDays", defaultValue: 30, max: 36_500),
                Depth: Math.Max(1, read.Count("Blog:Comments:Depth", defaultValue: 5, max: 10)),
                ModerationKeys: read.Words("Blog:Comments:ModerationKeys"),
                DisallowedKeys: read.Words("Blog:Comments:DisallowedKeys")
            )
            {
                MaxPerDay = read.Count("Blog:Comments:MaxPerDay", CommentSettings.DefaultMaxPerDay, max: 1_000_000),
                Mail = read.Choice(
                    "Blog:Comments:Mail",
                    CommentSettings.MailHeld,
                    CommentSettings.MailAll,
                    CommentSettings.MailHeld,
                    CommentSettings.MailNone
                ),
                MailMinutes = read.Count("Blog:Comments:MailMinutes", CommentSettings.DefaultMailMinutes, max: 1440),
            },
            CategoriesAreTags: read.Flag("Blog:CategoriesAreTags", defaultValue: true)
        )
        {
            OriginSecrets = OriginSecrets.Read(read, "Blog:OriginSecret"),
            Webhooks = Webhook.Read(read, "Blog:Webhooks", MaxWebhooks),
            SearchesPerDay = read.Count("Blog:SearchesPerDay", DefaultSearchesPerDay, max: 10_000_000),
            SubscriptionsPerDay = read.Count("Blog:SubscriptionsPerDay", DefaultSubscriptionsPerDay, max: 1_000_000),
            AddressDays = read.Count("Blog:AddressDays", defaultValue: 0, max: 36_500),
            LettersPerMinute = Math.Max(1, read.Count("Blog:LettersPerMinute", DefaultLettersPerMinute, max: 10_000)),
            MediaGigabytesPerDay = read.Count("Blog:MediaGigabytesPerDay", DefaultMediaGigabytesPerDay, max: 10_000),
        };

    /// <summary>Converts a time to the blog's time zone.</summary>
    public DateTimeOffset ToLocalTime(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, TimeZone);

    /// <summary>
    /// Reads <c>Blog__BaseUrl</c>. Without it, the host name is taken from <c>WEBSITE_HOSTNAME</c>, which Azure and
    /// <c>func start</c> set; a custom domain needs the setting.
    /// </summary>
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
                "The setting Blog__BaseUrl says more than it may: write scheme and host only, such as "
                    + $"{address.Scheme}://{address.Authority}."
            );
    }

    private static byte[] ReadSecret(SettingReader read) =>
        read.Text("Blog:Secret") switch
        {
            null => throw SettingReader.Missing(
                "Blog:Secret",
                $"write at least {MinSecretLength} random characters; they sign links"
            ),
            { Length: < MinSecretLength } text => throw SettingReader.Invalid(
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
            { Length: < MinSecretLength } text => throw SettingReader.Invalid(
                "Blog:PreviousSecret",
                $"({text.Length} characters)",
                $"write what Blog__Secret was before, at least {MinSecretLength} characters"
            ),
            var text => Encoding.UTF8.GetBytes(text),
        };
}
