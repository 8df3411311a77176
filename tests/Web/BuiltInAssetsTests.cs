using Microsoft.Extensions.Configuration;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Tests.Web;

/// <summary>A setting that pages show is a part of every cache key: a change of it renders all pages again.</summary>
public sealed class BuiltInAssetsTests
{
    [Theory]
    [InlineData("Blog:Title", "Another title")]
    [InlineData("Blog:TimeZone", "Europe/Berlin")]
    [InlineData("Blog:Authors", "Grace <grace@example.com>")]
    [InlineData("Blog:Comments:PageSize", "7")]
    [InlineData("Blog:Comments:Depth", "1")]
    [InlineData("Blog:Comments:Moderation", "true")]
    [InlineData("Blog:Comments:PreviouslyApproved", "false")]
    public void The_hash_changes_with_a_setting_that_pages_show(string name, string value) =>
        Assert.NotEqual(HashOf(null, null), HashOf(name, value));

    [Fact]
    public void The_hash_is_the_same_for_other_settings() =>
        Assert.Equal(HashOf(null, null), HashOf("Blog:Comments:MaxLinks", "7"));

    private static string HashOf(string? name, string? value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Blog:BaseUrl"] = "https://blog.example.com",
            ["Blog:Secret"] = new string('s', BlogSettings.MinSecretLength),
        };
        if (name is not null)
        {
            settings[name] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new BuiltInAssets(BlogSettings.Read(new SettingReader(configuration))).Hash;
    }
}
