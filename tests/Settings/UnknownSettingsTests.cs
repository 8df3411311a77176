using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Settings;

/// <summary>
/// Settings that the blog does not read. They never fail the start in Azure: after a rollback, the settings of the
/// newer version are still there.
/// </summary>
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
    [InlineData(
        "Blog:Comments:Xyzxyz",
        "The blog has no setting Blog__Comments__Xyzxyz: remove it, or check its name."
    )]
    public void Each_is_reported_with_the_setting_that_was_probably_meant(string name, string expected) =>
        Assert.Equal([expected], FindProblems((name, "hunter2")));

    [Theory]
    [InlineData("BLOG:TITLE")] // configuration keys are case-insensitive
    [InlineData("Blog:Comments:FloodSeconds")]
    [InlineData("Blog")]
    [InlineData("BlogStorage")]
    [InlineData("BlogStorage:blobServiceUri")]
    [InlineData("BLOG_CDN")]
    [InlineData("Title")]
    public void Known_settings_and_those_of_other_programs_are_not_reported(string name) =>
        Assert.Empty(FindProblems((name, "1")));

    [Fact]
    public void An_empty_value_counts_as_not_set() => Assert.Empty(FindProblems(("Blog:Titel", " ")));

    [Fact]
    public void All_are_logged_as_one_error()
    {
        var log = new LogCapture<UnknownSettings>();

        Read(("Blog:Titel", "hunter2"), ("Blog:Foo", "hunter2")).Log(log);
        Read().Log(log);

        Assert.Equal(
            [
                "Settings are not used. The blog has no setting Blog__Foo: remove it, or check its "
                    + "name. The blog has no setting Blog__Titel: did you mean Blog__Title?",
            ],
            log.At(LogLevel.Error)
        );
    }

    [Fact]
    public async Task A_handler_with_an_unknown_setting_logs_an_error_and_runs()
    {
        var port = PublishedHandler.FreePort();
        var environment = PublishedHandler.Environment(
            await StandInHost.CreateStorageAsync(),
            port,
            ("Blog__Titel", "A title"),
            ("Blog__Authors", "author@localhost"),
            ("Blog__MailFolder", "/mails")
        );
        await using var handler = ProgramRun.Blog([], environment);

        var line = await handler.LineAsync("fail: ServerlessBlog.Settings.UnknownSettings");

        Assert.EndsWith(
            "Settings are not used. The blog has no setting Blog__Titel: did you mean Blog__Title?",
            line,
            StringComparison.Ordinal
        );
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var signIn = await TestBlog.WaitUntilAsync(() => SignInPageAsync(http), page => page is not null, "an answer");
        Assert.Contains("<h1>Sign in</h1>", signIn, StringComparison.Ordinal);
        Assert.DoesNotContain("author@localhost", signIn, StringComparison.Ordinal); // settings stay private
        Assert.DoesNotContain("/mails", signIn, StringComparison.Ordinal);
    }

    private static async Task<string?> SignInPageAsync(HttpClient http)
    {
        try
        {
            using var request = PublishedHandler.CreateProxiedRequest(HttpMethod.Get, "/moderate", null);
            using var response = await http.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync() : null;
        }
        catch (HttpRequestException)
        {
            return null; // the handler does not listen yet
        }
    }

    private static IReadOnlyList<string> FindProblems(params (string Key, string Text)[] settings) =>
        Read(settings).Problems;

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

        // Settings with the value "1" are not given to the reader, which may not accept "1" for them: only their names
        // decide whether they are known.
        var reader = new SettingReader(
            new ConfigurationBuilder().AddInMemoryCollection(all.Where(setting => setting.Value is not "1")).Build()
        );
        BlogSettings.Read(reader);
        return UnknownSettings.Find(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), reader);
    }
}
