using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Settings;

/// <summary>Settings that the blog does not read. They never fail a start in Azure: after a rollback, those of the newer version are still there.</summary>
public sealed class UnknownSettingsTests
{
    private const string Address = "https://blog.example.com";

    [Theory]
    [InlineData("Blog:Titel", "The blog has no setting Blog__Titel: did you mean Blog__Title?")]
    [InlineData("Blog:titles", "The blog has no setting Blog__titles: did you mean Blog__Title?")]
    [InlineData("Blog:Author", "The blog has no setting Blog__Author: did you mean Blog__Authors?")]
    [InlineData("Blog:Authors:0", "The blog has no setting Blog__Authors__0: did you mean Blog__Authors?")]
    [InlineData(
        "Blog:Coments:MaxLinks",
        "The blog has no setting Blog__Coments__MaxLinks: did you mean Blog__Comments__MaxLinks?"
    )]
    [InlineData("Blog:KeepDays", "The blog has no setting Blog__KeepDays: did you mean Blog__Comments__KeepDays?")]
    [InlineData("Blog:Comments", "The blog has no setting Blog__Comments: remove it, or check its name.")]
    [InlineData("Blog:Comments:Xyz", "The blog has no setting Blog__Comments__Xyz: remove it, or check its name.")]
    public void Each_is_told_with_the_setting_that_was_probably_meant(string name, string sentence) =>
        Assert.Equal([sentence], Find((name, "hunter2")));

    [Theory]
    [InlineData("BLOG:TITLE")] // configuration has no case
    [InlineData("Blog:Comments:FloodSeconds")]
    [InlineData("Blog")]
    [InlineData("BlogStorage")]
    [InlineData("BlogStorage:blobServiceUri")]
    [InlineData("BLOG_CDN")]
    [InlineData("Title")]
    public void Settings_that_are_read_and_those_of_others_are_not_told(string name) => Assert.Empty(Find((name, "1")));

    [Fact]
    public void An_empty_one_is_not_set() => Assert.Empty(Find(("Blog:Titel", " ")));

    [Fact]
    public void All_are_one_line_in_the_log()
    {
        var log = new LogCapture<UnknownSettings>();

        Read(("Blog:Titel", "hunter2"), ("Blog:Foo", "hunter2")).Log(log);
        Read().Log(log);

        Assert.Equal(
            [
                "Settings are not used. The blog has no setting Blog__Foo: remove it, or check its name. The blog has no setting Blog__Titel: did you mean Blog__Title?",
            ],
            log.At(LogLevel.Error)
        );
    }

    [Fact]
    public async Task A_handler_with_one_says_so_in_its_log_and_runs()
    {
        var port = PublishedHandler.FreePort();
        var environment = PublishedHandler.Environment(
            await StandInHost.NewStorageAsync(),
            port,
            ("Blog__Titel", "A title"),
            ("Blog__Authors", "author@localhost"),
            ("Blog__MailFolder", "/mails")
        );
        await using var handler = ProgramRun.Blog([], environment);

        var line = await handler.LineAsync("fail: ServerlessBlog.Hosting.UnknownSettings");

        Assert.EndsWith(
            "Settings are not used. The blog has no setting Blog__Titel: did you mean Blog__Title?",
            line,
            StringComparison.Ordinal
        );
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var signIn = await TestBlog.UntilAsync(() => SignInPageAsync(http), page => page is not null, "an answer");
        Assert.Contains("<h1>Sign in</h1>", signIn, StringComparison.Ordinal);
        Assert.DoesNotContain("author@localhost", signIn, StringComparison.Ordinal); // says nothing of the machine that it runs on
        Assert.DoesNotContain("/mails", signIn, StringComparison.Ordinal);
    }

    private static async Task<string?> SignInPageAsync(HttpClient http)
    {
        try
        {
            using var request = PublishedHandler.Proxied(HttpMethod.Get, "/moderate", null);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : null;
        }
        catch (HttpRequestException)
        {
            return null; // it does not listen yet
        }
    }

    private static IReadOnlyList<string> Find(params (string Key, string Text)[] settings) => Read(settings).Problems;

    private static UnknownSettings Read(params (string Key, string Text)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Blog:BaseUrl"] = Address,
            ["Blog:Secret"] = new string('s', BlogSettings.MinSecretLength),
        };
        foreach (var (key, text) in settings)
        {
            all[key] = text;
        }

        // A setting of the test may be one that takes no "1": what is read is decided by names alone.
        var reader = new SettingReader(
            new ConfigurationBuilder().AddInMemoryCollection(all.Where(setting => setting.Value is not "1")).Build()
        );
        BlogSettings.Read(reader);
        return UnknownSettings.Find(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), reader);
    }
}
