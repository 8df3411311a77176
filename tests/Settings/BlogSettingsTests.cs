using System.Text;
using Microsoft.Extensions.Configuration;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Settings;

public sealed class BlogSettingsTests
{
    private const string Address = "https://blog.example.com";
    private static readonly string Secret = new('s', BlogSettings.MinSecretLength);

    [Fact]
    public void Settings_that_are_not_set_have_their_defaults()
    {
        var settings = Read();

        Assert.Equal("A blog", settings.Title);
        Assert.Empty(settings.Authors);
        Assert.Equal("A blog", settings.DefaultAuthor);
        Assert.Equal(TimeZoneInfo.Utc, settings.TimeZone);
        Assert.Equal("/posts/{slug}", settings.Permalink);
        Assert.Equal(
            ["https://www.youtube.com", "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
            settings.FrameSources
        );
        Assert.Null(settings.Smtp);
        Assert.Null(settings.MailFolder);
        Assert.True(settings.PreviousSecret.IsEmpty);
        Assert.Equal("X-Forwarded-For", settings.ClientAddressHeader);
        Assert.False(settings.OriginSecrets.IsRequired);
        Assert.False(settings.Comments.Moderation);
        Assert.True(settings.Comments.PreviouslyApproved);
        Assert.Equal(2, settings.Comments.MaxLinks);
        Assert.Empty(settings.Comments.ModerationKeys);
        Assert.Empty(settings.Comments.DisallowedKeys);
    }

    [Fact]
    public void Settings_that_are_set_are_read()
    {
        var settings = Read(
            ("Blog:Title", " Words & more "),
            ("Blog:Authors", "Ada Lovelace <ada@example.com>; grace@example.com;"),
            ("Blog:TimeZone", "Europe/Berlin"),
            ("Blog:Smtp", "smtps://user:pass%40word@mail.example.com:465"),
            ("Blog:MailFolder", "mail"),
            ("Blog:PreviousSecret", new string('p', BlogSettings.MinSecretLength)),
            ("Blog:ClientAddressHeader", "X-Azure-ClientIP"),
            ("Blog:OriginSecret", "first-secret-of-16, second-secret-of-17"),
            ("Blog:Comments:Moderation", "True"),
            ("Blog:Comments:PreviouslyApproved", "false"),
            ("Blog:Comments:MaxLinks", "0"),
            ("Blog:Comments:ModerationKeys", "casino, win big\nloan\r\n\n,"),
            ("Blog:Comments:DisallowedKeys", "pills")
        );

        Assert.Equal("Words & more", settings.Title);
        Assert.Equal(
            [new Person("Ada Lovelace", "ada@example.com"), new Person("grace", "grace@example.com")],
            settings.Authors
        );
        Assert.Equal("Ada Lovelace", settings.DefaultAuthor);
        Assert.Equal("Europe/Berlin", settings.TimeZone.Id);
        Assert.Equal(new Uri("smtps://user:pass%40word@mail.example.com:465"), settings.Smtp);
        Assert.Equal("mail", settings.MailFolder);
        Assert.Equal("X-Azure-ClientIP", settings.ClientAddressHeader);
        Assert.True(settings.OriginSecrets.Accepts("first-secret-of-16"));
        Assert.True(settings.OriginSecrets.Accepts("second-secret-of-17"));
        Assert.False(settings.OriginSecrets.Accepts("first-secret-of-17"));
        Assert.Equal(Secret, Encoding.UTF8.GetString(settings.Secret.Span));
        Assert.Equal(
            new string('p', BlogSettings.MinSecretLength),
            Encoding.UTF8.GetString(settings.PreviousSecret.Span)
        );
        Assert.True(settings.Comments.Moderation);
        Assert.False(settings.Comments.PreviouslyApproved);
        Assert.Equal(0, settings.Comments.MaxLinks);
        Assert.Equal(["casino", "win big", "loan"], settings.Comments.ModerationKeys);
        Assert.Equal(["pills"], settings.Comments.DisallowedKeys);
    }

    [Theory]
    [InlineData("https://blog.example.com", "https://blog.example.com")]
    [InlineData("https://blog.example.com/", "https://blog.example.com")]
    [InlineData("http://localhost:7071", "http://localhost:7071")]
    [InlineData("HTTPS://Blog.Example.com:443", "https://blog.example.com")]
    public void The_base_URL_is_scheme_and_host(string text, string address) =>
        Assert.Equal(address, Read(("Blog:BaseUrl", text)).BaseUrl);

    [Theory]
    [InlineData("blog.azurewebsites.net", "https://blog.azurewebsites.net")]
    [InlineData("localhost:7071", "http://localhost:7071")] // the value that 'func start' sets on a developer's machine
    public void Without_a_base_URL_the_host_name_of_the_platform_is_used(string host, string address) =>
        Assert.Equal(address, Read(("Blog:BaseUrl", ""), ("WEBSITE_HOSTNAME", host)).BaseUrl);

    [Theory]
    [InlineData("Blog:BaseUrl", "", "is missing")]
    [InlineData("Blog:BaseUrl", "blog.example.com", "write one like https://blog.example.com")]
    [InlineData("Blog:BaseUrl", "ftp://blog.example.com", "write one like https://blog.example.com")]
    [InlineData("Blog:BaseUrl", "https://blog.example.com/news", "such as https://blog.example.com.")]
    [InlineData("Blog:BaseUrl", "https://blog.example.com/?a=b", "such as https://blog.example.com.")]
    [InlineData("Blog:BaseUrl", "https://blog.example.com/#top", "such as https://blog.example.com.")]
    [InlineData("Blog:BaseUrl", "https://me:hunter2@blog.example.com", "such as https://blog.example.com.")]
    [InlineData("Blog:Authors", "Ada Lovelace", "'Ada Lovelace': write \"Name <mail>; Name <mail>\"")]
    [InlineData("Blog:Authors", "Ada <ada@example.com>; Grace", "'Grace'")]
    [InlineData("Blog:TimeZone", "Mars/Olympus", "'Mars/Olympus': write an IANA time zone such as Europe/Berlin")]
    [InlineData("Blog:Smtp", "mail.example.com", "smtp://user:password@mail.example.com:587")]
    [InlineData("Blog:Smtp", "user:hunter2", "write one like")]
    [InlineData("Blog:Smtp", "user:hunter2@mail.example.com", "write one like")]
    [InlineData("Blog:Smtp", "https://user:hunter2@mail.example.com", "write one like")]
    [InlineData("Blog:Smtp", "smtp://user:hunter2", "write one like")] // the part after the colon is no port number
    [InlineData("Blog:Secret", "", "is missing")]
    [InlineData("Blog:Secret", "hunter2", "(7 characters)")]
    [InlineData(
        "Blog:PreviousSecret",
        "hunter2",
        "'(7 characters)': write what Blog__Secret was before, at least 32 characters."
    )]
    [InlineData(
        "Blog:Secret",
        "@Microsoft.KeyVault(VaultName=blog;SecretName=blog-secret)",
        "was not fetched from the vault"
    )]
    [InlineData(
        "Blog:PreviousSecret",
        " @microsoft.keyvault(VaultName=blog;SecretName=hunter2)",
        "was not fetched from the vault"
    )]
    [InlineData("Blog:Smtp", "@Microsoft.KeyVault(VaultName=blog;SecretName=smtp)", "was not fetched from the vault")]
    [InlineData(
        "Blog:OriginSecret",
        "@Microsoft.KeyVault(VaultName=blog;SecretName=origin-secret)",
        "was not fetched from the vault"
    )]
    [InlineData("Blog:OriginSecret", "hunter2", "write at least 16 letters, digits or signs of ASCII without spaces")]
    [InlineData("Blog:OriginSecret", "hunter2 hunter2 hunter2", "without spaces")]
    [InlineData("Blog:OriginSecret", "hunter2hunter2hunter\u00fc", "of ASCII")]
    [InlineData("Blog:OriginSecret", "hunter2hunter2hunter2,hunter2", "or two such secrets separated by a comma")]
    [InlineData("Blog:OriginSecret", "hunter2hunter2-a,hunter2hunter2-b,hunter2hunter2-c", "or two such secrets")]
    [InlineData("Blog:OriginSecret", ",", "write at least 16 letters")]
    [InlineData(
        "Blog:ClientAddressHeader",
        "X-Forwarded-For:",
        "'X-Forwarded-For:': write the name of an HTTP header such as X-Forwarded-For"
    )]
    [InlineData(
        "Blog:ClientAddressHeader",
        "Client Address",
        "write the name of an HTTP header such as X-Forwarded-For"
    )]
    [InlineData("Blog:ClientAddressHeader", "X-Adreßkopf", "write the name of an HTTP header such as X-Forwarded-For")]
    [InlineData(
        "Blog:ClientAddressHeader",
        "X-12345678901234567890123456789012345678901234567890123456789012345",
        "(67 characters)': write the name of an HTTP header, at most 64 characters"
    )]
    [InlineData(
        "Blog:Permalink",
        "{slug}",
        "'{slug}': write a path such as /posts/{slug}, with {slug} once and, if wanted, {year}, "
            + "{month}, {day}, {section}, {category}, at most 80 characters"
    )]
    [InlineData("Blog:Permalink", "/posts", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "/{Slug}", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "/{slug}/{slug}", "write a path such as /posts/{slug}")] // too long with a long slug
    [InlineData("Blog:Permalink", "/{author}/{slug}", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "//{slug}", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "/a//{slug}", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "/../{slug}", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "/./{slug}", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "/{slug}/..", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "/{slug}?page", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "/über/{slug}", "write a path such as /posts/{slug}")]
    [InlineData("Blog:Permalink", "https://blog.example.com/{slug}", "write a path such as /posts/{slug}")]
    [InlineData(
        "Blog:Permalink",
        "/12345678901234567890123456789012345678901234567890123456789012345678901234/{slug}",
        "at most 80 characters"
    )]
    [InlineData(
        "Blog:Permalink",
        "/Media/{slug}",
        "'/Media/{slug}': it gives an address that the blog needs for itself"
    )]
    [InlineData("Blog:Permalink", "/tags/{slug}", "it gives an address that the blog needs for itself")]
    [InlineData("Blog:Permalink", "/{year}/{year}/{slug}", "write a path such as /posts/{slug}")]
    [InlineData(
        "Blog:FrameSources",
        "www.youtube.com",
        "'www.youtube.com': write scheme and host, such as https://www.youtube.com"
    )]
    [InlineData(
        "Blog:FrameSources",
        "https://a.example https://b.example/embed",
        "'https://b.example/embed': write scheme and host"
    )]
    [InlineData("Blog:FrameSources", "https://a.example?b", "write scheme and host")]
    [InlineData("Blog:FrameSources", "https://a.example#b", "write scheme and host")]
    [InlineData("Blog:FrameSources", "https://me@a.example", "write scheme and host")]
    [InlineData("Blog:FrameSources", "data:", "write scheme and host")]
    [InlineData("Blog:FrameSources", "*", "write scheme and host")]
    [InlineData("Blog:FrameSources", "none, https://a.example", "'none': write scheme and host")]
    [InlineData("Blog:FrameSources", "https://a.example;script-src", "write scheme and host")]
    [InlineData("Blog:Comments:Moderation", "yes", "'yes': write true or false")]
    [InlineData("Blog:Comments:PreviouslyApproved", "1", "'1': write true or false")]
    [InlineData("Blog:Comments:MaxLinks", "many", "'many': write a number from 0 to 100")]
    [InlineData("Blog:Comments:MaxLinks", "-1", "write a number from 0 to 100")]
    [InlineData("Blog:Comments:MaxLinks", "101", "write a number from 0 to 100")]
    public void An_invalid_value_is_reported_in_a_sentence_without_passwords(string setting, string text, string advice)
    {
        var problem = Assert.Throws<SettingException>(() => Read((setting, text)));

        Assert.StartsWith(
            $"The setting {setting.Replace(":", "__", StringComparison.Ordinal)} ",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(advice, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_most_20_authors_are_accepted()
    {
        static string Authors(int count) =>
            string.Join(';', Enumerable.Range(1, count).Select(number => $"a{number}@example.com"));

        var most = Read(("Blog:Authors", Authors(20)));
        var problem = Assert.Throws<SettingException>(() => Read(("Blog:Authors", Authors(21))));

        Assert.Equal(20, most.Authors.Count);
        Assert.Equal("The setting Blog__Authors names 21 people: write at most 20.", problem.Message);
    }

    [Theory]
    [InlineData("/{slug}")]
    [InlineData("/{year}/{month}/{day}/{slug}.html")]
    [InlineData("/blog/{year}-{month}/{slug}/")]
    [InlineData("/123456789012345678901234567890123456789012345678901234567890123456789012/{slug}")]
    public void Valid_permalink_patterns_are_accepted(string pattern) =>
        Assert.Equal(pattern, Read(("Blog:Permalink", $" {pattern} ")).Permalink);

    [Theory]
    [InlineData("none", "")]
    [InlineData("https://a.example", "https://a.example")]
    [InlineData(
        "https://A.example/, http://b.example:8080\nhttps://c.example:443",
        "https://a.example http://b.example:8080 https://c.example"
    )]
    [InlineData("https://bücher.example:8443", "https://xn--bcher-kva.example:8443")] // HTTP headers hold ASCII only
    public void Frame_sources_are_read_as_origins_in_ASCII(string text, string origins) =>
        Assert.Equal(origins, string.Join(' ', Read(("Blog:FrameSources", text)).FrameSources));

    [Fact]
    public void At_most_20_frame_sources_are_accepted()
    {
        static string Sources(int count) =>
            string.Join(' ', Enumerable.Range(1, count).Select(number => $"https://a{number}.example"));

        var most = Read(("Blog:FrameSources", Sources(20)));
        var problem = Assert.Throws<SettingException>(() => Read(("Blog:FrameSources", Sources(21))));

        Assert.Equal(20, most.FrameSources.Count);
        Assert.Equal("The setting Blog__FrameSources names 21 origins: write at most 20.", problem.Message);
    }

    private static BlogSettings Read(params (string Key, string Text)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Blog:BaseUrl"] = Address, ["Blog:Secret"] = Secret };
        foreach (var (key, text) in settings)
        {
            all[key] = text;
        }

        return BlogSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
