using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>security.txt; see RFC 9116.</summary>
public sealed class SecurityContactTests
{
    private const string Path = "/.well-known/security.txt";

    [Fact]
    public async Task A_blog_without_a_contact_has_no_security_txt()
    {
        await using var blog = await TestBlog.StartAsync();

        Assert.Equal(404, await blog.StatusAsync(Path));
    }

    [Fact]
    public async Task It_names_the_contact_and_expires_in_half_a_year_from_now_whenever_that_is()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
        await using var blog = await TestBlog.StartAsync(clock: clock);
        await blog.UploadAsync("theme/site.yml", "security: security@example.com\nlanguage: de"u8.ToArray());
        await blog.ReadUntilAsync(Path, text => text.Contains("Contact", StringComparison.Ordinal));

        using var response = await blog.GetAsync(Path);

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains(
            "s-maxage=60",
            response.Headers.NonValidated["Cache-Control"].Single(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            """
            Contact: mailto:security@example.com
            Expires: 2027-06-01T00:00:00Z
            Preferred-Languages: de
            Canonical: http://blog.test/.well-known/security.txt

            """.ReplaceLineEndings("\n"),
            await response.Content.ReadAsStringAsync()
        );

        var later = new FakeTimeProvider(clock.GetUtcNow().AddDays(40));
        await using var other = await TestBlog.StartAsync(
            connection: blog.Connection,
            options: TestBlog.IdleHostOptions,
            clock: later
        );
        var text = await other.ReadAsync(Path);
        var expires = DateTimeOffset.Parse(text.Split('\n')[1]["Expires: ".Length..], CultureInfo.InvariantCulture);
        Assert.InRange(expires - later.GetUtcNow(), TimeSpan.FromDays(180), TimeSpan.FromDays(220));
    }

    [Theory]
    [InlineData("https://example.com/security", "https://example.com/security")]
    [InlineData("mailto:a@example.com", "mailto:a@example.com")]
    [InlineData("http://example.com/security", null)]
    [InlineData("nobody", null)]
    [InlineData("/contact", null)]
    [InlineData("\"a@example.com\\nExpires: never\"", null)]
    public void A_contact_is_a_mail_address_or_an_https_address(string value, string? contact)
    {
        var result = ServerlessBlog.Posts.Theme.SiteProfileReader.Read($"security: {value}");

        Assert.Equal(contact, result.Profile.SecurityContact);
        Assert.Equal(contact is null, result.Invalid.ContainsKey("security"));
    }
}
