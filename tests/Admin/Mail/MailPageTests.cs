using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Letters;

namespace ServerlessBlog.Tests.Admin.Mail;

/// <summary>The page about mail: mailings, what was not sent, the list of recipients with import and export.</summary>
public sealed class MailPageTests : IAsyncLifetime
{
    private LetterFixture _fixture = null!;
    private AdminDriver _owner = null!;

    private RecipientTable Recipients => _fixture.Blog.Get<RecipientTable>();

    public async Task InitializeAsync()
    {
        _fixture = await LetterFixture.StartAsync();
        _owner = await AdminDriver.SignInAsync(_fixture.Blog);
    }

    public Task DisposeAsync() => _fixture.DisposeAsync().AsTask();

    private static string TextOf(string html)
    {
        using var page = new HtmlParser().ParseDocument(html);
        return string.Join(
            ' ',
            page.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private async Task<(HttpStatusCode Status, string Text)> ImportAsync(string csv, bool isAgreed = true)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("import"), "act" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "list", "list.csv" },
        };
        if (isAgreed)
        {
            form.Add(new StringContent("yes"), "agreed");
        }

        using var response = await _owner.PostAsync(AdminPaths.Mail, form);
        return (response.StatusCode, TextOf(await response.Content.ReadAsStringAsync()));
    }

    private async Task<string> ExportAsync()
    {
        using var response = await _owner.PostAsync(AdminPaths.Mail, ("act", "export"));
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        return await response.Content.ReadAsStringAsync();
    }

    private Task<string> PersonAsync(string name, params (string Name, string Value)[] fields) =>
        PersonOfAsync(_fixture.MailOf(name), fields);

    private async Task<string> PersonOfAsync(string mail, params (string Name, string Value)[] fields)
    {
        using var response = await _owner.PostAsync(AdminPaths.Person, [("email", mail), .. fields]);
        return TextOf(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Only_who_is_signed_in_sees_addresses()
    {
        await _fixture.WriteAndConfirmAsync("Grace", "A question?");
        foreach (var path in new[] { AdminPaths.Mail, AdminPaths.Person })
        {
            using var get = await _fixture.Blog.Http.GetAsync(path);
            using var post = await AdminDriver.SendAsync(
                _fixture.Blog,
                HttpMethod.Post,
                path,
                null,
                fields: [("act", "export"), ("email", _fixture.MailOf("Grace"))]
            );

            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (get.StatusCode, post.StatusCode));
            Assert.DoesNotContain("@example.com", await post.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains(_fixture.MailOf("Grace"), await _owner.ReadAsync(AdminPaths.Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_imported_as_confirmed_elsewhere_and_says_what_was_left_out()
    {
        await _fixture.WriteAndConfirmAsync("Grace", "A question?");
        await Recipients.SuppressAsync(Recipient.Create(_fixture.MailOf("Gone"), DateTimeOffset.UtcNow), default);
        var (ann, bea) = (_fixture.MailOf("Ann"), _fixture.MailOf("Bea"));

        var (status, text) = await ImportAsync(
            $"""
            Name;E-Mail;Tags;Weekly
            "Ann; the first";{ann};"C#, Azure";true
            Bea;{bea.ToUpperInvariant()}
            Bea;{bea}
            nobody;not an address
            Grace;{_fixture.MailOf("Grace")}
            Gone;{_fixture.MailOf("Gone")}

            """
        );

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Addresses that were added: 2", text, StringComparison.Ordinal);
        Assert.Contains("not changed: 1", text, StringComparison.Ordinal);
        Assert.Contains("not added: 1", text, StringComparison.Ordinal);
        Assert.Contains("left out: 1 (line 5)", text, StringComparison.Ordinal);
        var added = (await Recipients.FindByMailAsync(ann, default))!.Value;
        Assert.NotNull(added.Confirmed);
        Assert.True(added.IsImported);
        Assert.Equal(["c#", "azure"], added.Posts!.Tags);
        Assert.True(added.Posts.IsWeekly);
        Assert.Contains("imported, confirmed elsewhere", await PersonAsync("Ann"), StringComparison.Ordinal);
        Assert.Contains("wants no mail", await PersonAsync("Gone"), StringComparison.Ordinal);
        Assert.Empty(await _fixture.MailsToAsync("Ann"));

        var (_, again) = await ImportAsync($"email\n{ann}\n{bea}\n");
        Assert.Contains("added: 0", again, StringComparison.Ordinal);
        Assert.Equal(["c#", "azure"], (await Recipients.FindByMailAsync(ann, default))!.Value.Posts!.Tags);
    }

    [Theory]
    [InlineData("name\nAnn\n", "must name its columns")]
    [InlineData("", "must name its columns")]
    [InlineData("email\n\"ann@example.com\n", "is no CSV")]
    public async Task An_unusable_file_imports_nothing_and_says_why(string csv, string sentence)
    {
        var (status, text) = await ImportAsync(csv);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(sentence, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_lines_or_no_agreement_import_nothing()
    {
        var many = new StringBuilder("email\n");
        for (var number = 0; number <= RecipientCsv.MaxLines; number++)
        {
            many.Append(CultureInfo.InvariantCulture, $"a{number}@example.com\n");
        }

        Assert.Contains("more than 20000 lines", (await ImportAsync(many.ToString())).Text, StringComparison.Ordinal);
        Assert.Contains(
            "tick the box",
            (await ImportAsync("email\na@example.com\n", isAgreed: false)).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(RecipientCsv.Heading, await ExportAsync());
    }

    [Fact]
    public async Task Hundreds_are_imported_in_batches_and_the_export_gives_the_same_list_elsewhere()
    {
        var lines = string.Concat(
            Enumerable.Range(0, 250).Select(number => $"b{number:D3}@example.com,\"one, two\",{number % 2 == 0}\n")
        );
        _fixture.Blog.Calls.Clear();
        await ImportAsync("email,tags,weekly\n" + lines);
        Assert.InRange(
            _fixture.Blog.Calls.Recorded.Count(call => call.Contains("$batch", StringComparison.Ordinal)),
            6,
            20
        );

        var exported = await ExportAsync();
        await using var other = await LetterFixture.StartAsync();
        (_fixture, var first) = (other, _fixture);
        _owner = await AdminDriver.SignInAsync(other.Blog);
        Assert.Contains("added: 250", (await ImportAsync(exported)).Text, StringComparison.Ordinal);

        Assert.Equal(WithoutTimes(exported), WithoutTimes(await ExportAsync()));
        await first.DisposeAsync();
    }

    private static IEnumerable<string> WithoutTimes(string csv) =>
        csv.Split('\n').Select(line => string.Join(',', line.Split(',').Where((_, index) => index != 1))).Order();

    [Fact]
    public async Task Pages_of_the_list_have_links_without_addresses()
    {
        await ImportAsync(
            "email\n" + string.Concat(Enumerable.Range(0, 60).Select(number => $"c{number}@example.com\n"))
        );
        using var page = new HtmlParser().ParseDocument(await _owner.ReadAsync(AdminPaths.Mail));
        var next = page.QuerySelectorAll("main a").Single(link => link.TextContent == "More recipients");
        var href = next.GetAttribute("href")!;
        using var second = new HtmlParser().ParseDocument(await _owner.ReadAsync(href));

        Assert.DoesNotContain("@", href, StringComparison.Ordinal);
        Assert.DoesNotContain("example", href, StringComparison.Ordinal);
        Assert.Equal((50, 10), (Rows(page), Rows(second)));

        static int Rows(AngleSharp.Dom.IDocument document) => document.QuerySelectorAll(".post-rows li").Length;
    }

    [Fact]
    public async Task A_bounce_by_hand_ends_letters_until_the_address_is_confirmed_again()
    {
        await ImportAsync($"email\n{_fixture.MailOf("Ann")}\n");

        Assert.Contains("until it is confirmed", await PersonAsync("Ann", ("act", "bounce")), StringComparison.Ordinal);

        Assert.Null((await Recipients.FindByMailAsync(_fixture.MailOf("Ann"), default))!.Value.Confirmed);
        Assert.Contains("mail came back", TextOf(await _owner.ReadAsync(AdminPaths.Mail)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_can_be_suppressed_and_released()
    {
        await ImportAsync($"email\n{_fixture.MailOf("Ann")}\n");

        Assert.Contains("is on no list", await PersonAsync("Ann", ("act", "stop")), StringComparison.Ordinal);
        Assert.Contains(
            "added: 0",
            (await ImportAsync($"email\n{_fixture.MailOf("Ann")}\n")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains("entered again", await PersonAsync("Ann", ("act", "lift")), StringComparison.Ordinal);
        Assert.Contains(
            "added: 1",
            (await ImportAsync($"email\n{_fixture.MailOf("Ann")}\n")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_owner_erases_somebody_who_asked_for_it_and_nobody_by_mistake()
    {
        await _fixture.WriteAndConfirmAsync("Grace", "My own words.");

        Assert.Contains("Comments: 1", await PersonAsync("Grace"), StringComparison.Ordinal);
        Assert.Contains("tick the box", await PersonAsync("Grace", ("act", "erase")), StringComparison.Ordinal);
        Assert.Contains("My own words.", await _fixture.Blog.ReadAsync("/posts/talk"), StringComparison.Ordinal);

        await PersonAsync("Grace", ("act", "erase"), ("sure", "yes"));

        Assert.Contains("Comments: 0", await PersonAsync("Grace"), StringComparison.Ordinal);
        await _fixture.Blog.ReadUntilAsync("/posts/talk", page =>
            !page.Contains("My own words.", StringComparison.Ordinal)
        );
        Assert.Null(await Recipients.FindByMailAsync(_fixture.MailOf("Grace"), default));
    }

    [Fact]
    public async Task No_address_is_an_error_that_says_so() =>
        Assert.Contains("address", await PersonOfAsync("nobody"), StringComparison.Ordinal);

    [Fact]
    public async Task Mailings_and_what_was_not_sent_are_listed_with_their_problems()
    {
        var now = DateTimeOffset.UtcNow;
        await _fixture
            .Blog.Get<MailingTable>()
            .AddAsync(
                new Mailing
                {
                    Key = Mailing.KeyFor(_fixture.Post),
                    Created = now,
                    NotBefore = now.AddDays(1),
                    Sent = 12,
                    Refused = 3,
                    LastProblem = "The server is down.",
                },
                default
            );
        var table = _fixture.Blog.Get<NotificationTable>();
        var notification = new Notification("test-1", "One subject", "Text.", [new Person("", "a@example.com")], now);
        var failed = new Notification("test-2", "Other subject", "Text.", [new Person("", "b@example.com")], now);
        await table.AddAsync(
            notification with
            {
                NotBefore = now.AddDays(1),
                LastProblem = "Not now.",
                Attempts = 2,
            },
            default
        );
        var added = await table.AddAsync(failed, default);
        await table.ReplaceAsync(
            added!,
            failed with
            {
                State = NotificationState.Failed,
                LastProblem = "550 unknown",
                Attempts = 1,
            },
            default
        );

        var text = TextOf(await _owner.ReadAsync(AdminPaths.Mail));

        Assert.Contains("A talk", text, StringComparison.Ordinal);
        Assert.Contains("Being sent: 12 sent, 3 refused for good. The server is down.", text, StringComparison.Ordinal);
        Assert.Contains("One subject a@example.com", text, StringComparison.Ordinal);
        Assert.Contains("Tried 2 times; tried again for two days. Not now.", text, StringComparison.Ordinal);
        Assert.Contains("Other subject b@example.com", text, StringComparison.Ordinal);
        Assert.Contains("Given up after 1 tries. 550 unknown", text, StringComparison.Ordinal);
    }
}
